"""Objections to notices (公示异议): handed in in writing under one's own name, answered once."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from competitions.notices.models import Notice
from core.database import Model
from core.types import UtcDateTime


class Objection(Model):
    """One objection; `said` is who objects, how to reach them and why, sealed under the row's `ref`.

    `version` is the number of the notice's version that was objected to; `decision` is one of
    rules.DECISIONS, "" while it is open; `address_digest` is for the brake alone.
    """

    __tablename__ = "notice_objection"
    __table_args__ = (UniqueConstraint("notice_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"))
    number: Mapped[int]
    version: Mapped[int]
    said: Mapped[bytes] = mapped_column(LargeBinary)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    address_digest: Mapped[str] = mapped_column(String(64), index=True)
    filed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decision: Mapped[str] = mapped_column(String(12), default="")
    answer: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    notice: Mapped[Notice] = relationship()
