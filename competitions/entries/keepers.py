"""Whose data somebody's is: another unit that enters them rewrites nobody whom the own unit has entered."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.entries.models import Entry, EntryMember, Person, PersonIdentity
from competitions.entries.queries import chunks
from competitions.events.models import Event
from competitions.events.rules import CLOSED
from competitions.organisations.models import Unit

HANDED_IN = ("submitted", "returned", "approved")  # a draft alone keeps nobody


class Kept(NamedTuple):
    """What is kept of somebody whom the own unit has entered: where, and what others leave as it is."""

    unit_id: int
    unit: str
    skill_level: str
    has_phone: bool


def kept_by_own_units(session: Session, people: Collection[int], event_id: int) -> dict[int, Kept]:
    """Return those of some people whom their own unit has in another event that is not over."""
    found: dict[int, Kept] = {}
    for some in chunks(sorted(set(people))):
        rows = session.execute(
            select(Person.id, Unit.id, Unit.name, Person.skill_level, PersonIdentity.phone.is_not(None))
            .distinct()
            .join(EntryMember, EntryMember.person_id == Person.id)
            .join(Entry, (Entry.id == EntryMember.entry_id) & (Entry.unit_id == Person.unit_id))
            .join(Event, Event.id == Entry.event_id)
            .join(Unit, Unit.id == Person.unit_id)
            .outerjoin(Person.identity)
            .where(
                Person.id.in_(some), Entry.event_id != event_id, Entry.review.in_(HANDED_IN),
                Event.state.not_in(CLOSED),
            )
        )  # fmt: skip
        found |= {row[0]: Kept(*row[1:]) for row in rows}
    return found
