"""Marks of several sheets of one event in one transaction: held in one order, what they share read once.

What is done with each is what would be done with it alone: scoring.sheets.services, the one write path.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.entries.models import Entry
from competitions.events.models import Event
from competitions.judges.models import Appointment
from core import database
from scoring.sheets import queries
from scoring.sheets.models import LedgerOperation, Mark, Sheet

MOST = 25  # operations that hold the writer together: what a judge who waits does not feel


@contextmanager
def together(
    session: Session, event: Event, refs: Sequence[str], operation_ids: Sequence[str]
) -> Iterator[dict[str, Sheet]]:
    """Hold these sheets of an event and its ledger until the caller commits.

    Shape: yields the sheets that there are, by reference. Locks are taken in the order of every other door:
    event, sheets, ledger.
    """
    session.refresh(event, with_for_update={"read": True, "of": Event})
    own = select(Sheet).where(Sheet.ref.in_(refs), Sheet.event_id == event.id).order_by(Sheet.id)
    held = own.with_for_update(of=Sheet).execution_options(populate_existing=True)
    sheets = session.scalars(held).all()
    database.lock(session, f"ledger:{event.id}")
    with database.sharing(session):
        _keep_known(session, operation_ids)
        _keep_state(session, event, sheets)
        yield {sheet.ref: sheet for sheet in sheets}
        session.flush()


def is_held(session: Session, sheet: Sheet) -> bool:
    """Say whether a sheet is held together with others."""
    return database.kept(session, ("held", sheet.id), lambda: False)


def _keep_known(session: Session, operation_ids: Sequence[str]) -> None:
    for operation_id in operation_ids:
        database.keep(session, ("operation", operation_id), None)
    known = select(LedgerOperation).where(LedgerOperation.operation_id.in_(operation_ids))
    for operation in session.scalars(known):
        database.keep(session, ("operation", operation.operation_id), operation)


def _keep_state(session: Session, event: Event, sheets: Sequence[Sheet]) -> None:
    entry_ids = {sheet.entry_id for sheet in sheets}
    for entry_id, status in session.execute(
        select(Entry.id, Entry.status).where(Entry.id.in_(entry_ids))
    ):
        database.keep(session, ("status", entry_id), status)
    for entry_id, seats in queries.seats_by_entry(session, event.id, entry_ids).items():
        database.keep(session, ("seats", entry_id), seats)
    marked = select(Mark.sheet_id, Mark.aspect, Mark.attempt)
    there: dict[int, set[tuple[str, int]]] = {sheet.id: set() for sheet in sheets}
    for row in session.execute(marked.where(Mark.sheet_id.in_(there))):
        there[row.sheet_id].add((row.aspect, row.attempt))
    owners = select(Appointment).where(Appointment.id.in_({sheet.appointment_id for sheet in sheets}))
    database.keep(session, "owners", session.scalars(owners).all())  # a session forgets what nobody holds
    for sheet in sheets:
        database.keep(session, ("held", sheet.id), True)
        database.keep(session, ("marked", sheet.id), there[sheet.id])
