"""Builders of rules of entry and quotas."""

from typing import Any

from sqlalchemy.orm import Session

from competitions.eligibility.models import EntryRulesRow, UnitQuota
from competitions.eligibility.rules import EntryRules, to_document
from competitions.events.models import Event
from competitions.organisations.models import Unit
from tests.factories.organisations import build_union, build_unit


def build_rules(session: Session, event: Event, **rules: Any) -> EntryRulesRow:
    """Return the rules of entry of an event, the usual ones but for what is said."""
    row = session.get(EntryRulesRow, event.id) or EntryRulesRow(event_id=event.id)
    row.document = to_document(EntryRules(**rules))
    session.add(row)
    session.flush()
    return row


def build_quota(session: Session, event: Event, unit: Unit, places: int) -> UnitQuota:
    """Return the places of one unit."""
    row = UnitQuota(event_id=event.id, unit_id=unit.id, places=places)
    session.add(row)
    session.flush()
    return row


def build_unit_below(session: Session, name: str, kinds: tuple[str, ...]) -> tuple[Unit, list[Any]]:
    """Return a unit and the unions above it, the nearest first; each is of one of these kinds."""
    above, unions = None, []
    for kind in reversed(kinds):
        above = build_union(session, kind=kind, parent=above)
        unions.insert(0, above)
    return build_unit(session, name=name, union=above), unions
