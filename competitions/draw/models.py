"""The draw: what is decided before it, the draw itself, and what each entry has drawn."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model
from core.types import CanonicalJson, UtcDateTime


class DrawSettings(Model):
    """How an event is to be drawn (competitions.draw.rules.settings), where somebody has decided it."""

    __tablename__ = "draw_settings"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    settings: Mapped[Any] = mapped_column(CanonicalJson)


class Draw(Model):
    """The one draw of an event; seed and settings make it replayable."""

    __tablename__ = "draw"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    seed: Mapped[str] = mapped_column(String(64))
    settings: Mapped[Any] = mapped_column(CanonicalJson, default=dict, server_default="{}")
    drawn_at: Mapped[datetime] = mapped_column(UtcDateTime)
    drawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class EntryCode(Model):
    """What an entry has drawn: the map that judges never see.

    `code` is what judges see. With three layers `station` stays empty, for judges may not know it; `seat` is
    the name of the place. `entrant_code` is the first layer's, where there are several.
    """

    __tablename__ = "entry_code"
    __table_args__ = (
        UniqueConstraint("event_id", "code"),
        UniqueConstraint("event_id", "batch", "station"),
        UniqueConstraint("event_id", "position"),
        UniqueConstraint("event_id", "seat"),
        UniqueConstraint("event_id", "entrant_code"),
    )

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    code: Mapped[str] = mapped_column(String(40))
    station: Mapped[int | None]
    batch: Mapped[int] = mapped_column(default=1, server_default="1")
    position: Mapped[int | None]
    seat: Mapped[str | None] = mapped_column(String(40))
    entrant_code: Mapped[str | None] = mapped_column(String(40))
