"""Workbooks that leave this slice. Every text is stored as text, also where it begins with “=”."""

import io
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from scoring.rules.numbers import format_short, parse_decimal

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
INK, PAPER, LINE = "1C1F26", "F6F5F1", "D8D6CF"
FACE = "Calibri"
HEAD = Font(FACE, bold=True, color=INK)
BOLD = Font(FACE, bold=True, color=INK, size=13)
FILL = PatternFill("solid", fgColor=PAPER)
RULE = Border(bottom=Side("thin", color=LINE))
TOP = Alignment(vertical="top", wrap_text=True)
ALONG = Alignment(vertical="top")
LINE_HEIGHT = 15  # points
NO_TEXT = {chr(code) for code in (*range(0x20), 0xFFFE, 0xFFFF)} - {"\t", "\n", "\r"}


def write(sheet: Any, row: int, column: int, value: str, *, number: bool = False) -> Any:
    """Write one cell as text, or as a number where it is one; 1.10 is none, it would come back as 1.1."""
    cell = sheet.cell(row, column)
    cell.alignment = TOP
    amount = parse_decimal(value) if number else None
    if amount is not None and format_short(amount) == value:
        cell.value = Decimal(value)
        return cell
    cell.value = "".join(letter for letter in value if letter not in NO_TEXT) or None
    if cell.value is not None:
        cell.data_type = "s"
    return cell


def write_head(sheet: Any, row: int, headings: Sequence[str], widths: Sequence[int] = ()) -> None:
    """Write a row of headings; the first one of a sheet stays in sight."""
    for index, heading in enumerate(headings, start=1):
        cell = write(sheet, row, index, heading)
        cell.font, cell.fill, cell.border = HEAD, FILL, RULE
    for index, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    if row == 1:
        sheet.freeze_panes = "A2"


def lines_of(text: str, width: float) -> int:
    """Return how many lines a text takes in a column so many digits wide, with a digit for the margin."""
    room = max(1, int(width) - 1)
    return sum(max(1, -(-_digits(line) // room)) for line in text.split("\n"))


def _digits(line: str) -> int:
    """Return how wide a line is, in digits; a Chinese letter is as wide as two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)


def fit_rows(sheet: Any) -> None:
    """Make each row as high as its longest text: not every program does so by itself."""
    for cells in sheet.iter_rows():
        lines = 1
        for cell in cells:
            if cell.value is not None and cell.alignment.wrap_text:
                factor = (cell.font.size or 11) / 11
                width = sheet.column_dimensions[get_column_letter(cell.column)].width / factor
                lines = max(lines, lines_of(str(cell.value), width))
        if lines > 1:
            sheet.row_dimensions[cells[0].row].height = LINE_HEIGHT * lines


def fit_to_paper(sheet: Any) -> None:
    """Let a sheet print on A4 across, as wide as the paper."""
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def saved(book: Workbook) -> bytes:
    """Return the bytes of a workbook."""
    for sheet in book.worksheets:
        fit_rows(sheet)
        fit_to_paper(sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
