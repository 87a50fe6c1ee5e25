"""Which event qualifies for which, by what rule, and who did."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from competitions.entries.models import Entry
from competitions.events.models import Event
from core.database import Model
from core.types import CanonicalJson, UtcDateTime


class Qualification(Model):
    """An event from which entries qualify for another one.

    `rule` is a document of rules.Rule; `stage` of the target's scheme takes the earlier totals, "" where none
    does. Once carried out, `version` and `sha256` name the result version that it was worked out from.
    """

    __tablename__ = "qualification"
    __table_args__ = (UniqueConstraint("source_id", "target_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    target_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    rule: Mapped[Any] = mapped_column(CanonicalJson)
    stage: Mapped[str] = mapped_column(String(40), default="")
    version: Mapped[int | None]
    sha256: Mapped[str] = mapped_column(String(64), default="")
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    source: Mapped[Event] = relationship(foreign_keys=[source_id])
    target: Mapped[Event] = relationship(foreign_keys=[target_id])
    places: Mapped[list["QualifiedPlace"]] = relationship(order_by="QualifiedPlace.position")


class QualifiedPlace(Model):
    """One entry of the earlier event in the order of qualifying; `state` is one of rules.STATES.

    `rank` and `total` are those of the result version; `entry_id` is its entry in the later event.
    """

    __tablename__ = "qualified_place"
    __table_args__ = (UniqueConstraint("qualification_id", "source_entry_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    qualification_id: Mapped[int] = mapped_column(ForeignKey("qualification.id"), index=True)
    position: Mapped[int]
    source_entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id", ondelete="SET NULL"))
    rank: Mapped[int]
    total: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text, default="")

    source_entry: Mapped[Entry] = relationship(foreign_keys=[source_entry_id])
