"""Read disputes."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from competitions.entries.models import Entry
from core.files.models import StoredFile
from scoring.disputes.models import Dispute


def find_dispute(session: Session, event_id: int, number: int) -> Dispute | None:
    """Return the dispute of an event with this number."""
    own = select(Dispute).options(joinedload(Dispute.entry).joinedload(Entry.unit))
    return session.scalar(own.where(Dispute.event_id == event_id, Dispute.number == number))


def list_disputes(
    session: Session, event_id: int, units: Collection[int] | None = None, user_id: int = 0
) -> list[Dispute]:
    """Return the disputes of an event, or those about works of these units or raised by somebody."""
    statement = (
        select(Dispute)
        .join(Dispute.entry)
        .options(joinedload(Dispute.entry).joinedload(Entry.unit))
        .where(Dispute.event_id == event_id)
        .order_by(Dispute.number)
    )
    if units is not None:
        statement = statement.where(Entry.unit_id.in_(units) | (Dispute.raised_by_id == user_id))
    return list(session.scalars(statement))


def list_open(session: Session, event_id: int) -> list[Dispute]:
    """Return the disputes of an event that wait for their decision."""
    return [row for row in list_disputes(session, event_id) if not row.decision]


def find_file(session: Session, dispute: Dispute, ref: str) -> StoredFile | None:
    """Return a piece of evidence of a dispute."""
    return next((row.file for row in dispute.files if row.file.ref == ref), None)


def count_open_by_event(session: Session, events: Collection[int]) -> dict[int, int]:
    """Return how many disputes wait for their decision, by event."""
    statement = (
        select(Dispute.event_id, func.count())
        .where(Dispute.event_id.in_(events), Dispute.decision == "")
        .group_by(Dispute.event_id)
    )
    return dict(session.execute(statement).all()) if events else {}


def last_number(session: Session, event_id: int) -> int:
    """Return the number of the last dispute of an event, 0 without one."""
    return session.scalar(select(func.max(Dispute.number)).where(Dispute.event_id == event_id)) or 0


def find_by_ref(session: Session, ref: str) -> Dispute | None:
    """Return the dispute with this reference."""
    return session.scalar(select(Dispute).where(Dispute.ref == ref))


def find_entry_named(session: Session, event_id: int, text: str) -> Entry | None:
    """Return the entry of an event with this number or exactly this name."""
    own = select(Entry).where(Entry.event_id == event_id)
    if text.isascii() and text.isdigit() and len(text) < 7:
        return session.scalar(own.where(Entry.number == int(text)))
    found = session.scalars(own.where(Entry.name == text).limit(2)).all()
    return found[0] if len(found) == 1 else None
