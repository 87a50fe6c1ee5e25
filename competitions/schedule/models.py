"""Sittings (场次): what the figure 场次 of every report counts."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from competitions.events.models import Event
from core.database import Model
from core.types import UtcDateTime


class Sitting(Model):
    """One batch at one site in one stage of an event: planned, then held or cancelled (rules.STATES).

    An empty stage means the event as a whole, batch 0 all batches together; a sitting may have no time yet.
    `settled_at` and `settled_by_id` say when and by whom it was recorded as held or cancelled.
    """

    __tablename__ = "sitting"
    __table_args__ = (
        UniqueConstraint("event_id", "stage", "batch", "site"),
        Index("ix_sitting_state_event_id", "state", "event_id"),  # what reports count, without the rows
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    stage: Mapped[str] = mapped_column(String(40), default="")
    batch: Mapped[int] = mapped_column(default=0)
    site: Mapped[str] = mapped_column(String(120), default="")
    starts_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(10), default="planned")
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship()

    __mapper_args__ = {"version_id_col": version}
