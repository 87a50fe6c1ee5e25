"""What the page of the re-check shows, as plain values."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from accounts.guard import may
from accounts.queries import list_names
from competitions.events.models import Event
from competitions.events.queries import event_path
from competitions.fields import page_of
from core.i18n import moment
from scoring.rechecks import queries
from scoring.rechecks.queries import Compared, Progress
from scoring.rules.model import Scheme
from scoring.schemes.queries import find_scheme
from scoring.sheets import corrections
from scoring.sheets import queries as sheets
from scoring.sheets.closed_pages import OUTCOMES, listed_marks, stage_title

SHEETS = 50
REASONS: dict[str, Any] = {
    "top": _l("Top of the ranking"), "sample": _l("Drawn by lot"), "all": _l("Every sheet")
}  # fmt: skip


def recheck_page(session: Session, event: Event, page: str | None) -> dict[str, Any]:
    """Return the re-check of an event with one page of its sheets, those to be compared first."""
    shares, found = queries.shares_of(event), queries.find_progress(session, event)
    facts: dict[str, Any] = {
        "shares": shares,
        "found": found,
        "may_check": may("recheck.check", event_path(session, event), event.state),
        "waiting": _waiting(session, event),
    }
    if found is None:
        return facts | {"rows": [], "page": 1, "pages": 1}
    scheme, marks = find_scheme(session, event.id), sheets.marks_by_sheet(session, event.id)
    ordered = sorted(found.chosen, key=lambda sheet: sheet.done)
    number, last = page_of(page, len(ordered), SHEETS)
    names = list_names(session, {sheet.last.by_id for sheet in ordered if sheet.last})
    shown = ordered[(number - 1) * SHEETS : number * SHEETS]
    return facts | {
        "rows": [_row(scheme, sheet, marks.get(sheet.row.ref, []), names) for sheet in shown],
        "facts": facts_of(session, found),
        "page": number,
        "pages": last,
    }


def _row(scheme: Scheme | None, sheet: Compared, marks: Any, names: dict[int, str]) -> dict[str, Any]:
    return {
        "sheet": sheet,
        "row": sheet.row,
        "stage": stage_title(scheme, sheet.row.stage),
        "marks": listed_marks(scheme, sheet.row.stage, marks),
        "why": REASONS[sheet.why],
        "who": names.get(sheet.last.by_id, "") if sheet.last else "",
    }


def _waiting(session: Session, event: Event) -> list[dict[str, Any]]:
    """Return the corrections that wait for their witness as a list that leads to their sheets."""
    rows = {row.ref: row for row in sheets.list_sheets(session, event.id)}
    reads = may("sheet.view", event_path(session, event))
    kind, word = OUTCOMES[""]
    return [
        {
            "label": f"{rows[ref].entry} · {rows[ref].judge}",
            "url": url_for("sheets.show_corrections", event_id=event.id, ref=ref) if reads else None,
            "hint": found.reason,
            "state": kind,
            "state_label": word,
        }
        for found in corrections.list_corrections(session, event.id)
        if found.outcome == "" and (ref := found.sheet.ref) in rows
    ]


def facts_of(session: Session, found: Progress) -> list[tuple[str, str]]:
    """Return how far a re-check has come, and how its sheets were drawn."""
    compared = len(found.chosen) - found.left
    who = list_names(session, {found.recheck.drawn_by_id}).get(found.recheck.drawn_by_id, "")
    facts = [
        (_("Found right"), f"{compared} / {len(found.chosen)}"),
        (_("Differed"), str(found.errors)),
        (_("Sheets drawn"), f"{moment(found.recheck.drawn_at)} · {who}"),
        (_("Seed"), found.recheck.seed),
    ]
    if found.recheck.whole_at is not None:
        facts.insert(2, (_("Every sheet since"), moment(found.recheck.whole_at)))
    return facts
