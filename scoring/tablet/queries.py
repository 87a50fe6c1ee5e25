"""Read what one judge may see: the own sheets, blind codes, no name and no unit."""

from typing import NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, joinedload

from competitions.draw.models import EntryCode
from competitions.draw.queries import has_batches
from competitions.entries.models import Entry
from competitions.events.models import Event
from competitions.judges.models import Appointment
from scoring.sheets.models import Mark, Sheet
from scoring.sheets.rules import PASSED

# Beside a station stands its batch where there are several; where stations are sealed, so are batches.
SHOWN_BATCH = case(
    (EntryCode.station.is_not(None) & has_batches(Sheet.event_id), EntryCode.batch), else_=None
)
UNTIL_ANNOUNCED = ("draft", "registration", "ready", "scoring", "tabulated")


class TaskRow(NamedTuple):
    """One of the judge's own sheets in the list of a stage."""

    ref: str
    event_id: int
    stage: str
    code: str
    station: int | None
    batch: int | None  # where there are several and the station is no secret
    state: str
    entry_status: str
    marked: int


class OwnSheet(NamedTuple):
    """One of the judge's own sheets, opened."""

    sheet: Sheet
    event: Event
    judge: str
    code: str
    station: int | None
    batch: int | None
    entry_status: str


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


def list_own_sheets(session: Session, user_id: int) -> list[TaskRow]:
    """Return somebody's own sheets of events in marking, by event, stage and code; one statement."""
    counted = select(Mark.sheet_id, func.count().label("marked")).group_by(Mark.sheet_id).subquery()
    rows = session.execute(
        select(
            Sheet.ref,
            Sheet.event_id,
            Sheet.stage,
            EntryCode.code,
            EntryCode.station,
            SHOWN_BATCH,
            Sheet.state,
            Entry.status,
            func.coalesce(counted.c.marked, 0),
        )
        .join(Appointment, Appointment.id == Sheet.appointment_id)
        .join(Event, Event.id == Sheet.event_id)
        .join(EntryCode, EntryCode.entry_id == Sheet.entry_id)
        .join(Entry, Entry.id == Sheet.entry_id)
        .outerjoin(counted, counted.c.sheet_id == Sheet.id)
        .where(
            Appointment.user_id == user_id,
            Appointment.dismissed_at.is_(None),
            Event.state == "scoring",
            Sheet.state != PASSED,
        )
        .order_by(Sheet.event_id, Sheet.stage, EntryCode.code)
    )
    return [TaskRow(*row) for row in rows]


def find_own_sheet(session: Session, user_id: int, ref: str) -> OwnSheet | None:
    """Return one of somebody's own sheets; None for everybody else's, as for one that does not exist."""
    row = session.execute(
        select(Sheet, Event, Appointment.code, EntryCode.code, EntryCode.station, SHOWN_BATCH, Entry.status)
        .join(Appointment, Appointment.id == Sheet.appointment_id)
        .join(Event, Event.id == Sheet.event_id)
        .join(EntryCode, EntryCode.entry_id == Sheet.entry_id)
        .join(Entry, Entry.id == Sheet.entry_id)
        .where(Sheet.ref == ref, Appointment.user_id == user_id, Appointment.dismissed_at.is_(None))
    ).first()
    return None if row is None else OwnSheet(*row)


def judge_code(session: Session, event_id: int, user_id: int) -> str:
    """Return the code of a judge in an event; empty for somebody who does not serve there."""
    code = session.scalar(
        select(Appointment.code).where(
            Appointment.event_id == event_id,
            Appointment.user_id == user_id,
            Appointment.dismissed_at.is_(None),
        )
    )
    return code or ""
