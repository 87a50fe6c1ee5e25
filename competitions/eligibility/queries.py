"""Read the rules of entry of events and the quotas of units."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.eligibility.models import EntryRulesRow, UnitQuota
from competitions.eligibility.rules import DEFAULT, EntryRules, parse
from competitions.events.models import Event


def rules_of(session: Session, event: Event) -> EntryRules:
    """Return the rules of entry of an event; the usual ones where nothing was said."""
    row = session.get(EntryRulesRow, event.id)
    return DEFAULT if row is None else parse(row.document)


def quotas_of(session: Session, event_id: int) -> dict[int, int]:
    """Return the places of the units that have other quotas than the rules say for all."""
    statement = select(UnitQuota.unit_id, UnitQuota.places).where(UnitQuota.event_id == event_id)
    return dict(session.execute(statement).all())
