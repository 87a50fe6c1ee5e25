"""Write unions and units."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.catalogue.naming import name_of
from competitions.organisations import queries, rules
from competitions.organisations.models import Union, Unit
from core import database
from core.audit import services as audit
from core.refusals import Refusal, Refused, refuse

# What begins before a unit or a union is hung elsewhere, and returns what to do once it is.
Moving = Callable[[Session], Callable[[], None]]
_moving: dict[str, Moving] = {}


class UnionValues(NamedTuple):
    """What somebody says about a union."""

    name: str
    kind: str
    name_en: str = ""
    parent_id: int | None = None
    national_union_id: int | None = None
    region_id: int | None = None


class UnitValues(NamedTuple):
    """What somebody says about a unit."""

    name: str
    credit_code: str | None = None
    union_id: int | None = None
    region_id: int | None = None
    industry_id: int | None = None
    ownership: str = ""


def register_moving(moving: Moving) -> None:
    """Let a later slice hold what hangs on the tree before it changes, and follow once it has."""
    _moving[f"{moving.__module__}.{moving.__qualname__}"] = moving


def hold_moving(session: Session) -> Callable[[], None]:
    """Hold what hangs on the tree before it changes; return what lets that follow once it has."""
    following = [moving(session) for moving in _moving.values()]

    def follow() -> None:
        for each in following:
            each()

    return follow


def create_union(session: Session, values: UnionValues, *, actor_id: int | None, now: datetime) -> Union:
    """Add a union.

    Raises: Refused UNION_NAME, UNION_PARENT, UNION_TOP.
    """
    _refuse_union(session, None, values)
    union = Union(**values._asdict())
    session.add(union)
    session.flush()
    _record(session, "union:create", f"union:{union.id}", union.name, actor_id, now)
    return union


def change_union(
    session: Session, union: Union, values: UnionValues, *, actor_id: int | None, now: datetime
) -> Union:
    """Change a union or hang it below another one.

    Raises: Refused UNION_NAME, UNION_CIRCLE, UNION_PARENT, UNION_TOP, UNION_BELOW.
    """
    moves = (union.kind, union.parent_id) != (values.kind, values.parent_id)
    follow = hold_moving(session) if moves else None
    _refuse_union(session, union, values)
    _set(union, values)
    session.flush()
    if follow is not None:
        follow()
    _record(session, "union:change", f"union:{union.id}", union.name, actor_id, now)
    return union


def create_unit(session: Session, values: UnitValues, *, actor_id: int | None, now: datetime) -> Unit:
    """Add a unit.

    Raises: Refused UNIT_NAME, UNIT_CODE, UNIT_CODE_TAKEN.
    """
    _refuse_unit(session, None, values)
    unit = Unit(**values._asdict())
    session.add(unit)
    session.flush()
    _record(session, "unit:create", f"unit:{unit.id}", unit.name, actor_id, now)
    return unit


def change_unit(
    session: Session, unit: Unit, values: UnitValues, *, actor_id: int | None, now: datetime
) -> Unit:
    """Change a unit.

    Raises: Refused UNIT_NAME, UNIT_CODE, UNIT_CODE_TAKEN.
    """
    moves = unit.union_id != values.union_id
    follow = hold_moving(session) if moves else None
    _refuse_unit(session, unit, values)
    _set(unit, values)
    session.flush()
    if follow is not None:
        follow()
    _record(session, "unit:change", f"unit:{unit.id}", unit.name, actor_id, now)
    return unit


def refuse_near(session: Session, name: str, ignoring: int | None = None) -> None:
    """Ask back where a unit may be registered already under a name much like this one.

    Raises: Refused UNIT_NEAR with the names.
    """
    near = queries.list_unit_names_near(session, name, ignoring)
    if near:
        raise refuse("UNIT_NEAR", "sure", names=near)


def _refuse_union(session: Session, union: Union | None, values: UnionValues) -> None:
    database.lock(session, "organisations")
    found = []
    same = session.scalar(select(Union).where(Union.name == values.name))
    if same is not None and same is not union:
        found.append(Refusal("UNION_NAME", "name", {"name": values.name}))
    if union is not None and rules.makes_circle(queries.list_parents(session), union.id, values.parent_id):
        names = queries.list_union_names(session, [values.parent_id or 0])
        found.append(Refusal("UNION_CIRCLE", "parent_id", {"parent": names[values.parent_id or 0]}))
    if union is None or (union.kind, union.parent_id) != (values.kind, values.parent_id):
        found += _kind_faults(session, union, values)
    if found:
        raise Refused(*found)


def _kind_faults(session: Session, union: Union | None, values: UnionValues) -> list[Refusal]:
    """Say what is wrong with where a union is to stand, seen from its kind: above it, then below it."""
    found = []
    parent = queries.find_union(session, values.parent_id) if values.parent_id is not None else None
    if parent is not None and parent.retired_at is not None:
        found.append(Refusal("ABOVE_RETIRED", "parent_id", {"union": name_of(parent)}))
    if parent is not None and not rules.fits_below(values.kind, parent.kind):
        code = "UNION_PARENT" if rules.ABOVE[values.kind] else "UNION_TOP"
        words = {"kind": values.kind, "parent": name_of(parent), "parent_kind": parent.kind}
        found.append(Refusal(code, "parent_id", words))
    below = queries.list_below(session, union.id) if union is not None else []
    misfit = next((child for child in below if not rules.fits_below(child.kind, values.kind)), None)
    if misfit is not None:
        words = {"child": name_of(misfit), "child_kind": misfit.kind, "kind": values.kind}
        found.append(Refusal("UNION_BELOW", "kind", words))
    return found


def _refuse_unit(session: Session, unit: Unit | None, values: UnitValues) -> None:
    database.lock(session, "organisations")
    found = []
    same = session.scalar(select(Unit).where(Unit.name == values.name))
    if same is not None and same is not unit:
        union = same.union.name if same.union else "—"
        found.append(Refusal("UNIT_NAME", "name", {"name": values.name, "union": union}))
    if values.credit_code is not None:
        found += _code_faults(session, unit, values.credit_code)
    if found:
        raise Refused(*found)


def _code_faults(session: Session, unit: Unit | None, code: str) -> list[Refusal]:
    if not rules.is_credit_code(code):
        return [Refusal("UNIT_CODE", "credit_code", {"code": code})]
    owner = session.scalar(select(Unit).where(Unit.credit_code == code))
    taken = owner is not None and owner is not unit
    return [Refusal("UNIT_CODE_TAKEN", "credit_code", {"name": owner.name})] if owner and taken else []


def _set(row: Union | Unit, values: UnionValues | UnitValues) -> None:
    for name, value in values._asdict().items():
        setattr(row, name, value)


def _record(
    session: Session, action: str, subject: str, name: str, actor_id: int | None, now: datetime
) -> None:
    audit.record(session, action, actor_id=actor_id, subject=subject, now=now, detail={"name": name})
