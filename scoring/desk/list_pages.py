"""What the page of a list of marks shows, as plain values."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from competitions.entries.labels import listed
from competitions.events.models import Event
from competitions.fields import page_of
from competitions.lists.grid import from_json
from competitions.lists.headings import letter
from core.i18n import moment
from core.refusals import Refusal, refuse, words
from scoring.desk import people, queries, values
from scoring.desk.lists import columns, entering
from scoring.desk.lists.proposal import Proposal
from scoring.desk.lists.template import heading
from scoring.desk.models import MarkList
from scoring.rules.model import Scheme, Stage

PAGE, NAMED = 200, 24
FIELDS: dict[str, Any] = {
    "code": _l("Entry code"),
    "number": _l("Entry number"),
    "judge": _l("Judge code"),
    "attempt": _l("Attempt"),
}
STATES: dict[str, tuple[str, Any]] = {
    "open": ("warn", _l("not entered")),
    "entered": ("ok", _l("entered")),
}


def needed(stage: Stage) -> str:
    """Return usual headings of a list, for whoever brings one without."""
    return listed([_("Entry code"), heading(stage.aspects[0])])


def offered(stage: Stage) -> list[tuple[str, Any]]:
    """Return what a column may be read as."""
    marks = [(f"={aspect.code}", heading(aspect)) for aspect in stage.aspects]
    return [("", _l("Not read")), *FIELDS.items(), *marks]


def headings(made: MarkList) -> list[tuple[int, str]]:
    """Return the columns of a list that have a heading."""
    return from_json(made.grid).headings


def require_columns(fields: Mapping[int, str]) -> None:
    """Refuse a choice of columns without codes or marks, or with the same thing twice.

    Raises: Refused LIST_COLUMNS, LIST_COLUMN_TWICE.
    """
    if columns.lacking(fields):
        raise refuse("LIST_COLUMNS")
    if len(set(fields.values())) < len(fields):
        raise refuse("LIST_COLUMN_TWICE")


def list_page(
    session: Session, event: Event, scheme: Scheme, made: MarkList, actor_id: int, page: str | None
) -> dict[str, Any]:
    """Return a list with what it would change, or what it has changed."""
    stage = entering.stage_of(scheme, made)
    found = entering.proposal_of(session, event, made) if made.state == "open" else None
    rows = made.changes if found is None else [r for c in found.changes for r in entering.changed_rows(c)]
    number, pages = page_of(page, len(rows), PAGE)
    grid = from_json(made.grid)
    return {
        "stage": stage,
        "state": STATES[made.state],
        "found": found,
        "grid": grid,
        "letters": [letter(index) for index, _heading in grid.headings],
        "lacking": made.state == "open" and found is None,
        "changes": change_rows(stage, rows[(number - 1) * PAGE : number * PAGE]),
        "count": len(rows),
        "page": number,
        "pages": pages,
        "mine": made.by_id == actor_id,
        "second": people.needs_second(event),
        "notes": _notes(session, event, made, found) if made.state == "open" else [],
    }


def change_rows(stage: Stage, rows: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    """Return marks as they change, in words."""
    aspects = {aspect.code: aspect for aspect in stage.aspects}
    told = []
    for code, judge, name, attempt, before, after in rows:
        aspect = aspects.get(name)
        show = (lambda value, aspect=aspect: values.shown(aspect, value)) if aspect else str
        told.append(
            {
                "code": code,
                "judge": judge,
                "aspect": heading(aspect) if aspect else name,
                "attempt": attempt,
                "before": show(before),
                "after": show(after),
            }
        )
    return told


def _notes(session: Session, event: Event, made: MarkList, found: Proposal | None) -> list[str]:
    grid, notes = from_json(made.grid), []
    entered = queries.find_entered(session, event.id, made.sha256)
    if entered is not None and entered.closed_at is not None:
        told = {"number": entered.number, "when": moment(entered.closed_at)}
        notes.append(
            _(
                "This very file was entered as list %(number)s on %(when)s. What it said then is not "
                "entered again, also where a mark was changed since.",
                **told,
            )
        )
    if found is not None and found.missing:
        codes = listed(found.missing[:NAMED]) + (" …" if len(found.missing) > NAMED else "")
        told = {"count": len(found.missing), "codes": codes}
        notes.append(_("Codes that are not in the list: %(count)s (%(codes)s).", **told))
    fields = entering.fields_of(made)
    unread = [title for index, title in grid.headings if index not in fields]
    if unread:
        notes.append(_("Columns that are not read: %(headings)s.", headings=listed(unread[:NAMED])))
    other = [note for note in grid.notes if note.code == "SHEET_USED"]
    return notes + [words(Refusal(note.code, "", note.params)) for note in other]
