"""Make two units one, with a record of it; and take that back while what was moved has not moved on.

The gone unit stays with its name, out of use: published notices, issued certificates and frozen results hold
what was said then and are not touched.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts import services as accounts
from accounts.models import Grant, User
from accounts.queries import find_grant
from competitions.organisations.models import Unit
from competitions.organisations.services import UnitValues, hold_moving
from competitions.organisations.twins import following, queries, rules
from competitions.organisations.twins.models import UnitMerge, UnitsApart
from core import database
from core.audit import services as audit
from core.refusals import Refusal, Refused, refuse

GRANTS = "role_grant"


def merge_units(
    session: Session, kept_id: int, gone_id: int, reason: str, *, actor_id: int, now: datetime
) -> UnitMerge:
    """Let everything that names one unit name the other, which takes over what it does not know itself.

    Raises: Refused UNITS_SAME, UNIT_MERGED, UNIT_MERGE_REASON, UNITS_TWO_CODES, and what the slices say.
    """
    if kept_id == gone_id:
        raise refuse("UNITS_SAME")
    follow = _hold(session, [kept_id, gone_id])
    kept, gone = session.get_one(Unit, kept_id), session.get_one(Unit, gone_id)
    found = [] if reason else [Refusal("UNIT_MERGE_REASON", "reason")]
    found += obstacles(session, kept, gone)
    if found:
        raise Refused(*found)
    before = {"kept": _said(kept), "gone": _said(gone)}
    moved = following.move(session, gone_id, kept_id)
    moved[GRANTS] = _hand_over_roles(session, gone_id, kept_id, actor_id, now)
    _take_over(session, kept, gone, reason, now)
    follow()
    merge = UnitMerge(
        kept_id=kept_id, gone_id=gone_id, moved=moved, before=before, reason=reason, at=now, by_id=actor_id
    )
    session.add(merge)
    session.flush()
    detail = {"unit": kept.name, "gone": gone.name, "rows": sum(map(len, moved.values())), "reason": reason}
    _record(session, "unit:merge", kept_id, actor_id, now, detail)
    return merge


def undo_merge(session: Session, merge_id: int, *, actor_id: int, now: datetime) -> Unit:
    """Part two units again; what came to the kept one later stays there.

    Raises: Refused UNIT_MERGE_UNDONE, UNIT_MERGE_CHANGED.
    """
    merge = session.get_one(UnitMerge, merge_id)
    follow = _hold(session, [merge.kept_id, merge.gone_id])
    session.refresh(merge)
    if merge.undone_at is not None:
        raise refuse("UNIT_MERGE_UNDONE")
    moved = {name: rows for name, rows in merge.moved.items() if name != GRANTS}
    if queries.standing_merge(session, merge.kept_id) or not following.stands(session, moved, merge.kept_id):
        raise refuse("UNIT_MERGE_CHANGED")
    following.move_back(session, moved, merge.kept_id, merge.gone_id)
    for user_id, role, new in merge.moved[GRANTS]:
        _give(session, user_id, role, merge.gone_id, actor_id, now)
        if new:
            _withdraw(session, user_id, role, merge.kept_id, actor_id, now)
    kept, gone = merge.kept, merge.gone
    _say_again(session, kept, gone, merge.before)
    follow()
    merge.undone_at = now
    session.flush()
    detail = {"unit": kept.name, "gone": gone.name, "rows": sum(map(len, merge.moved.values()))}
    _record(session, "unit:merge_undo", kept.id, actor_id, now, detail)
    return gone


def keep_apart(session: Session, first_id: int, second_id: int, *, actor_id: int, now: datetime) -> None:
    """Say that two alike units are two, so that nobody is asked again.

    Raises: Refused UNITS_SAME.
    """
    if first_id == second_id:
        raise refuse("UNITS_SAME")
    database.lock(session, "organisations")
    first, second = rules.pair(first_id, second_id)
    if session.get(UnitsApart, (first, second)) is None:
        session.add(UnitsApart(first_id=first, second_id=second, at=now, by_id=actor_id))
    session.flush()
    _record(session, "unit:keep_apart", first, actor_id, now, {"other": second})


def obstacles(session: Session, kept: Unit, gone: Unit) -> list[Refusal]:
    """Return what stands against two units being one."""
    found = [
        Refusal("UNIT_MERGED", "", {"name": unit.name})
        for unit in (kept, gone)
        if queries.standing_merge(session, unit.id) is not None
    ]
    if kept.credit_code and gone.credit_code:
        found.append(Refusal("UNITS_TWO_CODES"))
    return found + following.obstacles(session, kept, gone)


# ---------------------------------------------------------------- parts


def _hold(session: Session, unit_ids: list[int]) -> Any:
    """Hold what belongs to the units, then the tree, in the order of whoever enters people."""
    following.hold(session, unit_ids)
    follow = hold_moving(session)
    database.lock(session, "organisations")
    for number in unit_ids:
        session.get_one(Unit, number, populate_existing=True)
    return follow


def _said(unit: Unit) -> dict[str, Any]:
    kept = {name: getattr(unit, name) for name in UnitValues._fields}
    retired = unit.retired_at.isoformat() if unit.retired_at is not None else None
    return kept | {"retired_at": retired, "retired_reason": unit.retired_reason}


def _take_over(session: Session, kept: Unit, gone: Unit, reason: str, now: datetime) -> None:
    """Take the gone unit out of use; what it knew and the kept one does not is kept."""
    code, gone.credit_code = gone.credit_code, None
    session.flush()
    kept.credit_code = kept.credit_code or code
    for name in ("union_id", "region_id", "industry_id", "ownership"):
        if not getattr(kept, name):
            setattr(kept, name, getattr(gone, name))
    gone.retired_at, gone.retired_reason = now, reason
    session.flush()


def _say_again(session: Session, kept: Unit, gone: Unit, before: Any) -> None:
    """Let the gone unit say what it said; the kept one loses what it took over and still holds."""
    taken = [name for name in UnitValues._fields if name != "name" and not before["kept"][name]]
    for name in taken:
        if getattr(kept, name) == before["gone"][name]:
            setattr(kept, name, before["kept"][name])
    session.flush()
    for name in UnitValues._fields:
        if name != "name":
            setattr(gone, name, before["gone"][name])
    retired = before["gone"]["retired_at"]
    gone.retired_at = datetime.fromisoformat(retired) if retired else None
    gone.retired_reason = before["gone"]["retired_reason"]
    session.flush()


def _hand_over_roles(
    session: Session, gone_id: int, kept_id: int, actor_id: int, now: datetime
) -> list[list[Any]]:
    """Give roles for the gone unit for the kept one instead; say of whom, which, and whether it was new."""
    statement = select(Grant).where(
        Grant.scope_kind == "unit", Grant.scope_id == gone_id, Grant.withdrawn_at.is_(None)
    )
    found: list[list[Any]] = []
    for grant in session.scalars(statement.order_by(Grant.id)).all():
        new = _give(session, grant.user_id, grant.role, kept_id, actor_id, now)
        _withdraw(session, grant.user_id, grant.role, gone_id, actor_id, now)
        found.append([grant.user_id, grant.role, new])
    return found


def _give(session: Session, user_id: int, role: str, unit_id: int, actor_id: int, now: datetime) -> bool:
    """Give a role for a unit; say whether it was not held before."""
    held = find_grant(session, user_id, role, "unit", unit_id) is not None
    user = session.get_one(User, user_id)
    accounts.give_grant(session, user, role, ("unit", unit_id), actor_id=actor_id, now=now)
    return not held


def _withdraw(session: Session, user_id: int, role: str, unit_id: int, actor_id: int, now: datetime) -> None:
    grant = find_grant(session, user_id, role, "unit", unit_id)
    if grant is not None:
        accounts.withdraw_grant(session, session.get_one(User, user_id), grant, actor_id=actor_id, now=now)


def _record(
    session: Session, action: str, unit_id: int, actor_id: int, now: datetime, detail: dict[str, Any]
) -> None:
    audit.record(session, action, actor_id=actor_id, subject=f"unit:{unit_id}", now=now, detail=detail)
