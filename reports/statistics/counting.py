"""Count one event from the records themselves: what the statistics keep of it.

Participations are persons × events: who stands in two entries of one event took part in it once.
"""

from typing import Any, NamedTuple

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from competitions.entries.taking_part import AtTheTime, list_taking_part, list_units
from competitions.events.models import Event
from competitions.schedule.models import Sitting
from competitions.schedule.rules import HELD
from core import canonical
from reports.statistics import bitmaps, rules
from scoring.promotions.approvals import count_approved
from scoring.results.models import ResultRow, ResultVersion


class Counted(NamedTuple):
    """One event, counted; `splits` are the packed bitmaps of persons by attribute."""

    sittings: int
    participations: int
    units: int
    awards: int
    first_prizes: int
    promotions: dict[str, int]
    people: bytes
    unit_set: bytes
    splits: dict[str, bytes]

    @property
    def figures(self) -> tuple[Any, ...]:
        """Return what of it is no set."""
        return self[:6]

    @property
    def digest(self) -> str:
        """Return what tells this count from every other."""
        numbers = canonical.dumps(list(self.figures)).encode()
        return bitmaps.digest(numbers, self.people, self.unit_set, *self.splits.values())


def counts(session: Session, event_id: int) -> bool:
    """Say whether an event counts."""
    counted = select(Event.id).where(Event.id == event_id, Event.state.in_(rules.COUNTED_STATES))
    return session.scalar(counted) is not None


def count_event(session: Session, event_id: int) -> Counted | None:
    """Count an event; None for one that does not count (yet)."""
    if not counts(session, event_id):
        return None
    people = list_taking_part(session, event_id)
    owned = list_units(session, event_id)
    units: set[int] = set().union(*owned.values())
    awards, first = session.execute(_awards(event_id)).one()
    return Counted(
        sittings=session.scalar(_sittings(event_id)) or 0,
        participations=len(people),
        units=len(units),
        awards=awards,
        first_prizes=first or 0,
        promotions=count_approved(session, event_id),
        people=bitmaps.write(people),
        unit_set=bitmaps.write(units),
        splits={name: bitmaps.pack(_split(people, name)) for name in rules.ATTRIBUTES}
        | {rules.UNITS: bitmaps.pack(owned)},
    )


def _split(people: dict[int, AtTheTime], attribute: str) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for person_id, then in people.items():
        found.setdefault(getattr(then, attribute), []).append(person_id)
    return found


def _sittings(event_id: int) -> Select:
    return select(func.count(Sitting.id)).where(Sitting.event_id == event_id, Sitting.state == HELD)


def _awards(event_id: int) -> Select:
    newest = (
        select(func.max(ResultVersion.number))
        .where(ResultVersion.event_id == event_id, ResultVersion.announced_at.is_not(None))
        .scalar_subquery()
    )
    first = func.sum(case((ResultRow.award_tier == 1, 1), else_=0))
    return (
        select(func.count(ResultRow.id), first)
        .join(ResultVersion, ResultRow.version_id == ResultVersion.id)
        .where(ResultVersion.event_id == event_id, ResultVersion.number == newest, ResultRow.award != "")
    )
