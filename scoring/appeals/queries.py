"""Read appeals."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from competitions.draw.models import EntryCode
from competitions.entries.models import Entry
from competitions.judges.models import Appointment
from core.files.models import StoredFile
from scoring.appeals.models import Appeal, AppealFile
from scoring.appeals.rules import OPEN
from scoring.sheets.models import Penalty, Release, Sheet
from scoring.sheets.states import CLOSED


def find_appeal(session: Session, event_id: int, number: int) -> Appeal | None:
    """Return the appeal of an event with this number."""
    own = select(Appeal).options(joinedload(Appeal.entry).joinedload(Entry.unit))
    return session.scalar(own.where(Appeal.event_id == event_id, Appeal.number == number))


def find_by_ref(session: Session, ref: str) -> Appeal | None:
    """Return the appeal with this reference."""
    return session.scalar(select(Appeal).where(Appeal.ref == ref))


def list_appeals(session: Session, event_id: int, units: Collection[int] | None = None) -> list[Appeal]:
    """Return the appeals of an event, or of these units in it, in the order in which they came."""
    statement = (
        select(Appeal)
        .join(Appeal.entry)
        .options(joinedload(Appeal.entry).joinedload(Entry.unit))
        .where(Appeal.event_id == event_id)
        .order_by(Appeal.number)
    )
    return list(session.scalars(statement if units is None else statement.where(Entry.unit_id.in_(units))))


def last_number(session: Session, event_id: int) -> int:
    """Return the number of the last appeal of an event, 0 without one."""
    return session.scalar(select(func.max(Appeal.number)).where(Appeal.event_id == event_id)) or 0


def count_open(session: Session, event_id: int, entry_id: int | None = None) -> int:
    """Return how many appeals of an event, or of one entry, wait for their decision."""
    statement = select(func.count()).where(Appeal.event_id == event_id, Appeal.state.in_(OPEN))
    own = statement if entry_id is None else statement.where(Appeal.entry_id == entry_id)
    return session.scalar(own) or 0


def count_open_by_event(session: Session, events: Collection[int]) -> dict[int, int]:
    """Return how many appeals wait for their decision, by event."""
    statement = (
        select(Appeal.event_id, func.count())
        .where(Appeal.event_id.in_(events), Appeal.state.in_(OPEN))
        .group_by(Appeal.event_id)
    )
    return dict(session.execute(statement).all()) if events else {}


def count_asked_by_event(session: Session, events: Collection[int]) -> dict[int, int]:
    """Return how many releases of sheets are asked for and not decided, by event."""
    statement = (
        select(Release.event_id, func.count())
        .where(Release.event_id.in_(events), Release.outcome == "asked")
        .group_by(Release.event_id)
    )
    return dict(session.execute(statement).all()) if events else {}


def list_own_entries(session: Session, event_id: int, units: Collection[int]) -> list[tuple[Entry, str]]:
    """Return the entries of these units that were marked, with their codes."""
    statement = (
        select(Entry, EntryCode.code)
        .join(EntryCode, EntryCode.entry_id == Entry.id)
        .where(Entry.event_id == event_id, Entry.unit_id.in_(units))
        .order_by(EntryCode.code)
    )
    return list(session.execute(statement))


class OwnSheet(NamedTuple):
    """A closed sheet of an entry: its row, and whose it is by the judge's code."""

    sheet: Sheet
    judge: str


def list_sheets(session: Session, entry_id: int) -> list[OwnSheet]:
    """Return the closed sheets of an entry by stage and judge."""
    statement = (
        select(Sheet, Appointment.code)
        .join(Appointment, Appointment.id == Sheet.appointment_id)
        .where(Sheet.entry_id == entry_id, Sheet.state.in_(CLOSED))
        .order_by(Sheet.stage, Appointment.id)
    )
    return [OwnSheet(*row) for row in session.execute(statement)]


def list_penalties(session: Session, entry_id: int, *, standing: bool = True) -> list[Penalty]:
    """Return the penalties of an entry, those that stand or all."""
    own = select(Penalty).where(Penalty.entry_id == entry_id).order_by(Penalty.id)
    return list(session.scalars(own.where(Penalty.withdrawn_by_id.is_(None)) if standing else own))


def chosen(
    session: Session, appeal: Appeal, sheets: Collection[int], penalties: Collection[int]
) -> tuple[list[Sheet], list[Penalty]]:
    """Return the closed sheets and standing penalties of an appeal's entry with these numbers."""
    closed = [row.sheet for row in list_sheets(session, appeal.entry_id) if row.sheet.id in sheets]
    return closed, [row for row in list_penalties(session, appeal.entry_id) if row.id in penalties]


def find_file(session: Session, appeal: Appeal, ref: str) -> StoredFile | None:
    """Return a piece of evidence of an appeal."""
    return session.scalar(
        select(StoredFile)
        .join(AppealFile, AppealFile.file_id == StoredFile.id)
        .where(AppealFile.appeal_id == appeal.id, StoredFile.ref == ref)
    )
