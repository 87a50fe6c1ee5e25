"""Versions of an event's promotion rules (promotion/1), kept as documents, and what was approved by them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.append_only import append_only
from core.database import Model
from core.types import UtcDateTime
from scoring.versions import DocumentVersion


class PromotionRules(DocumentVersion):
    """One version, never changed."""

    __tablename__ = "promotion_rules"
    __table_args__ = (UniqueConstraint("event_id", "number"), append_only())


class PromotionApproval(Model):
    """One promotion that the human-resources authority approved, by the document that says so.

    `person_ref` is the person's random reference then; one that was recorded wrongly is taken back and stays.
    """

    __tablename__ = "promotion_approval"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    person_ref: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(60))
    current: Mapped[str] = mapped_column(String(20))
    target: Mapped[str] = mapped_column(String(20))
    document: Mapped[str] = mapped_column(String(80))
    approved_on: Mapped[date]
    approved_by: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_reason: Mapped[str] = mapped_column(String(300), default="")
