"""The workbook to fill in for a stage: every code with its judges, a column for each aspect, notes."""

import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from openpyxl import Workbook
from openpyxl.styles import PatternFill

from scoring.desk.lists.proposal import Ground, Sheet
from scoring.rules.model import Aspect, Stage
from scoring.schemes import workbooks
from scoring.schemes.wording.aspects import entered
from scoring.sheets.rules import COMPETING, judge_order

TYPE = workbooks.TYPE
TEXT = "@"
CORE = "docProps/core.xml"
MOMENT = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
SHUT = PatternFill("solid", fgColor="D8D6CF")
MARK_WIDTH, NOTE_WIDTH = 18, 84


def template(ground: Ground) -> bytes:
    """Return the workbook; marks that are on the sheets already are not in it."""
    stage, book = ground.stage, Workbook()
    book.properties.creator = ""
    sheet = book.active
    sheet.title = _("Marks")
    rows = rows_of(ground)
    several, repeated = len({row.code for row in rows}) < len(rows), stage.attempts > 1
    heads = [_("Entry code"), *([_("Judge code")] * several), *([_("Attempt")] * repeated)]
    widths = [14] * len(heads) + [MARK_WIDTH] * len(stage.aspects)
    workbooks.write_head(sheet, 1, [*heads, *map(heading, stage.aspects)], widths)
    lines = ((row, attempt) for row in rows for attempt in range(1, stage.attempts + 1))
    for line, (row, attempt) in enumerate(lines, start=2):
        named = [row.code, *([row.judge] * several), *([str(attempt)] * repeated)]
        _write_row(sheet, line, named, row, stage.aspects)
    sheet.print_title_rows = "1:1"
    _write_notes(book, stage, several=several)
    return _timeless(workbooks.saved(book))


def _timeless(data: bytes) -> bytes:
    """Return a workbook without the moment at which it was made: the same sheets give the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as parts, zipfile.ZipFile(target, "w") as copy:
        for name in parts.namelist():
            part = MOMENT.sub(b"", parts.read(name)) if name == CORE else parts.read(name)
            copy.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def rows_of(ground: Ground) -> list[Sheet]:
    """Return the sheets of those who compete, by code and judge."""
    rows = [row for row in ground.sheets.values() if ground.statuses.get(row.code) in COMPETING]
    return sorted(rows, key=lambda row: (row.code, judge_order(row.judge)))


def heading(aspect: Aspect) -> str:
    """Return the heading of an aspect: its code and its title."""
    return f"{aspect.code} {aspect.title}".strip()


def _write_row(sheet: Any, line: int, named: Sequence[str], row: Sheet, aspects: Sequence[Aspect]) -> None:
    for index, text in enumerate(named, start=1):
        workbooks.write(sheet, line, index, text).number_format = TEXT
    for index, aspect in enumerate(aspects, start=len(named) + 1):
        cell = sheet.cell(line, index)
        cell.number_format, cell.border = TEXT, workbooks.RULE
        if aspect.code not in row.aspects:
            cell.fill = SHUT


def _write_notes(book: Workbook, stage: Stage, *, several: bool) -> None:
    sheet = book.create_sheet(_("How to fill in"))
    workbooks.write_head(sheet, 1, [_("How to fill in"), ""], [24, NOTE_WIDTH])
    notes = [
        (_("Rows"), _("One row for each code; rows that are not needed may be deleted.")),
        (_("Empty cells"), _("An empty cell is no mark and changes nothing; nought is written 0.")),
        (_("Formulas"), _("Marks that a formula has counted are not taken: paste them as values.")),
        (_("Absent entrants"), _("Leave the row empty; absence is recorded at the check-in.")),
        *([(_("Judges"), _("Each judge has a row; grey cells are not the judge's."))] * several),
        *((heading(aspect), entered(aspect)) for aspect in stage.aspects),
    ]
    for line, (word, words) in enumerate(notes, start=2):
        workbooks.write(sheet, line, 1, word).font = workbooks.HEAD
        workbooks.write(sheet, line, 2, words)
