"""Write what is decided beside the sheets: penalties, statuses, written decisions; all in the ledger.

What is sent again under its operation id changes nothing and is recorded as sent again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.entries.models import Entry
from competitions.events.models import Event
from core import database
from core.audit import services as audit
from core.refusals import refuse
from scoring.rules import numbers
from scoring.schemes.queries import find_current
from scoring.schemes.sums import most_points
from scoring.sheets import ledger, releases
from scoring.sheets.models import Decision, LedgerOperation, Penalty
from scoring.sheets.states import PUBLISHED

STATUSES = ("valid", "absent", "dnf", "ineligible", "dsq", "exhibition")
DECISIONS = ("order", "award", "absent_judge", "checked_in")
Row = TypeVar("Row", Penalty, Decision)


@dataclass(frozen=True)
class Act:
    """Who acts, when, under which operation id, and the reason in writing."""

    operation_id: str
    actor_id: int | None
    reason: str
    now: datetime


class Veto(NamedTuple):
    """What makes an entry ineligible: the day on which it happened, and who or what has established it."""

    on: date
    source: str


@dataclass(frozen=True)
class _Deed:
    """One kind of act on an entry: its names in the ledger and in the record, and what each keeps."""

    kind: str
    action: str
    entry: Entry
    body: Mapping[str, Any]
    detail: Mapping[str, Any]


def give_penalty(session: Session, event: Event, entry: Entry, points: str, act: Act) -> Penalty:
    """Take points off an entry's total.

    Shape: `points` is exact decimal text (SCHEME.md section 1), above 0 and at most what the scheme gives.
    Raises: Refused REASON_NEEDED, PENALTY_LATE, SCORE_FORMAT, PENALTY_ZERO, PENALTY_TOO_LARGE.
    """
    _demand_reason(act)
    if event.state in PUBLISHED:  # then the offer is for withdrawals by release alone
        raise refuse("PENALTY_LATE")
    value = numbers.parse_decimal(points)
    if value is None:
        raise refuse("SCORE_FORMAT", "points", value=points)
    if value <= 0:
        raise refuse("PENALTY_ZERO", "points")
    version = find_current(session, event.id)
    most = most_points(version.document) if version is not None else None
    if most is not None and value > most:
        raise refuse("PENALTY_TOO_LARGE", "points", most=numbers.format_short(most))
    penalty = Penalty(event_id=event.id, entry_id=entry.id, points=points, reason=act.reason)
    deed = _Deed("penalty", "penalty:give", entry, {"points": points}, {"points": points})
    return _add(session, event, penalty, deed, act)


def withdraw_penalty(session: Session, event: Event, penalty: Penalty, act: Act) -> None:
    """Take a penalty back; its row stays. Once the result is announced it takes a release.

    Raises: Refused REASON_NEEDED, ALREADY_WITHDRAWN, CORRECTION_RELEASE.
    """
    released = releases.find_open(session, penalty_id=penalty.id)
    if event.state in PUBLISHED and released is None:
        raise refuse("CORRECTION_RELEASE")
    entry = session.get_one(Entry, penalty.entry_id)
    body, detail = {"of": penalty.operation.operation_id}, {"points": penalty.points}
    deed = _Deed("withdraw_penalty", "penalty:withdraw", entry, body, detail)
    _withdraw(session, event, penalty, deed, act)
    if released is not None:
        releases.use(released, act.now)
        session.flush()


def set_status(
    session: Session, event: Event, entry: Entry, status: str, act: Act, *, veto: Veto | None = None
) -> None:
    """Set an entry's status (SCHEME.md section 5); back to valid is a status too. `veto` is of ineligible.

    Raises: Refused REASON_NEEDED, UNKNOWN_STATUS.
    """
    _demand_reason(act)
    if status not in STATUSES:
        raise refuse("UNKNOWN_STATUS", "status", value=status)
    _hold(session, event, entry)

    def project(operation: LedgerOperation) -> Mapping[str, Any]:
        entry.status, entry.status_reason = status, act.reason if status != "valid" else ""
        entry.veto_on, entry.veto_source = (veto.on, veto.source) if veto else (None, "")
        return {"status": status}

    body: dict[str, Any] = {"from": entry.status, "to": status}
    if veto is not None:
        body["veto"] = [veto.on.isoformat(), veto.source]
    _write(session, event, _Deed("status", "entry:status", entry, body, {"status": status}), act, project)


def record_decision(
    session: Session,
    event: Event,
    entry: Entry,
    kind: str,
    act: Act,
    *,
    value: str = "",
    place: tuple[str, str, str] = ("", "", ""),
) -> Decision:
    """Record a written decision; `place` is (stage, aspect, judge), empty where it does not apply.

    Raises: Refused REASON_NEEDED, DECISION_KIND.
    """
    _demand_reason(act)
    if kind not in DECISIONS:
        raise refuse("DECISION_KIND", "kind", value=kind)
    stage, aspect, judge = place
    decision = Decision(
        event_id=event.id, kind=kind, entry_id=entry.id, stage=stage, aspect=aspect, judge=judge,
        value=value, reason=act.reason,
    )  # fmt: skip
    body = {"kind": kind, "place": list(place), "value": value}
    deed = _Deed("decision", "decision:record", entry, body, {"kind": kind})
    return _add(session, event, decision, deed, act)


def withdraw_decision(session: Session, event: Event, decision: Decision, act: Act) -> None:
    """Take a written decision back; its row stays.

    Raises: Refused REASON_NEEDED, ALREADY_WITHDRAWN.
    """
    entry = session.get_one(Entry, decision.entry_id)
    body = {"of": decision.operation.operation_id, "kind": decision.kind}
    detail = {"kind": decision.kind}
    deed = _Deed("withdraw_decision", "decision:withdraw", entry, body, detail)
    _withdraw(session, event, decision, deed, act)


def _add(session: Session, event: Event, row: Row, deed: _Deed, act: Act) -> Row:
    """Store a new row with its operation; return the row of old where it is sent again."""

    def project(operation: LedgerOperation) -> Mapping[str, Any]:
        row.operation = operation
        session.add(row)
        return {}

    entered = _write(session, event, deed, act, project)
    if entered.repeated:
        return session.scalars(select(type(row)).filter_by(operation_id=entered.operation.id)).one()
    return row


def _withdraw(session: Session, event: Event, row: Penalty | Decision, deed: _Deed, act: Act) -> None:
    _demand_reason(act)
    _hold(session, event, row)
    if row.withdrawn_by_id is not None:
        raise refuse("ALREADY_WITHDRAWN")

    def project(operation: LedgerOperation) -> Mapping[str, Any]:
        row.withdrawn_by = operation
        return {}

    _write(session, event, deed, act, project)


def _write(
    session: Session,
    event: Event,
    deed: _Deed,
    act: Act,
    project: Callable[[LedgerOperation], Mapping[str, Any]],
) -> ledger.Entered:
    """Write an act to the ledger and the audit trail, both with the entry and the reason."""
    common = {"entry": deed.entry.ref, "reason": act.reason}
    proposal = ledger.Proposal(act.operation_id, deed.kind, act.actor_id, common | dict(deed.body))
    entered = ledger.append(session, event.id, proposal, act.now, project)
    action, detail = deed.action, common | dict(deed.detail)
    if entered.repeated:
        action, detail = "sheet:repeat", {"operation": act.operation_id}
    audit.record(
        session, action, actor_id=act.actor_id, subject=f"entry:{deed.entry.id}", now=act.now, detail=detail,
        event_id=event.id,
    )  # fmt: skip
    return entered


def _hold(session: Session, event: Event, row: Entry | Penalty | Decision) -> None:
    """Let nobody else write to this event's ledger, and read the row as it is now."""
    database.lock(session, f"ledger:{event.id}")
    session.refresh(row, with_for_update={"of": type(row)})  # not what was read beside it


def _demand_reason(act: Act) -> None:
    if not act.reason.strip():
        raise refuse("REASON_NEEDED", "reason")
