"""Read sheets, marks and what a result is computed from."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Text, and_, func, or_, select, type_coerce
from sqlalchemy.orm import Session, joinedload

from accounts.models import Grant
from accounts.policy import ScopePath
from competitions.draw.models import EntryCode
from competitions.entries.models import Entry
from competitions.judges.models import Appointment, Assignment
from competitions.organisations.models import Unit
from core import database
from core.database import asked_once
from scoring.sheets.handover_rows import list_moved
from scoring.sheets.models import Decision, LedgerOperation, Mark, Penalty, Sheet
from scoring.sheets.rules import Absence, MarkKey, Seat
from scoring.sheets.seating import Seating
from scoring.sheets.states import PASSED, UNSIGNED


class MarkRow(NamedTuple):
    """One mark as the recount package names it."""

    stage: str
    aspect: str
    entry: str
    judge: str
    attempt: int
    value: str


class PenaltyRow(NamedTuple):
    """One penalty that stands."""

    id: int
    entry: str
    points: str
    reason: str


class DecisionRow(NamedTuple):
    """One written decision that stands."""

    id: int
    kind: str
    entry: str
    stage: str
    aspect: str
    judge: str
    value: str
    reason: str


class FieldRow(NamedTuple):
    """One entry that takes part, with what stands behind its code."""

    code: str
    name: str
    unit: str
    status: str
    station: int | None
    attendance: str = ""


class SheetRow(NamedTuple):
    """One sheet on the board: codes only."""

    ref: str
    entry: str
    judge: str
    stage: str
    state: str
    version: int
    marks: int


@asked_once
def list_seats(session: Session, event_id: int) -> list[Seat]:
    """Return where each appointed judge marks."""
    rows = session.execute(
        select(
            Appointment.code, Assignment.stage, Assignment.aspect, Appointment.head, Assignment.stations
        )
        .join(Assignment.appointment)
        .where(Appointment.event_id == event_id, Appointment.dismissed_at.is_(None))
        .order_by(Appointment.id, Assignment.id)
    )
    return [Seat(*row) for row in rows]


@asked_once
def get_seating(session: Session, event_id: int) -> Seating:
    """Return who marks which entry of an event."""
    stations = {row.code: row.station for row in list_field(session, event_id)}
    return Seating(list_seats(session, event_id), stations, list_moved(session, event_id))


def seats_of_entry(session: Session, event_id: int, entry_id: int) -> tuple[Seat, ...]:
    """Return the seats that hold for one entry, without reading the whole field."""

    def read() -> tuple[Seat, ...]:
        return seats_by_entry(session, event_id, {entry_id})[entry_id]

    return database.kept(session, ("seats", entry_id), read)


def seats_by_entry(
    session: Session, event_id: int, entry_ids: Collection[int]
) -> dict[int, tuple[Seat, ...]]:
    """Return the seats that hold for some entries, by entry."""
    coded = select(EntryCode.entry_id, EntryCode.code, EntryCode.station)
    rows = session.execute(coded.where(EntryCode.entry_id.in_(entry_ids))).all()
    seats, moved = list_seats(session, event_id), list_moved(session, event_id, entry_ids)
    seating = Seating(seats, {row.code: row.station for row in rows}, moved)
    return {row.entry_id: seating.of_entry(row.code) for row in rows}


def appointment_ids(session: Session, event_id: int) -> dict[str, int]:
    """Return the numbers of an event's serving appointments by the judges' codes."""
    rows = session.execute(
        select(Appointment.code, Appointment.id).where(
            Appointment.event_id == event_id, Appointment.dismissed_at.is_(None)
        )
    )
    return {row.code: row.id for row in rows}


def find_sheet(session: Session, ref: str) -> Sheet | None:
    """Return the sheet with this random reference."""
    return session.scalar(select(Sheet).where(Sheet.ref == ref))


def find_signature(session: Session, sheet: Sheet) -> LedgerOperation | None:
    """Return the last signature of a sheet; few sheets are looked at so, one at a time."""
    return session.scalar(
        select(LedgerOperation)
        .where(
            LedgerOperation.event_id == sheet.event_id,
            LedgerOperation.kind == "sign",
            type_coerce(LedgerOperation.body, Text).contains(f'"{sheet.ref}"', autoescape=True),
        )
        .order_by(LedgerOperation.seq.desc())
        .limit(1)
    )


def count_signed(session: Session, appointment_id: int) -> int:
    """Return how many sheets a judge has signed."""
    signed = select(func.count()).where(
        Sheet.appointment_id == appointment_id, Sheet.state.not_in(UNSIGNED)
    )
    return session.scalar(signed) or 0


def list_signed_places(session: Session, event_id: int) -> set[tuple[str, int]]:
    """Return the stages and batches of an event in which at least one sheet is signed."""
    rows = session.execute(
        select(Sheet.stage, EntryCode.batch)
        .distinct()
        .join(EntryCode, EntryCode.entry_id == Sheet.entry_id)
        .where(Sheet.event_id == event_id, Sheet.state.not_in(UNSIGNED))
    )
    return {(row.stage, row.batch) for row in rows}


def marks_of(session: Session, sheet_id: int) -> dict[MarkKey, str]:
    """Return the marks on one sheet."""
    rows = session.execute(
        select(Mark.aspect, Mark.attempt, Mark.value)
        .where(Mark.sheet_id == sheet_id)
        .order_by(Mark.attempt, Mark.aspect, Mark.line)
    )
    return {MarkKey(row.aspect, row.attempt): row.value for row in rows}


def marks_by_sheet(session: Session, event_id: int) -> dict[str, list[tuple[str, int, str]]]:
    """Return (aspect, attempt, value) of every mark of an event, by the reference of its sheet."""
    rows = session.execute(
        select(Sheet.ref, Mark.aspect, Mark.attempt, Mark.value)
        .join(Mark.sheet)
        .where(Sheet.event_id == event_id)
        .order_by(Mark.sheet_id, Mark.attempt, Mark.aspect, Mark.line)
    )
    found: dict[str, list[tuple[str, int, str]]] = {}
    for ref, aspect, attempt, value in rows:
        found.setdefault(ref, []).append((aspect, attempt, value))
    return found


@asked_once
def list_sheets(session: Session, event_id: int) -> list[SheetRow]:
    """Return every sheet that counts with the number of its marks, by code and judge; one statement."""
    counted = select(Mark.sheet_id, func.count().label("marks")).group_by(Mark.sheet_id).subquery()
    rows = session.execute(
        select(
            Sheet.ref,
            EntryCode.code,
            Appointment.code,
            Sheet.stage,
            Sheet.state,
            Sheet.version,
            func.coalesce(counted.c.marks, 0),
        )
        .join(EntryCode, EntryCode.entry_id == Sheet.entry_id)
        .join(Appointment, Appointment.id == Sheet.appointment_id)
        .outerjoin(counted, counted.c.sheet_id == Sheet.id)
        .where(
            Sheet.event_id == event_id, Appointment.dismissed_at.is_(None), Sheet.state != PASSED
        )
        .order_by(Sheet.stage, EntryCode.code, Appointment.id)
    )
    return [SheetRow(*row) for row in rows]


def list_marks(session: Session, event_id: int) -> list[MarkRow]:
    """Return every mark of an event that counts as the recount package names it; one statement."""
    rows = session.execute(
        select(Sheet.stage, Mark.aspect, EntryCode.code, Appointment.code, Mark.attempt, Mark.value)
        .join(Mark.sheet)
        .join(EntryCode, EntryCode.entry_id == Sheet.entry_id)
        .join(Appointment, Appointment.id == Sheet.appointment_id)
        .where(
            Sheet.event_id == event_id, Appointment.dismissed_at.is_(None), Sheet.state != PASSED
        )
        .order_by(Sheet.stage, EntryCode.code, Mark.aspect, Mark.attempt, Appointment.id, Mark.line)
    )
    return [MarkRow(*row) for row in rows]


def list_penalties(session: Session, event_id: int) -> list[PenaltyRow]:
    """Return the penalties that stand."""
    rows = session.execute(
        select(Penalty.id, EntryCode.code, Penalty.points, Penalty.reason)
        .join(EntryCode, EntryCode.entry_id == Penalty.entry_id)
        .where(Penalty.event_id == event_id, Penalty.withdrawn_by_id.is_(None))
        .order_by(EntryCode.code, Penalty.id)
    )
    return [PenaltyRow(*row) for row in rows]


@asked_once
def list_decisions(session: Session, event_id: int) -> list[DecisionRow]:
    """Return the written decisions that stand."""
    rows = session.execute(
        select(
            Decision.id,
            Decision.kind,
            EntryCode.code,
            Decision.stage,
            Decision.aspect,
            Decision.judge,
            Decision.value,
            Decision.reason,
        )
        .join(EntryCode, EntryCode.entry_id == Decision.entry_id)
        .where(Decision.event_id == event_id, Decision.withdrawn_by_id.is_(None))
        .order_by(Decision.kind, EntryCode.code, Decision.id)
    )
    return [DecisionRow(*row) for row in rows]


def list_absences(session: Session, event_id: int) -> frozenset[Absence]:
    """Return the decisions that take a judge out of a whole stage of an entry."""
    rows = list_decisions(session, event_id)
    return frozenset(
        Absence(row.entry, row.judge, row.stage)
        for row in rows
        if row.kind == "absent_judge" and not row.aspect
    )


@asked_once
def list_field(session: Session, event_id: int) -> list[FieldRow]:
    """Return the approved entries of an event by code, as plain values: fast for thousands of them."""
    rows = session.execute(
        select(EntryCode.code, Entry.name, Unit.name, Entry.status, EntryCode.station, Entry.attendance)
        .join(Entry, Entry.id == EntryCode.entry_id)
        .join(Unit, Unit.id == Entry.unit_id)
        .where(Entry.event_id == event_id, Entry.review == "approved")
        .order_by(EntryCode.code)
    )
    return [FieldRow(*row) for row in rows]


def list_marked_entries(session: Session, event_id: int) -> list[tuple[Entry, str]]:
    """Return the approved entries of an event with their blind codes, by code."""
    rows = session.execute(
        select(Entry, EntryCode.code)
        .join(EntryCode, EntryCode.entry_id == Entry.id)
        .options(joinedload(Entry.unit))
        .where(Entry.event_id == event_id, Entry.review == "approved")
        .order_by(EntryCode.code)
    )
    return [(row[0], row[1]) for row in rows]


def existing_places(session: Session, event_id: int) -> set[tuple[int, int, str]]:
    """Return (appointment, entry, stage) of every sheet that exists."""
    rows = session.execute(
        select(Sheet.appointment_id, Sheet.entry_id, Sheet.stage).where(Sheet.event_id == event_id)
    )
    return {(row.appointment_id, row.entry_id, row.stage) for row in rows}


def find_marked_entry(session: Session, event_id: int, code: str) -> Entry | None:
    """Return the approved entry of an event with this blind code."""
    return session.scalar(
        select(Entry)
        .join(EntryCode, EntryCode.entry_id == Entry.id)
        .where(Entry.event_id == event_id, Entry.review == "approved", EntryCode.code == code)
    )


def find_penalty(session: Session, event_id: int, penalty_id: int) -> Penalty | None:
    """Return a penalty of an event."""
    return session.scalar(select(Penalty).where(Penalty.event_id == event_id, Penalty.id == penalty_id))


def find_decision(session: Session, event_id: int, decision_id: int) -> Decision | None:
    """Return a written decision of an event."""
    return session.scalar(select(Decision).where(Decision.event_id == event_id, Decision.id == decision_id))


def has_chief_judge(session: Session, path: ScopePath) -> bool:
    """Say whether anybody is chief judge of the event with this scope path."""
    there = [and_(Grant.scope_kind == kind, Grant.scope_id == number) for kind, number in path]
    held = select(Grant.id).where(Grant.role == "chief_judge", Grant.withdrawn_at.is_(None), or_(*there))
    return session.scalar(held.limit(1)) is not None


def find_sheet_row(session: Session, event_id: int, ref: str) -> SheetRow | None:
    """Return one sheet of an event as the board has it."""
    return next((row for row in list_sheets(session, event_id) if row.ref == ref), None)


def code_of(session: Session, entry_id: int) -> str | None:
    """Return the blind code of an entry."""
    return session.scalar(select(EntryCode.code).where(EntryCode.entry_id == entry_id))
