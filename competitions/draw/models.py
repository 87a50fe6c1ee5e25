"""The draw: blind codes and stations from a recorded seed, once per event."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model
from core.types import UtcDateTime


class Draw(Model):
    """The one draw of an event; the seed makes it replayable."""

    __tablename__ = "draw"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    seed: Mapped[str] = mapped_column(String(64))
    drawn_at: Mapped[datetime] = mapped_column(UtcDateTime)
    drawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class EntryCode(Model):
    """The blind code of an entry: the map that judges never see."""

    __tablename__ = "entry_code"
    __table_args__ = (UniqueConstraint("event_id", "code"), UniqueConstraint("event_id", "station"))

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    code: Mapped[str] = mapped_column(String(40))
    station: Mapped[int | None]
