"""Ask the judges whose marks lie too far apart to look again, and keep what they answer; both values stay.

Asked once, after the whole panel has signed: of these sheets the places in question are open again, nothing
else. What is still apart after the answers is the chief judge's: a correction by two people. What a judge is
told of it is which of the own marks, and no more. Source: DOMAIN.md 4.6, 8.2.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.draw.models import EntryCode
from competitions.entries.models import Entry
from competitions.events import profiles
from competitions.events.models import Event
from competitions.judges.models import Appointment
from core import clock
from core.audit import services as audit
from core.i18n import listed
from core.refusals import Refusal, refuse
from scoring.schemes.queries import get_scheme
from scoring.sheets import ledger, queries, rules, signatures, spread, states
from scoring.sheets.models import LedgerOperation, Mark, SecondLook, Sheet
from scoring.sheets.rules import MarkKey
from scoring.sheets.spread import Apart

NAMED = 6


def open_looks(session: Session, sheet: Sheet) -> list[SecondLook]:
    """Return what the judge of a sheet is asked to look at; of a sheet that is not open, nothing."""
    if sheet.state != "returned":
        return []
    return list(
        session.scalars(
            select(SecondLook)
            .where(SecondLook.sheet_id == sheet.id, SecondLook.outcome == "")
            .order_by(SecondLook.id)
        )
    )


def open_places(session: Session, sheet: Sheet) -> set[MarkKey]:
    """Return the places of a sheet that are open for a second look; without any, the whole sheet is."""
    return {key_of(look) for look in open_looks(session, sheet)}


def key_of(look: SecondLook) -> MarkKey:
    """Return the place that was asked about."""
    return MarkKey(look.aspect, look.attempt)


def nothing_open(session: Session, event: Event, now: datetime) -> list[Refusal]:
    """Ask that no request to look again is open."""
    if all(row.state != "returned" for row in queries.list_sheets(session, event.id)):
        return []
    rows = session.scalars(
        select(EntryCode.code)
        .join(Sheet, Sheet.entry_id == EntryCode.entry_id)
        .join(SecondLook, SecondLook.sheet_id == Sheet.id)
        .where(SecondLook.event_id == event.id, SecondLook.outcome == "", Sheet.state == "returned")
        .order_by(EntryCode.code)
    ).all()
    codes = listed(list(dict.fromkeys(rows))[:NAMED])
    return [Refusal("LOOKS_OPEN", "", {"count": len(rows), "codes": codes})] if rows else []


def ask(session: Session, event: Event, sheet: Sheet, now: datetime) -> None:
    """Give back what lies too far apart, once the panel of an entry is complete; the caller holds its sheets.

    What was asked before is not asked again, nor what can no longer be given back.
    """
    found = find_apart(session, event, sheet.entry_id, sheet.stage)
    if not found:
        return
    before, sheets = _asked_before(session, sheet), _sheets_by_judge(session, sheet.entry_id, sheet.stage)
    askable = [
        place
        for place in found
        if place.key not in before and all(_returnable(event, sheets[judge]) for judge in place.judges)
    ]
    if askable:
        _give_back(session, event, sheet, spread.by_judge(askable), sheets, now)


def find_apart(session: Session, event: Event, entry_id: int, stage_code: str) -> list[Apart]:
    """Return where the complete panels of an entry in a stage are too far apart."""
    scheme = get_scheme(session, event.id)
    stage = scheme.find_stage(stage_code)
    if stage is None or all(aspect.panel.max_spread is None for aspect in stage.aspects):
        return []
    absences = queries.list_absences(session, event.id)
    code = queries.code_of(session, entry_id) or ""
    seated = rules.panels(scheme, queries.seats_of_entry(session, event.id, entry_id))
    panels = {
        aspect: [j for j in judges if not rules.is_excused(absences, code, j, stage_code)]
        for (where, aspect), judges in seated.items()
        if where == stage_code
    }
    signed = {
        judge: queries.marks_of(session, sheet.id)
        for judge, sheet in _sheets_by_judge(session, entry_id, stage_code).items()
        if sheet.state not in states.UNSIGNED
    }
    return spread.find_apart(stage, panels, signed)


def _sheets_by_judge(session: Session, entry_id: int, stage: str) -> dict[str, Sheet]:
    rows = session.execute(
        select(Appointment.code, Sheet)
        .join(Appointment, Appointment.id == Sheet.appointment_id)
        .where(Sheet.entry_id == entry_id, Sheet.stage == stage, Sheet.state != states.PASSED)
        .order_by(Sheet.id)
    )
    return {row[0]: row[1] for row in rows}


def _asked_before(session: Session, sheet: Sheet) -> set[MarkKey]:
    rows = session.execute(
        select(SecondLook.aspect, SecondLook.attempt)
        .join(SecondLook.sheet)
        .where(Sheet.entry_id == sheet.entry_id, Sheet.stage == sheet.stage)
    )
    return {MarkKey(*row) for row in rows}


def _returnable(event: Event, sheet: Sheet) -> bool:
    closing = profiles.get(event.competition.profile).closing
    return states.after("return", sheet.state, closing, event.state) is not None


def _give_back(
    session: Session, event: Event, signed: Sheet, asked: Mapping[str, Sequence[MarkKey]],
    sheets: Mapping[str, Sheet], now: datetime,
) -> None:  # fmt: skip
    entry = session.get_one(Entry, signed.entry_id)
    marks = {judge: queries.marks_of(session, sheets[judge].id) for judge in asked}
    places = [
        [sheets[judge].ref, [[key.aspect, key.attempt, marks[judge][key]] for key in keys]]
        for judge, keys in sorted(asked.items())
    ]
    body = {"entry": entry.ref, "stage": signed.stage, "sheets": places}

    def project(row: LedgerOperation) -> Mapping[str, Any]:
        for judge, keys in asked.items():
            sheet = sheets[judge]
            sheet.state, sheet.signed_at, sheet.signed_hash = "returned", None, None
            sheet.version += 1
            session.add_all(
                SecondLook(
                    event_id=event.id, sheet=sheet, aspect=key.aspect, attempt=key.attempt,
                    before=marks[judge][key], operation=row,
                )
                for key in keys
            )  # fmt: skip
        return {"sheets": len(asked)}

    operation_id = clock.new_ref()
    ledger.append(session, event.id, ledger.Proposal(operation_id, "look_again", None, body), now, project)
    audit.record(
        session, "sheet:look_again", actor_id=None, subject=f"entry:{entry.id}", now=now, event_id=event.id,
        detail={
            "entry": entry.ref, "stage": signed.stage, "operation": operation_id, "sheets": len(asked),
        },
    )  # fmt: skip


def answer(
    asked: Sequence[SecondLook], marks: Mapping[MarkKey, str], note: str, operation: LedgerOperation
) -> None:
    """Keep what a judge who has signed again has made of the request: the value was kept or changed."""
    for look in asked:
        look.after = marks.get(key_of(look), "")
        look.outcome = "kept" if look.after == look.before else "changed"
        look.note, look.answer = note, operation


def end(
    session: Session, event: Event, sheet: Sheet, *, operation_id: str, reason: str, actor_id: int,
    now: datetime,
) -> None:  # fmt: skip
    """Let the values that were signed first count, where a judge does not answer; with a reason.

    The caller holds the sheet. Raises: Refused REASON_NEEDED, LOOK_NOT_OPEN.
    """
    if not reason.strip():
        raise refuse("REASON_NEEDED", "reason")
    open_ones = open_looks(session, sheet)
    closing = profiles.get(event.competition.profile).closing
    signed = states.after("sign", sheet.state, closing, event.state)
    if not open_ones or signed is None:
        raise refuse("LOOK_NOT_OPEN")
    marks = [[look.aspect, look.attempt, look.before] for look in open_ones]
    body = {"sheet": sheet.ref, "reason": reason, "marks": marks}

    def project(row: LedgerOperation) -> Mapping[str, Any]:
        for look in open_ones:
            _restore(session, sheet, look)
        session.flush()
        session.expire(sheet, ["marks"])
        sheet.state, sheet.signed_at = signed, now
        sheet.version += 1
        sheet.signed_hash = signatures.marks_hash(queries.marks_of(session, sheet.id))
        for look in open_ones:  # last: they bring the operation along, which is not whole before its answer
            look.after, look.outcome, look.note, look.answer = look.before, "ended", reason, row
        return {"version": sheet.version, "state": sheet.state, "signed_hash": sheet.signed_hash}

    ledger.append(session, event.id, ledger.Proposal(operation_id, "look_end", actor_id, body), now, project)
    audit.record(
        session, "sheet:look_end", actor_id=actor_id, subject=f"sheet:{sheet.id}", now=now,
        event_id=event.id, detail={"sheet": sheet.ref, "operation": operation_id, "reason": reason},
    )  # fmt: skip


def _restore(session: Session, sheet: Sheet, look: SecondLook) -> None:
    mark = session.scalar(
        select(Mark).where(
            Mark.sheet_id == sheet.id, Mark.aspect == look.aspect, Mark.attempt == look.attempt
        )
    )
    if mark is None:
        session.add(Mark(sheet_id=sheet.id, aspect=look.aspect, attempt=look.attempt, value=look.before))
    else:
        mark.value = look.before
