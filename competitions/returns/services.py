"""Open periods; save, submit, accept and send back returns, each on record with the figures as they were."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from competitions.organisations.models import Union
from competitions.returns import checking, computed, queries
from competitions.returns.figures import ADDITIVE, PLACES, as_json, counted_as_json
from competitions.returns.models import ReturnPeriod, ReturnStep, UnionReturn
from competitions.returns.rules import (
    ACCEPTED,
    DRAFT,
    OPEN,
    SENT_BACK,
    SUBMITTED,
    Figure,
    completed,
    impossible,
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

    Raises: Refused PERIOD_DAYS or PERIOD_DUE where the days cannot be, PERIOD_TWICE.
    """
    _refuse_period(session, union.id, values, None)
    period = ReturnPeriod(
        ref=ref, union_id=union.id, opened_at=now, opened_by_id=actor_id, **values._asdict()
    )
    session.add(period)
    session.flush()
    days = {"first": values.first_day.isoformat(), "last": values.last_day.isoformat()}
    _record(session, period, "return:open", union.id, actor_id, now, **days)
    return period


def change_period(
    session: Session, period: ReturnPeriod, values: PeriodValues, *, actor_id: int | None, now: datetime
) -> None:
    """Correct what is asked for, while nothing was submitted.

    Raises: Refused PERIOD_BEGUN, PERIOD_WITHDRAWN, or as `open_period` does.
    """
    _hold_unanswered(session, period)
    _refuse_period(session, period.union_id, values, period)
    for name, value in values._asdict().items():
        setattr(period, name, value)
    session.flush()
    days = {"first": values.first_day.isoformat(), "last": values.last_day.isoformat()}
    _record(session, period, "return:change", period.union_id, actor_id, now, title=values.title, **days)


def withdraw_period(
    session: Session, period: ReturnPeriod, *, actor_id: int | None, now: datetime
) -> None:
    """Ask no longer; what was filled in so far stays readable.

    Raises: Refused PERIOD_BEGUN, PERIOD_WITHDRAWN.
    """
    _hold_unanswered(session, period)
    period.withdrawn_at = now
    session.flush()
    _record(session, period, "return:withdraw", period.union_id, actor_id, now, title=period.title)


def _hold_unanswered(session: Session, period: ReturnPeriod) -> None:
    _hold(session, period)
    if queries.has_steps(session, period):
        raise refuse("PERIOD_BEGUN")


def _refuse_period(
    session: Session, union_id: int, values: PeriodValues, own: ReturnPeriod | None
) -> None:
    database.lock(session, f"return-periods:{union_id}")
    found = []
    if values.last_day < values.first_day:
        found.append(Refusal("PERIOD_DAYS", "last_day"))
    if values.due_on is not None and values.due_on < values.first_day:
        found.append(Refusal("PERIOD_DUE", "due_on"))
    same = queries.find_same(session, union_id, values.first_day, values.last_day)
    if same is not None and same is not own:
        found.append(Refusal("PERIOD_TWICE", "first_day", {"title": same.title}))
    if found:
        raise Refused(*found)


def save_return(
    session: Session, period: ReturnPeriod, union_id: int, filled: Filled, version: int, *,
    actor_id: int | None, now: datetime,
) -> UnionReturn:  # fmt: skip
    """Keep what was filled in so far; `version` is the one with which the form was opened, 0 for none yet.

    Raises: Refused RETURN_CLOSED, RETURN_CHANGED, or STAT_LOGIC for each figure that cannot be.
    """
    if wrong := impossible(filled.figures, PLACES):
        raise Refused(*checking.refusals(wrong))
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


def submit(
    session: Session, period: ReturnPeriod, given: UnionReturn, *,
    actor_id: int | None, now: datetime, version: int | None = None,
) -> None:  # fmt: skip
    """Send a return to the union above; that of the union which opened the period is accepted at once.

    `version` is that of the figures that were looked at, where a page says so.
    Raises: Refused RETURN_CLOSED, RETURN_UNSEEN, RETURN_HEAD, or STAT_LOGIC for each thing that cannot be.
    """
    _hold(session, period)
    session.refresh(given)
    if given.state not in OPEN:
        raise refuse("RETURN_CLOSED")
    _demand_seen(given, version)
    if found := checking.wrong(given, checking.around(session, period, given.union_id)):
        raise Refused(*found)
    top = given.union_id == period.union_id
    _step(session, period, given, ACCEPTED if top else SUBMITTED, "", actor_id, now)
    _record(session, period, "return:submit", given.union_id, actor_id, now, sha256=_digest(given))


def accept(
    session: Session, period: ReturnPeriod, given: UnionReturn, *,
    actor_id: int | None, now: datetime, version: int | None = None,
) -> None:  # fmt: skip
    """Take the return of a union below into the own one; `version` as for `submit`.

    Raises: Refused RETURN_NOT_SUBMITTED, RETURN_UNSEEN, RETURN_ABOVE.
    """
    _hold(session, period)
    session.refresh(given)
    if given.state != SUBMITTED:
        raise refuse("RETURN_NOT_SUBMITTED")
    _demand_seen(given, version)
    _demand_open_above(session, period, given)
    _step(session, period, given, ACCEPTED, "", actor_id, now)
    _record(session, period, "return:accept", given.union_id, actor_id, now, sha256=_digest(given))


def _demand_seen(given: UnionReturn, version: int | None) -> None:
    if version is not None and version != given.version:
        raise refuse("RETURN_UNSEEN")


def send_back(
    session: Session, period: ReturnPeriod, given: UnionReturn, reason: str, *,
    actor_id: int | None, now: datetime, version: int | None = None,
) -> None:  # fmt: skip
    """Give a return back to be mended, also one that was accepted, as long as nothing above builds on it.

    `version` as for `submit`; it is looked at before the reason, which may speak of other figures.
    Raises: Refused RETURN_NOT_SUBMITTED, RETURN_UNSEEN, RETURN_REASON, RETURN_ABOVE.
    """
    _hold(session, period)
    session.refresh(given)
    if given.state not in (SUBMITTED, ACCEPTED):
        raise refuse("RETURN_NOT_SUBMITTED")
    _demand_seen(given, version)
    if not reason or len(reason) > REASON_MOST:
        raise refuse("RETURN_REASON", "reason", most=REASON_MOST)
    _demand_open_above(session, period, given)
    _step(session, period, given, SENT_BACK, reason, actor_id, now)
    _record(session, period, "return:send_back", given.union_id, actor_id, now, reason=reason)


def record_form(
    session: Session, period: ReturnPeriod, union_id: int, upload: Upload, *,
    actor_id: int | None, now: datetime,
) -> None:  # fmt: skip
    """Put on record which filled-in form was brought; what it says is saved by who has looked at it."""
    detail = {"file": upload.name, "sha256": upload.sha256}
    _record(session, period, "return:form", union_id, actor_id, now, **detail)


def built_upon(session: Session, period: ReturnPeriod, given: UnionReturn) -> Union | None:
    """Return the union above whose return builds on this one, once it is submitted; until then nobody."""
    if given.union_id == period.union_id or given.union.parent_id is None:
        return None
    above = queries.find_return(session, period, given.union.parent_id)
    return above.union if above is not None and above.state not in OPEN else None


def _demand_open_above(session: Session, period: ReturnPeriod, given: UnionReturn) -> None:
    if above := built_upon(session, period, given):
        raise refuse("RETURN_ABOVE", union=above.name)


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
            figures=given.figures, computed=counted_as_json(counted),
        )  # fmt: skip
    )
    session.flush()


def _digest(given: UnionReturn) -> str:
    return canonical.digest(given.figures)


def _hold(session: Session, period: ReturnPeriod) -> None:
    """Let returns of a period change one after the other: what is above builds on what is below.

    Raises: Refused PERIOD_WITHDRAWN.
    """
    database.lock(session, f"returns:{period.id}")
    session.refresh(period)
    if period.withdrawn_at is not None:
        raise refuse("PERIOD_WITHDRAWN")


def _record(
    session: Session, period: ReturnPeriod, action: str, union_id: int, actor_id: int | None, now: datetime,
    **detail: object,
) -> None:  # fmt: skip
    audit.record(
        session, action, actor_id=actor_id, subject=f"return_period:{period.id}", now=now,
        detail={"union": union_id, **detail},
    )  # fmt: skip
