"""What the pages of appeals show, as plain values."""

from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from accounts.guard import held_grants, may
from accounts.queries import list_names
from competitions.entries.models import Entry
from competitions.entries.places import own_units
from competitions.events.models import Event
from competitions.events.queries import event_path
from competitions.events.rules import appeals_end
from core.i18n import moment
from core.refusals import words
from scoring.appeals import labels, queries, rules, services
from scoring.appeals.models import Appeal
from scoring.results.queries import find_last_announced
from scoring.schemes.queries import find_scheme
from scoring.sheets import queries as sheets
from scoring.sheets import releases
from scoring.sheets.closed_pages import stage_title
from scoring.sheets.models import Release

VIEW = "appeal.view"


def list_page(session: Session, event: Event, now: datetime) -> dict[str, Any]:
    """Return the appeals that the signed-in user may see, what the own unit can file, what is released."""
    path = event_path(session, event)
    units = own_units(held_grants(), VIEW, path)
    return {
        "window": window(event, now),
        "rows": [row_of(session, appeal) for appeal in queries.list_appeals(session, event.id, units)],
        "entries": _fileable(session, event, now),
        "releases": _release_rows(session, event) if units is None else [],
        "may_release": may("release.decide", path, event.state),
        "staff": units is None,
        "now": now,
    }


def window(event: Event, now: datetime) -> dict[str, Any]:
    """Return until when appeals are taken, and whether they are now."""
    ends = appeals_end(event.announced_at, event.appeal_minutes) if event.announced_at else None
    is_open = event.state == "announced" and ends is not None and now < ends
    return {"ends": ends, "open": is_open, "minutes": event.appeal_minutes}


def row_of(session: Session, appeal: Appeal) -> dict[str, Any]:
    """Return one line about an appeal."""
    return {
        "appeal": appeal,
        "receipt": labels.receipt(appeal.event_id, appeal.number),
        "code": sheets.code_of(session, appeal.entry_id) or "—",
        "chip": labels.CHIPS[appeal.state],
        "url": url_for("appeals.show_appeal", event_id=appeal.event_id, number=appeal.number),
    }


def appeal_page(session: Session, event: Event, appeal: Appeal) -> dict[str, Any]:
    """Return one appeal: what it says, how it stands, and what the signed-in user can do."""
    path = (("unit", appeal.entry.unit_id), *event_path(session, event))
    penalties = _penalty_names(session, appeal.entry_id)
    scheme = find_scheme(session, event.id)
    ids = {appeal.filed_by_id, appeal.taken_by_id or 0, appeal.decided_by_id or 0}
    own = [row for row in releases.list_releases(session, event.id)
           if row.basis == releases.APPEAL and row.number == appeal.number]  # fmt: skip
    return {
        **row_of(session, appeal),
        "said": services.masked(appeal),
        "about": [labels.about_words(scheme, penalties, *thing) for thing in appeal.about],
        "names": list_names(session, ids),
        "files": [
            {"label": held.file.name, "url": url_for(
                "appeals.fetch_file", event_id=event.id, number=appeal.number, file_ref=held.file.ref)}
            for held in appeal.files
        ],
        "opened": [_release_row(session, event, row) for row in own],
        "may_file": may("appeal.file", path, event.state) and appeal.state in rules.OPEN,
        "may_decide": may("appeal.decide", path, event.state),
        "may_open": may("appeal.open", path),
        "words": labels.DECISIONS,
    }  # fmt: skip


def offered_things(session: Session, event: Event, entry: Entry) -> list[tuple[str, str]]:
    """Return what an appeal of an entry can be about, as (value, words)."""
    scheme, penalties = find_scheme(session, event.id), _penalty_names(session, entry.id)
    values = []
    for stage in scheme.stages if scheme else ():
        values.append(f"{rules.MARKED}:{stage.code}")
        if len(stage.aspects) > 1:
            values += [f"{rules.MARKED}:{stage.code}/{aspect.code}" for aspect in stage.aspects]
    values += [f"{rules.PENALTY}:{row.id}" for row in queries.list_penalties(session, entry.id)]
    values += [f"{rules.STATUS}:", f"{rules.RANKING}:"]
    parted = [(value, *value.split(":", 1)) for value in values]
    return [(value, labels.about_words(scheme, penalties, kind, code)) for value, kind, code in parted]


def offered_sheets(session: Session, event: Event, appeal: Appeal) -> list[tuple[int, str]]:
    """Return the closed sheets of an entry that a decision can name, as (id, words)."""
    scheme = find_scheme(session, event.id)
    return [
        (row.sheet.id, f"{stage_title(scheme, row.sheet.stage)} · {row.judge}")
        for row in queries.list_sheets(session, appeal.entry_id)
    ]


def offered_penalties(session: Session, appeal: Appeal) -> list[tuple[int, str]]:
    """Return the penalties of an entry that a decision can name, as (id, words)."""
    rows = queries.list_penalties(session, appeal.entry_id)
    return [(row.id, labels.penalty_words(row.points, row.reason)) for row in rows]


def _penalty_names(session: Session, entry_id: int) -> dict[str, str]:
    """Return the penalties of an entry in words, withdrawn ones too, as an appeal names them."""
    rows = queries.list_penalties(session, entry_id, standing=False)
    return {str(row.id): labels.penalty_words(row.points, row.reason) for row in rows}


def panel(session: Session, event: Event, now: datetime) -> tuple[str, dict[str, Any]] | None:
    """Return what is open between the announcement and the confirmation, for the event's page."""
    path = event_path(session, event)
    if event.state not in ("announced", "final") or not may(VIEW, path):
        return None
    appeals = queries.list_appeals(session, event.id)
    if event.state == "final" and not appeals:
        return None
    version = find_last_announced(session, event.id)
    waiting = sum(appeal.state in rules.OPEN for appeal in appeals)
    facts = [(_("Announced version"), str(version.number) if version else "—")]
    shown = window(event, now)
    if event.appeal_minutes and shown["ends"]:
        facts.append((_("Appeals until"), moment(shown["ends"])))
    facts.append((_("Appeals"), _("%(all)s, %(open)s open", all=len(appeals), open=waiting)))
    return "appeals/_panel.html", {
        "facts": facts,
        "open": [words(found) for found in releases.nothing_open(session, event, now)],
        "url": url_for("appeals.list_appeals", event_id=event.id),
    }


def _fileable(session: Session, event: Event, now: datetime) -> list[dict[str, Any]]:
    """Return the entries for which the signed-in user can file an appeal now."""
    if not window(event, now)["open"]:
        return []
    units = own_units(held_grants(), "appeal.file", event_path(session, event)) or frozenset()
    return [
        {"code": code, "name": entry.name,
         "url": url_for("appeals.new_appeal", event_id=event.id, entry_id=entry.id)}
        for entry, code in queries.list_own_entries(session, event.id, units)
    ]  # fmt: skip


def _release_rows(session: Session, event: Event) -> list[dict[str, Any]]:
    return [_release_row(session, event, row) for row in releases.list_releases(session, event.id)]


def _release_row(session: Session, event: Event, row: Release) -> dict[str, Any]:
    """Return a release in words, with the page on which what it allows is done."""
    label, url = "", ""
    if row.sheet is not None:
        found = sheets.find_sheet_row(session, event.id, row.sheet.ref)
        stage = stage_title(find_scheme(session, event.id), row.sheet.stage)
        label = " · ".join([found.entry, found.judge, stage]) if found else stage
        url = url_for("sheets.show_corrections", event_id=event.id, ref=row.sheet.ref)
    elif row.penalty is not None:
        code = sheets.code_of(session, row.penalty.entry_id)
        label = f"{code} · {labels.penalty_words(row.penalty.points, row.penalty.reason)}"
        url = url_for("sheets.show_entry", event_id=event.id, code=code)
    basis = _("Error found")
    if row.basis == releases.APPEAL:
        basis = _("Appeal no. %(number)s", number=row.number)
    return {"row": row, "label": label, "url": url, "basis": basis, "chip": labels.RELEASES[row.outcome]}
