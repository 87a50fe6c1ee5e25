"""Where a request about entries happens, and whose entries somebody may see."""

from collections.abc import Iterable
from typing import Any

from accounts import guard
from accounts.guard import Where
from accounts.policy import POLICY, HeldGrant, ScopePath, allows
from competitions.entries import queries
from competitions.events.places import event_place
from core.database import db

BEFORE_REGISTRATION = "draft"


def entries_place(event_id: int, **_others: Any) -> Where | None:
    """Return where an event's list of entries stands.

    Somebody who registers for a unit may open it from the opening of the registration on, and sees the
    entries of that unit alone: the list asks `own_units`.
    """
    place = event_place(event_id)
    if place is None or place.state == BEFORE_REGISTRATION:
        return place
    units = tuple((g.scope_kind, g.scope_id) for g in guard.held_grants() if g.scope_kind == "unit")
    return Where((*units, *place.path), place.state)


def entry_place(event_id: int, entry_id: int, **_others: Any) -> Where | None:
    """Return where an entry stands: its unit, then its event and all above."""
    place, entry = event_place(event_id), queries.find_entry(db.session, event_id, entry_id)
    if place is None or entry is None:
        return None
    return Where((("unit", entry.unit_id), *place.path), place.state)


def own_units(grants: Iterable[HeldGrant], action: str, path: ScopePath) -> frozenset[int] | None:
    """Return the units whose entries somebody may do `action` on; None is every unit."""
    grants = tuple(grants)
    if allows(grants, action, path):
        return None
    roles = POLICY[action].roles
    return frozenset(g.scope_id for g in grants if g.scope_kind == "unit" and g.role in roles)
