"""Take unions and units out of use, and back: nothing is deleted, their history stays readable."""

from datetime import datetime

from sqlalchemy.orm import Session

from competitions.organisations import queries
from competitions.organisations.models import Union, Unit
from competitions.organisations.twins import queries as twins
from core import database
from core.audit import services as audit
from core.refusals import refuse


def retire_union(
    session: Session, union: Union, reason: str, *, actor_id: int | None, now: datetime
) -> None:
    """Take a union out of use: it is not offered any more.

    Raises: Refused RETIRED_ALREADY, RETIRE_REASON, UNION_IN_USE.
    """
    database.lock(session, "organisations")
    session.refresh(union)
    _refuse(union, reason)
    unions, units = queries.count_in_use(session, union.id)
    if unions or units:
        raise refuse("UNION_IN_USE", "reason", unions=unions, units=units)
    _retire(session, union, "union", reason, actor_id, now)


def retire_unit(session: Session, unit: Unit, reason: str, *, actor_id: int | None, now: datetime) -> None:
    """Take a unit out of use: nobody is entered for it any more; what it has entered stays.

    Raises: Refused RETIRED_ALREADY, RETIRE_REASON.
    """
    database.lock(session, "organisations")
    session.refresh(unit)
    _refuse(unit, reason)
    _retire(session, unit, "unit", reason, actor_id, now)


def restore(session: Session, row: Union | Unit, *, actor_id: int | None, now: datetime) -> None:
    """Take a union or a unit into use again; the union above has to be in use.

    Raises: Refused RETIRED_NOT, ABOVE_RETIRED, UNIT_MERGED.
    """
    database.lock(session, "organisations")
    session.refresh(row)
    if row.retired_at is None:
        raise refuse("RETIRED_NOT")
    if isinstance(row, Unit):
        _refuse_merged(session, row)
    above = row.parent if isinstance(row, Union) else row.union
    if above is not None and above.retired_at is not None:
        raise refuse("ABOVE_RETIRED", union=above.name)
    row.retired_at, row.retired_reason = None, ""
    session.flush()
    kind = "union" if isinstance(row, Union) else "unit"
    audit.record(
        session, f"{kind}:restore", actor_id=actor_id, subject=f"{kind}:{row.id}", now=now,
        detail={"name": row.name},
    )  # fmt: skip


def _refuse(row: Union | Unit, reason: str) -> None:
    if row.retired_at is not None:
        raise refuse("RETIRED_ALREADY", name=row.name)
    if not reason:
        raise refuse("RETIRE_REASON", "reason")


def _refuse_merged(session: Session, unit: Unit) -> None:
    if twins.standing_merge(session, unit.id) is not None:
        raise refuse("UNIT_MERGED", name=unit.name)


def _retire(
    session: Session, row: Union | Unit, kind: str, reason: str, actor_id: int | None, now: datetime
) -> None:
    row.retired_at, row.retired_reason = now, reason
    session.flush()
    audit.record(
        session, f"{kind}:retire", actor_id=actor_id, subject=f"{kind}:{row.id}", now=now,
        detail={"name": row.name, "reason": reason},
    )  # fmt: skip
