"""Correct a closed sheet: the chief judge says what and why, somebody else witnesses it, then it counts.

The correction names old and new value, the reason and both people, and is one operation of the ledger.
Source: SECURITY.md I06, DOMAIN.md section 8.2.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from competitions.events.models import Event
from competitions.judges.models import Appointment
from core import clock
from core.audit import services as audit
from core.refusals import Refusal, Refused, refuse
from scoring.rules.numbers import parse_decimal
from scoring.schemes.queries import get_scheme
from scoring.sheets import checkpoints, ledger, queries, releases, services, signatures
from scoring.sheets.models import Correction, LedgerOperation, Release, Sheet
from scoring.sheets.rules import MarkKey
from scoring.sheets.services import SheetOperation


def propose(
    session: Session, event: Event, sheet: Sheet, base: int, values: Mapping[MarkKey, str], reason: str, *,
    actor_id: int, now: datetime,
) -> Correction:  # fmt: skip
    """Keep what the chief judge wants to change; nothing counts yet.

    Shape: `values` are the marks as they should be, `base` the version of the sheet that was shown.
    Raises: Refused CORRECTION_INCOMPLETE, CORRECTION_VALUE, CORRECTION_WAITS, SHEETS_CHANGED,
    SHEET_NOT_CLOSED, CORRECTION_RELEASE once names are open and the sheet was not released.
    """
    services.lock_sheet(session, event, sheet)
    _refuse_now(session, event, sheet, base)
    if find_open(session, sheet.id) is not None:
        raise refuse("CORRECTION_WAITS")
    marks = queries.marks_of(session, sheet.id)
    changed = {key: value for key, value in values.items() if _differs(value, marks.get(key, ""))}
    if not reason.strip() or not changed:
        raise refuse("CORRECTION_INCOMPLETE", "reason" if changed else "")
    _refuse_values(session, event, sheet, changed)
    correction = Correction(
        ref=clock.new_ref(), event_id=event.id, sheet_id=sheet.id, base=base, reason=reason.strip(),
        changes=[[key.aspect, key.attempt, marks.get(key, ""), changed[key]] for key in sorted(changed)],
        proposed_by_id=actor_id, proposed_at=now,
    )  # fmt: skip
    session.add(correction)
    session.flush()
    _record(session, correction, sheet, "correction:propose", actor_id, now, reason=correction.reason)
    return correction


def witness(session: Session, event: Event, correction: Correction, *, actor_id: int, now: datetime) -> None:
    """Let a correction count, as somebody else than who wants it and than the judge of the sheet.

    Raises: Refused DUAL_CONTROL, CORRECTION_DECIDED, SHEETS_CHANGED, SHEET_NOT_CLOSED, CORRECTION_RELEASE.
    """
    sheet = correction.sheet
    services.lock_sheet(session, event, sheet)
    session.refresh(correction)
    _refuse_decided(correction)
    owner = session.get_one(Appointment, sheet.appointment_id)
    if actor_id in (correction.proposed_by_id, owner.user_id):
        raise refuse("DUAL_CONTROL")
    released = _refuse_now(session, event, sheet, correction.base)
    body = {
        "sheet": sheet.ref, "correction": correction.ref, "marks": correction.changes,
        "reason": correction.reason, "by": correction.proposed_by_id,
        "proposed": correction.proposed_at.isoformat(),
    } | ({"release": released.ref} if released else {})  # fmt: skip

    def project(operation: LedgerOperation) -> Mapping[str, Any]:
        new = {MarkKey(aspect, attempt): value for aspect, attempt, _old, value in correction.changes}
        services.replace_marks(session, sheet, new)
        sheet.state = services.after("correct", event, sheet) or sheet.state
        sheet.version += 1
        sheet.signed_hash = signatures.marks_hash(queries.marks_of(session, sheet.id))
        _decide(correction, "witnessed", actor_id, now)
        if released is not None:
            releases.use(released, now, correction)
        correction.operation = operation
        return {"version": sheet.version, "state": sheet.state, "signed_hash": sheet.signed_hash}

    proposal = ledger.Proposal(f"correction-{correction.ref}", "correct", actor_id, body)
    entered = ledger.append(session, event.id, proposal, now, project)
    checkpoints.make_checkpoint(session, event.id, "correct", now)
    operation_id = entered.operation.operation_id
    _record(session, correction, sheet, "correction:witness", actor_id, now, operation=operation_id)


def decline(
    session: Session, event: Event, correction: Correction, reason: str, *, actor_id: int, now: datetime
) -> None:
    """Refuse to witness a correction; the sheet stays as it is.

    Raises: Refused REASON_NEEDED, CORRECTION_DECIDED.
    """
    if not reason.strip():
        raise refuse("REASON_NEEDED", "reason")
    services.lock_sheet(session, event, correction.sheet)
    session.refresh(correction)
    _refuse_decided(correction)
    _decide(correction, "declined", actor_id, now)
    correction.decline_reason = reason.strip()
    session.flush()
    _record(session, correction, correction.sheet, "correction:decline", actor_id, now, reason=reason.strip())


def find_open(session: Session, sheet_id: int) -> Correction | None:
    """Return the correction of a sheet that waits for a witness."""
    return session.scalar(select(Correction).where(Correction.sheet_id == sheet_id, Correction.outcome == ""))


def find_correction(session: Session, event_id: int, number: int) -> Correction | None:
    """Return a correction of an event."""
    return session.scalar(select(Correction).where(Correction.event_id == event_id, Correction.id == number))


def list_corrections(session: Session, event_id: int, sheet_id: int | None = None) -> list[Correction]:
    """Return the corrections of an event or of one sheet, oldest first."""
    statement = select(Correction).where(Correction.event_id == event_id).order_by(Correction.id)
    return list(session.scalars(statement if sheet_id is None else statement.where(
        Correction.sheet_id == sheet_id
    )))  # fmt: skip


def count_waiting_by_event(session: Session, events: Collection[int]) -> dict[int, int]:
    """Return how many corrections wait for a witness, by event."""
    statement = (
        select(Correction.event_id, func.count())
        .where(Correction.event_id.in_(events), Correction.outcome == "")
        .group_by(Correction.event_id)
    )
    return dict(session.execute(statement).all()) if events else {}


def nothing_waits(session: Session, event: Event, now: datetime) -> list[Refusal]:
    """Ask that no correction waits for its witness."""
    waiting = select(func.count()).where(Correction.event_id == event.id, Correction.outcome == "")
    count = session.scalar(waiting) or 0
    return [Refusal("CORRECTION_OPEN", "", {"count": count})] if count else []


def _refuse_now(session: Session, event: Event, sheet: Sheet, base: int) -> Release | None:
    """Refuse what cannot be corrected now; return the release by which it can, where names are open."""
    if services.after("correct", event, sheet) is None:
        raise refuse("SHEET_NOT_CLOSED")
    released = releases.demand(session, event, sheet)
    if sheet.version != base:
        raise refuse("SHEETS_CHANGED", codes=queries.code_of(session, sheet.entry_id) or "—")
    return released


def _refuse_values(session: Session, event: Event, sheet: Sheet, values: Mapping[MarkKey, str]) -> None:
    """Refuse what the sheet could not have taken from its judge, a blank included."""
    operation = SheetOperation("", sheet.ref, sheet.version, values)
    scheme = get_scheme(session, event.id)
    aspects = services.own_aspects(session, scheme, sheet)
    answer = services.wrong_marks(session, scheme, sheet, operation, aspects)
    wrong = {key for key, value in values.items() if not value} | set(answer.errors if answer else ())
    if wrong:
        raise Refused(
            *(
                Refusal("CORRECTION_VALUE", f"{key.aspect}/{key.attempt}", {"value": values[key]})
                for key in sorted(wrong)
            )
        )


def _differs(value: str, before: str) -> bool:
    """Say whether a value is another one: 67.0 for 67 corrects nothing."""
    number = parse_decimal(value)
    return value != before if number is None else number != parse_decimal(before)


def _refuse_decided(correction: Correction) -> None:
    if correction.outcome:
        raise refuse("CORRECTION_DECIDED")


def _decide(correction: Correction, outcome: str, actor_id: int, now: datetime) -> None:
    correction.outcome, correction.decided_by_id, correction.decided_at = outcome, actor_id, now


def _record(
    session: Session, correction: Correction, sheet: Sheet, action: str, actor_id: int, now: datetime,
    **detail: str,
) -> None:  # fmt: skip
    audit.record(
        session, action, actor_id=actor_id, subject=f"sheet:{sheet.id}", now=now,
        detail={"sheet": sheet.ref, "correction": correction.ref, **detail}, event_id=correction.event_id,
    )  # fmt: skip
