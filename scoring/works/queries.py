"""Read the works that somebody marks."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.draw.models import EntryCode
from competitions.entries.models import Entry
from competitions.judges.models import Appointment
from scoring.sheets.models import Sheet
from scoring.sheets.states import PASSED


def find_marked_work(session: Session, user_id: int, event_id: int, code: str) -> Entry | None:
    """Return the work behind a code if this judge has a sheet for it, and no other's."""
    statement = (
        select(Entry)
        .join(EntryCode, EntryCode.entry_id == Entry.id)
        .join(Sheet, Sheet.entry_id == Entry.id)
        .join(Appointment, Appointment.id == Sheet.appointment_id)
        .where(
            Entry.event_id == event_id, Entry.kind == "work", EntryCode.code == code,
            Appointment.user_id == user_id, Appointment.dismissed_at.is_(None), Sheet.state != PASSED,
        )
        .limit(1)
    )  # fmt: skip
    return session.scalars(statement).first()
