"""Read people over the years: who is known, where they took part, who may be one and the same."""

from collections.abc import Collection, Iterable
from itertools import combinations
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select, true
from sqlalchemy.orm import Session, aliased, joinedload

from accounts.models import User
from accounts.policy import SITE, ScopePath
from competitions.entries.models import Entry, EntryMember, Person, PersonIdentity
from competitions.entries.rules import COUNTED
from competitions.events.models import Event
from competitions.events.queries import event_path
from competitions.events.search import events_in
from competitions.organisations.models import Unit
from competitions.organisations.queries import Scopes, union_path, units_in
from competitions.people import rules
from competitions.people.models import PeopleApart, PersonMerge
from competitions.people.rules import Place

GROUPS, PAIRS, NAMESAKES = 50, 60, 20


class Sought(NamedTuple):
    """What a list of people is narrowed to: a part of a name or of a unit, or the digest of an ID number."""

    text: str = ""
    digest: str = ""


class Known(NamedTuple):
    """A person in a list, with how many entries they stand in."""

    person: Person
    entries: int


def find_person(session: Session, person_id: int) -> Person | None:
    """Return the person with this number."""
    return session.get(Person, person_id)


def get_person(session: Session, person_id: int) -> Person:
    """Return the person with this number, which the guard of the view has already seen."""
    return session.get_one(Person, person_id)


def find_merge(session: Session, merge_id: int) -> PersonMerge | None:
    """Return the merge with this number."""
    return session.get(PersonMerge, merge_id)


def find_by_digest(session: Session, digest: str) -> int | None:
    """Return the number of the person with this ID number."""
    return session.scalar(select(PersonIdentity.person_id).where(PersonIdentity.id_digest == digest))


def list_people(
    session: Session, scopes: Scopes, sought: Sought, *, limit: int = 50, offset: int = 0
) -> list[Known]:
    """Return people by name, with their units and how many entries they stand in."""
    entries = select(func.count()).where(EntryMember.person_id == Person.id).scalar_subquery()
    statement = _sought(select(Person, entries), scopes, sought).options(*_WITH)
    statement = statement.order_by(Person.name, Person.id).limit(limit).offset(offset)
    return [Known(*row) for row in session.execute(statement)]


def count_people(session: Session, scopes: Scopes, sought: Sought) -> int:
    """Return how many people there are."""
    return session.scalar(_sought(select(func.count(Person.id)), scopes, sought)) or 0


def list_entries_of(session: Session, person_id: int) -> list[Entry]:
    """Return the entries that a person stands in, of all events, the newest event first."""
    statement = (
        select(Entry)
        .join(EntryMember, EntryMember.entry_id == Entry.id)
        .where(EntryMember.person_id == person_id)
        .options(joinedload(Entry.event).joinedload(Event.competition), joinedload(Entry.unit))
        .order_by(Entry.event_id.desc(), Entry.id.desc())
    )
    return list(session.scalars(statement))


def list_places(session: Session, person_id: int) -> list[Place]:
    """Return where a person takes part, as the rules compare it."""
    statement = (
        select(Entry.id, Entry.event_id, Entry.number, Entry.review)
        .join(EntryMember, EntryMember.entry_id == Entry.id)
        .where(EntryMember.person_id == person_id)
        .order_by(Entry.id)
    )
    return [Place(*row[:3], row[3] in COUNTED) for row in session.execute(statement)]


def list_merges(session: Session, person_id: int) -> list[tuple[PersonMerge, str]]:
    """Return the merges of a person and who did each, newest first."""
    statement = (
        select(PersonMerge, User.name)
        .join(User, User.id == PersonMerge.by_id, isouter=True)
        .where(PersonMerge.kept_id == person_id)
        .order_by(PersonMerge.id.desc())
    )
    return [(merge, name or "—") for merge, name in session.execute(statement)]


# ---------------------------------------------------------------- whose people they are


def seen_path(session: Session, person: Person) -> ScopePath:
    """Return everything from which a person is seen: the unit and all above, each event and all above."""
    steps = dict.fromkeys(_unit_path(session, person))
    for path in _event_paths(session, person.id):
        steps |= dict.fromkeys(path)
    return tuple(steps)


def home_path(session: Session, person: Person) -> ScopePath:
    """Return from where a person's particulars are changed: the unit and all above it, or what stands above
    every single event of theirs, so that nobody changes a person under the eyes of others."""
    paths = _event_paths(session, person.id)
    shared = [step for step in paths[0] if all(step in path for path in paths)] if paths else []
    return tuple(dict.fromkeys([*_unit_path(session, person), *shared]))


def _unit_path(session: Session, person: Person) -> ScopePath:
    return (("unit", person.unit_id), *union_path(session, person.unit.union_id))


def _event_paths(session: Session, person_id: int) -> list[ScopePath]:
    entered = select(Entry.event_id).join(EntryMember, EntryMember.entry_id == Entry.id)
    ids = entered.where(EntryMember.person_id == person_id)
    events = select(Event).where(Event.id.in_(ids)).options(joinedload(Event.competition))
    return [event_path(session, event) for event in session.scalars(events)]


def _people_in(scopes: Scopes) -> ColumnElement[bool]:
    """Return the condition that a person is of a unit, or takes part in an event, in these scopes."""
    if SITE in scopes:
        return true()
    inside = Entry.event_id.in_(events_in(scopes))
    members = select(EntryMember.person_id).join(EntryMember.entry).where(inside)
    return or_(Person.unit_id.in_(units_in(scopes)), Person.id.in_(members))


_WITH = (joinedload(Person.unit), joinedload(Person.identity))


def _sought(statement: Select[Any], scopes: Scopes, sought: Sought) -> Select[Any]:
    statement = statement.where(_people_in(scopes))
    if sought.digest:
        found = select(PersonIdentity.person_id).where(PersonIdentity.id_digest == sought.digest)
        return statement.where(Person.id.in_(found))
    for word in sought.text.split():
        units = select(Unit.id).where(Unit.name.icontains(word, autoescape=True))
        statement = statement.where(
            or_(Person.name.icontains(word, autoescape=True), Person.unit_id.in_(units))
        )
    return statement


# ---------------------------------------------------------------- who may be one


class Pair(NamedTuple):
    """Two records that may be of one person; the one that knows more comes first."""

    first: Person
    second: Person


def list_twins(session: Session, scopes: Scopes) -> list[Pair]:
    """Return pairs of one name in one unit of which at least one has no ID number."""
    digests = func.count(PersonIdentity.id_digest)
    alike = (
        select(Person.name, Person.unit_id)
        .outerjoin(Person.identity)
        .where(_people_in(scopes))
        .group_by(Person.name, Person.unit_id)
        .having(func.count() > 1, func.count() > digests)
        .order_by(Person.name, Person.unit_id)
        .limit(GROUPS)
        .subquery()
    )
    statement = (
        select(Person)
        .join(alike, (alike.c.name == Person.name) & (alike.c.unit_id == Person.unit_id))
        .options(*_WITH)
        .order_by(Person.name, Person.unit_id, Person.id)
    )
    groups: dict[tuple[str, int], list[Person]] = {}
    for person in session.scalars(statement):
        groups.setdefault((person.name, person.unit_id), []).append(person)
    pairs = [_ordered(*two) for group in groups.values() for two in combinations(group, 2)]
    return _possible(session, pairs)[:PAIRS]


def list_namesakes(session: Session, scopes: Scopes, person: Person) -> list[Person]:
    """Return other people of the same name, in whatever unit, who may be this one."""
    statement = (
        select(Person)
        .where(Person.name == person.name, Person.id != person.id, _people_in(scopes))
        .options(*_WITH)
        .order_by((Person.unit_id == person.unit_id).desc(), Person.id)
        .limit(NAMESAKES)
    )
    pairs = [Pair(person, other) for other in session.scalars(statement)]
    return [pair.second for pair in _possible(session, pairs)]


def _ordered(first: Person, second: Person) -> Pair:
    return Pair(second, first) if digest_of(second) and not digest_of(first) else Pair(first, second)


def digest_of(person: Person) -> str | None:
    """Return the digest of a person's ID number, if there is one."""
    return person.identity.id_digest if person.identity is not None else None


def _possible(session: Session, pairs: Iterable[Pair]) -> list[Pair]:
    """Return the pairs that ID numbers, common events and what somebody has said do not tell apart."""
    pairs = [pair for pair in pairs if rules.worth_showing(digest_of(pair.first), digest_of(pair.second))]
    ids = {person.id for pair in pairs for person in pair}
    told = _told_apart(session, ids) | _entered_together(session, ids)
    return [pair for pair in pairs if rules.pair(pair.first.id, pair.second.id) not in told]


def _told_apart(session: Session, ids: Collection[int]) -> set[tuple[int, int]]:
    rows = session.execute(
        select(PeopleApart.first_id, PeopleApart.second_id).where(PeopleApart.first_id.in_(ids))
    )
    return {(row.first_id, row.second_id) for row in rows}


def _entered_together(session: Session, ids: Collection[int]) -> set[tuple[int, int]]:
    """Return the pairs who stand in one event at once: they are two."""
    one, other = aliased(EntryMember), aliased(EntryMember)
    entry, second = aliased(Entry), aliased(Entry)
    rows = session.execute(
        select(one.person_id, other.person_id)
        .join(entry, entry.id == one.entry_id)
        .join(second, second.event_id == entry.event_id)
        .join(other, other.entry_id == second.id)
        .where(
            one.person_id.in_(ids), other.person_id.in_(ids), one.person_id < other.person_id,
            or_(entry.id == second.id, entry.review.in_(COUNTED) & second.review.in_(COUNTED)),
        )
    )  # fmt: skip
    return {(first, second) for first, second in rows}
