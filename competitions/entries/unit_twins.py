"""What entries have to do with two units becoming one."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from competitions.catalogue.naming import name_of
from competitions.entries import rules
from competitions.entries.models import Entry
from competitions.events.models import Event
from competitions.events.services import hold
from competitions.organisations.models import Unit
from core.database import lock
from core.refusals import Refusal


def hold_events(session: Session, unit_ids: Sequence[int]) -> None:
    """Hold the events of some units and those whose entries wait for unions, then people as a whole.

    Whoever enters people holds an event first, too; the events stand in the order of their numbers.
    """
    entered = select(Entry.event_id).where(or_(Entry.unit_id.in_(unit_ids), Entry.review == "submitted"))
    for event in session.scalars(select(Event).where(Event.id.in_(entered)).order_by(Event.id)).all():
        hold(session, event)
    lock(session, "people")


def both_entered(session: Session, kept: Unit, gone: Unit) -> list[Refusal]:
    """Refuse where both have sent a team or a work of one name, or the unit itself, to one event."""
    one, other = aliased(Entry), aliased(Entry)
    statement = (
        select(Event, one.number, other.number)
        .join(one, one.event_id == Event.id)
        .join(other, other.event_id == Event.id)
        .where(
            one.unit_id == kept.id, other.unit_id == gone.id, one.kind == other.kind,
            or_(one.kind == "unit", (one.kind != "person") & (one.name == other.name)),
            one.review.in_(rules.COUNTED), other.review.in_(rules.COUNTED),
        )
        .order_by(Event.id)
    )  # fmt: skip
    return [
        Refusal("UNITS_BOTH_ENTERED", "", {"event": name_of(event), "number": first, "other": second})
        for event, first, second in session.execute(statement)
    ]
