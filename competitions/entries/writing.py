"""Store what a proposal names: units, people with their sealed numbers, entries and their members.

Called by the services alone, which hold the event and have looked the table through.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from competitions.entries import identity, levels, queries, roles, rules
from competitions.entries.identity import Contact
from competitions.entries.models import Entry, EntryMember, Person, PersonIdentity
from competitions.entries.proposals import ProposedEntry, ProposedPerson
from competitions.events.models import Event
from competitions.organisations.services import UnitValues, create_unit
from core import clock

Units = Mapping[str, int]
People = Mapping[int, int]


def write_entries(
    session: Session,
    event: Event,
    entries: Sequence[ProposedEntry],
    units: Units,
    *,
    now: datetime,
    batch_id: int | None = None,
    review: str = "submitted",
) -> list[tuple[int, int]]:
    """Store new entries and return (id, number) of each, in their order."""
    if not entries:
        return []
    people = _write_people(session, entries, units)
    first = queries.last_number(session, event.id) + 1
    stops = levels.stops_for(session, event, {_unit(entry, units) for entry in entries})
    rows: list[dict[str, Any]] = [
        {
            "ref": clock.new_ref(), "event_id": event.id, "number": number, "kind": event.entry_kind,
            "name": entry.name, "unit_id": _unit(entry, units), "batch_id": batch_id, "created_at": now,
            "category": entry.category, "summary": entry.summary, "review": review,
            "level": stops[_unit(entry, units)][0].level,
            "level_union_id": stops[_unit(entry, units)][0].union_id,
        }
        for number, entry in enumerate(entries, start=first)
    ]  # fmt: skip
    ids = list(session.scalars(insert(Entry).returning(Entry.id, sort_by_parameter_order=True), rows))
    members = [
        member for number, entry in zip(ids, entries, strict=True)
        for member in _members(number, entry, people)
    ]  # fmt: skip
    if members:
        session.execute(insert(EntryMember), members)
    return [(entry_id, row["number"]) for entry_id, row in zip(ids, rows, strict=True)]


def replace_entries(
    session: Session, pairs: Sequence[tuple[Entry, ProposedEntry]], units: Units
) -> None:
    """Store what proposals name in the place of what the entries said before."""
    people = _write_people(session, [proposed for _entry, proposed in pairs], units)
    for entry, proposed in pairs:
        members = list(_members(entry.id, proposed, people))
        if [_kept(member) for member in entry.members] != [tuple(m.values())[1:] for m in members]:
            session.execute(delete(EntryMember).where(EntryMember.entry_id == entry.id))
            if members:
                session.execute(insert(EntryMember), members)
        entry.name, entry.unit_id = proposed.name, _unit(proposed, units)
        entry.category, entry.summary = proposed.category, proposed.summary
    session.flush()
    for entry, _proposed in pairs:
        session.expire(entry)


def register_units(
    session: Session, event: Event, entries: Iterable[ProposedEntry], *, actor_id: int | None, now: datetime
) -> dict[str, int]:
    """Register the units that entries bring along, below the union that holds the competition.

    Returns them by their plain name.
    """
    union_id = event.competition.union_id
    made: dict[str, int] = {}
    for name in (entry.unit for entry in entries if entry.unit_id is None):
        if rules.same_text(name) not in made:
            row = create_unit(session, UnitValues(name, union_id=union_id), actor_id=actor_id, now=now)
            made[rules.same_text(name)] = row.id
    return made


def _unit(entry: ProposedEntry, units: Units) -> int:
    return entry.unit_id if entry.unit_id is not None else units[rules.same_text(entry.unit)]


def _members(entry_id: int, entry: ProposedEntry, people: People) -> Iterable[dict[str, Any]]:
    for position, person in enumerate(entry.people, start=1):
        yield {
            "entry_id": entry_id, "person_id": people[person.row], "position": position,
            "role": roles.kept(person.values.role), "unit_name": person.values.own_unit,
            "trade_id": person.trade.id if person.trade is not None else None,
        }  # fmt: skip


def _kept(member: EntryMember) -> tuple[int, int, str, str, int | None]:
    return member.person_id, member.position, member.role, member.unit_name, member.trade_id


def _write_people(session: Session, entries: Sequence[ProposedEntry], units: Units) -> dict[int, int]:
    """Store the people of entries and return their numbers by row."""
    placed = [
        (person, person.unit_id or _unit(entry, units)) for entry in entries for person in entry.people
    ]
    new = [(person, unit) for person, unit in placed if person.known_id is None]
    known = {person.known_id: (person, unit) for person, unit in placed if person.known_id is not None}
    # What is kept of an author of another unit is that unit's: nobody else writes there.
    own = {number: one for number, one in known.items() if one[0].unit_id is None}
    _refresh_known(session, own)
    made = _add_people(session, new)
    return made | {person.row: number for number, (person, _unit) in known.items()}


def _add_people(session: Session, new: Sequence[tuple[ProposedPerson, int]]) -> dict[int, int]:
    if not new:
        return {}
    rows: list[dict[str, Any]] = [
        {
            "ref": clock.new_ref(), "name": person.values.name, "unit_id": unit,
            "skill_level": person.values.skill_level,
        }
        for person, unit in new
    ]  # fmt: skip
    ids = list(session.scalars(insert(Person).returning(Person.id, sort_by_parameter_order=True), rows))
    sealed: list[dict[str, Any]] = []
    for number, row, (person, _unit) in zip(ids, rows, new, strict=True):
        contact = Contact(person.values.id_number, person.values.phone)
        columns = identity.sealed_columns(row["ref"], contact)
        if columns:
            empty = {"id_number": None, "id_digest": None, "phone": None}
            sealed.append({"person_id": number, **empty, **columns})
    if sealed:
        session.execute(insert(PersonIdentity), sealed)
    return {person.row: number for number, (person, _unit) in zip(ids, new, strict=True)}


def _refresh_known(session: Session, known: Mapping[int, tuple[ProposedPerson, int]]) -> None:
    """Add to those known already what a table says of them; nothing is taken away by leaving it out."""
    for row in _people(session, sorted(known)):
        person, unit = known[row.id]
        values = person.values
        row.name = values.name
        if not values.own_unit and not person.kept:
            row.unit_id = unit
        row.skill_level = values.skill_level or row.skill_level
        columns = identity.sealed_columns(row.ref, Contact(values.id_number, values.phone))
        if not columns:
            continue
        if row.identity is None:
            session.add(PersonIdentity(person_id=row.id, **columns))
        else:
            for name, value in columns.items():
                setattr(row.identity, name, value)
    session.flush()


def _people(session: Session, ids: Sequence[int]) -> Iterable[Person]:
    for start in range(0, len(ids), queries.AT_ONCE):
        some = ids[start : start + queries.AT_ONCE]
        yield from session.scalars(select(Person).where(Person.id.in_(some)))
