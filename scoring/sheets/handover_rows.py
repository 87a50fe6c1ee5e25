"""Read who marks a sheet in the place of another judge."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from competitions.draw.models import EntryCode
from competitions.judges.models import Appointment
from scoring.sheets.models import Handover, Sheet

_OLD, _BEFORE, _AFTER = aliased(Sheet), aliased(Appointment), aliased(Appointment)
# Made once: each mark that comes in asks it, and making it takes longer than asking it.
_HANDOVERS = (
    select(_BEFORE.code, EntryCode.code, Sheet.stage, _AFTER.code)
    .select_from(Handover)
    .join(Sheet, Sheet.id == Handover.sheet_id)
    .join(_OLD, _OLD.id == Handover.taken_from_id)
    .join(_BEFORE, _BEFORE.id == _OLD.appointment_id)
    .join(_AFTER, _AFTER.id == Sheet.appointment_id)
    .join(EntryCode, EntryCode.entry_id == Sheet.entry_id)
)


def list_moved(
    session: Session, event_id: int, entry_ids: Collection[int] | None = None
) -> dict[tuple[str, str, str], str]:
    """Return who took over a sheet, by (judge before, entry, stage)."""
    statement = _HANDOVERS.where(Sheet.event_id == event_id)
    if entry_ids is not None:
        statement = statement.where(Sheet.entry_id.in_(entry_ids))
    return {(row[0], row[1], row[2]): row[3] for row in session.execute(statement)}
