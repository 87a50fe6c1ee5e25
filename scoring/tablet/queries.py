"""Read what one judge may see: the own sheets, blind codes, no name and no unit."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import Text, and_, func, select, type_coerce
from sqlalchemy.orm import Session, aliased, joinedload

from competitions.draw.models import EntryCode
from competitions.entries.models import Entry
from competitions.events.models import Event
from competitions.judges.models import Appointment, Assignment
from scoring.devices.models import Device, HeldOperation
from scoring.sheets.models import Handover, LedgerOperation, Mark, SecondLook, Sheet
from scoring.sheets.places import SHOWN_BATCH
from scoring.sheets.rules import Seat
from scoring.sheets.seating import Moved
from scoring.sheets.services import SheetOperation
from scoring.sheets.states import PASSED

UNTIL_ANNOUNCED = ("draft", "registration", "ready", "scoring", "tabulated")
CHANGES = ("save", "sign", "reopen", "correct", "look_again", "look_end")


class SheetRow(NamedTuple):
    """One of the judge's own sheets."""

    id: int
    ref: str
    event_id: int
    stage: str
    code: str
    station: int | None
    batch: int | None  # where there are several and the station is no secret
    state: str
    version: int
    entry_status: str


class OwnSheet(NamedTuple):
    """One of the judge's own sheets, opened."""

    sheet: Sheet
    event: Event
    code: str


class AtDoor(NamedTuple):
    """A judge's sheet when an operation for it comes in."""

    sheet: Sheet
    event: Event
    code: str
    owner: Appointment
    device_revoked: bool
    held: HeldOperation | None

    @property
    def ended(self) -> bool:
        """Say whether the judge does not mark this sheet any more."""
        return self.owner.dismissed_at is not None or self.sheet.state == PASSED


def list_own_events(session: Session, user_id: int) -> list[Event]:
    """Return the events that somebody judges until their result is announced, newest first."""
    return list(
        session.scalars(
            select(Event)
            .join(Appointment, Appointment.event_id == Event.id)
            .options(joinedload(Event.competition))
            .where(
                Appointment.user_id == user_id,
                Appointment.dismissed_at.is_(None),
                Event.state.in_(UNTIL_ANNOUNCED),
            )
            .order_by(Event.id.desc())
        )
    )


def list_own_sheets(session: Session, user_id: int) -> list[SheetRow]:
    """Return somebody's own sheets of events in marking, by event, stage and code; one statement."""
    rows = session.execute(
        select(
            Sheet.id,
            Sheet.ref,
            Sheet.event_id,
            Sheet.stage,
            EntryCode.code,
            EntryCode.station,
            SHOWN_BATCH,
            Sheet.state,
            Sheet.version,
            Entry.status,
        )
        .join(Appointment, Appointment.id == Sheet.appointment_id)
        .join(Event, Event.id == Sheet.event_id)
        .join(EntryCode, EntryCode.entry_id == Sheet.entry_id)
        .join(Entry, Entry.id == Sheet.entry_id)
        .where(
            Appointment.user_id == user_id,
            Appointment.dismissed_at.is_(None),
            Event.state == "scoring",
            Sheet.state != PASSED,
        )
        .order_by(Sheet.event_id, Sheet.stage, EntryCode.code)
    )
    return [SheetRow(*row) for row in rows]


def list_own_marks(session: Session, user_id: int) -> dict[int, list[list[str | int]]]:
    """Return [aspect, attempt, value] by the number of the own sheet; one statement."""
    rows = session.execute(
        select(Mark.sheet_id, Mark.aspect, Mark.attempt, Mark.value)
        .join(Mark.sheet)
        .join(Appointment, Appointment.id == Sheet.appointment_id)
        .join(Event, Event.id == Sheet.event_id)
        .where(Appointment.user_id == user_id, Appointment.dismissed_at.is_(None), Event.state == "scoring")
        .order_by(Mark.sheet_id, Mark.attempt, Mark.aspect, Mark.line)
    )
    found: dict[int, list[list[str | int]]] = defaultdict(list)
    for row in rows:
        found[row.sheet_id].append([row.aspect, row.attempt, row.value])
    return found


def list_own_looks(session: Session, user_id: int) -> dict[int, list[list[str | int]]]:
    """Return the [aspect, attempt] that a judge is asked to look at again, by the number of the own sheet.

    Nothing more: neither who else was asked, nor what anybody else has marked.
    """
    rows = session.execute(
        select(SecondLook.sheet_id, SecondLook.aspect, SecondLook.attempt)
        .join(SecondLook.sheet)
        .join(Appointment, Appointment.id == Sheet.appointment_id)
        .where(
            Appointment.user_id == user_id, Appointment.dismissed_at.is_(None), SecondLook.outcome == ""
        )
        .order_by(SecondLook.sheet_id, SecondLook.attempt, SecondLook.aspect)
    )
    found: dict[int, list[list[str | int]]] = defaultdict(list)
    for row in rows:
        found[row.sheet_id].append([row.aspect, row.attempt])
    return found


def list_seats(session: Session, event_ids: Collection[int]) -> dict[int, list[Seat]]:
    """Return where each appointed judge of these events marks, by event; one statement."""
    rows = session.execute(
        select(
            Appointment.event_id,
            Appointment.code,
            Assignment.stage,
            Assignment.aspect,
            Appointment.head,
            Assignment.stations,
        )
        .join(Assignment.appointment)
        .where(Appointment.event_id.in_(event_ids), Appointment.dismissed_at.is_(None))
        .order_by(Appointment.id, Assignment.id)
    )
    found: dict[int, list[Seat]] = defaultdict(list)
    for row in rows:
        found[row.event_id].append(Seat(*row[1:]))
    return found


def list_moved(session: Session, event_ids: Collection[int]) -> dict[int, Moved]:
    """Return for each event who took over a sheet, by (judge before, entry, stage); one statement."""
    old, before, after = aliased(Sheet), aliased(Appointment), aliased(Appointment)
    rows = session.execute(
        select(Sheet.event_id, before.code, EntryCode.code, Sheet.stage, after.code)
        .select_from(Handover)
        .join(Sheet, Sheet.id == Handover.sheet_id)
        .join(old, old.id == Handover.taken_from_id)
        .join(before, before.id == old.appointment_id)
        .join(after, after.id == Sheet.appointment_id)
        .join(EntryCode, EntryCode.entry_id == Sheet.entry_id)
        .where(Sheet.event_id.in_(event_ids))
    )
    found: dict[int, dict[tuple[str, str, str], str]] = defaultdict(dict)
    for event_id, judge, entry, stage, holder in rows:
        found[event_id][judge, entry, stage] = holder
    return dict(found)


def own_codes(session: Session, user_id: int) -> dict[int, str]:
    """Return the judge's own code in each event."""
    rows = session.execute(
        select(Appointment.event_id, Appointment.code).where(
            Appointment.user_id == user_id, Appointment.dismissed_at.is_(None)
        )
    )
    return {row.event_id: row.code for row in rows}


def has_sheets(session: Session, user_id: int, event_id: int, stage: str) -> bool:
    """Say whether somebody marks in this stage."""
    own = (
        select(func.count())
        .select_from(Sheet)
        .join(Appointment, Appointment.id == Sheet.appointment_id)
        .where(
            Appointment.user_id == user_id,
            Appointment.dismissed_at.is_(None),
            Sheet.event_id == event_id,
            Sheet.stage == stage,
        )
    )
    return bool(session.scalar(own))


_OPENED = (  # made once: each operation of each tablet asks it
    select(Sheet, Event, EntryCode.code)
    .join(Appointment, Appointment.id == Sheet.appointment_id)
    .join(Event, Event.id == Sheet.event_id)
    .join(EntryCode, EntryCode.entry_id == Sheet.entry_id)
    .options(joinedload(Event.competition))
)


def find_own_sheet(session: Session, user_id: int, ref: str) -> OwnSheet | None:
    """Return one of somebody's own sheets; None for everybody else's, as for one that does not exist."""
    own = (Sheet.ref == ref, Appointment.user_id == user_id, Appointment.dismissed_at.is_(None))
    row = session.execute(_OPENED.where(*own)).first()
    return None if row is None else OwnSheet(*row)


_AT_DOOR = (  # made once: each operation of each tablet asks it
    select(Sheet, Event, EntryCode.code, Appointment, Device.revoked_at)
    .join(Appointment, Appointment.id == Sheet.appointment_id)
    .join(Event, Event.id == Sheet.event_id)
    .join(EntryCode, EntryCode.entry_id == Sheet.entry_id)
    .options(joinedload(Event.competition))
)


def list_at_door(
    session: Session, user_id: int, operations: Sequence[SheetOperation], device: str
) -> dict[str, AtDoor]:
    """Return somebody's sheet for each operation, with what may keep it back, by operation; two statements.

    Sheets of an appointment that was ended are somebody's, too: what was marked before has to go somewhere.
    """
    ids = [operation.operation_id for operation in operations]
    kept_back = session.scalars(select(HeldOperation).where(HeldOperation.operation_id.in_(ids)))
    held = {row.operation_id: row for row in kept_back}
    used = _AT_DOOR.outerjoin(Device, and_(Device.ref == device, Device.user_id == user_id))
    refs = [operation.sheet_ref for operation in operations]
    rows = session.execute(used.where(Sheet.ref.in_(refs), Appointment.user_id == user_id))
    found = {row[0].ref: row for row in rows}
    doors = {}
    for operation in operations:
        if operation.sheet_ref in found:
            sheet, event, code, mine, revoked_at = found[operation.sheet_ref]
            there = held.get(operation.operation_id)
            doors[operation.operation_id] = AtDoor(sheet, event, code, mine, revoked_at is not None, there)
    return doors


def events_of(session: Session, refs: Collection[str]) -> dict[str, int]:
    """Return to which event each of these sheets belongs."""
    rows = session.execute(select(Sheet.ref, Sheet.event_id).where(Sheet.ref.in_(refs)))
    return {row.ref: row.event_id for row in rows}


def find_last_change(session: Session, sheet: Sheet) -> LedgerOperation | None:
    """Return what was done to a sheet last: looked for only where two devices have changed it."""
    return session.scalar(
        select(LedgerOperation)
        .where(
            LedgerOperation.event_id == sheet.event_id,
            LedgerOperation.kind.in_(CHANGES),
            type_coerce(LedgerOperation.body, Text).contains(f'"{sheet.ref}"', autoescape=True),
        )
        .order_by(LedgerOperation.seq.desc())
        .limit(1)
    )
