"""Read the draw: only those who may see the map of codes come here."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import User
from competitions.draw.models import Draw, EntryCode
from competitions.entries.models import Entry
from competitions.events.queries import list_steps
from competitions.organisations.models import Unit
from core.audit.models import AuditRecord


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


class EarlierDraw(NamedTuple):
    """A draw whose codes were taken away when the field was opened again: who, when, and why."""

    drawn_at: datetime
    drawn_by: str
    entries: int
    fingerprint: str
    undone_at: datetime
    undone_by: str
    reason: str


def list_earlier_draws(session: Session, event_id: int) -> list[EarlierDraw]:
    """Return the draws of an event that no longer stand, oldest first, as the chained record has them."""
    made = session.execute(
        select(AuditRecord.at, User.name, AuditRecord.detail)
        .outerjoin(User, User.id == AuditRecord.actor_id)
        .where(AuditRecord.chain == f"event:{event_id}", AuditRecord.action == "draw:make")
        .order_by(AuditRecord.seq)
    )
    undone = [
        (step, who)
        for step, who in reversed(list_steps(session, event_id))
        if (step.from_state, step.to_state) == ("ready", "registration")
    ]
    found = []
    for at, drawn_by, detail in made:
        step, who = next((pair for pair in undone if pair[0].at >= at), (None, ""))
        if step is not None:  # the draw that stands has not been undone
            about = (detail["entries"], detail["seed_sha256"])
            found.append(EarlierDraw(at, drawn_by or "—", *about, step.at, who, step.reason))
    return found


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
