"""The user's own sheet given back: every cell as the text it is, in its place, and why a row is refused.

Rows keep their numbers and columns their letters, so that messages and sheet agree. What was wrong is tinted.
A number too long for a spreadsheet says so (3.70102198501100E+17): as text its invented digits would pass.
Corrected and uploaded again, the sheet is read as before: its last column is for people alone.
"""

import io
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from flask_babel import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from competitions.lists.grid import Grid
from competitions.lists.headings import ERRORS, letter, plain_heading
from competitions.lists.workbook import FACE, HEAD, HEAD_FILL, INK, TEXT, fit_to_page, no_author, width_of

RED, ROSE = "A9231F", "FBE3E1"
LOOKED_AT, NARROW, WIDE, NOTES_WIDTH, LONGEST = 200, 8, 40, 64, 32_000
LOOKS: dict[str, dict[str, Any]] = {
    "plain": {"font": Font(name=FACE, color=INK), "alignment": Alignment(vertical="top")},
    "head": {"font": HEAD, "fill": HEAD_FILL, "alignment": Alignment(vertical="center")},
    "wrong": {
        "font": Font(name=FACE, color=RED),
        "fill": PatternFill("solid", fgColor=ROSE),
        "alignment": Alignment(vertical="top"),
    },
    "notes": {
        "font": Font(name=FACE, color=RED),
        "fill": PatternFill("solid", fgColor=ROSE),
        "alignment": Alignment(vertical="top", wrap_text=True),
    },
    "notes head": {
        "font": Font(name=FACE, bold=True, color="FFFFFF"),
        "fill": PatternFill("solid", fgColor=RED),
        "alignment": Alignment(vertical="center"),
    },
}


class Fault(NamedTuple):
    """One finding in its place, in words."""

    row: int
    column: str
    value: str
    code: str
    why: str
    advice: str


def error_copy(grid: Grid, columns: Mapping[str, str], faults: Sequence[tuple[str, Fault]]) -> bytes:
    """Return a sheet as a workbook with the faults of its rows.

    Shape: `columns` gives the letter of each field's column; `faults` are (field, fault in words).
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(grid.sheet)
    width = max(len(cells) for _row, cells in grid.rows)
    notes = next((at for at, heading in grid.headings if plain_heading(heading) in ERRORS), width)
    _set_widths(sheet, grid, notes)
    fit_to_page(sheet)
    sheet.freeze_panes = f"A{grid.header + 1}"
    sheet.auto_filter.ref = f"A{grid.header}:{letter(max(notes, width - 1))}{grid.rows[-1].row}"
    said = _by_row(columns, faults)
    written = 0
    for row in grid.rows:
        for _gap in range(written + 1, row.row):
            sheet.append([])
        texts = [cell.sure for cell in row.cells]
        sheet.append(_cells(sheet, texts, notes, said.get(row.row), row.row == grid.header))
        written = row.row
    no_author(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _by_row(
    columns: Mapping[str, str], faults: Sequence[tuple[str, Fault]]
) -> dict[int, tuple[set[str], list[str]]]:
    """Return of each row the letters of what is wrong, and why."""
    found: dict[int, tuple[set[str], list[str]]] = {}
    for field, fault in faults:
        letters, words = found.setdefault(fault.row, (set(), []))
        letters.add(columns.get(field, ""))
        words.append(_("%(column)s: %(why)s %(advice)s", **fault._asdict()).strip())
    return found


def _cells(
    sheet: Any, texts: list[str], notes: int, said: tuple[set[str], list[str]] | None, head: bool
) -> list[Any]:
    letters, words = said or (set(), [])
    cells = [
        _cell(sheet, text, "head" if head else "wrong" if letter(place) in letters else "plain")
        for place, text in enumerate(texts + [""] * (notes + 1 - len(texts)))
    ]
    if head:
        cells[notes] = _cell(sheet, _("Error notes"), "notes head")
    elif words:
        cells[notes] = _cell(sheet, "\n".join(words)[:LONGEST], "notes")
    else:
        cells[notes] = _cell(sheet, "", "plain")
    return cells


def _cell(sheet: Any, text: str, look: str) -> Any:
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text) or None)
    if cell.value is not None:
        cell.data_type = "s"  # what begins with "=" stays what somebody typed
    cell.number_format = TEXT
    for name, value in LOOKS[look].items():
        setattr(cell, name, value)
    return cell


def _set_widths(sheet: Any, grid: Grid, notes: int) -> None:
    widths: dict[int, int] = {}
    for _row, cells in [row for row in grid.rows if row.row >= grid.header][:LOOKED_AT]:
        for place, cell in enumerate(cells):
            widths[place] = max(widths.get(place, NARROW), min(width_of(cell.text) + 2, WIDE))
    widths[notes] = NOTES_WIDTH
    for place, width in widths.items():
        sheet.column_dimensions[get_column_letter(place + 1)].width = width
