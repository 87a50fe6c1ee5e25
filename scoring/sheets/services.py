"""Write mark sheets, penalties and decisions through the event's ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from competitions.entries.models import Entry
from competitions.events import profiles
from competitions.events.models import Event
from competitions.judges.models import Appointment
from core import database
from core.audit import services as audit
from core.refusals import refuse
from scoring.rules.findings import Finding, error
from scoring.rules.model import Scheme, Stage
from scoring.rules.values import check_value
from scoring.schemes.queries import get_scheme
from scoring.sheets import checkpoints, ledger, looks, queries, rules, signatures, states
from scoring.sheets.models import LedgerOperation, Mark, Sheet
from scoring.sheets.rules import MarkKey
from scoring.sheets.signatures import Signature
from scoring.sheets.together import is_held


@dataclass(frozen=True)
class Desk:
    """Who writes on a judge's sheet at the desk and from what; `source` stays with the operation for ever."""

    actor_id: int
    source: Mapping[str, Any]


@dataclass(frozen=True)
class SheetOperation:
    """What a judge did on a sheet: `base` is the version it was done on; an empty value takes a mark away.

    `desk` where it was not the judge who wrote it down: marks from paper, or from a list.
    `signature` is what came with a signature on a device: it holds for the marks it names and for no others.
    """

    operation_id: str
    sheet_ref: str
    base: int
    marks: Mapping[MarkKey, str] = field(default_factory=dict)
    device_time: str = ""
    device: str = ""
    desk: Desk | None = None
    signature: Signature | None = None


@dataclass(frozen=True)
class Answer:
    """What a tablet is told; anything but "applied" and "duplicate" has changed nothing.

    `marks` are the server's marks where they are not what was sent; `errors` say per mark what is wrong with
    it; `receipt` is the fingerprint of the operation in the ledger.
    """

    outcome: Literal["applied", "duplicate", "conflict", "rejected", "locked"]
    version: int
    state: str
    marks: Mapping[MarkKey, str]
    errors: Mapping[MarkKey, Finding] = field(default_factory=dict)
    missing: Sequence[MarkKey] = ()
    receipt: str = ""


def save_marks(
    session: Session, event: Event, sheet: Sheet, operation: SheetOperation, now: datetime
) -> Answer:
    """Store marks on a judge's own sheet.

    Raises: Refused OPERATION_REUSED when the operation id was used for something else.
    """
    owner = _owner(session, sheet)
    lock_sheet(session, event, sheet)
    proposal = _proposal(operation, "save", owner)
    repeated = ledger.find_repeated(session, event.id, proposal)
    if repeated:
        return _answer(session, sheet, "duplicate", repeated)
    # What is wrong with the values alone comes first: asked again, it gets the same answer whatever has
    # happened to the sheet, or to who marks it, in between.
    scheme = get_scheme(session, event.id)
    refused = (
        wrong_marks(session, scheme, sheet, operation)
        or _not_now(session, event, sheet, operation, now)
        or wrong_marks(session, scheme, sheet, operation, own_aspects(session, scheme, sheet))
        or _not_asked(session, sheet, operation)
    )
    if refused:
        return refused

    def project(row: LedgerOperation) -> Mapping[str, Any]:
        replace_marks(session, sheet, operation.marks)
        sheet.version += 1
        return {"version": sheet.version, "state": sheet.state}

    entered = ledger.append(session, event.id, proposal, now, project)
    _record(session, event, sheet, "sheet:save", entered.operation, now)
    return _answer(session, sheet, "applied", entered.operation)


def sign_sheet(
    session: Session, event: Event, sheet: Sheet, operation: SheetOperation, now: datetime
) -> Answer:
    """Sign a judge's own sheet: nothing may be missing; what it makes of the sheet says the profile.

    Raises: Refused OPERATION_REUSED when the operation id was used for something else.
    """
    owner = _owner(session, sheet)
    lock_panel(session, event, sheet)
    proposal = _proposal(operation, "sign", owner)
    repeated = ledger.find_repeated(session, event.id, proposal)
    if repeated:
        return _answer(session, sheet, "duplicate", repeated)
    refused = (
        _not_now(session, event, sheet, operation, now)
        or _other_marks(session, sheet, operation)
        or _incomplete(session, sheet)
    )
    if refused:
        return refused

    asked = looks.open_looks(session, sheet)

    def project(row: LedgerOperation) -> Mapping[str, Any]:
        sheet.state = after("sign", event, sheet) or sheet.state
        sheet.version += 1
        sheet.signed_at = now
        marks = queries.marks_of(session, sheet.id)
        sheet.signed_hash = signatures.marks_hash(marks)
        looks.answer(asked, marks, operation.signature.reason if operation.signature else "", row)
        return {"version": sheet.version, "state": sheet.state, "signed_hash": sheet.signed_hash}

    entered = ledger.append(session, event.id, proposal, now, project)
    _record(session, event, sheet, "sheet:sign", entered.operation, now)
    looks.ask(session, event, sheet, now)
    checkpoints.make_checkpoint(session, event.id, "sign", now)
    return _answer(session, sheet, "applied", entered.operation)


def reopen_sheet(
    session: Session,
    event: Event,
    sheet: Sheet,
    *,
    operation_id: str,
    reason: str,
    actor_id: int,
    now: datetime,
) -> None:
    """Give a signed sheet back to its judge, with a reason; the old marks stay in the ledger.

    Raises: Refused REASON_NEEDED, SHEET_NOT_LOCKED, SHEET_LOCKED (where only a correction changes it).
    """
    if not reason.strip():
        raise refuse("REASON_NEEDED", "reason")
    lock_sheet(session, event, sheet)
    if after("return", event, sheet) is None:
        locked = event.state == "scoring" and sheet.state in states.CLOSED
        raise refuse("SHEET_LOCKED" if locked else "SHEET_NOT_LOCKED")
    body = {"sheet": sheet.ref, "reason": reason, "marks": _listed(queries.marks_of(session, sheet.id))}

    def project(row: LedgerOperation) -> Mapping[str, Any]:
        sheet.state, sheet.signed_at, sheet.signed_hash = "returned", None, None
        sheet.version += 1
        return {"version": sheet.version, "state": sheet.state}

    proposal = ledger.Proposal(operation_id, "reopen", actor_id, body)
    entered = ledger.append(session, event.id, proposal, now, project)
    audit.record(
        session,
        "sheet:reopen",
        actor_id=actor_id,
        subject=f"sheet:{sheet.id}",
        now=now,
        detail={"sheet": sheet.ref, "operation": entered.operation.operation_id, "reason": reason},
        event_id=event.id,
    )


def _owner(session: Session, sheet: Sheet) -> Appointment:
    """Return the appointment whose sheet this is."""
    return session.get_one(Appointment, sheet.appointment_id)


def after(act: str, event: Event, sheet: Sheet) -> str | None:
    """Return where an act leads from the state of a sheet, or None where it is not possible now."""
    closing = profiles.get(event.competition.profile).closing
    return states.after(act, sheet.state, closing, event.state)


def lock_sheet(session: Session, event: Event, sheet: Sheet) -> None:
    """Hold the sheet and read it and its event anew, so that nobody signs what somebody else is changing."""
    if is_held(session, sheet):
        return
    session.refresh(event, with_for_update={"read": True, "of": Event})
    session.refresh(sheet, with_for_update={"of": Sheet})


def lock_panel(session: Session, event: Event, sheet: Sheet) -> None:
    """Hold all sheets of an entry in a stage, in one order: a signature may give several of them back."""
    session.refresh(event, with_for_update={"read": True, "of": Event})
    panel = select(Sheet).where(Sheet.entry_id == sheet.entry_id, Sheet.stage == sheet.stage)
    held = panel.order_by(Sheet.id).with_for_update(of=Sheet).execution_options(populate_existing=True)
    session.scalars(held).all()


def _not_asked(session: Session, sheet: Sheet, operation: SheetOperation) -> Answer | None:
    """Let whoever was asked to look again change what was asked, and nothing else."""
    asked = looks.open_places(session, sheet)
    return _answer(session, sheet, "locked") if asked and not operation.marks.keys() <= asked else None


def _not_now(
    session: Session, event: Event, sheet: Sheet, operation: SheetOperation, now: datetime
) -> Answer | None:
    own = select(Entry.status).where(Entry.id == sheet.entry_id)
    status = database.kept(session, ("status", sheet.entry_id), lambda: session.scalar(own))
    competing = status in rules.COMPETING
    if after("save", event, sheet) is None or not competing or _is_late(event, operation, now):
        return _answer(session, sheet, "locked")
    if operation.base != sheet.version:
        return _answer(session, sheet, "conflict")
    return None


def _is_late(event: Event, operation: SheetOperation, now: datetime) -> bool:
    """Say whether the time for marks is over; a paper that came in time may be keyed in later."""
    return event.marks_until is not None and now >= event.marks_until and operation.desk is None


def _other_marks(session: Session, sheet: Sheet, operation: SheetOperation) -> Answer | None:
    """Refuse a signature over other marks than those that are here: a conflict, as after a change."""
    signed = operation.signature
    if signed is None or signed.marks_hash == signatures.marks_hash(queries.marks_of(session, sheet.id)):
        return None
    return _answer(session, sheet, "conflict")


def wrong_marks(
    session: Session,
    scheme: Scheme,
    sheet: Sheet,
    operation: SheetOperation,
    aspects: Sequence[str] | None = None,
) -> Answer | None:
    """Return what is wrong with the values for these aspects; None: for every aspect of the stage."""
    stage = scheme.find_stage(sheet.stage)
    if stage is None:
        raise refuse("SCHEME_MISSING")
    mine = [aspect.code for aspect in stage.aspects] if aspects is None else aspects
    errors = {key: _no_place(stage, mine, key) for key in rules.outside_sheet(stage, mine, operation.marks)}
    for key, value in operation.marks.items():
        aspect = scheme.find_aspect(sheet.stage, key.aspect)
        finding = check_value(aspect, value) if aspect and value and key not in errors else None
        if finding is not None:
            errors[key] = finding
    if not errors:
        return None
    return Answer("rejected", sheet.version, sheet.state, queries.marks_of(session, sheet.id), errors)


def _no_place(stage: Stage, mine: Sequence[str], key: MarkKey) -> Finding:
    where = f"{stage.code}.{key.aspect}/{key.attempt}"
    if key.aspect not in mine:
        return error("UNKNOWN_ASPECT", "aspect", where, stage=stage.code, aspect=key.aspect)
    return error("ATTEMPT", "attempt", where, value=str(key.attempt), most=stage.attempts)


def _incomplete(session: Session, sheet: Sheet) -> Answer | None:
    scheme = get_scheme(session, sheet.event_id)
    stage = scheme.find_stage(sheet.stage)
    if stage is None:
        raise refuse("SCHEME_MISSING")
    marks = queries.marks_of(session, sheet.id)
    missing = rules.missing_marks(stage, own_aspects(session, scheme, sheet), marks)
    return Answer("rejected", sheet.version, sheet.state, marks, missing=missing) if missing else None


def own_aspects(session: Session, scheme: Scheme, sheet: Sheet) -> list[str]:
    """Return the aspects that the judge of a sheet marks on it."""
    seats = queries.seats_of_entry(session, sheet.event_id, sheet.entry_id)
    return rules.judges_aspects(scheme, seats, _owner(session, sheet).code, sheet.stage)


def replace_marks(session: Session, sheet: Sheet, marks: Mapping[MarkKey, str]) -> None:
    """Put values in the place of those on a sheet; an empty one takes a mark away."""
    there = database.kept(session, ("marked", sheet.id), lambda: set(marks))
    for key, value in marks.items():
        here = (Mark.sheet_id == sheet.id, Mark.aspect == key.aspect, Mark.attempt == key.attempt)
        if key in there:
            session.execute(delete(Mark).where(*here))
        there.add(key)  # for the next one on this sheet, where several are done together
        if value:
            session.add(Mark(sheet_id=sheet.id, aspect=key.aspect, attempt=key.attempt, value=value))
    if not database.is_sharing(session):
        session.flush()
    session.expire(sheet, ["marks"])


def _proposal(operation: SheetOperation, kind: str, owner: Appointment) -> ledger.Proposal:
    body = {
        "sheet": operation.sheet_ref,
        "base": operation.base,
        "marks": _listed(operation.marks),
        "device_time": operation.device_time,
    }
    if operation.device:
        body["device"] = operation.device
    if operation.desk:
        body["desk"] = dict(operation.desk.source)
    if operation.signature is not None:
        body["signature"] = operation.signature.stated()
    actor_id = operation.desk.actor_id if operation.desk else owner.user_id
    return ledger.Proposal(operation.operation_id, kind, actor_id, body)


def _listed(marks: Mapping[MarkKey, str]) -> list[list[Any]]:
    return [[key.aspect, key.attempt, marks[key]] for key in sorted(marks)]


def _answer(
    session: Session,
    sheet: Sheet,
    outcome: Literal["applied", "duplicate", "conflict", "locked"],
    operation: LedgerOperation | None = None,
) -> Answer:
    if operation:
        told = operation.answer
        return Answer(outcome, told["version"], told["state"], {}, receipt=operation.hash)
    return Answer(outcome, sheet.version, sheet.state, queries.marks_of(session, sheet.id))


def _record(
    session: Session, event: Event, sheet: Sheet, action: str, operation: LedgerOperation, now: datetime
) -> None:
    audit.record(
        session,
        action,
        actor_id=operation.actor_id,
        subject=f"sheet:{sheet.id}",
        now=now,
        detail={"sheet": sheet.ref, "operation": operation.operation_id},
        event_id=event.id,
    )
