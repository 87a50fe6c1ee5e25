"""Where a sheet belongs in the hall: read for calls, which name no person."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.draw.models import EntryCode
from scoring.sheets.models import Sheet


class CodedPlace(NamedTuple):
    """What names a sheet in the hall: the entry's code, and its station where it has one."""

    code: str
    station: int | None


def places_of(session: Session, sheet_ids: Collection[int]) -> dict[int, CodedPlace]:
    """Return where these sheets belong, by the number of the sheet."""
    if not sheet_ids:
        return {}
    rows = session.execute(
        select(Sheet.id, EntryCode.code, EntryCode.station)
        .join(EntryCode, EntryCode.entry_id == Sheet.entry_id)
        .where(Sheet.id.in_(sheet_ids))
    )
    return {row.id: CodedPlace(row.code, row.station) for row in rows}
