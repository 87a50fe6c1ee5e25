"""Read the register of honours, always within somebody's scopes, and count what was granted."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from accounts.policy import ScopePath
from competitions.entries.models import Entry, EntryMember, Person
from competitions.entries.roles import MEMBER
from competitions.events.models import Event
from competitions.events.queries import event_path
from competitions.events.search import events_in
from competitions.organisations.models import Unit
from competitions.organisations.queries import Scopes, union_path, within
from scoring.honours.models import Honour
from scoring.honours.rules import GRANTED, LIVE
from scoring.results.models import ResultRow, ResultVersion

AT_ONCE = 500  # values in one IN list


class Sought(NamedTuple):
    """What narrows the register: a part of a name or unit, a kind, a level, a state, a year of granting."""

    text: str = ""
    kind: str = ""
    level: str = ""
    state: str = ""
    year: int | None = None


class Ranked(NamedTuple):
    """An entry of a final result: its place, its award, and the people who competed in it."""

    entry: Entry
    rank: int
    award: str
    people: Sequence[Person]


def find_honour(session: Session, honour_id: int) -> Honour | None:
    """Return the honour with this number."""
    return session.get(Honour, honour_id)


def honour_path(session: Session, honour: Honour) -> ScopePath:
    """Return everything from which an honour is seen: its event, and the union that keeps it."""
    own = union_path(session, honour.union_id)
    if honour.event is not None:
        return tuple(dict.fromkeys((*event_path(session, honour.event), *own)))
    return own


def list_honours(
    session: Session, scopes: Scopes, sought: Sought, *, limit: int | None = None, offset: int = 0
) -> list[Honour]:
    """Return the honours that fit, the newest grant first."""
    ordered = _sought(select(Honour), scopes, sought).order_by(
        Honour.granted_on.desc().nulls_first(), Honour.id.desc()
    )
    loaded = ordered.options(joinedload(Honour.competition), joinedload(Honour.event))
    return list(session.scalars(loaded.limit(limit).offset(offset)))


def count_honours(session: Session, scopes: Scopes, sought: Sought) -> int:
    """Return how many honours fit."""
    return session.scalar(_sought(select(func.count(Honour.id)), scopes, sought)) or 0


def list_of_competition(session: Session, competition_id: int) -> list[Honour]:
    """Return the honours that a competition recommended, by kind and level, then as they were recommended."""
    return list(
        session.scalars(
            select(Honour)
            .options(joinedload(Honour.event), joinedload(Honour.unit))
            .where(Honour.competition_id == competition_id)
            .order_by(Honour.kind, Honour.level, Honour.event_id, Honour.rank, Honour.id)
        )
    )


def count_granted(
    session: Session, first: date, last: date, scopes: Scopes | None = None
) -> list[tuple[str, str, int]]:
    """Return (kind, level, how many) of what was granted in a period and still counts, for statistics.

    Shape: both days included; `scopes` None counts the whole installation.
    """
    statement = (
        select(Honour.kind, Honour.level, func.count())
        .where(Honour.state == GRANTED, Honour.granted_on.between(first, last))
        .group_by(Honour.kind, Honour.level)
        .order_by(Honour.kind, Honour.level)
    )
    if scopes is not None:
        statement = statement.where(_in_scopes(scopes))
    return [(row[0], row[1], row[2]) for row in session.execute(statement)]


def list_holding(session: Session, keys: Collection[str]) -> list[Honour]:
    """Return the honours that count and stand under one of these keys."""
    found: list[Honour] = []
    for start in range(0, len(wanted := sorted(keys)), AT_ONCE):
        some = select(Honour).where(
            Honour.once_key.in_(wanted[start : start + AT_ONCE]), Honour.state.in_(LIVE)
        )
        found += session.scalars(some)
    return found


def list_held_by(session: Session, refs: Collection[str]) -> dict[str, list[Honour]]:
    """Return what each of some people was granted and still holds, by the person's reference."""
    found: dict[str, list[Honour]] = {}
    for start in range(0, len(wanted := sorted(refs)), AT_ONCE):
        statement = (
            select(Honour)
            .where(Honour.person_ref.in_(wanted[start : start + AT_ONCE]), Honour.state == GRANTED)
            .order_by(Honour.granted_on, Honour.id)
        )
        for honour in session.scalars(statement):
            found.setdefault(honour.person_ref or "", []).append(honour)
    return found


def find_final(session: Session, event: Event) -> ResultVersion | None:
    """Return the final version of an event's result that counts; None while there is none."""
    if event.state not in {"final", "archived"}:
        return None
    return session.scalar(
        select(ResultVersion)
        .where(ResultVersion.event_id == event.id, ResultVersion.final_at.is_not(None))
        .order_by(ResultVersion.number.desc())
        .limit(1)
    )


def list_ranked(session: Session, version: ResultVersion, most: int) -> list[Ranked]:
    """Return the ranked entries of a result in their order, at most so many."""
    rows = session.execute(
        select(ResultRow, Entry)
        .join(Entry, Entry.id == ResultRow.entry_id)
        .options(joinedload(Entry.unit))
        .where(ResultRow.version_id == version.id, ResultRow.rank.is_not(None))
        .order_by(ResultRow.position)
        .limit(most)
    ).all()
    members = select(EntryMember).options(joinedload(EntryMember.person)).where(
        EntryMember.entry_id.in_([entry.id for _row, entry in rows]), EntryMember.role == MEMBER
    )  # fmt: skip
    people: dict[int, list[Person]] = {}
    for member in session.scalars(members.order_by(EntryMember.position)):
        people.setdefault(member.entry_id, []).append(member.person)
    return [Ranked(entry, row.rank or 0, row.award, people.get(entry.id, [])) for row, entry in rows]


def find_unit_named(session: Session, name: str) -> Unit | None:
    """Return the registered unit of this name."""
    return session.scalar(select(Unit).where(Unit.name == name))


def list_people_named(session: Session, name: str, unit_id: int) -> list[Person]:
    """Return the people of this name in a unit."""
    same = select(Person).where(Person.name == name, Person.unit_id == unit_id)
    return list(session.scalars(same.limit(2)))


def list_years(session: Session, scopes: Scopes) -> list[int]:
    """Return the years in which something was granted, newest first."""
    days = session.scalars(
        select(Honour.granted_on).where(_in_scopes(scopes), Honour.granted_on.is_not(None)).distinct()
    )
    return sorted({day.year for day in days if day is not None}, reverse=True)


def _sought(statement: Select, scopes: Scopes, sought: Sought) -> Select:
    statement = statement.where(_in_scopes(scopes))
    for column, value in (
        (Honour.kind, sought.kind), (Honour.level, sought.level), (Honour.state, sought.state)
    ):  # fmt: skip
        statement = statement.where(column == value) if value else statement
    if sought.year is not None:
        year = (date(sought.year, 1, 1), date(sought.year, 12, 31))
        statement = statement.where(Honour.granted_on.between(*year))
    for word in sought.text.split():
        like = or_(Honour.recipient.contains(word, autoescape=True), _of_unit(word))
        statement = statement.where(like)
    return statement


def _of_unit(word: str) -> ColumnElement[bool]:
    return or_(
        Honour.unit_name.contains(word, autoescape=True), Honour.document.contains(word, autoescape=True)
    )


def _in_scopes(scopes: Scopes) -> ColumnElement[bool]:
    """Return the condition that an honour is kept by a union, or came from a contest, in these scopes."""
    own = [number for kind, number in scopes if kind == "competition"]
    return or_(
        within(Honour.union_id, scopes), Honour.competition_id.in_(own),
        Honour.event_id.in_(events_in(scopes)),
    )  # fmt: skip


