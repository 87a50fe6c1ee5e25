"""What the pages of closing and corrections show: sheets that wait, and one with what was corrected."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from accounts.guard import may
from accounts.queries import list_names
from competitions.events.models import Event
from competitions.events.queries import event_path
from competitions.fields import page_of
from scoring.rules.model import Scheme
from scoring.schemes.queries import find_scheme
from scoring.sheets import board, closing, corrections, pages, queries, releases, services
from scoring.sheets.models import Correction, Sheet
from scoring.sheets.states import PUBLISHED
from scoring.sheets.wording import mark_words

SHEETS = 100  # a page of those to confirm or lock
OUTCOMES: dict[str, Any] = {
    "": ("warn", _l("Waits for a witness")),
    "witnessed": ("ok", _l("Witnessed")),
    "declined": ("off", _l("Declined")),
}


def closing_page(
    session: Session, event: Event, act: str, stages: Sequence[str] | None, page: str | None
) -> dict[str, Any]:
    """Return the sheets that wait for an act, a page of them with every mark, by code and stage."""
    waiting = closing.list_waiting(session, event, act, stages)
    scheme = find_scheme(session, event.id)
    number, last = page_of(page, len(waiting), SHEETS)
    return {
        "rows": [
            {
                "row": row,
                "stage": stage_title(scheme, row.stage),
                "marks": listed_marks(scheme, row.stage, row.marks),
            }
            for row in waiting[(number - 1) * SHEETS : number * SHEETS]
        ],
        "waiting": len(waiting),
        "page": number,
        "pages": last,
        "rights": pages.rights(session, event),
    }


def stage_title(scheme: Scheme | None, code: str) -> str:
    """Return the title of a stage."""
    stage = scheme.find_stage(code) if scheme else None
    return stage.title or code if stage else code


def listed_marks(
    scheme: Scheme | None, stage: str, marks: Iterable[tuple[str, int, str]]
) -> list[tuple[str, str]]:
    """Return each mark of a sheet as (title of the aspect, value), the attempt named from the second on."""
    found = []
    for code, attempt, value in marks:
        aspect = scheme.find_aspect(stage, code) if scheme else None
        shown = mark_words(aspect, value) if aspect and value else value
        found.append((aspect_title(scheme, stage, code, attempt), shown))
    return found


def aspect_title(scheme: Scheme | None, stage: str, code: str, attempt: int) -> str:
    """Return the title of an aspect, with its attempt from the second on."""
    aspect = scheme.find_aspect(stage, code) if scheme else None
    title = aspect.title or code if aspect else code
    return f"{title} ({attempt})" if attempt > 1 else title


def sheet_page(session: Session, event: Event, ref: str) -> dict[str, Any] | None:
    """Return one sheet with its marks and corrections; None for an unknown one."""
    row, sheet = queries.find_sheet_row(session, event.id, ref), queries.find_sheet(session, ref)
    if row is None or sheet is None:
        return None
    scheme, path = find_scheme(session, event.id), event_path(session, event)
    found = corrections.list_corrections(session, event.id, sheet.id)
    names = list_names(session, {c.proposed_by_id for c in found} | {c.decided_by_id or 0 for c in found})
    standings = board.overall(session, event)
    standing = next((s for s in standings.standings if s.row.ref == ref), None) if standings else None
    marks = queries.marks_by_sheet(session, event.id).get(ref, [])
    return {
        "row": row,
        "stage": stage_title(scheme, row.stage),
        "state": board.SHEET_STATES[standing.state] if standing else "",
        "marks": [
            (f"{code}/{attempt}", aspect_title(scheme, row.stage, code, attempt), value)
            for code, attempt, value in marks
        ],
        "corrections": [_shown(scheme, row.stage, c, names) for c in found],
        "correctable": _correctable(session, event, sheet, found),
        "released": _released(session, event, sheet),
        "may_ask": may("sheet.correct", path, event.state),
        "may_witness": may("sheet.witness", path, event.state),
    }


def _correctable(session: Session, event: Event, sheet: Sheet, found: Sequence[Correction]) -> bool:
    """Say whether the signed-in user can correct a sheet now: with names open only where it was released."""
    if not may("sheet.correct", event_path(session, event), event.state):
        return False
    waits = any(correction.outcome == "" for correction in found)
    sealed = not releases.names_open(session, event) or releases.find_open(session, sheet_id=sheet.id)
    return services.after("correct", event, sheet) is not None and not waits and bool(sealed)


def _released(session: Session, event: Event, sheet: Sheet) -> str | None:
    """Return how a sheet stands with names open: asked, open, or nothing yet; None while they are sealed."""
    if event.state not in {"tabulated", *PUBLISHED} or not releases.names_open(session, event):
        return None
    row = releases.find_pending(session, sheet.id)
    return row.outcome if row is not None else ""


def _shown(scheme: Scheme | None, stage: str, row: Correction, names: dict[int, str]) -> dict[str, Any]:
    """Return a correction in words: what changes, why, who wanted it and who decided."""
    return {
        "row": row,
        "chip": OUTCOMES[row.outcome],
        "changes": [
            (aspect_title(scheme, stage, aspect, attempt), old, new)
            for aspect, attempt, old, new in row.changes
        ],
        "by": names.get(row.proposed_by_id, ""),
        "decided_by": names.get(row.decided_by_id or 0, ""),
    }
