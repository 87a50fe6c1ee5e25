"""Hand a judge's unsigned sheets to another judge, in the event's ledger; what was signed stays.

The event is held by the caller, and whoever signs holds it, too: a sheet is signed before or passed on, never
both.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from competitions.events.models import Event
from competitions.judges.checks import HandingOver, TakenOver
from competitions.judges.models import Appointment
from core import clock
from core.refusals import Refusal, refuse
from scoring.sheets import ledger, states
from scoring.sheets.models import Handover, LedgerOperation, Sheet


def hand_over(session: Session, event: Event, act: HandingOver) -> int:
    """Give every unsigned sheet of a judge to the one who stands in; return how many there were.

    Marks that were not signed stay in the ledger and count for nothing: nobody signs another's marks.
    Raises: Refused SUBSTITUTE_NOTHING, SUBSTITUTE_MARKS_THERE.
    """
    mine = select(Sheet).where(Sheet.appointment_id == act.out.id, Sheet.state.in_(states.EDITABLE))
    held = mine.order_by(Sheet.id).with_for_update().execution_options(populate_existing=True)
    sheets = list(session.scalars(held))
    if not sheets:
        raise refuse("SUBSTITUTE_NOTHING", "who", name=act.out.user.name)
    _refuse_doubles(session, sheets, act)
    taken = [(sheet, clock.new_ref()) for sheet in sheets]
    body = {
        "from": act.out.code, "to": act.stand_in.code, "reason": act.reason,
        "sheets": [[sheet.ref, ref] for sheet, ref in taken],
    }  # fmt: skip

    def project(operation: LedgerOperation) -> Mapping[str, Any]:
        _pass_on(session, taken, act.stand_in, operation)
        return {"sheets": len(sheets)}

    proposal = ledger.Proposal(clock.new_ref(), "substitute", act.actor_id, body)
    ledger.append(session, event.id, proposal, act.now, project)
    return len(sheets)


def _refuse_doubles(session: Session, sheets: list[Sheet], act: HandingOver) -> None:
    """Refuse somebody who has a sheet of the same entry and stage: one judge counts once."""
    own = session.execute(
        select(Sheet.entry_id, Sheet.stage).where(Sheet.appointment_id == act.stand_in.id)
    )
    if {(row.entry_id, row.stage) for row in own} & {(sheet.entry_id, sheet.stage) for sheet in sheets}:
        raise refuse("SUBSTITUTE_MARKS_THERE", "who", name=act.stand_in.user.name)


def _pass_on(
    session: Session, taken: list[tuple[Sheet, str]], stand_in: Appointment, operation: LedgerOperation
) -> None:
    new = [
        Sheet(
            ref=ref, event_id=sheet.event_id, appointment_id=stand_in.id, entry_id=sheet.entry_id,
            stage=sheet.stage,
        )
        for sheet, ref in taken
    ]  # fmt: skip
    for sheet, _ref in taken:
        sheet.state, sheet.version = states.PASSED, sheet.version + 1
    session.add_all(new)
    session.flush()
    session.add_all(
        Handover(sheet_id=after.id, taken_from_id=before.id, operation=operation)
        for (before, _ref), after in zip(taken, new, strict=True)
    )


def list_taken_over(session: Session, event_id: int) -> list[TakenOver]:
    """Return who has taken over how many sheets from whom."""
    old, before, after = aliased(Sheet), aliased(Appointment), aliased(Appointment)
    rows = session.execute(
        select(before.code, after.code, func.count())
        .select_from(Handover)
        .join(Sheet, Sheet.id == Handover.sheet_id)
        .join(old, old.id == Handover.taken_from_id)
        .join(before, before.id == old.appointment_id)
        .join(after, after.id == Sheet.appointment_id)
        .where(Sheet.event_id == event_id)
        .group_by(before.id, before.code, after.id, after.code)
        .order_by(before.id, after.id)
    )
    return [TakenOver(*row) for row in rows]


def nothing_handed_over(session: Session, appointment: Appointment) -> list[Refusal]:
    """Keep a judge in the record whose sheets went to another, or who has another's."""
    concerned = aliased(Sheet)
    found = session.scalar(
        select(Handover.sheet_id)
        .join(concerned, concerned.id.in_((Handover.sheet_id, Handover.taken_from_id)))
        .where(concerned.appointment_id == appointment.id)
        .limit(1)
    )
    return [] if found is None else [Refusal("JUDGE_HANDED_OVER", "reason")]
