"""Where a request about entries happens, and whose entries somebody may see."""

from collections.abc import Iterable
from typing import Any

from accounts import guard
from accounts.guard import Where
from accounts.policy import POLICY, HeldGrant, ScopePath, allows
from competitions.eligibility.queries import rules_of
from competitions.eligibility.rules import ORGANISER
from competitions.entries import queries, review_queries
from competitions.entries.models import Entry
from competitions.entries.queries import Decider
from competitions.events.models import Event
from competitions.events.places import event_place
from competitions.events.queries import event_path, find_event
from competitions.organisations.queries import union_path
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


def list_place(event_id: int, **_others: Any) -> Where | None:
    """Return where an event's list is read: also from the unions at whose levels its entries are decided."""
    place, event = entries_place(event_id), find_event(db.session, event_id)
    if place is None or event is None or place.state == BEFORE_REGISTRATION:
        return place
    return Where((*_reviewing_unions(event), *place.path), place.state)


def shown_entry_place(event_id: int, entry_id: int, **_others: Any) -> Where | None:
    """Return where an entry is read: its unit, the unions that decide it, its event and all above."""
    place, event = entry_place(event_id, entry_id), find_event(db.session, event_id)
    entry = queries.find_entry(db.session, event_id, entry_id)
    if place is None or event is None or entry is None or not has_union_levels(event):
        return place
    return Where((*union_path(db.session, entry.unit.union_id)[:-1], *place.path), place.state)


def deciding_place(event_id: int, entry_id: int, **_others: Any) -> Where | None:
    """Return where an entry is decided: the union at whose level it stands, otherwise its event."""
    place, entry = event_place(event_id), queries.find_entry(db.session, event_id, entry_id)
    if place is None or entry is None:
        return None
    return Where(deciding_path(entry, place.path), place.state)


def deciding_path(entry: Entry, path: ScopePath) -> ScopePath:
    """Return the scope path in which an entry of the event with this path is decided."""
    return path if entry.level_union_id is None else union_path(db.session, entry.level_union_id)


def has_union_levels(event: Event) -> bool:
    """Say whether unions decide an event's entries before its organiser does."""
    return rules_of(db.session, event).review != (ORGANISER,)


def decider_for(event: Event) -> Decider:
    """Return for whom the signed-in user decides in an event: not for those above whom they stand."""
    organiser = guard.may("entry.decide", event_path(db.session, event))
    return Decider(deciding_unions(), organiser)


def deciding_unions() -> frozenset[int]:
    """Return the unions for which the signed-in user decides."""
    roles = POLICY["entry.decide"].roles
    return frozenset(g.scope_id for g in guard.held_grants() if g.scope_kind == "union" and g.role in roles)


def reviewed_units(event: Event) -> frozenset[int]:
    """Return the units below the user's unions that have handed something in to an event."""
    if not has_union_levels(event):
        return frozenset()
    return review_queries.entered_units_below(db.session, event.id, deciding_unions())


def _reviewing_unions(event: Event) -> ScopePath:
    """Return the unions of the user below which a unit has handed something in."""
    return tuple(("union", number) for number in sorted(deciding_unions())) if reviewed_units(event) else ()


def own_units(grants: Iterable[HeldGrant], action: str, path: ScopePath) -> frozenset[int] | None:
    """Return the units whose entries somebody may do `action` on; None is every unit."""
    grants = tuple(grants)
    if allows(grants, action, path):
        return None
    roles = POLICY[action].roles
    return frozenset(g.scope_id for g in grants if g.scope_kind == "unit" and g.role in roles)
