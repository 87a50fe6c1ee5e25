"""Open periods; save, submit, accept and send back returns, each on record with the figures as they were."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from competitions.organisations.models import Union
from competitions.returns import computed, queries
from competitions.returns.figures import ADDITIVE, PLACES, as_json, from_json
from competitions.returns.models import ReturnPeriod, ReturnStep, UnionReturn
from competitions.returns.rules import (
    ACCEPTED,
    DRAFT,
    OPEN,
    SENT_BACK,
    SUBMITTED,
    Around,
    Figure,
    check,
    completed,
)
from core import canonical, database
from core.audit import services as audit
from core.files.reading import Upload
from core.refusals import Refusal, Refused, refuse

REASON_MOST = 500


class PeriodValues(NamedTuple):
    """What opens a period; both days belong to it."""

    title: str
    first_day: date
    last_day: date
    due_on: date | None = None


class Filled(NamedTuple):
    """What a return says: its figures by key, who answers for it and who has filled it in."""

    figures: Mapping[str, Figure]
    head: str = ""
    filler: str = ""


def open_period(
    session: Session, union: Union, values: PeriodValues, *, ref: str, actor_id: int | None, now: datetime
) -> ReturnPeriod:
    """Ask a union and all below it for returns.

    Raises: Refused PERIOD_DAYS or PERIOD_DUE where the days cannot be.
    """
    found = []
    if values.last_day < values.first_day:
        found.append(Refusal("PERIOD_DAYS", "last_day"))
    if values.due_on is not None and values.due_on < values.first_day:
        found.append(Refusal("PERIOD_DUE", "due_on"))
    if found:
        raise Refused(*found)
    period = ReturnPeriod(
        ref=ref, union_id=union.id, opened_at=now, opened_by_id=actor_id, **values._asdict()
    )
    session.add(period)
    session.flush()
    days = {"first": values.first_day.isoformat(), "last": values.last_day.isoformat()}
    _record(session, period, "return:open", union.id, actor_id, now, **days)
    return period


def around(session: Session, period: ReturnPeriod, union_id: int) -> Around:
    """Return what the figures of a union are compared with."""
    below = queries.list_below(session, period, union_id)
    accepted = queries.accepted_figures(below)
    counted = computed.figures_of(session, union_id, period.first_day, period.last_day)
    return Around(accepted, len(below) - len(accepted), counted)


def save_return(
    session: Session, period: ReturnPeriod, union_id: int, filled: Filled, version: int, *,
    actor_id: int | None, now: datetime,
) -> UnionReturn:  # fmt: skip
    """Keep what was filled in so far; `version` is the one with which the form was opened, 0 for none yet.

    Raises: Refused RETURN_CLOSED, RETURN_CHANGED.
    """
    _hold(session, period)
    given = queries.find_return(session, period, union_id)
    if given is not None and given.state not in OPEN:
        raise refuse("RETURN_CLOSED")
    if version != (given.version if given else 0):
        raise refuse("RETURN_CHANGED")
    below = queries.accepted_figures(queries.list_below(session, period, union_id))
    if given is None:
        given = UnionReturn(period_id=period.id, union_id=union_id, state=DRAFT, version=0, steps=[])
        session.add(given)
    given.figures = as_json(completed(filled.figures, below, ADDITIVE))
    given.head, given.filler, given.changed_at = filled.head, filled.filler, now
    given.version += 1
    session.flush()
    _record(session, period, "return:save", union_id, actor_id, now, version=given.version)
    return given


def faults(session: Session, period: ReturnPeriod, given: UnionReturn) -> list[Refusal]:
    """Return what cannot be true of a return as it stands."""
    seen = check(from_json(given.figures), around(session, period, given.union_id), PLACES, ADDITIVE)
    return [Refusal("STAT_LOGIC", one.key, {"rule": one.rule, "key": one.key, **one.values}) for one in seen]


def submit(
    session: Session, period: ReturnPeriod, given: UnionReturn, *, actor_id: int | None, now: datetime
) -> None:
    """Send a return to the union above; that of the union which opened the period is accepted at once.

    Raises: Refused RETURN_CLOSED, RETURN_HEAD, or STAT_LOGIC for each thing that cannot be.
    """
    _hold(session, period)
    session.refresh(given)
    if given.state not in OPEN:
        raise refuse("RETURN_CLOSED")
    found = faults(session, period, given)
    if not given.head:
        found.insert(0, Refusal("RETURN_HEAD", "head"))
    if found:
        raise Refused(*found)
    top = given.union_id == period.union_id
    _step(session, period, given, ACCEPTED if top else SUBMITTED, "", actor_id, now)
    _record(session, period, "return:submit", given.union_id, actor_id, now, sha256=_digest(given))


def accept(
    session: Session, period: ReturnPeriod, given: UnionReturn, *, actor_id: int | None, now: datetime
) -> None:
    """Take the return of a union below into the own one.

    Raises: Refused RETURN_NOT_SUBMITTED, RETURN_ABOVE.
    """
    _hold(session, period)
    session.refresh(given)
    if given.state != SUBMITTED:
        raise refuse("RETURN_NOT_SUBMITTED")
    _demand_open_above(session, period, given)
    _step(session, period, given, ACCEPTED, "", actor_id, now)
    _record(session, period, "return:accept", given.union_id, actor_id, now, sha256=_digest(given))


def send_back(
    session: Session, period: ReturnPeriod, given: UnionReturn, reason: str, *,
    actor_id: int | None, now: datetime,
) -> None:  # fmt: skip
    """Give a return back to be mended, also one that was accepted, as long as nothing above builds on it.

    Raises: Refused RETURN_REASON, RETURN_NOT_SUBMITTED, RETURN_ABOVE.
    """
    _hold(session, period)
    session.refresh(given)
    if not reason or len(reason) > REASON_MOST:
        raise refuse("RETURN_REASON", "reason", most=REASON_MOST)
    if given.state not in (SUBMITTED, ACCEPTED):
        raise refuse("RETURN_NOT_SUBMITTED")
    _demand_open_above(session, period, given)
    _step(session, period, given, SENT_BACK, reason, actor_id, now)
    _record(session, period, "return:send_back", given.union_id, actor_id, now, reason=reason)


def record_form(
    session: Session, period: ReturnPeriod, given: UnionReturn, upload: Upload, *,
    actor_id: int | None, now: datetime,
) -> None:  # fmt: skip
    """Put on record from which file the figures come."""
    detail = {"file": upload.name, "sha256": upload.sha256}
    _record(session, period, "return:form", given.union_id, actor_id, now, **detail)


def _demand_open_above(session: Session, period: ReturnPeriod, given: UnionReturn) -> None:
    if given.union_id == period.union_id or given.union.parent_id is None:
        return
    above = queries.find_return(session, period, given.union.parent_id)
    if above is not None and above.state not in OPEN:
        raise refuse("RETURN_ABOVE", union=above.union.name)


def _step(
    session: Session, period: ReturnPeriod, given: UnionReturn, state: str, reason: str,
    actor_id: int | None, now: datetime,
) -> None:  # fmt: skip
    given.state, given.changed_at = state, now
    given.version += 1
    counted = computed.figures_of(session, given.union_id, period.first_day, period.last_day)
    given.steps.append(
        ReturnStep(
            number=len(given.steps) + 1, state=state, at=now, by_id=actor_id, reason=reason,
            figures=given.figures, computed=counted,
        )  # fmt: skip
    )
    session.flush()


def _digest(given: UnionReturn) -> str:
    return canonical.digest(given.figures)


def _hold(session: Session, period: ReturnPeriod) -> None:
    """Let returns of a period change one after the other: what is above builds on what is below."""
    database.lock(session, f"returns:{period.id}")


def _record(
    session: Session, period: ReturnPeriod, action: str, union_id: int, actor_id: int | None, now: datetime,
    **detail: object,
) -> None:  # fmt: skip
    audit.record(
        session, action, actor_id=actor_id, subject=f"return_period:{period.id}", now=now,
        detail={"union": union_id, **detail},
    )  # fmt: skip
