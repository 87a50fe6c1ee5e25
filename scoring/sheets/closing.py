"""Confirm and lock signed sheets, many at once: all that were named, exactly as they were shown, or none."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.draw.models import EntryCode
from competitions.entries.models import Entry
from competitions.events import profiles
from competitions.events.models import Event
from competitions.judges.models import Appointment
from core.audit import services as audit
from core.i18n import listed
from core.refusals import refuse
from scoring.sheets import checkpoints, ledger, queries, rules, services, states
from scoring.sheets.models import LedgerOperation, Sheet

NAMED = 12


class Waiting(NamedTuple):
    """A signed sheet that waits for its next closing act, with the marks that are confirmed or locked."""

    ref: str
    entry: str
    judge: str
    stage: str
    state: str
    version: int
    marks: tuple[tuple[str, int, str], ...]

    @property
    def mark(self) -> str:
        """Return what stands for the sheet as it was shown."""
        return f"{self.ref}:{self.version}"


def list_waiting(session: Session, event: Event, act: str, stages: Sequence[str] | None) -> list[Waiting]:
    """Return the sheets of these stages (None: of all) that can be confirmed or locked now, by code."""
    known = states.acts(profiles.get(event.competition.profile).closing).get(act)
    if known is None:
        return []
    statement = (
        select(
            Sheet.ref, EntryCode.code, Appointment.code, Sheet.stage, Sheet.state, Sheet.version
        )
        .join(EntryCode, EntryCode.entry_id == Sheet.entry_id)
        .join(Entry, Entry.id == Sheet.entry_id)
        .join(Appointment, Appointment.id == Sheet.appointment_id)
        .where(
            Sheet.event_id == event.id, Sheet.state.in_(known.sources), Appointment.dismissed_at.is_(None),
            Entry.status.in_(rules.COMPETING),
        )
        .order_by(EntryCode.code, Sheet.stage, Appointment.id)
    )  # fmt: skip
    rows = session.execute(statement if stages is None else statement.where(Sheet.stage.in_(stages))).all()
    marks = queries.marks_by_sheet(session, event.id) if rows else {}
    return [Waiting(*row, tuple(marks.get(row[0], ()))) for row in rows]


def stages_of_head(session: Session, event_id: int, user_id: int) -> list[str]:
    """Return the stages on whose panels somebody sits as head."""
    own = select(Appointment.code).where(
        Appointment.event_id == event_id, Appointment.user_id == user_id, Appointment.head,
        Appointment.dismissed_at.is_(None),
    )  # fmt: skip
    code = session.scalar(own)
    return sorted({seat.stage for seat in queries.list_seats(session, event_id) if seat.judge == code})


def close_sheets(
    session: Session,
    event: Event,
    act: str,
    shown: Mapping[str, int],
    *,
    operation_id: str,
    actor_id: int,
    now: datetime,
) -> int:
    """Confirm (as head of the panel) or lock (as chief judge) sheets; return how many.

    Shape: `act` is confirm or lock, `shown` gives the version of each sheet as it was shown, by reference.
    Raises: Refused NOTHING_CHOSEN, SHEETS_CHANGED with the codes, PANEL_HEAD_NEEDED (another panel).
    """
    if not shown:
        raise refuse("NOTHING_CHOSEN")
    sheets = _hold(session, event, list(shown))
    body = {"sheets": [[ref, shown[ref]] for ref in sorted(shown)]}
    proposal = ledger.Proposal(operation_id, act, actor_id, body)
    if ledger.find_repeated(session, event.id, proposal) is None:
        _refuse_unfit(session, event, act, sheets, shown, actor_id)

    def project(row: LedgerOperation) -> Mapping[str, Any]:
        for sheet in sheets:
            sheet.state = services.after(act, event, sheet) or sheet.state
            sheet.version += 1
        return {"sheets": len(sheets), "state": sheets[0].state}

    entered = ledger.append(session, event.id, proposal, now, project)
    audit.record(
        session, "sheet:repeat" if entered.repeated else f"sheet:{act}", actor_id=actor_id,
        subject=f"event:{event.id}", now=now, event_id=event.id,
        detail={"operation": operation_id} | ({} if entered.repeated else {"sheets": len(sheets)}),
    )  # fmt: skip
    if not entered.repeated:
        checkpoints.make_checkpoint(session, event.id, act, now)
    return len(sheets)


def _hold(session: Session, event: Event, refs: Sequence[str]) -> list[Sheet]:
    """Hold the event and these sheets, always in one order, and read them as they are now."""
    session.refresh(event, with_for_update={"read": True, "of": Event})
    held = select(Sheet).where(Sheet.event_id == event.id, Sheet.ref.in_(refs)).order_by(Sheet.id)
    locked = held.with_for_update(of=Sheet).execution_options(populate_existing=True)
    return list(session.scalars(locked))


def _refuse_unfit(
    session: Session, event: Event, act: str, sheets: Sequence[Sheet], shown: Mapping[str, int], actor_id: int
) -> None:
    changed = [s for s in sheets if s.version != shown[s.ref] or services.after(act, event, s) is None]
    if changed or len(sheets) < len(shown):
        codes = sorted({queries.code_of(session, sheet.entry_id) or "—" for sheet in changed})
        raise refuse("SHEETS_CHANGED", codes=listed(codes[:NAMED]) or "—")
    if act == "confirm" and {s.stage for s in sheets} - set(stages_of_head(session, event.id, actor_id)):
        raise refuse("PANEL_HEAD_NEEDED")
