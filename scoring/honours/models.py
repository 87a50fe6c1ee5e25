"""The register of honours: recommended, granted, declined, revoked; rows stay."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from competitions.events.models import Competition, Event
from competitions.organisations.models import Union, Unit
from core.database import Model
from core.types import UtcDateTime

LIVE = text("state IN ('recommended', 'granted')")


class Honour(Model):
    """One honour of one person, team or unit; the words are those of scoring.honours.rules.

    `person_ref` is the person's random reference and no foreign key: who is forgotten as a person keeps the
    honour by name. `once_key` tells what may stand once among those that count. `union_id` keeps the row.
    """

    __tablename__ = "honour"
    __table_args__ = (
        Index("ix_honour_once", "once_key", unique=True, sqlite_where=LIVE, postgresql_where=LIVE),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    level: Mapped[str] = mapped_column(String(12))
    recipient: Mapped[str] = mapped_column(String(120))
    person_ref: Mapped[str | None] = mapped_column(String(32), index=True)
    unit_name: Mapped[str] = mapped_column(String(120))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    union_id: Mapped[int] = mapped_column(ForeignKey("trade_union.id"), index=True)
    competition_id: Mapped[int | None] = mapped_column(ForeignKey("competition.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    rank: Mapped[int | None]
    award: Mapped[str] = mapped_column(String(60), default="")
    grouping: Mapped[str] = mapped_column(String(12), default="")
    migrant: Mapped[bool | None]
    state: Mapped[str] = mapped_column(String(12))
    once_key: Mapped[str] = mapped_column(String(64))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    granted_by: Mapped[str] = mapped_column(String(120), default="")
    document: Mapped[str] = mapped_column(String(80), default="")
    granted_on: Mapped[date | None] = mapped_column(index=True)
    ended_document: Mapped[str] = mapped_column(String(80), default="")
    ended_on: Mapped[date | None]
    ended_reason: Mapped[str] = mapped_column(Text, default="")

    unit: Mapped[Unit | None] = relationship()
    union: Mapped[Union] = relationship()
    competition: Mapped[Competition | None] = relationship()
    event: Mapped[Event | None] = relationship()
