"""Where a request about a sitting happens."""

from typing import Any

from accounts.guard import Where
from competitions.events.places import event_place
from competitions.schedule import queries
from core.database import db


def sitting_place(event_id: int, sitting_id: int, **_others: Any) -> Where | None:
    """Return where a sitting stands: its event."""
    found = queries.find_sitting(db.session, event_id, sitting_id)
    return event_place(event_id) if found is not None else None
