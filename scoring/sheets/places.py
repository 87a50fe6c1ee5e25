"""Where a sheet belongs in the hall: read for calls, which name no person."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from competitions.draw.models import EntryCode
from competitions.draw.queries import has_batches
from scoring.sheets.models import Sheet

# Beside a station stands its batch where there are several; where stations are sealed, so are batches.
SHOWN_BATCH = case(
    (EntryCode.station.is_not(None) & has_batches(Sheet.event_id), EntryCode.batch), else_=None
)


class CodedPlace(NamedTuple):
    """What names a sheet in the hall: the entry's code, and its station where it has one."""

    code: str
    station: int | None
    batch: int | None  # where there are several and the station is no secret


def places_of(session: Session, sheet_ids: Collection[int]) -> dict[int, CodedPlace]:
    """Return where these sheets belong, by the number of the sheet."""
    if not sheet_ids:
        return {}
    rows = session.execute(
        select(Sheet.id, EntryCode.code, EntryCode.station, SHOWN_BATCH.label("batch"))
        .join(EntryCode, EntryCode.entry_id == Sheet.entry_id)
        .where(Sheet.id.in_(sheet_ids))
    )
    return {row.id: CodedPlace(row.code, row.station, row.batch) for row in rows}
