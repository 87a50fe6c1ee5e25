"""Read entries and the people in them."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from accounts.models import User
from competitions.catalogue.models import CatalogueEntry
from competitions.entries.models import (
    Entry,
    EntryMember,
    HeadingChoice,
    ImportBatch,
    Person,
    PersonIdentity,
    Substitution,
)
from competitions.entries.rules import COUNTED, ENTERED, REVIEWS
from competitions.events.models import Event
from competitions.organisations import queries as organisations
from competitions.organisations.models import Unit

AT_ONCE = 500  # values in one IN list
T = TypeVar("T")
S = TypeVar("S", bound="Select[*tuple[Any, ...]]")


class Decider(NamedTuple):
    """For whom somebody decides: the unions that they act for, and whether for the organiser of the event."""

    unions: frozenset[int] = frozenset()
    organiser: bool = False


class Narrowed(NamedTuple):
    """What a list of entries is narrowed to; `units` None: of every unit; `waiting`: for whom they wait."""

    units: frozenset[int] | None = None
    review: str = ""
    unit_id: int | None = None
    text: str = ""
    digest: str = ""
    level: str = ""
    waiting: Decider | None = None


class KnownPerson(NamedTuple):
    """Somebody already known: with an ID number or without."""

    id: int
    name: str
    unit_id: int
    digest: str | None


def find_entry(session: Session, event_id: int, entry_id: int) -> Entry | None:
    """Return the entry with this number if it is one of this event."""
    entry = session.get(Entry, entry_id)
    return entry if entry is not None and entry.event_id == event_id else None


def list_substitutions(session: Session, entry_id: int) -> list[tuple[Substitution, str]]:
    """Return who took whose place in an entry, oldest first, each with who did it."""
    rows = session.execute(
        select(Substitution, User.name)
        .outerjoin(User, User.id == Substitution.by_id)
        .where(Substitution.entry_id == entry_id)
        .order_by(Substitution.id)
    )
    return [(row[0], row[1] or "") for row in rows]


def list_entries(
    session: Session, event_id: int, narrowed: Narrowed, *, limit: int | None = None, offset: int = 0
) -> list[Entry]:
    """Return entries by number, with their units and people."""
    statement = narrow(select(Entry), event_id, narrowed).order_by(Entry.number)
    statement = statement.options(joinedload(Entry.unit), *with_people()).limit(limit).offset(offset)
    return list(session.scalars(statement))


def count_entries(session: Session, event_id: int, narrowed: Narrowed) -> int:
    """Return how many entries there are."""
    return session.scalar(narrow(select(func.count(Entry.id)), event_id, narrowed)) or 0


def count_by_review(
    session: Session, event_id: int, units: frozenset[int] | None = None
) -> dict[str, int]:
    """Return how many entries stand in each state of review."""
    statement = narrow(select(Entry.review, func.count()), event_id, Narrowed(units))
    counted = dict(session.execute(statement.group_by(Entry.review)).all())
    return {review: counted.get(review, 0) for review in REVIEWS}


def count_units(session: Session, event_id: int, units: frozenset[int] | None = None) -> int:
    """Return from how many units the entries come that are handed in or approved."""
    statement = narrow(select(func.count(Entry.unit_id.distinct())), event_id, Narrowed(units))
    return session.scalar(statement.where(Entry.review.in_(ENTERED))) or 0


class OpenEvent(NamedTuple):
    """An event that a unit can enter or has entered, with the unit's entries by review."""

    event: Event
    counts: dict[str, int]


def list_open_events(session: Session, units: frozenset[int], limit: int = 100) -> list[OpenEvent]:
    """Return the events that are open for registration, then those in which these units have entries."""
    mine = select(Entry.event_id, Entry.review, func.count()).where(Entry.unit_id.in_(units))
    counts: dict[int, dict[str, int]] = {}
    for event_id, review, count in session.execute(mine.group_by(Entry.event_id, Entry.review)):
        counts.setdefault(event_id, {})[review] = count
    entered = select(Entry.event_id).where(Entry.unit_id.in_(units))
    is_open = Event.state == "registration"
    statement = (
        select(Event)
        .where(or_(is_open, Event.id.in_(entered)))
        .options(joinedload(Event.competition), joinedload(Event.trade))
        .order_by(is_open.desc(), Event.id.desc())
        .limit(limit)
    )
    return [OpenEvent(event, counts.get(event.id, {})) for event in session.scalars(statement)]


def list_entered_units(
    session: Session, event_id: int, units: frozenset[int] | None = None
) -> list[tuple[int, str]]:
    """Return (number, name) of the units that have entries."""
    statement = select(Unit.id, Unit.name).join(Entry, Entry.unit_id == Unit.id)
    statement = narrow(statement, event_id, Narrowed(units)).distinct().order_by(Unit.name)
    return list(session.execute(statement))


def narrow(statement: S, event_id: int, narrowed: Narrowed) -> S:
    """Return a statement about entries that keeps to those of an event which somebody asked for."""
    statement = statement.where(Entry.event_id == event_id)
    if narrowed.units is not None:
        statement = statement.where(Entry.unit_id.in_(narrowed.units))
    if narrowed.review:
        statement = statement.where(Entry.review == narrowed.review)
    if narrowed.unit_id is not None:
        statement = statement.where(Entry.unit_id == narrowed.unit_id)
    if narrowed.level:
        statement = statement.where(Entry.review == "submitted", Entry.level == narrowed.level)
    if narrowed.waiting is not None:
        statement = statement.where(waits_for(narrowed.waiting))
    return statement.where(_matches(narrowed)) if narrowed.text else statement


def waits_for(decider: Decider) -> ColumnElement[bool]:
    """Return the condition that an entry waits for somebody's decision."""
    levels = [Entry.level_union_id.in_(sorted(decider.unions)[:AT_ONCE])]
    if decider.organiser:
        levels.append(Entry.level_union_id.is_(None))
    return and_(Entry.review == "submitted", or_(*levels))


def _matches(narrowed: Narrowed) -> Any:
    text = narrowed.text
    people = select(EntryMember.entry_id).join(EntryMember.person).outerjoin(Person.identity)
    found = [Person.name.icontains(text, autoescape=True)]
    if narrowed.digest:
        found.append(PersonIdentity.id_digest == narrowed.digest)
    conditions = [
        Entry.name.icontains(text, autoescape=True),
        Entry.unit_id.in_(select(Unit.id).where(Unit.name.icontains(text, autoescape=True))),
        Entry.id.in_(people.where(or_(*found))),
    ]
    if text.isascii() and text.isdigit() and len(text) < 7:
        conditions.append(Entry.number == int(text))
    return or_(*conditions)


# ---------------------------------------------------------------- for proposals


def list_by_numbers(
    session: Session, event_id: int, numbers: Collection[int], units: frozenset[int] | None
) -> list[Entry]:
    """Return the entries with these numbers, of some units or of all, with their people."""
    found: list[Entry] = []
    for some in chunks(sorted(set(numbers))):
        statement = narrow(select(Entry), event_id, Narrowed(units)).where(Entry.number.in_(some))
        found += session.scalars(statement.options(joinedload(Entry.unit), *with_people()))
    return found


def with_people() -> tuple[Any, ...]:
    """Return what loads the people of entries with them: who they are, and their own trades."""
    members = selectinload(Entry.members)
    who = members.joinedload(EntryMember.person).joinedload(Person.identity)
    return who, members.joinedload(EntryMember.trade)


def last_number(session: Session, event_id: int) -> int:
    """Return the highest number given in an event."""
    return session.scalar(select(func.max(Entry.number)).where(Entry.event_id == event_id)) or 0


def list_provinces(session: Session) -> frozenset[str]:
    """Return the first two digits of the region codes in the catalogue."""
    codes = session.scalars(select(CatalogueEntry.code).where(CatalogueEntry.kind == "region"))
    return frozenset(code[:2] for code in codes if code)


def list_units(
    session: Session, only: frozenset[int] | None = None, *, retired: bool = False
) -> list[tuple[int, str]]:
    """Return (number, name) of the units in use, of all units there ever were (`retired`), or of some."""
    statement = select(Unit.id, Unit.name).order_by(Unit.name)
    if only is not None:
        statement = statement.where(Unit.id.in_(only))
    elif not retired:
        statement = statement.where(Unit.retired_at.is_(None))
    return list(session.execute(statement))


def list_retired_units(session: Session) -> frozenset[int]:
    """Return the units that are out of use: nobody is newly entered for them."""
    return frozenset(session.scalars(select(Unit.id).where(Unit.retired_at.is_not(None))))


def list_units_below(session: Session, union_id: int) -> list[str]:
    """Return the names of the units of a union and of all unions below it, and of those of none."""
    below = organisations.within(Unit.union_id, [("union", union_id)])
    statement = select(Unit.name).where(or_(below, Unit.union_id.is_(None)), Unit.retired_at.is_(None))
    statement = statement.order_by(Unit.name)
    return list(session.scalars(statement))


def known_by_digest(session: Session, digests: Collection[str]) -> dict[str, KnownPerson]:
    """Return the people with these digests of ID numbers."""
    found = {}
    for some in chunks(sorted(digests)):
        rows = session.execute(_known().where(PersonIdentity.id_digest.in_(some)))
        found.update({row.id_digest: KnownPerson(*row) for row in rows})
    return found


def known_by_name(session: Session, names: Collection[str]) -> dict[tuple[str, int], list[KnownPerson]]:
    """Return the people with these names, by name and unit."""
    found: dict[tuple[str, int], list[KnownPerson]] = {}
    for some in chunks(sorted(names)):
        for row in session.execute(_known().where(Person.name.in_(some)).order_by(Person.id)):
            found.setdefault((row.name, row.unit_id), []).append(KnownPerson(*row))
    return found


def _known() -> Select[int, str, int, str | None]:
    return select(Person.id, Person.name, Person.unit_id, PersonIdentity.id_digest).outerjoin(Person.identity)


def entered_people(session: Session, event_id: int, ignoring: int | None = None) -> dict[int, int]:
    """Return the number of each person's entry; rejected and withdrawn entries leave their people free."""
    statement = (
        select(EntryMember.person_id, Entry.number)
        .join(EntryMember.entry)
        .where(Entry.event_id == event_id, Entry.review.in_(COUNTED))
    )
    return dict(session.execute(_without(statement, ignoring)).all())


def entered_names(
    session: Session, event_id: int, ignoring: int | None = None
) -> dict[tuple[str, int], int]:
    """Return the number of the entry of each (name, unit): of teams, works and units."""
    statement = select(Entry.name, Entry.unit_id, Entry.number).where(
        Entry.event_id == event_id, Entry.review.in_(COUNTED)
    )
    rows = session.execute(_without(statement, ignoring))
    return {(row.name, row.unit_id): row.number for row in rows}


def _without(statement: S, ignoring: int | None) -> S:
    return statement if ignoring is None else statement.where(Entry.id != ignoring)


def people_elsewhere(session: Session, people: Collection[int], entry_id: int) -> set[int]:
    """Return those of some people who also take part in other entries, of this event or another."""
    statement = select(EntryMember.person_id).where(
        EntryMember.person_id.in_(people), EntryMember.entry_id != entry_id
    )
    return set(session.scalars(statement))


def list_batches_of(session: Session, event_id: int, sha256: str) -> list[ImportBatch]:
    """Return the earlier imports of the very same file into an event."""
    statement = select(ImportBatch).where(ImportBatch.event_id == event_id, ImportBatch.sha256 == sha256)
    return list(session.scalars(statement.order_by(ImportBatch.id)))


class Batch(NamedTuple):
    """One imported list and who brought it."""

    batch: ImportBatch
    by: str


def list_batches(session: Session, event_id: int, by_id: int | None = None, limit: int = 50) -> list[Batch]:
    """Return the imported lists of an event, newest first; those of one person or of all."""
    statement = (
        select(ImportBatch, User.name)
        .join(User, User.id == ImportBatch.by_id, isouter=True)
        .where(ImportBatch.event_id == event_id)
        .order_by(ImportBatch.id.desc())
        .limit(limit)
    )
    if by_id is not None:
        statement = statement.where(ImportBatch.by_id == by_id)
    return [Batch(batch, name or "") for batch, name in session.execute(statement)]


def has_batch(session: Session, event_id: int, batch_id: int, by_id: int | None = None) -> bool:
    """Say whether an event has this imported list, of this person or of anybody."""
    batch = session.get(ImportBatch, batch_id)
    return batch is not None and batch.event_id == event_id and by_id in (None, batch.by_id)


def last_batch(session: Session, event_id: int) -> int:
    """Return the highest number of an imported list of an event."""
    return session.scalar(select(func.max(ImportBatch.number)).where(ImportBatch.event_id == event_id)) or 0


def heading_choices(session: Session, user_id: int) -> dict[str, str]:
    """Return what somebody has taken plain headings for."""
    statement = select(HeadingChoice.heading, HeadingChoice.field).where(HeadingChoice.user_id == user_id)
    return dict(session.execute(statement).all())


def chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield values in pieces that fit one IN list."""
    return (values[start : start + AT_ONCE] for start in range(0, len(values), AT_ONCE))
