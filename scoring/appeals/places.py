"""Where a request about appeals happens: the unit of the entry, then its event and all above."""

from typing import Any

from accounts import guard
from accounts.guard import Where
from competitions.entries.places import entry_place
from competitions.events.places import event_place
from core.database import db
from scoring.appeals import queries


def appeals_place(event_id: int, **_others: Any) -> Where | None:
    """Return where an event's appeals are read: also from the units for which somebody registers."""
    place = event_place(event_id)
    if place is None:
        return None
    units = tuple((g.scope_kind, g.scope_id) for g in guard.held_grants() if g.scope_kind == "unit")
    return Where((*units, *place.path), place.state)


def appeal_place(event_id: int, number: int, **_others: Any) -> Where | None:
    """Return where one appeal stands."""
    appeal = queries.find_appeal(db.session, event_id, number)
    return None if appeal is None else entry_place(event_id, appeal.entry_id)
