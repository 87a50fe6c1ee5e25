"""Write what is decided beside the sheets: penalties, statuses, written decisions; all in the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from competitions.entries.models import Entry
from competitions.events.models import Event
from core import database
from core.audit import services as audit
from core.refusals import refuse
from scoring.rules import numbers
from scoring.sheets import ledger
from scoring.sheets.models import Decision, LedgerOperation, Penalty

STATUSES = ("valid", "absent", "dnf", "ineligible", "dsq", "exhibition")
DECISIONS = ("order", "award", "absent_judge", "checked_in")


@dataclass(frozen=True)
class Act:
    """Who acts, when, under which operation id, and the reason in writing."""

    operation_id: str
    actor_id: int | None
    reason: str
    now: datetime


def give_penalty(session: Session, event: Event, entry: Entry, points: str, act: Act) -> Penalty:
    """Take points off an entry's total.

    Shape: `points` is exact decimal text (SCHEME.md section 1), not negative.
    Raises: Refused REASON_NEEDED, SCORE_FORMAT, SCORE_RANGE.
    """
    _demand_reason(act)
    value = numbers.parse_decimal(points)
    if value is None:
        raise refuse("SCORE_FORMAT", "points", value=points)
    if value < 0:
        raise refuse("SCORE_RANGE", "points", value=points)
    made: list[Penalty] = []

    def project(row: LedgerOperation) -> Mapping[str, Any]:
        penalty = Penalty(
            event_id=event.id, entry_id=entry.id, points=points, reason=act.reason, operation_id=row.id
        )
        session.add(penalty)
        session.flush()
        made.append(penalty)
        return {"penalty": penalty.id}

    body = {"entry": entry.ref, "points": points, "reason": act.reason}
    entered = _append(session, event, "penalty", body, act, project)
    detail = {"entry": entry.ref, "points": points, "reason": act.reason}
    _record(session, event, "penalty:give", f"entry:{entry.id}", detail, act)
    return made[0] if made else session.get_one(Penalty, entered.operation.answer["penalty"])


def withdraw_penalty(session: Session, event: Event, penalty: Penalty, act: Act) -> None:
    """Take a penalty back; its row stays.

    Raises: Refused REASON_NEEDED, ALREADY_WITHDRAWN.
    """
    _demand_reason(act)
    _hold(session, event, penalty)
    if penalty.withdrawn_by_id is not None:
        raise refuse("ALREADY_WITHDRAWN")
    entry = session.get_one(Entry, penalty.entry_id)

    def project(row: LedgerOperation) -> Mapping[str, Any]:
        penalty.withdrawn_by_id = row.id
        return {"penalty": penalty.id}

    body = {"penalty": penalty.id, "entry": entry.ref, "reason": act.reason}
    _append(session, event, "withdraw_penalty", body, act, project)
    detail = {"entry": entry.ref, "points": penalty.points, "reason": act.reason}
    _record(session, event, "penalty:withdraw", f"entry:{entry.id}", detail, act)


def set_status(session: Session, event: Event, entry: Entry, status: str, act: Act) -> None:
    """Set an entry's status (SCHEME.md section 5); back to valid is a status too.

    Raises: Refused REASON_NEEDED, UNKNOWN_STATUS.
    """
    _demand_reason(act)
    if status not in STATUSES:
        raise refuse("UNKNOWN_STATUS", "status", value=status)
    _hold(session, event, entry)
    before = entry.status

    def project(row: LedgerOperation) -> Mapping[str, Any]:
        entry.status, entry.status_reason = status, act.reason if status != "valid" else ""
        return {"status": status}

    body = {"entry": entry.ref, "from": before, "to": status, "reason": act.reason}
    _append(session, event, "status", body, act, project)
    detail = {"entry": entry.ref, "status": status, "reason": act.reason}
    _record(session, event, "entry:status", f"entry:{entry.id}", detail, act)


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
    made: list[Decision] = []

    def project(row: LedgerOperation) -> Mapping[str, Any]:
        decision = Decision(
            event_id=event.id,
            kind=kind,
            entry_id=entry.id,
            stage=stage,
            aspect=aspect,
            judge=judge,
            value=value,
            reason=act.reason,
            operation_id=row.id,
        )
        session.add(decision)
        session.flush()
        made.append(decision)
        return {"decision": decision.id}

    body = {"kind": kind, "entry": entry.ref, "place": list(place), "value": value, "reason": act.reason}
    entered = _append(session, event, "decision", body, act, project)
    detail = {"kind": kind, "entry": entry.ref, "reason": act.reason}
    _record(session, event, "decision:record", f"entry:{entry.id}", detail, act)
    return made[0] if made else session.get_one(Decision, entered.operation.answer["decision"])


def withdraw_decision(session: Session, event: Event, decision: Decision, act: Act) -> None:
    """Take a written decision back; its row stays.

    Raises: Refused REASON_NEEDED, ALREADY_WITHDRAWN.
    """
    _demand_reason(act)
    _hold(session, event, decision)
    if decision.withdrawn_by_id is not None:
        raise refuse("ALREADY_WITHDRAWN")
    entry = session.get_one(Entry, decision.entry_id)

    def project(row: LedgerOperation) -> Mapping[str, Any]:
        decision.withdrawn_by_id = row.id
        return {"decision": decision.id}

    body = {"decision": decision.id, "kind": decision.kind, "entry": entry.ref, "reason": act.reason}
    _append(session, event, "withdraw_decision", body, act, project)
    detail = {"kind": decision.kind, "entry": entry.ref, "reason": act.reason}
    _record(session, event, "decision:withdraw", f"entry:{entry.id}", detail, act)


def _hold(session: Session, event: Event, row: Entry | Penalty | Decision) -> None:
    """Let nobody else write to this event's ledger, and read the row as it is now."""
    database.lock(session, f"ledger:{event.id}")
    session.refresh(row, with_for_update={"of": type(row)})  # not what was read beside it


def _demand_reason(act: Act) -> None:
    if not act.reason.strip():
        raise refuse("REASON_NEEDED", "reason")


def _append(
    session: Session, event: Event, kind: str, body: Mapping[str, Any], act: Act, project: Any
) -> ledger.Entered:
    proposal = ledger.Proposal(act.operation_id, kind, act.actor_id, body)
    return ledger.append(session, event.id, proposal, act.now, project)


def _record(
    session: Session, event: Event, action: str, subject: str, detail: Mapping[str, object], act: Act
) -> None:
    audit.record(
        session, action, actor_id=act.actor_id, subject=subject, now=act.now, detail=detail, event_id=event.id
    )
