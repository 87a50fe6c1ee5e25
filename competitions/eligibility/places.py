"""Where a request about rules of entry happens: whoever registers for a unit may read them, too."""

from typing import Any

from accounts import guard
from accounts.guard import Where
from competitions.events.places import event_place

BEFORE_REGISTRATION = "draft"


def rules_place(event_id: int, **_others: Any) -> Where | None:
    """Return where an event's rules of entry are read; by units from the opening of the registration on."""
    place = event_place(event_id)
    if place is None or place.state == BEFORE_REGISTRATION:
        return place
    units = tuple((g.scope_kind, g.scope_id) for g in guard.held_grants() if g.scope_kind == "unit")
    return Where((*units, *place.path), place.state)
