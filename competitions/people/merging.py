"""Make two records of one person one, with a record of it; and take that back while nothing else changed.

Frozen results and issued certificates name entries and what was printed then: neither is touched.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from competitions.catalogue.naming import name_of
from competitions.entries import identity
from competitions.entries.models import Entry, EntryException, EntryMember, Person, PersonIdentity
from competitions.events.models import Event
from competitions.events.rules import CLOSED
from competitions.events.services import hold
from competitions.people import queries, records, rules
from competitions.people.models import PeopleApart, PersonMerge
from competitions.people.records import Said
from core import canonical, database
from core.audit import services as audit
from core.own_keys import keys
from core.refusals import Refusal, Refused, refuse


class Moved(NamedTuple):
    """A membership that changed hands: of which entry, what that was called, how much was worked on it."""

    member: int
    entry: int
    name: str
    worked: int


def merge_people(
    session: Session, kept_id: int, gone_id: int, reason: str, *, actor_id: int, now: datetime
) -> PersonMerge:
    """Give the entries of one record to the other and delete it; `kept_id` keeps its name, unit and numbers,
    and takes over what it does not know itself.

    Raises: Refused MERGE_REASON, MERGE_SELF, PERSON_GONE, PEOPLE_CHANGED, PEOPLE_TWO_NUMBERS,
    DUPLICATE_ENTRY.
    """
    kept, gone = _held_pair(session, kept_id, gone_id)
    _refuse(session, kept, gone, reason)
    said: dict[str, Said] = {"kept": records.said_by(kept), "gone": records.said_by(gone)}
    moved = _move(session, _members(session, gone.id), kept)
    _take_over(session, kept, gone)
    members = [member.id for member in _members(session, kept.id)]
    merge = PersonMerge(
        kept_id=kept.id, gone_ref=said["gone"]["ref"], reason=reason, at=now, by_id=actor_id,
        moved={"members": members, "moved": [list(one) for one in moved]},
        before=keys().seal(canonical.dumps(said), _binding(said["gone"]["ref"])),
        after=records.fingerprint(kept),
    )  # fmt: skip
    session.add(merge)
    session.flush()
    detail = {"person": kept.id, "gone": merge.gone_ref, "entries": len(moved), "reason": reason}
    _record(session, "person:merge", kept.id, actor_id, now, detail)
    return merge


def undo_merge(session: Session, merge_id: int, *, actor_id: int, now: datetime) -> Person:
    """Part two records again that were made one; possible while the person has not changed since.

    Raises: Refused MERGE_UNDONE, MERGE_CHANGED.
    """
    merge = session.get_one(PersonMerge, merge_id)
    _hold_events(session, [merge.kept_id])
    session.refresh(merge)
    if merge.undone_at is not None or merge.before is None:
        raise refuse("MERGE_UNDONE")
    kept = _fresh(session, merge.kept_id)
    moved = [Moved(*one) for one in merge.moved["moved"]]
    if not _unchanged(session, merge, kept, moved):
        raise refuse("MERGE_CHANGED")
    said = canonical.loads(keys().open(merge.before, _binding(merge.gone_ref)))
    records.say_again(session, kept, said["kept"])
    again = Person()
    records.say_again(session, again, said["gone"])
    for one in moved:
        _hand_over(session, one, kept.id, again.id)
    merge.before, merge.undone_at = None, now
    session.flush()
    detail = {"person": kept.id, "gone": merge.gone_ref, "entries": len(moved)}
    _record(session, "person:merge_undo", kept.id, actor_id, now, detail)
    return again


def keep_apart(session: Session, first_id: int, second_id: int, *, actor_id: int, now: datetime) -> None:
    """Say that two alike persons are two, so that nobody is asked again.

    Raises: Refused MERGE_SELF, PERSON_GONE.
    """
    if first_id == second_id:
        raise refuse("MERGE_SELF")
    database.lock(session, "people")
    for number in (first_id, second_id):
        _fresh(session, number)
    first, second = rules.pair(first_id, second_id)
    if session.get(PeopleApart, (first, second)) is None:
        session.add(PeopleApart(first_id=first, second_id=second, at=now, by_id=actor_id))
    session.flush()
    detail = {"person": first, "other": second}
    _record(session, "person:keep_apart", first, actor_id, now, detail)


def obstacles(session: Session, kept: Person, gone: Person) -> list[Refusal]:
    """Return what stands against two records being of one person."""
    found = []
    if rules.numbers_differ(queries.digest_of(kept), queries.digest_of(gone)):
        found.append(Refusal("PEOPLE_TWO_NUMBERS"))
    here, there = queries.list_places(session, kept.id), queries.list_places(session, gone.id)
    for clash in rules.clashes(here, there):
        event = name_of(session.get_one(Event, clash.event_id))
        values = {"event": event, "number": clash.number, "other": clash.other}
        found.append(Refusal("DUPLICATE_ENTRY", "", values))
    return found


# ---------------------------------------------------------------- parts


def _held_pair(session: Session, kept_id: int, gone_id: int) -> tuple[Person, Person]:
    """Hold both people and their events, in the order in which whoever enters people holds them."""
    if kept_id == gone_id:
        raise refuse("MERGE_SELF")
    _hold_events(session, [kept_id, gone_id])
    return _fresh(session, kept_id), _fresh(session, gone_id)


def _hold_events(session: Session, people: Sequence[int]) -> None:
    """Hold the events of some people, then people as a whole; entering somebody takes the same order."""
    held = _event_ids(session, people)
    for number in held:
        hold(session, session.get_one(Event, number))
    database.lock(session, "people")
    if not set(_event_ids(session, people)) <= set(held):
        raise refuse("PEOPLE_CHANGED")


def _event_ids(session: Session, people: Sequence[int]) -> list[int]:
    entered = select(Entry.event_id).join(EntryMember, EntryMember.entry_id == Entry.id)
    ids = session.scalars(entered.where(EntryMember.person_id.in_(people)).distinct())
    return sorted(ids)


def _fresh(session: Session, person_id: int) -> Person:
    person = session.get(Person, person_id, populate_existing=True)
    if person is None:
        raise refuse("PERSON_GONE")
    session.expire(person, ["identity"])
    return person


def _refuse(session: Session, kept: Person, gone: Person, reason: str) -> None:
    found = [] if reason else [Refusal("MERGE_REASON", "reason")]
    found += obstacles(session, kept, gone)
    if found:
        raise Refused(*found)


def _members(session: Session, person_id: int) -> list[EntryMember]:
    statement = select(EntryMember).where(EntryMember.person_id == person_id).order_by(EntryMember.id)
    return list(session.scalars(statement))


def _move(session: Session, members: Iterable[EntryMember], kept: Person) -> list[Moved]:
    """Give memberships to another record; an entry counts it as having been worked on."""
    moved = []
    for member in members:
        entry = session.get_one(Entry, member.entry_id, populate_existing=True)
        entry.revision += 1
        moved.append(Moved(member.id, entry.id, entry.name, entry.worked))
        _exceptions(session, entry.id, member.person_id, kept.id)
        member.person_id = kept.id
        if entry.kind == "person" and entry.event.state not in CLOSED:
            entry.name = kept.name
    session.flush()
    return moved


def _exceptions(session: Session, entry_id: int, before: int, after: int) -> None:
    rows = update(EntryException).where(
        EntryException.entry_id == entry_id, EntryException.person_id == before
    )
    session.execute(rows.values(person_id=after))


def _take_over(session: Session, kept: Person, gone: Person) -> None:
    """Delete a record; what it knew and the kept one does not is kept, sealed anew for that one."""
    known, more = identity.whole_contact(kept), identity.whole_contact(gone)
    lacking = identity.Contact(
        "" if known.id_number else more.id_number, "" if known.phone else more.phone
    )
    kept.skill_level = kept.skill_level or gone.skill_level
    earlier = update(PersonMerge).where(PersonMerge.kept_id == gone.id)
    session.execute(earlier.values(kept_id=kept.id))
    session.flush()
    session.execute(delete(PersonIdentity).where(PersonIdentity.person_id == gone.id))
    session.execute(delete(Person).where(Person.id == gone.id))
    columns = identity.sealed_columns(kept.ref, lacking)
    if columns:
        row = kept.identity or PersonIdentity(person_id=kept.id)
        for name, value in columns.items():
            setattr(row, name, value)
        session.add(row)
    session.flush()
    session.expire(kept, ["identity"])


def _unchanged(session: Session, merge: PersonMerge, kept: Person, moved: Iterable[Moved]) -> bool:
    """Say whether the person stands in the same entries and says the same as right after the merge."""
    if records.fingerprint(kept) != merge.after:
        return False
    if [member.id for member in _members(session, kept.id)] != merge.moved["members"]:
        return False
    worked = {entry.id: entry.worked for entry in queries.list_entries_of(session, kept.id)}
    return all(worked.get(one.entry) == one.worked for one in moved)


def _hand_over(session: Session, one: Moved, kept_id: int, person_id: int) -> None:
    member = session.get_one(EntryMember, one.member)
    entry = session.get_one(Entry, one.entry)
    member.person_id = person_id
    entry.name = one.name
    entry.take_back()
    _exceptions(session, entry.id, kept_id, person_id)
    session.flush()


def _binding(gone_ref: str) -> str:
    return f"person_merge:{gone_ref}"


def _record(
    session: Session, action: str, person_id: int, actor_id: int, now: datetime, detail: dict[str, Any]
) -> None:
    """Record an act; the trail names people by their numbers alone, for it is never erased."""
    audit.record(
        session, action, actor_id=actor_id, subject=f"person:{person_id}", now=now, detail=detail
    )
