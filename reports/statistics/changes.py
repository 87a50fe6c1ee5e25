"""Which events the worker has counted lately, so that a process reads no more than it does not know yet."""

from collections.abc import Collection

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from core import clock
from reports.statistics.models import StatisticsChange

KEPT = 5_000  # events; who has not looked for longer reads everything


def newest(session: Session) -> str | None:
    """Return the word of the last change; None where nothing was ever counted."""
    last = select(StatisticsChange.state).order_by(StatisticsChange.id.desc()).limit(1)
    return session.scalar(last)


def since(session: Session, state: str | None) -> frozenset[int] | None:
    """Return the events that were counted after this word; None where nobody knows any more."""
    change = StatisticsChange
    last = session.scalar(select(func.max(change.id)).where(change.state == state))
    if last is None:
        return None
    return frozenset(session.scalars(select(change.event_id).where(change.id > last)))


def record(session: Session, event_ids: Collection[int]) -> None:
    """Say that these events were counted; the caller holds the statistics alone."""
    state = clock.new_ref()
    rows = [{"state": state, "event_id": event_id} for event_id in sorted(event_ids)]
    session.execute(insert(StatisticsChange), rows)
    newest_id = select(func.max(StatisticsChange.id)).scalar_subquery()
    session.execute(delete(StatisticsChange).where(StatisticsChange.id <= newest_id - KEPT))
