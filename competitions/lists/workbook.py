"""How workbooks of lists look that leave the system.

Every text is stored as text: what begins with "=" stays what somebody typed and never becomes a formula.
"""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT, OFFERED_MOST, NOTE_WIDTH = "@", 1000, 84
LATIN = 0x2E7F  # the last character before the Chinese ones and their signs
INK, SAND, PAPER, SOFT, LINE = "1C1F26", "E9E6DD", "FAF9F6", "6B7079", "D8D6CF"
FACE = "微软雅黑"
HEAD = Font(name=FACE, bold=True, color=INK)
HEAD_FILL, FILL = PatternFill("solid", fgColor=SAND), PatternFill("solid", fgColor=PAPER)
RULE = Border(bottom=Side("thin", color=LINE))
TOP = Alignment(vertical="top", wrap_text=True)
MIDDLE = Alignment(vertical="center")


def list_workbook(title: str, headings: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """Return a list as a workbook: heading frozen, numbers as numbers, texts as texts."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    widths = [max(8, 2 * len(heading) + 2) for heading in headings]
    for number, row in enumerate(rows, start=2):
        for index, value in enumerate(row, start=1):
            if isinstance(value, int):
                sheet.cell(number, index, value).alignment = MIDDLE
            else:
                text_cell(sheet, number, index, value)
            widths[index - 1] = max(widths[index - 1], min(40, 2 * len(str(value)) + 2))
    write_head(sheet, headings, widths)
    sheet.auto_filter.ref = sheet.dimensions
    return saved(book)


def write_head(sheet: Any, headings: Sequence[str], widths: Sequence[int]) -> None:
    """Write the headings of a list: frozen, printed on each page."""
    for index, heading in enumerate(headings, start=1):
        cell = text_cell(sheet, 1, index, heading)
        cell.font, cell.fill, cell.border = HEAD, HEAD_FILL, RULE
        sheet.column_dimensions[get_column_letter(index)].width = widths[index - 1]
    sheet.row_dimensions[1].height = 28
    sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = 21, True
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    fit_to_page(sheet)


def fit_to_page(sheet: Any) -> None:
    """Print on A4, as wide as the page and as long as it must be."""
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def text_cell(sheet: Any, row: int, column: int, value: str) -> Any:
    """Write a text as a text: what begins with "=" never becomes a formula."""
    cell = sheet.cell(row, column)
    cell.value = value
    cell.data_type, cell.number_format, cell.alignment = "s", TEXT, MIDDLE
    return cell


def width_of(text: str) -> int:
    """Return how many columns of a letter a text takes: a Chinese character takes two."""
    return sum(2 if ord(character) > LATIN else 1 for character in text)


def no_author(book: Workbook) -> None:
    """Leave nobody's name in a file that goes to other units."""
    book.properties.creator = ""


def saved(book: Workbook) -> bytes:
    """Return a workbook as a file that names nobody."""
    no_author(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def write_choices(book: Workbook, title: str, words: Sequence[str]) -> None:
    """Write words onto a hidden sheet, for a list to choose from."""
    sheet = book.create_sheet(title)
    sheet.sheet_state = "hidden"
    for number, word in enumerate(words[:OFFERED_MOST], start=1):
        text_cell(sheet, number, 1, word)


def write_notes(book: Workbook, notes: Sequence[tuple[str, str]]) -> None:
    """Write a sheet that says how the list is filled in, as (word, sentence)."""
    sheet = book.create_sheet(_("How to fill in"))
    widest = max((width_of(word) + 2 for word, _words in notes), default=0)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = max(20, widest), NOTE_WIDTH
    title = text_cell(sheet, 1, 1, _("How to fill in"))
    title.font = Font(name=FACE, bold=True, size=14, color=INK)
    fit_to_page(sheet)
    for number, (word, words) in enumerate(notes, start=3):
        first, second = text_cell(sheet, number, 1, word), text_cell(sheet, number, 2, words)
        first.font, first.alignment, second.alignment = HEAD, TOP, TOP
        second.font = Font(name=FACE, color=INK)
        sheet.row_dimensions[number].height = 36 if width_of(words) > NOTE_WIDTH else 20


def write_example(sheet: Any, row: int, column: int, value: str) -> None:
    """Write a cell of the row that shows how the list is filled in."""
    cell = text_cell(sheet, row, column, value)
    cell.font, cell.fill, cell.border = Font(name=FACE, size=10, color=SOFT), FILL, RULE


def choice_from(source: str, offered: int) -> DataValidation:
    """Return the choice among the words of a hidden sheet; what is not there may be written, too."""
    return _choice(f"{source}!$A$1:$A${min(offered, OFFERED_MOST)}")


def choice_of(words: Sequence[str]) -> DataValidation:
    """Return the choice among a few words; others may be written, too."""
    return _choice(f'"{",".join(words)}"')


def _choice(formula: str) -> DataValidation:
    rule = DataValidation("list", formula1=formula, allow_blank=True)
    rule.showErrorMessage = False
    return rule
