"""Where a request about periods happens, and whose values somebody may see."""

from typing import Any

from accounts.guard import Where
from competitions.entries.places import entries_place, entry_place
from competitions.entries.queries import find_entry
from competitions.events.places import event_place
from competitions.events.queries import find_event
from core.database import db
from scoring.assessments import queries


def assessed_place(event_id: int, **_others: Any) -> Where | None:
    """Return where the periods of an event stand, for its office; None where nobody reports of itself."""
    event = find_event(db.session, event_id)
    return event_place(event_id) if event is not None and queries.is_assessed(event) else None


def periods_place(event_id: int, **_others: Any) -> Where | None:
    """Return where the periods stand for the office and for whoever registers for a unit."""
    return entries_place(event_id) if assessed_place(event_id) is not None else None


def report_place(event_id: int, entry_id: int, **_others: Any) -> Where | None:
    """Return where the report of an approved entry stands: its unit, then its event and all above."""
    entry = find_entry(db.session, event_id, entry_id)
    if assessed_place(event_id) is None or entry is None or entry.review != "approved":
        return None
    return entry_place(event_id, entry_id)
