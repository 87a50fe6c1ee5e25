"""Correct the name or the ID number of a person: with a reason, for all entries, never silently."""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.entries import identity, rules
from competitions.entries.models import Entry, EntryMember, Person, PersonIdentity
from competitions.entries.queries import list_provinces
from competitions.events.rules import CLOSED
from competitions.people import queries
from core import database
from core.audit import services as audit
from core.refusals import Refusal, Refused


class Correction(NamedTuple):
    """What a person's record is to say; an empty ID number stays as it is, unless it is to be `cleared`."""

    name: str
    id_number: str = ""
    cleared: bool = False


def correct_person(
    session: Session, person: Person, said: Correction, reason: str, *, actor_id: int, now: datetime,
    today: date,
) -> list[str]:  # fmt: skip
    """Correct a person's record and return what has changed: "name", "id_number".

    The entries of this person alone take the new name over; those of final events keep the announced one.
    Raises: Refused CORRECT_REASON, CORRECT_NOTHING, PERSON_ID_TAKEN, and what the rules of entries say.
    """
    database.lock(session, "people")
    session.refresh(person)
    name, faults = rules.tidy_name(said.name)
    number = "" if said.cleared else rules.tidy_id_number(said.id_number)[0]
    found = [Refusal(fault.code, "name", fault.params) for fault in faults if not fault.note]
    found += _number_faults(session, person, number, today) if number else []
    changed = _changed(person, name, number, said.cleared)
    if not reason:
        found.append(Refusal("CORRECT_REASON", "reason"))
    if not changed and not found:
        found.append(Refusal("CORRECT_NOTHING"))
    if found:
        raise Refused(*found)
    if "name" in changed:
        _rename(session, person, name)
    if "id_number" in changed:
        _renumber(session, person, number)
    session.flush()
    audit.record(
        session, "person:correct", actor_id=actor_id, subject=f"person:{person.id}", now=now,
        detail={"person": person.id, "fields": changed, "reason": reason},
    )  # fmt: skip
    return changed


def _number_faults(session: Session, person: Person, number: str, today: date) -> list[Refusal]:
    provinces: Collection[str] = list_provinces(session)
    faults = [fault for fault in rules.id_faults(number, today, provinces) if not fault.note]
    if faults:
        return [Refusal(fault.code, "id_number", fault.params) for fault in faults]
    owner = queries.find_by_digest(session, identity.id_digest(number))
    taken = owner is not None and owner != person.id
    return [Refusal("PERSON_ID_TAKEN", "id_number", {"person": owner})] if taken else []


def _changed(person: Person, name: str, number: str, cleared: bool) -> list[str]:
    held = queries.digest_of(person)
    other = bool(number) and identity.id_digest(number) != held
    return ["name"] * (name != person.name) + ["id_number"] * (other or (cleared and held is not None))


def _rename(session: Session, person: Person, name: str) -> None:
    person.name = name
    statement = select(Entry).join(EntryMember, EntryMember.entry_id == Entry.id)
    for entry in session.scalars(statement.where(EntryMember.person_id == person.id)):
        entry.revision += 1
        if entry.kind == "person" and entry.event.state not in CLOSED:
            entry.name = name


def _renumber(session: Session, person: Person, number: str) -> None:
    row = person.identity or PersonIdentity(person_id=person.id)
    row.id_number, row.id_digest = None, None
    for name, value in identity.sealed_columns(person.ref, identity.Contact(number)).items():
        setattr(row, name, value)
    session.add(row)
