"""Keep what the statistics hold of each event equal to the records: after marks, or from scratch.

The marks are written with the change itself (reports.statistics.marks); pages count marked events live, so
that figures wait for this work only where facts.MOST_LIVE is passed: it makes them quick again.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import Select, delete, exists, insert, select
from sqlalchemy.orm import Session

from competitions.entries.taking_part import take_down
from competitions.events.models import Event
from core import database
from reports.statistics import changes
from reports.statistics.counting import Counted, count_event, counts
from reports.statistics.models import StatisticsEvent, StatisticsMark, StatisticsSplit
from reports.statistics.rules import COUNTED_STATES

BATCH = 50  # events of one transaction: nobody waits long behind it


def is_anything_to_count(session: Session) -> bool:
    """Say whether an event is marked, or counts and was never counted."""
    return bool(session.scalar(select(exists().where(StatisticsMark.id > 0)))) or bool(
        session.scalar(select(_uncounted().exists()))
    )


def refresh(session: Session) -> int:
    """Count what is marked or was never counted; commits after each batch, returns how many events."""
    total = 0
    while True:
        database.lock(session, "statistics")
        marks = session.execute(
            select(StatisticsMark.id, StatisticsMark.event_id).order_by(StatisticsMark.id).limit(BATCH * 20)
        ).all()
        ids = sorted({mark.event_id for mark in marks})[:BATCH] or list(
            session.scalars(_uncounted().order_by(Event.id).limit(BATCH))
        )
        if not ids:
            session.commit()
            return total
        _count(session, ids)
        seen = [mark.id for mark in marks if mark.event_id in set(ids)]
        session.execute(delete(StatisticsMark).where(StatisticsMark.id.in_(seen)))
        changes.record(session, ids)
        session.commit()
        total += len(ids)


def rebuild(session: Session) -> Iterator[int]:
    """Count every event from scratch, commit after each batch; yields how many events are done."""
    everything = list(session.scalars(select(Event.id).order_by(Event.id)))
    session.commit()
    for start in range(0, len(everything), BATCH):
        database.lock(session, "statistics")
        some = everything[start : start + BATCH]
        _drop(session, some)
        _count(session, some)
        changes.record(session, some)
        session.commit()
        yield min(start + BATCH, len(everything))


def _uncounted() -> Select[Any]:
    counted = exists().where(StatisticsEvent.event_id == Event.id)
    return select(Event.id).where(Event.state.in_(COUNTED_STATES), ~counted)


def _count(session: Session, event_ids: Sequence[int]) -> None:
    """Count some events from what is taken down; what is kept already is not written again."""
    database.lock(session, "people")  # or a corrected ID number would be overwritten by what it was before
    kept = dict(
        session.execute(
            select(StatisticsEvent.event_id, StatisticsEvent.digest).where(
                StatisticsEvent.event_id.in_(event_ids)
            )
        ).all()
    )
    for event_id in event_ids:
        if counts(session, event_id):
            take_down(session, event_id)
        counted = count_event(session, event_id)
        if counted is None:
            _drop(session, [event_id])
            continue
        if kept.get(event_id) != counted.digest:
            _drop(session, [event_id])
            write(session, event_id, counted)


def _drop(session: Session, event_ids: Collection[int]) -> None:
    for model in (StatisticsSplit, StatisticsEvent):
        session.execute(delete(model).where(model.event_id.in_(event_ids)))


def write(session: Session, event_id: int, counted: Counted) -> None:
    """Keep the count of an event of which nothing is kept."""
    figures = counted._asdict()
    splits = figures.pop("splits")
    session.execute(insert(StatisticsEvent), [{"event_id": event_id, "digest": counted.digest, **figures}])
    rows = [
        {"event_id": event_id, "attribute": name, "content": content} for name, content in splits.items()
    ]
    session.execute(insert(StatisticsSplit), rows)
