"""One mark sheet as it stands: its marks, and what it was signed with; codes only."""

from typing import Any

from sqlalchemy.orm import Session

from competitions.events.models import Event
from scoring.rules.model import Stage
from scoring.sheets import board, pages, queries
from scoring.sheets.rules import MarkKey
from scoring.sheets.signed import signature_of
from scoring.sheets.wording import mark_words


def sheet_page(session: Session, event: Event, ref: str) -> dict[str, Any] | None:
    """Return one sheet of an event, or None; marks that are not signed stay with their judge."""
    found = board.overall(session, event)
    standing = next((s for s in found.standings if s.row.ref == ref), None) if found else None
    sheet = queries.find_sheet(session, ref)
    stage = found.scheme.find_stage(standing.row.stage) if found and standing else None
    if standing is None or sheet is None or stage is None:
        return None
    marks = queries.marks_of(session, sheet.id) if sheet.signed_hash else {}
    return {
        "row": standing.row,
        "stage": stage,
        "chip": (pages.CHIPS.get(standing.state, "info"), board.label_of(standing, stage)),
        "marks": _marks(stage, marks),
        "signed": signature_of(session, sheet, marks),
    }


def _marks(stage: Stage, marks: dict[MarkKey, str]) -> list[tuple[str, str]]:
    found = []
    for attempt in range(1, stage.attempts + 1):
        for aspect in stage.aspects:
            value = marks.get(MarkKey(aspect.code, attempt))
            if value is not None:
                title = aspect.title or aspect.code
                found.append((f"{title} ({attempt})" if attempt > 1 else title, mark_words(aspect, value)))
    return found
