"""Statistical returns as they are kept."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from competitions.organisations.models import Union
from core.database import Model
from core.types import CanonicalJson, UtcDateTime


class ReturnPeriod(Model):
    """A period for which a union asks itself and every union below it for figures; both days belong to it."""

    __tablename__ = "return_period"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    union_id: Mapped[int] = mapped_column(ForeignKey("trade_union.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    first_day: Mapped[date]
    last_day: Mapped[date]
    due_on: Mapped[date | None]
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    union: Mapped[Union] = relationship()


class UnionReturn(Model):
    """The return of one union for a period.

    `state` is one of rules' states; `figures` is what was written, by the keys of the dictionary
    (figures.as_json); `version` grows with each change.
    """

    __tablename__ = "union_return"
    __table_args__ = (UniqueConstraint("period_id", "union_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("return_period.id"))
    union_id: Mapped[int] = mapped_column(ForeignKey("trade_union.id"), index=True)
    state: Mapped[str] = mapped_column(String(12))
    version: Mapped[int]
    figures: Mapped[Any] = mapped_column(CanonicalJson)
    head: Mapped[str] = mapped_column(String(80), default="")
    filler: Mapped[str] = mapped_column(String(80), default="")
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    period: Mapped[ReturnPeriod] = relationship()
    union: Mapped[Union] = relationship()
    steps: Mapped[list["ReturnStep"]] = relationship(order_by="ReturnStep.number")


class ReturnStep(Model):
    """One step of a return: submitted, accepted, sent back; with the figures as they were then."""

    __tablename__ = "return_step"
    __table_args__ = (UniqueConstraint("return_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    return_id: Mapped[int] = mapped_column(ForeignKey("union_return.id"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    figures: Mapped[Any] = mapped_column(CanonicalJson)
    computed: Mapped[Any] = mapped_column(CanonicalJson)
