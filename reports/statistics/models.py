"""What each counted event adds to the statistics, kept beside the records that it was counted from."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model, metadata
from core.types import CanonicalJson, UtcDateTime
from reports.statistics import marks


class StatisticsEvent(Model):
    """One counted event: figures that may be added, and exactly who and which units took part.

    `people` and `unit_set` are roaring bitmaps of the numbers of persons and units; `promotions` are the
    approved ones by the level reached; `digest` is of all that is counted here and in the splits, so that
    whatever is kept under it is never out of date.
    """

    __tablename__ = "statistics_event"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(32))
    sittings: Mapped[int]
    participations: Mapped[int]
    units: Mapped[int]
    awards: Mapped[int]
    first_prizes: Mapped[int]
    promotions: Mapped[Any] = mapped_column(CanonicalJson, server_default="{}")
    people: Mapped[bytes] = mapped_column(LargeBinary)
    unit_set: Mapped[bytes] = mapped_column(LargeBinary)


class StatisticsSplit(Model):
    """Who took part in an event by one attribute at the time: a bitmap of persons for each value.

    `attribute` is one of rules.ATTRIBUTES, or rules.UNITS for the units by ownership; `content` is as
    bitmaps.pack writes it.
    """

    __tablename__ = "statistics_split"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("statistics_event.event_id", ondelete="CASCADE"), primary_key=True
    )
    attribute: Mapped[str] = mapped_column(String(12), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class StatisticsMark(Model):
    """Something that a counted event is counted from has changed: it is to be counted anew.

    Written by the triggers of reports.statistics.marks. A row for each change and never one for several, so
    that whoever counts removes no mark of a change that was not seen.
    """

    __tablename__ = "statistics_mark"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(index=True)


class StatisticsChange(Model):
    """An event that the worker has counted: readers know by it what they have not read yet.

    Those counted together share a word, `state`, that is made by chance and never used again, whatever
    database it stands in.
    """

    __tablename__ = "statistics_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(32), index=True)
    event_id: Mapped[int]


class StatisticsCount(Model):
    """How many people, units or participations some events have, or which values they have; counted ahead.

    `key` tells what was counted, under which conditions, over exactly which events.
    """

    __tablename__ = "statistics_count"

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    content: Mapped[Any] = mapped_column(CanonicalJson)


class SavedReport(Model):
    """A report that somebody comes back to: a name for what stands in its address."""

    __tablename__ = "saved_report"
    __table_args__ = (UniqueConstraint("user_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    name: Mapped[str] = mapped_column(String(80))
    query: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)


event.listen(metadata, "after_create", marks.watch_new)
