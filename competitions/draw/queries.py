"""Read the draw: only those who may see the map of codes come here."""

from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from competitions.draw.models import Draw, EntryCode
from competitions.entries.models import Entry
from competitions.organisations.models import Unit


class CodeRow(NamedTuple):
    """One line of the map of codes."""

    code: str
    station: int | None
    number: int
    name: str
    unit: str


def find_draw(session: Session, event_id: int) -> Draw | None:
    """Return the draw of an event."""
    return session.get(Draw, event_id)


def count_codes(session: Session, event_id: int) -> int:
    """Return how many entries have a code."""
    return session.scalar(select(func.count()).where(EntryCode.event_id == event_id)) or 0


def list_codes(session: Session, event_id: int) -> list[CodeRow]:
    """Return the map of codes, by code."""
    rows = session.execute(
        select(EntryCode.code, EntryCode.station, Entry.number, Entry.name, Unit.name)
        .join(Entry, Entry.id == EntryCode.entry_id)
        .join(Unit, Unit.id == Entry.unit_id)
        .where(EntryCode.event_id == event_id)
        .order_by(EntryCode.code)
    )
    return [CodeRow(*row) for row in rows]


def list_stations(session: Session, event_id: int) -> list[tuple[str, int | None]]:
    """Return (code, station) without anybody's name, by code."""
    rows = session.execute(
        select(EntryCode.code, EntryCode.station)
        .where(EntryCode.event_id == event_id)
        .order_by(EntryCode.code)
    )
    return list(rows)


def list_drawable(session: Session, event_id: int) -> list[tuple[int, str]]:
    """Return (number, reference) of the entries that take part in the draw."""
    rows = session.execute(
        select(Entry.id, Entry.ref).where(Entry.event_id == event_id, Entry.review == "approved")
    )
    return [(row.id, row.ref) for row in rows]
