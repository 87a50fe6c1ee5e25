"""Read the versions of an event's promotion rules, and which levels its entrants hold."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.draw.models import EntryCode
from competitions.entries.models import Entry, EntryMember, Person
from competitions.entries.roles import MEMBER
from competitions.organisations.models import Unit
from scoring.promotions.models import PromotionRules
from scoring.versions import find_newest, list_with_savers


class Holder(NamedTuple):
    """A person of an entry with the level that is recorded; an entry without people has one without id."""

    entry: str
    kind: str
    entry_name: str
    unit: str
    person_id: int | None
    name: str
    level: str


def find_current(session: Session, event_id: int) -> PromotionRules | None:
    """Return the newest version of an event's promotion rules."""
    return find_newest(session, PromotionRules, event_id)


def list_versions(session: Session, event_id: int) -> list[tuple[PromotionRules, str]]:
    """Return all versions of an event's promotion rules and who saved each, newest first."""
    return list_with_savers(session, PromotionRules, event_id)


def list_holders(session: Session, event_id: int) -> list[Holder]:
    """Return who competes in the approved entries by code, members of a team in order; one statement."""
    rows = session.execute(
        select(
            EntryCode.code, Entry.kind, Entry.name, Unit.name, Person.id, Person.name, Person.skill_level
        )
        .join(Entry, Entry.id == EntryCode.entry_id)
        .join(Unit, Unit.id == Entry.unit_id)
        .join(EntryMember, (EntryMember.entry_id == Entry.id) & (EntryMember.role == MEMBER), isouter=True)
        .join(Person, Person.id == EntryMember.person_id, isouter=True)
        .where(Entry.event_id == event_id, Entry.review == "approved")
        .order_by(EntryCode.code, EntryMember.position, EntryMember.id)
    )
    return [Holder(*row[:5], row[5] or "", row[6] or "") for row in rows]


def find_person(session: Session, event_id: int, person_id: int) -> Person | None:
    """Return a person who is in an approved entry of the event."""
    return session.scalar(
        select(Person)
        .join(EntryMember, EntryMember.person_id == Person.id)
        .join(Entry, Entry.id == EntryMember.entry_id)
        .where(Entry.event_id == event_id, Entry.review == "approved", Person.id == person_id)
        .where(EntryMember.role == MEMBER)
        .limit(1)
    )
