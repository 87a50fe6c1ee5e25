"""Read whose operations wait for the chief judge, and for which sheets."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.draw.models import EntryCode
from competitions.judges.models import Appointment
from scoring.sheets.models import Mark, Sheet
from scoring.sheets.rules import MarkKey
from scoring.sheets.states import PASSED


class Place(NamedTuple):
    """A sheet with the codes that name it; `ended`: its judge marks it no more."""

    sheet: Sheet
    judge: str
    entry: str
    ended: bool


def list_places(session: Session, sheet_ids: Collection[int]) -> dict[int, Place]:
    """Return sheets with their codes, also those of judges whose appointment was ended."""
    rows = session.execute(
        select(Sheet, Appointment.code, EntryCode.code, Appointment.dismissed_at)
        .join(Appointment, Appointment.id == Sheet.appointment_id)
        .join(EntryCode, EntryCode.entry_id == Sheet.entry_id)
        .where(Sheet.id.in_(sheet_ids))
    )
    return {
        sheet.id: Place(sheet, judge, entry, dismissed_at is not None or sheet.state == PASSED)
        for sheet, judge, entry, dismissed_at in rows
    }


def list_marks(session: Session, sheet_ids: Collection[int]) -> dict[int, dict[MarkKey, str]]:
    """Return the marks that these sheets have now."""
    rows = session.execute(
        select(Mark.sheet_id, Mark.aspect, Mark.attempt, Mark.value).where(Mark.sheet_id.in_(sheet_ids))
    )
    found: dict[int, dict[MarkKey, str]] = {number: {} for number in sheet_ids}
    for row in rows:
        found[row.sheet_id][MarkKey(row.aspect, row.attempt)] = row.value
    return found
