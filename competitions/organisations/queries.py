"""Read unions and units."""

from collections.abc import Collection, Iterable
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from accounts.policy import SITE, ScopePath
from competitions.catalogue.naming import name_of
from competitions.organisations import rules
from competitions.organisations.models import OrganisationContact, Union, Unit
from core.database import asked_once

Scopes = Collection[tuple[str, int]]


class UnitFilter(NamedTuple):
    """What narrows a list of units."""

    text: str = ""
    union_id: int | None = None
    retired: bool = False


class Branch(NamedTuple):
    """A union in its tree: how deep it stands and how many units it has itself."""

    union: Union
    depth: int
    units: int


def find_union(session: Session, union_id: int) -> Union | None:
    """Return the union with this number."""
    return session.get(Union, union_id)


def get_union(session: Session, union_id: int) -> Union:
    """Return the union with this number, which the guard of the view has already seen."""
    return session.get_one(Union, union_id)


def find_unit(session: Session, unit_id: int) -> Unit | None:
    """Return the unit with this number."""
    return session.get(Unit, unit_id)


def get_unit(session: Session, unit_id: int) -> Unit:
    """Return the unit with this number, which the guard of the view has already seen."""
    return session.get_one(Unit, unit_id)


@asked_once
def list_ancestor_ids(session: Session, union_id: int) -> list[int]:
    """Return a union's number and those of all unions above it, nearest first."""
    rows = session.execute(_ancestors(), {"union_id": union_id})
    parents: dict[int, int | None] = {row.id: row.parent_id for row in rows}
    found, current = [], union_id
    while current in parents and current not in found:
        found.append(current)
        current = parents[current] or 0
    return found


@cache
def _ancestors() -> Select:
    """Return the statement, built once: every request about a thing of a union asks it."""
    start = select(Union.id, Union.parent_id).where(Union.id == bindparam("union_id"))
    tree = start.cte("ancestors", recursive=True)
    return select(tree.union(select(Union.id, Union.parent_id).where(Union.id == tree.c.parent_id)))


def union_path(session: Session, union_id: int | None) -> ScopePath:
    """Return the scope path of a union: itself, all unions above it, the site."""
    above = list_ancestor_ids(session, union_id) if union_id is not None else []
    return (*(("union", number) for number in above), SITE)


def within(column: InstrumentedAttribute[Any], scopes: Scopes) -> ColumnElement[bool]:
    """Return the condition that a column names a union in these scopes."""
    if SITE in scopes:
        return true()
    return column.in_(_subtree([number for kind, number in scopes if kind == "union"]))


def list_ids_within(session: Session, scopes: Scopes) -> set[int]:
    """Return the numbers of all unions in these scopes."""
    return set(session.scalars(select(Union.id).where(within(Union.id, scopes))))


def units_in(scopes: Scopes) -> Select:
    """Return the statement of all units in these scopes, for statements about what belongs to them."""
    own = [number for kind, number in scopes if kind == "unit"]
    return select(Unit.id).where(or_(within(Unit.union_id, scopes), Unit.id.in_(own)))


def list_parents(session: Session) -> dict[int, int | None]:
    """Return the whole tree: the union above each union."""
    return {row.id: row.parent_id for row in session.execute(select(Union.id, Union.parent_id))}


def list_below(session: Session, union_id: int) -> list[Union]:
    """Return the unions that belong to this one directly, by name."""
    return list(session.scalars(select(Union).where(Union.parent_id == union_id).order_by(Union.name)))


def list_unions(session: Session, scopes: Scopes, *, retired: bool = True) -> list[Branch]:
    """Return the unions in these scopes as a tree in reading order, each before those below it."""
    units = dict(session.execute(select(Unit.union_id, func.count()).group_by(Unit.union_id)).all())
    seen = select(Union).where(within(Union.id, scopes)).order_by(Union.name)
    unions = list(session.scalars(seen if retired else seen.where(Union.retired_at.is_(None))))
    below: dict[int | None, list[Union]] = {}
    shown = {union.id for union in unions}
    for union in unions:
        below.setdefault(union.parent_id if union.parent_id in shown else None, []).append(union)
    return [Branch(union, depth, units.get(union.id, 0)) for union, depth in _walk(below, None, 0)]


def list_units(
    session: Session, scopes: Scopes, wanted: UnitFilter, *, offset: int = 0, limit: int = 50
) -> list[Unit]:
    """Return one page of the units in these scopes that fit, by name."""
    statement = _narrowed(select(Unit), scopes, wanted).options(joinedload(Unit.union))
    return list(session.scalars(statement.order_by(Unit.name, Unit.id).offset(offset).limit(limit)))


def count_units(session: Session, scopes: Scopes, wanted: UnitFilter) -> int:
    """Return how many units in these scopes fit."""
    return session.scalar(_narrowed(select(func.count()).select_from(Unit), scopes, wanted)) or 0


def list_unit_names_near(session: Session, name: str, ignoring: int | None = None) -> list[str]:
    """Return the names of units that may be the same as one with this name."""
    known = session.execute(select(Unit.id, Unit.name).where(Unit.name != name).order_by(Unit.id))
    return rules.near_names(name, [row.name for row in known if row.id != ignoring])


def count_in_use(session: Session, union_id: int) -> tuple[int, int]:
    """Return how many unions and how many units in use belong to a union directly."""
    unions = select(func.count()).where(Union.parent_id == union_id, Union.retired_at.is_(None))
    units = select(func.count()).where(Unit.union_id == union_id, Unit.retired_at.is_(None))
    return session.scalar(unions) or 0, session.scalar(units) or 0


def find_contact(session: Session, contact_id: int) -> OrganisationContact | None:
    """Return the contact with this number."""
    return session.get(OrganisationContact, contact_id)


def get_contact(session: Session, contact_id: int) -> OrganisationContact:
    """Return the contact with this number, which the guard of the view has already seen."""
    return session.get_one(OrganisationContact, contact_id)


def list_contacts(
    session: Session, *, union_id: int | None = None, unit_ids: Collection[int] = ()
) -> list[OrganisationContact]:
    """Return the contacts of a union, or of some units, in the order in which they were added."""
    statement = select(OrganisationContact).order_by(OrganisationContact.id)
    if union_id is not None:
        return list(session.scalars(statement.where(OrganisationContact.union_id == union_id)))
    return list(session.scalars(statement.where(OrganisationContact.unit_id.in_(unit_ids))))


def search_union_scopes(session: Session, text: str) -> list[tuple[int, str]]:
    """Return unions for which a role can be given, by a part of their name."""
    return _scopes(session, Union, text)


def search_unit_scopes(session: Session, text: str) -> list[tuple[int, str]]:
    """Return units for which a role can be given, by a part of their name."""
    return _scopes(session, Unit, text)


def list_union_names(session: Session, ids: Collection[int]) -> dict[int, str]:
    """Return the names of these unions."""
    rows = session.scalars(select(Union).where(Union.id.in_(ids)))
    return {row.id: name_of(row) for row in rows}


def list_unions_by_id(session: Session, ids: Collection[int]) -> list[Union]:
    """Return these unions."""
    return list(session.scalars(select(Union).where(Union.id.in_(ids), Union.retired_at.is_(None))))


def list_unit_names(session: Session, ids: Collection[int]) -> dict[int, str]:
    """Return the names of these units."""
    rows = session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(ids)))
    return {row.id: row.name for row in rows}


def _scopes(session: Session, table: Any, text: str) -> list[tuple[int, str]]:
    statement = select(table).where(table.name.icontains(text.strip(), autoescape=True))
    rows = session.scalars(statement.where(table.retired_at.is_(None)).order_by(table.id.desc()).limit(30))
    return [(row.id, name_of(row)) for row in rows]


def _subtree(union_ids: Collection[int]) -> Select[tuple[int]]:
    tree = select(Union.id).where(Union.id.in_(union_ids)).cte(recursive=True)
    return select(tree.union(select(Union.id).where(Union.parent_id == tree.c.id)).c.id)


def _walk(
    below: dict[int | None, list[Union]], parent_id: int | None, depth: int
) -> Iterable[tuple[Union, int]]:
    for union in below.get(parent_id, []):
        yield union, depth
        yield from _walk(below, union.id, depth + 1)


def _narrowed(statement: Select, scopes: Scopes, wanted: UnitFilter) -> Select:
    state = Unit.retired_at.is_not(None) if wanted.retired else Unit.retired_at.is_(None)
    statement = statement.where(Unit.id.in_(units_in(scopes)), state)
    for word in wanted.text.split():
        columns = (Unit.name, Unit.credit_code)
        statement = statement.where(or_(*(column.icontains(word, autoescape=True) for column in columns)))
    return statement if wanted.union_id is None else statement.where(Unit.union_id == wanted.union_id)
