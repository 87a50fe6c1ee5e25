"""What the page of a backup file shows, as plain values."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from competitions.events.models import Event
from scoring.desk import backups, queries, values
from scoring.desk.lists.template import heading
from scoring.desk.models import BackupFile, BackupRecord
from scoring.rules.model import Scheme
from scoring.sheets import queries as sheets
from scoring.sheets.queries import MarkRow, SheetRow

DIGITS = 12
OUTCOMES: dict[str, tuple[str, Any]] = {
    "applied": ("ok", _l("on the sheet")),
    "elsewhere": ("off", _l("of another event")),
    "held": ("warn", _l("waits for the chief judge")),
    "conflict": ("bad", _l("Conflict")),
    "locked": ("bad", _l("sheet signed, or marking closed")),
    "rejected": ("bad", _l("refused: a value is wrong or missing")),
    "not_yours": ("bad", _l("sheet no longer the judge's")),
    "reused": ("bad", _l("number used for something else")),
    "unreadable": ("bad", _l("cannot be read")),
    "full": ("warn", _l("not taken yet")),
    "fault": ("warn", _l("not taken yet")),
    "waiting": ("warn", _l("not taken yet")),
}


def backup_page(session: Session, event: Event, scheme: Scheme, made: BackupFile) -> dict[str, Any]:
    """Return a backup file with its records, those first that somebody has to look at."""
    rows = {row.ref: row for row in sheets.list_sheets(session, event.id)}
    marks = sheets.list_marks(session, event.id)
    records = sorted(made.records, key=lambda record: (not queries.is_open(record), record.position))
    return {
        "made": made,
        "digits": made.sha256[:DIGITS].upper(),
        "records": [_row(scheme, rows, marks, record) for record in records],
        "again": any(record.outcome in backups.AGAIN for record in made.records),
        "applied": sum(record.outcome == "applied" for record in made.records),
        "open": sum(queries.is_open(record) for record in made.records),
    }


def _row(
    scheme: Scheme, rows: dict[str, SheetRow], marks: list[MarkRow], record: BackupRecord
) -> dict[str, Any]:
    stated = record.operation if isinstance(record.operation, dict) else {}
    sheet = rows.get(str(stated.get("sheet", "")))
    stage = scheme.find_stage(sheet.stage) if sheet else None
    is_open = queries.is_open(record)
    return {
        "record": record,
        "code": sheet.entry if sheet else "—",
        "stage": (stage.title or stage.code) if stage else "",
        "what": _what(scheme, sheet, record, stated),
        "now": _now(scheme, sheet, marks, record) if is_open and sheet else [],
        "outcome": ("off", _("put away")) if record.withdrawn_at else _outcome(record.outcome),
        "open": is_open,
    }


def _outcome(outcome: str) -> tuple[str, Any]:
    return OUTCOMES.get(outcome, ("bad", outcome))


def _what(scheme: Scheme, sheet: SheetRow | None, record: BackupRecord, stated: dict[str, Any]) -> list[str]:
    if stated.get("kind") == "sign":
        return [_("Signature")]
    return [_said(scheme, sheet, *row) for row in backups.marks_of(record)]


def _now(scheme: Scheme, sheet: SheetRow, marks: list[MarkRow], record: BackupRecord) -> list[str]:
    """Return what the sheet says now at the places of a record."""
    there = {
        (row.aspect, row.attempt): row.value
        for row in marks
        if (row.entry, row.judge, row.stage) == (sheet.entry, sheet.judge, sheet.stage)
    }
    return [
        _said(scheme, sheet, aspect, attempt, there.get((aspect, attempt), ""))
        for aspect, attempt, _value in backups.marks_of(record)
        if isinstance(aspect, str) and isinstance(attempt, int)
    ]


def _said(scheme: Scheme, sheet: SheetRow | None, aspect: object, attempt: object, value: object) -> str:
    found = scheme.find_aspect(sheet.stage, str(aspect)) if sheet else None
    stage = scheme.find_stage(sheet.stage) if sheet else None
    place = heading(found) if found else str(aspect)[:40]
    if stage is not None and stage.attempts > 1:
        place = f"{place} · {attempt}"
    shown = values.shown(found, str(value)) if found else str(value)[:40]
    return _("%(place)s: %(value)s", place=place, value=shown or _("blank"))
