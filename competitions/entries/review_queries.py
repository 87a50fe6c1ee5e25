"""Read where entries wait on their way through the levels of reviewing, and what happened to them."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from accounts.models import User
from competitions.entries.models import Entry, EntryDecision, EntryException, Person
from competitions.entries.queries import AT_ONCE, Decider, Narrowed, chunks, list_entries, narrow, with_people
from competitions.events import search
from competitions.events.models import Event
from competitions.organisations import queries as organisations
from competitions.organisations.models import Union, Unit


def list_waiting(session: Session, event_id: int, decider: Decider) -> list[Entry]:
    """Return the entries that wait for somebody's decision, with their people."""
    return list_entries(session, event_id, Narrowed(waiting=decider))


def list_by_ids(session: Session, event_id: int, ids: Collection[int]) -> list[Entry]:
    """Return some entries of an event by number, with their people."""
    found: list[Entry] = []
    for some in chunks(sorted(set(ids))):
        statement = narrow(select(Entry), event_id, Narrowed()).where(Entry.id.in_(some))
        found += session.scalars(statement.options(joinedload(Entry.unit), *with_people()))
    return sorted(found, key=lambda entry: entry.number)


class Happened(NamedTuple):
    """One line of an entry's history: what happened, who did it, for which union."""

    decision: EntryDecision
    by: str
    union: Union | None


def list_history(session: Session, entry_id: int) -> list[Happened]:
    """Return what happened to an entry on its way through the levels, first things first."""
    rows = session.execute(
        select(EntryDecision, User.name, Union)
        .join(User, User.id == EntryDecision.by_id, isouter=True)
        .join(Union, Union.id == EntryDecision.union_id, isouter=True)
        .where(EntryDecision.entry_id == entry_id)
        .order_by(EntryDecision.id)
    )
    return [Happened(decision, by or "", union) for decision, by, union in rows]


def list_exceptions(session: Session, entry_id: int) -> list[tuple[EntryException, str, str]]:
    """Return what is admitted of an entry, of whom (empty: of the entry itself), and by whom."""
    rows = session.execute(
        select(EntryException, Person.name, User.name)
        .join(Person, Person.id == EntryException.person_id, isouter=True)
        .join(User, User.id == EntryException.by_id, isouter=True)
        .where(EntryException.entry_id == entry_id)
        .order_by(EntryException.id)
    )
    return [(exception, person or "", by or "") for exception, person, by in rows]


def count_by_level(session: Session, event_id: int, units: frozenset[int] | None = None) -> dict[str, int]:
    """Return how many entries wait at each level."""
    statement = narrow(select(Entry.level, func.count()), event_id, Narrowed(units))
    statement = statement.where(Entry.review == "submitted").group_by(Entry.level)
    return dict(session.execute(statement).all())


class Waiting(NamedTuple):
    """An event in which entries wait for somebody, and how many."""

    event: Event
    entries: int


def list_events_waiting(
    session: Session, decider: Decider, scopes: Collection[tuple[str, int]]
) -> list[Waiting]:
    """Return the events in which entries wait for somebody, those with most first.

    Shape: in `scopes` they act as the organiser.
    """
    at_unions = Entry.level_union_id.in_(sorted(decider.unions)[:AT_ONCE])
    mine = or_(at_unions, and_(Entry.level_union_id.is_(None), search.in_scopes(scopes)))
    statement = (
        select(Event, func.count(Entry.id))
        .join(Event.competition)
        .join(Entry, Entry.event_id == Event.id)
        .where(Event.state == "registration", Entry.review == "submitted", mine)
        .group_by(Event.id)
        .order_by(func.count(Entry.id).desc(), Event.id)
        .limit(200)
    )
    return [Waiting(event, count) for event, count in session.execute(statement)]


def entered_units_below(session: Session, event_id: int, unions: Collection[int]) -> frozenset[int]:
    """Return the units below some unions that have handed something in to an event."""
    if not unions:
        return frozenset()
    below = organisations.within(Unit.union_id, [("union", number) for number in unions])
    handed_in = (Entry.event_id == event_id, Entry.review != "draft")
    statement = select(Entry.unit_id).join(Unit, Unit.id == Entry.unit_id).where(*handed_in, below)
    return frozenset(session.scalars(statement.distinct()))


def list_drafts(session: Session, event_id: int, units: frozenset[int] | None) -> list[int]:
    """Return the drafts of some units, or of all; what was returned is handed in one by one."""
    statement = narrow(select(Entry.id), event_id, Narrowed(units, "draft"))
    return list(session.scalars(statement.order_by(Entry.number)))
