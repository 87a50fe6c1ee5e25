"""Make mark sheets; the ledger keeps which judge marks which entry on each."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from competitions.events.models import Event
from core import clock
from scoring.schemes.queries import get_scheme
from scoring.sheets import ledger, queries
from scoring.sheets.models import LedgerOperation, Sheet
from scoring.sheets.seating import sheet_sizes


def open_sheets(session: Session, event: Event, *, actor_id: int | None, now: datetime) -> int:
    """Make the sheets that do not exist yet: every seat × every approved entry; return how many were made."""
    scheme = get_scheme(session, event.id)
    wanted = sheet_sizes(scheme, queries.get_seating(session, event.id))
    appointments = queries.appointment_ids(session, event.id)
    existing = queries.existing_places(session, event.id)
    entries = [(entry.id, code) for entry, code in queries.list_marked_entries(session, event.id)]
    places = [
        (appointments[judge], entry, stage)
        for entry, code in entries
        for judge, stage in sorted(wanted[code])
        if (appointments[judge], entry, stage) not in existing
    ]
    return len(add_sheets(session, event, places, actor_id=actor_id, now=now))


def add_sheets(
    session: Session,
    event: Event,
    places: Sequence[tuple[int, int, str]],
    *,
    actor_id: int | None,
    now: datetime,
) -> list[Sheet]:
    """Make sheets for these (appointment, entry, stage); the ledger keeps whose each is, and of whom."""
    if not places:
        return []
    judges = {number: code for code, number in queries.appointment_ids(session, event.id).items()}
    entries = {entry.id: (code, entry.ref) for entry, code in queries.list_marked_entries(session, event.id)}
    new = [
        Sheet(ref=clock.new_ref(), event_id=event.id, appointment_id=judge, entry_id=entry, stage=stage)
        for judge, entry, stage in places
    ]
    opened = [[row.ref, row.stage, judges[row.appointment_id], *entries[row.entry_id]] for row in new]

    def project(row: LedgerOperation) -> Mapping[str, Any]:
        session.add_all(new)
        session.flush()
        return {}

    proposal = ledger.Proposal(clock.new_ref(), "open", actor_id, {"sheets": opened})
    ledger.append(session, event.id, proposal, now, project)
    return new
