"""What a unit's page says of its twins: who may be one with it, and who has become so."""

from typing import Any

from sqlalchemy.orm import Session

from accounts import guard
from competitions.organisations import offers
from competitions.organisations.models import Unit
from competitions.organisations.queries import union_path
from competitions.organisations.twins import queries


def twins_panel(session: Session, unit: Unit) -> tuple[str, dict[str, Any]] | None:
    """Return the twins of a unit for those who manage it."""
    if not guard.may(offers.MANAGE, (("unit", unit.id), *union_path(session, unit.union_id))):
        return None
    into = queries.standing_merge(session, unit.id)
    near = queries.list_near(session, offers.scopes(offers.MANAGE), unit) if unit.retired_at is None else []
    merges = queries.list_merges(session, unit.id)
    if not (into or near or merges):
        return None
    return "twins/_panel.html", {"unit": unit, "into": into, "near": near, "merges": merges}
