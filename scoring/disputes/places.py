"""Where a request about disputes happens: the event, and the units for which somebody speaks."""

from typing import Any

from flask_login import current_user

from accounts import guard
from accounts.guard import Where
from accounts.policy import ScopePath
from competitions.entries.places import entry_place
from competitions.events.places import event_place
from core.database import db
from scoring.disputes import queries


def disputes_place(event_id: int, **_others: Any) -> Where | None:
    """Return where an event's disputes are read and raised: also from the units of a registrar."""
    place = event_place(event_id)
    if place is None or place.state == "draft":
        return place
    return Where((*_units(), *place.path), place.state)


def dispute_place(event_id: int, number: int, **_others: Any) -> Where | None:
    """Return where one dispute is read: from the unit of its work, and by whoever has raised it."""
    dispute = queries.find_dispute(db.session, event_id, number)
    place = None if dispute is None else entry_place(event_id, dispute.entry_id)
    if dispute is None or place is None or dispute.raised_by_id != current_user.id:
        return place
    return Where((*_units(), *place.path), place.state)


def raised_place(event_id: int, number: int, **_others: Any) -> Where | None:
    """Return where one dispute is taken back or decided: by whoever has raised it, and in its event."""
    dispute, place = queries.find_dispute(db.session, event_id, number), event_place(event_id)
    if dispute is None or place is None or dispute.raised_by_id != current_user.id:
        return None if dispute is None else place
    return Where((*_units(), *place.path), place.state)


def _units() -> ScopePath:
    return tuple((g.scope_kind, g.scope_id) for g in guard.held_grants() if g.scope_kind == "unit")
