"""Read what the rules of entry ask about people and units."""

from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from competitions.entries import identity
from competitions.entries.models import Entry, EntryException, EntryMember, Person, PersonIdentity
from competitions.entries.queries import chunks
from competitions.entries.rules import COUNTED
from competitions.events.models import Event
from competitions.events.rules import CANCELLED

Admitted = frozenset[tuple[int, str, int | None]]


def id_numbers(session: Session, people: Collection[int]) -> dict[int, str]:
    """Return the whole ID numbers of those of some people who have one; they go nowhere but into checks."""
    found = {}
    for some in chunks(sorted(set(people))):
        numbered = Person.identity.has(PersonIdentity.id_number.is_not(None))
        statement = select(Person).where(Person.id.in_(some), numbered)
        for person in session.scalars(statement.options(joinedload(Person.identity))):
            found[person.id] = identity.whole_contact(person).id_number
    return found


def skill_levels(session: Session, people: Collection[int]) -> dict[int, str]:
    """Return the skill levels that are recorded of some people."""
    found: dict[int, str] = {}
    for some in chunks(sorted(set(people))):
        found |= dict(session.execute(select(Person.id, Person.skill_level).where(Person.id.in_(some))).all())
    return found


def entries_elsewhere(
    session: Session, event: Event, people: Collection[int]
) -> Iterable[tuple[int, Event, int]]:
    """Yield (person, event, number) of the entries of some people in other events of the competition."""
    for some in chunks(sorted(set(people))):
        yield from session.execute(
            select(EntryMember.person_id, Event, Entry.number)
            .join(Entry, Entry.id == EntryMember.entry_id)
            .join(Event, Event.id == Entry.event_id)
            .where(
                EntryMember.person_id.in_(some),
                Event.competition_id == event.competition_id,
                Event.id != event.id,
                Event.state != CANCELLED,
                Entry.review.in_(COUNTED),
            )
            .order_by(Event.id, Entry.number)
        )


def places_taken(
    session: Session, event_id: int, reviews: Collection[str], without: Collection[int]
) -> dict[int, int]:
    """Return how many entries of each unit stand at one of these reviews in an event, some left out."""
    statement = select(Entry.id, Entry.unit_id).where(Entry.event_id == event_id, Entry.review.in_(reviews))
    taken: dict[int, int] = {}
    for entry_id, unit_id in session.execute(statement):
        if entry_id not in without:
            taken[unit_id] = taken.get(unit_id, 0) + 1
    return taken


def admitted(session: Session, entries: Collection[int]) -> Admitted:
    """Return what the organiser has admitted of some entries: (entry, code, person)."""
    found: set[tuple[int, str, int | None]] = set()
    for some in chunks(sorted(set(entries))):
        rows = session.scalars(select(EntryException).where(EntryException.entry_id.in_(some)))
        found |= {(row.entry_id, row.code, row.person_id) for row in rows}
    return frozenset(found)
