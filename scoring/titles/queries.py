"""Read the titles of an event, its entrants as their result stands, and what they were granted before."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.catalogue.models import CatalogueEntry
from competitions.catalogue.naming import name_of
from competitions.draw.models import EntryCode
from competitions.entries.models import Entry
from competitions.events.models import Event
from competitions.organisations.models import Unit
from core import canonical
from scoring.honours.models import Honour
from scoring.honours.rules import GRANTED
from scoring.results import reader
from scoring.titles.models import TitleRules
from scoring.titles.rules import Candidate

LIBRARY = Path(__file__).parent / "library" / "ankang.json"
KIND = "SAFETY_CUP"
PROVINCE = slice(0, 2)


def is_titled(event: Event) -> bool:
    """Say whether titles are applied for after this event."""
    return event.competition.kind.key == KIND


def document_of(session: Session, event_id: int) -> tuple[dict[str, Any], int]:
    """Return the titles of an event with their version; those of the library are version 0."""
    row = session.get(TitleRules, event_id)
    if row is not None:
        return dict(row.document), row.version
    return canonical.loads(LIBRARY.read_text(encoding="utf-8")), 0


def list_candidates(session: Session, event: Event) -> list[Candidate]:
    """Return the entrants of an event as its result stands now; none before there is one."""
    shown = reader.result_of(session, event)
    if shown is None:
        return []
    header, cells = shown.table
    rows = {row[1]: dict(zip(header, row, strict=True)) for row in cells}
    entries = session.execute(
        select(Entry, Unit, EntryCode.code, CatalogueEntry)
        .join(EntryCode, EntryCode.entry_id == Entry.id)
        .join(Unit, Unit.id == Entry.unit_id)
        .outerjoin(CatalogueEntry, CatalogueEntry.id == Unit.region_id)
        .where(Entry.event_id == event.id, Entry.review == "approved")
    ).all()
    held = _held(session, {unit.id for _entry, unit, _code, _region in entries})
    return [
        Candidate(
            code, entry.name, name_of(region) if region is not None else "", rows[code]["status"],
            rows[code]["total"], held.get(unit.id, {}),
        )
        for entry, unit, code, region in entries
        if code in rows
    ]  # fmt: skip


def _held(
    session: Session, units: Collection[int]
) -> dict[int, dict[tuple[str, str], frozenset[int]]]:
    """Return the years in which units were granted each honour: that of the contest, or of the document."""
    honours = session.scalars(
        select(Honour).where(Honour.unit_id.in_(units), Honour.state == GRANTED, Honour.kind.like("ankang%"))
    )
    found: dict[int, dict[tuple[str, str], frozenset[int]]] = {}
    for honour in honours:
        granted = honour.granted_on.year if honour.granted_on is not None else 0
        year = honour.competition.year if honour.competition is not None else granted
        own = found.setdefault(honour.unit_id or 0, {})
        key = (honour.kind, honour.level)
        own[key] = own.get(key, frozenset()) | {year}
    return found
