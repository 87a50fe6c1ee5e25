"""Read units that may be one, and those that were made one."""

from collections.abc import Collection
from itertools import combinations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from accounts.models import User
from competitions.organisations.models import Unit
from competitions.organisations.queries import Scopes, units_in
from competitions.organisations.rules import near_names
from competitions.organisations.twins import rules
from competitions.organisations.twins.models import UnitMerge, UnitsApart

MOST, PAIRS = 20_000, 60


def find_merge(session: Session, merge_id: int) -> UnitMerge | None:
    """Return the merge with this number."""
    return session.get(UnitMerge, merge_id)


def standing_merge(session: Session, unit_id: int) -> UnitMerge | None:
    """Return the merge by which a unit became another one, unless it was undone."""
    return session.scalar(
        select(UnitMerge).where(UnitMerge.gone_id == unit_id, UnitMerge.undone_at.is_(None))
    )


def list_merged(session: Session) -> dict[int, int]:
    """Return for each unit that became another one which it is now."""
    rows = session.execute(
        select(UnitMerge.gone_id, UnitMerge.kept_id).where(UnitMerge.undone_at.is_(None))
    )
    into = {row.gone_id: row.kept_id for row in rows}
    found = {}
    for gone, kept in into.items():
        while kept in into:  # merged into one that was itself merged later
            kept = into[kept]
        found[gone] = kept
    return found


def list_merges(session: Session, unit_id: int) -> list[tuple[UnitMerge, str]]:
    """Return the merges into a unit and who did each, newest first."""
    statement = (
        select(UnitMerge, User.name)
        .join(User, User.id == UnitMerge.by_id, isouter=True)
        .where(UnitMerge.kept_id == unit_id)
        .options(joinedload(UnitMerge.gone))
        .order_by(UnitMerge.id.desc())
    )
    return [(merge, name or "—") for merge, name in session.execute(statement)]


def list_twins(session: Session, scopes: Scopes) -> list[tuple[Unit, Unit]]:
    """Return pairs of units in use, in these scopes, with one name beside its legal form."""
    inside = Unit.id.in_(units_in(scopes)) & Unit.retired_at.is_(None)
    known = session.execute(select(Unit.id, Unit.name).where(inside).order_by(Unit.id).limit(MOST))
    found = rules.groups((row.id, row.name) for row in known)
    numbers = [two for group in found for two in combinations(group, 2)][: 2 * PAIRS]
    apart = _told_apart(session, {number for two in numbers for number in two})
    numbers = [two for two in numbers if two not in apart][:PAIRS]
    units = _units(session, {number for two in numbers for number in two})
    pairs = [(units[first], units[second]) for first, second in numbers]
    return [pair for pair in pairs if _possible(*pair)]


def list_near(session: Session, scopes: Scopes, unit: Unit) -> list[Unit]:
    """Return the units in use, in these scopes, whose names are much like this one's."""
    inside = Unit.id.in_(units_in(scopes)) & Unit.retired_at.is_(None)
    known = session.execute(select(Unit.id, Unit.name).where(inside, Unit.id != unit.id).limit(MOST)).all()
    names = near_names(unit.name, [row.name for row in known])
    apart = _told_apart(session, {unit.id})
    near = [row.id for row in known if row.name in names and rules.pair(row.id, unit.id) not in apart]
    return [other for other in _units(session, near).values() if _possible(unit, other)]


def _units(session: Session, numbers: Collection[int]) -> dict[int, Unit]:
    statement = select(Unit).where(Unit.id.in_(numbers)).options(joinedload(Unit.union)).order_by(Unit.id)
    return {unit.id: unit for unit in session.scalars(statement)}


def _told_apart(session: Session, numbers: Collection[int]) -> set[tuple[int, int]]:
    either = UnitsApart.first_id.in_(numbers) | UnitsApart.second_id.in_(numbers)
    rows = session.execute(select(UnitsApart.first_id, UnitsApart.second_id).where(either))
    return {(row.first_id, row.second_id) for row in rows}


def _possible(one: Unit, other: Unit) -> bool:
    """Say whether two units can be one: two codes are two units."""
    return one.credit_code is None or other.credit_code is None
