"""Ceremonies and the steps that were uncovered in them."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from core.append_only import append_only
from core.database import Model
from core.types import UtcDateTime
from scoring.results.models import ResultVersion


class Ceremony(Model):
    """One ceremony of an event: which frozen result it uncovers, and how (rules.MANNERS)."""

    __tablename__ = "ceremony"
    __table_args__ = (append_only(),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("result_version.id"))
    manner: Mapped[str] = mapped_column(String(8))
    singly: Mapped[int]
    prepared_at: Mapped[datetime] = mapped_column(UtcDateTime)
    prepared_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))

    version: Mapped[ResultVersion] = relationship()
    prepared_by: Mapped[User] = relationship()
    uncovered: Mapped[list["Uncovered"]] = relationship(order_by="Uncovered.number")


class Uncovered(Model):
    """A step that has been uncovered: it cannot be covered again."""

    __tablename__ = "ceremony_step"
    __table_args__ = (UniqueConstraint("ceremony_id", "number"), append_only())

    id: Mapped[int] = mapped_column(primary_key=True)
    ceremony_id: Mapped[int] = mapped_column(ForeignKey("ceremony.id"))
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))

    by: Mapped[User] = relationship()
