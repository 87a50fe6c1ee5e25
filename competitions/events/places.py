"""Where a request happens: the scope path and state of the event or competition in its address."""

from typing import Any

from accounts.guard import Where
from competitions.events import queries
from core.database import db


def event_place(event_id: int, **_others: Any) -> Where | None:
    """Return where the event with this number stands, or None."""
    event = queries.find_event(db.session, event_id)
    return None if event is None else Where(queries.event_path(db.session, event), event.state)


def competition_place(competition_id: int, **_others: Any) -> Where | None:
    """Return where the competition with this number stands, or None."""
    competition = queries.find_competition(db.session, competition_id)
    return None if competition is None else Where(queries.competition_path(db.session, competition))
