"""People as the tests of this folder need them: with ID numbers, in entries of events."""

from sqlalchemy import select

from competitions.entries import identity
from competitions.entries.models import Entry, EntryMember, Person, PersonIdentity
from tests.entries.tables import id_number
from tests.factories.entries import build_person
from tests.factories.events import build_event

__all__ = ["add", "enter", "id_number", "names_of"]


def add(session, unit, name="张演示", number="", phone="", **columns) -> Person:
    """Return a new person of a unit, sealed numbers and all."""
    person = build_person(session, name, unit=unit, **columns)
    sealed = identity.sealed_columns(person.ref, identity.Contact(number, phone))
    if sealed:
        session.add(PersonIdentity(person_id=person.id, **sealed))
    session.flush()
    session.expire(person, ["identity"])
    return person


def enter(session, person, event=None, review="approved", kind="person") -> Entry:
    """Return a new entry of a person in an event, of its own if none is given."""
    event = event or build_event(session, "registration")
    numbers = session.scalars(select(Entry.number).where(Entry.event_id == event.id)).all()
    entry = Entry(
        ref=f"e{person.id}x{event.id}x{len(numbers)}", event_id=event.id, number=max(numbers, default=0) + 1,
        kind=kind, name=person.name, unit_id=person.unit_id, review=review, created_at=event.created_at,
    )  # fmt: skip
    session.add(entry)
    session.flush()
    session.add(EntryMember(entry_id=entry.id, person_id=person.id, position=1))
    session.flush()
    return entry


def names_of(session, entry) -> list[str]:
    """Return the names of the people in an entry."""
    session.expire_all()
    return [member.person.name for member in entry.members]
