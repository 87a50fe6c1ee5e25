"""What a unit's page says of contests: which go on, how many the unit has entered, how many it may."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts import guard
from competitions.eligibility.models import UnitQuota
from competitions.eligibility.queries import rules_by_event
from competitions.eligibility.rules.checks import places_of
from competitions.entries.queries import list_open_events
from competitions.entries.rules import COUNTED
from competitions.events.frame import days
from competitions.events.labels import state_chip
from competitions.events.rules import CLOSED
from competitions.organisations.models import Unit
from competitions.organisations.queries import union_path

SHOWN = 30


def unit_panel(session: Session, unit: Unit) -> tuple[str, dict[str, Any]] | None:
    """Return the contests that a unit can enter or is in now, for those who see its entries."""
    path = (("unit", unit.id), *union_path(session, unit.union_id))
    if not guard.may("entry.list", path):
        return None
    known = list_open_events(session, frozenset({unit.id}), SHOWN)
    opened = [row for row in known if row.event.state not in CLOSED]
    rules = rules_by_event(session, [row.event for row in opened])
    own = select(UnitQuota.event_id, UnitQuota.places).where(UnitQuota.unit_id == unit.id)
    quotas = dict(session.execute(own).all())
    rows = []
    for row in opened:
        mine = {unit.id: quotas[row.event.id]} if row.event.id in quotas else {}
        entered = sum(count for review, count in row.counts.items() if review in COUNTED)
        places = places_of(rules[row.event.id], mine, unit.id)
        rows.append({"event": row.event, "entered": entered, "places": places})
    return "people/_unit_events.html", {"rows": rows, "chip": state_chip, "day": days}
