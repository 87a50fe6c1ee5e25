"""The first sheet of a workbook that is sent upward: whose it is, who answers for it, lines to sign."""

from collections.abc import Sequence

from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

from reports.documents.model import Cover, Document
from reports.documents.sheet_text import display_width
from reports.documents.xlsx_sheets import put
from reports.documents.xlsx_style import FACE

MARGIN, LABEL, VALUE = 6, 26, 52  # characters: the edges, the labels, what stands beside them
LEFT, RIGHT, LAST = 2, 3, 4  # columns: labels, values, the right edge
NAME = Font(name=FACE, size=16, color="1D2126")
TITLE = Font(name=FACE, size=20, bold=True, color="A8231C")
SOFT, PLAIN = Font(name=FACE, size=12, color="5C636B"), Font(name=FACE, size=12, color="1D2126")
UNDER = Border(bottom=Side(style="thin", color="5C636B"))
BESIDE = Alignment(horizontal="right", vertical="center", indent=1)
BELOW = Alignment(horizontal="right", vertical="bottom", indent=1)
MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)


def put_cover(sheet: Worksheet, document: Document, cover: Cover) -> None:
    """Write the cover onto a sheet of its own, as one standing page of A4."""
    for letter, width in zip("ABCD", (MARGIN, LABEL, VALUE, MARGIN), strict=True):
        sheet.column_dimensions[letter].width = width
    row = 1
    sheet.row_dimensions[row].height = 60
    for line in cover.above:
        row = _across(sheet, row + 1, line, NAME, 30)
    row = _across(sheet, row + 2, document.title, TITLE, 42)
    if document.subtitle and document.subtitle not in cover.above:
        row = _across(sheet, row + 1, document.subtitle, NAME, 26)
    sheet.row_dimensions[row + 1].height = 60
    row = _pairs(sheet, row + 2, cover.below)
    sheet.row_dimensions[row].height = 48
    row = _signatures(sheet, row + 1, document.signatures)
    if cover.foot:
        _across(sheet, row + 1, cover.foot, SOFT, 24)
    _set_page(sheet, row + 1)


def _across(sheet: Worksheet, row: int, text: str, font: Font, height: float) -> int:
    """Write a line over the whole width, as high as it is long; return its row."""
    sheet.merge_cells(start_row=row, end_row=row, start_column=LEFT, end_column=RIGHT)
    put(sheet, row, LEFT, text, font).alignment = MIDDLE
    characters = (LABEL + VALUE) * 11 / float(font.size)
    sheet.row_dimensions[row].height = height * max(1, -(-display_width(text) // int(characters)))
    return row


def _pairs(sheet: Worksheet, row: int, pairs: Sequence[tuple[str, str]]) -> int:
    for label, value in pairs:
        put(sheet, row, LEFT, label, SOFT).alignment = BESIDE
        put(sheet, row, RIGHT, value, PLAIN).alignment = Alignment(vertical="center", wrap_text=True)
        sheet.row_dimensions[row].height = 26 * max(1, -(-display_width(value) // VALUE))
        row += 1
    return row


def _signatures(sheet: Worksheet, row: int, labels: Sequence[str]) -> int:
    for label in labels:
        put(sheet, row, LEFT, label, SOFT).alignment = BELOW
        sheet.cell(row, RIGHT).border = UNDER
        sheet.row_dimensions[row].height = 40
        row += 1
    return row


def _set_page(sheet: Worksheet, last: int) -> None:
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "portrait", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 1
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.print_area = f"A1:D{last}"
