"""Write the sheets of a workbook: typed cells, texts that can never become formulas, a head in sight."""

from collections.abc import Iterable, Sequence
from copy import copy
from decimal import Decimal
from typing import Any

from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reports.documents.cells import columns_of, heading, shown
from reports.documents.model import Cell, Column, Document, Kind, Table, Words
from reports.documents.sheet_text import cell_text, display_width, looks_like_formula
from reports.documents.wrapping import wrap
from reports.documents.xlsx_style import (
    BODY,
    BOX,
    HAIRLINE,
    HEAD,
    HEAD_BORDER,
    HEAD_FILL,
    REMARK,
    STRONG,
    TITLE,
    TOTALS_BORDER,
    alignment,
    number_format,
)  # fmt: skip

WIDEST, NARROWEST = 46, 9  # characters of a column
SHORT_HEAD = 12  # characters of a heading on one line
MOST_ON_A_PAGE = 1100  # points of a sheet on one standing page of A4, which shrinks it to two thirds
NAMED = 40  # characters of a column of names
LINE_HEIGHT = 14  # points of a line of text in a row of several
FORM_HEIGHT = 27  # points of a row to write in by hand
Looks = dict[tuple[Any, ...], Any]  # openpyxl's styles of a table's cells
EXACT_DIGITS = 15  # what a spreadsheet's binary number holds without loss


def put(sheet: Worksheet, row: int, column: int, value: Cell, font: Font = BODY) -> SheetCell:
    """Write one typed cell; a text stays a text even if it begins with =."""
    cell: Any = _put_value(sheet, row, column, value)
    cell.font = font
    _dress_text(cell, value)
    return cell


def _put_value(sheet: Worksheet, row: int, column: int, value: Cell) -> SheetCell:
    """Write a value without its look.

    A number of more than 15 significant digits becomes a text, because a spreadsheet would round it.
    """
    if isinstance(value, int | Decimal) and len(Decimal(value).normalize().as_tuple().digits) > EXACT_DIGITS:
        value = f"{value}"
    cell: Any = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = cell_text(value)
        cell.data_type = "s"
    else:
        cell.value = value
    return cell


def _dress_text(cell: Any, value: Cell) -> None:
    if cell.data_type == "s":
        cell.number_format = "@"
        cell.quotePrefix = looks_like_formula(f"{value}")


def put_name(sheet: Worksheet, row: int, name: str, column: int = 1, width: int = NAMED) -> None:
    """Write a text into a cell that is `width` characters wide, over as many lines as it needs."""
    cell: Any = put(sheet, row, column, name)
    cell.border = HAIRLINE
    indent = 1 if column > 1 else 0
    cell.alignment = Alignment(vertical="center", wrap_text=True, horizontal="left", indent=indent)
    height = 6 + LINE_HEIGHT * -(-display_width(name) // (width - 2))
    if height > (sheet.row_dimensions[row].height or sheet.sheet_format.defaultRowHeight):
        sheet.row_dimensions[row].height = height


def put_head(sheet: Worksheet, document: Document, title: str) -> int:
    """Write title, filter line and issue line at the top; return the next free row."""
    rows = [(title, TITLE, 28.0)]
    filters = "　".join([document.subtitle, *(f"{label} {value}" for label, value in document.meta)]).strip()
    issued = "　".join(filter(None, (document.issued, document.seal)))
    rows += [(line, REMARK, 17.0) for line in (filters, issued) if line]
    for number, (text, font, height) in enumerate(rows, start=1):
        put(sheet, number, 1, text, font).alignment = Alignment(vertical="center")
        sheet.row_dimensions[number].height = height
    return len(rows) + 1


def fold_lines(sheet: Worksheet, rows: Iterable[int], columns: int) -> None:
    """Break lines that are longer than the columns are wide; they would make the sheet tiny on paper."""
    last = get_column_letter(columns)
    room = sum(sheet.column_dimensions[get_column_letter(index + 1)].width for index in range(columns))
    for row in rows:
        cell: Any = sheet.cell(row, 1)
        lines = len(wrap(str(cell.value or ""), room * BODY.size / cell.font.size, display_width))
        if lines > 1:
            if columns > 1:
                sheet.merge_cells(f"A{row}:{last}{row}")
            cell.alignment = Alignment(vertical="center", wrap_text=True)
            sheet.row_dimensions[row].height = 4 + 1.45 * cell.font.size * lines


def put_table(sheet: Worksheet, table: Table, words: Words, top: int) -> int:
    """Write head, rows, totals and notes of a table from row `top`; return the next free row."""
    columns = columns_of(table)
    put_column_heads(sheet, columns, words, top)
    row, looks = top, Looks()
    for row, cells in enumerate(table.rows, start=top + 1):
        _put_row(sheet, row, columns, cells, strong=False, looks=looks)
        if table.form:
            _make_room(sheet, row, cells)
    if table.rows:
        sheet.auto_filter.ref = f"A{top}:{get_column_letter(len(columns))}{row}"
    elif table.empty:
        row += 1
        put(sheet, row, 1, table.empty, REMARK)
    if table.totals is not None:
        row += 1
        _put_row(sheet, row, columns, table.totals, strong=True, looks=looks)
    for note in table.notes:
        row += 1
        put(sheet, row, 1, note, REMARK)
    return row + 1


def put_column_heads(
    sheet: Worksheet, columns: Sequence[Column], words: Words, row: int, room: int = WIDEST
) -> None:
    """Write the heads of columns that are `room` characters wide."""
    for index, column in enumerate(columns, start=1):
        cell: Any = put(sheet, row, index, heading(column, words), HEAD)
        cell.fill, cell.border, cell.alignment = HEAD_FILL, HEAD_BORDER, _placed(column, index, head=True)
    lines = max(-(-display_width(heading(column, words)) // room) for column in columns)
    sheet.row_dimensions[row].height = 8 + 15 * max(1, lines)


def set_widths(sheet: Worksheet, table: Table, words: Words, head_row: int) -> None:
    """Make each column as wide as what stands in it, within reason; a hint of the column goes first.

    A long heading breaks once, or a sheet of many figures would be too small on paper.
    """
    lines = 1
    for index, column in enumerate(columns_of(table)):
        texts = [shown(row[index], column.kind, column.places) for row in table.rows]
        texts += [shown(table.totals[index], column.kind, column.places)] if table.totals is not None else []
        head = display_width(heading(column, words))
        widest = max([head + 1 if head <= SHORT_HEAD else head // 2 + 3, *map(display_width, texts)])
        width = column.width or min(WIDEST, max(NARROWEST, widest + 2))
        sheet.column_dimensions[get_column_letter(index + 1)].width = width
        lines = max(lines, -(-head // (width - 2)))
    sheet.row_dimensions[head_row].height = 8 + 15 * lines


def set_page(sheet: Worksheet, document: Document, *, head_row: int | None) -> None:
    """Prepare a sheet for screen and paper: frozen head, landscape A4, as wide as the page, numbered."""
    sheet.sheet_view.showGridLines = False
    sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = 19, True
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.5  # inches
    sheet.page_margins.top, sheet.page_margins.bottom = 0.6, 0.7
    sheet.oddFooter.left.text = document.issued.replace("&", "&&")[:200]
    sheet.oddFooter.right.text = document.words.page.replace("&", "&&") % {"page": "&P", "pages": "&N"}
    if head_row is not None:
        sheet.freeze_panes = f"A{head_row + 1}"
        sheet.print_title_rows = f"{head_row}:{head_row}"


def set_upright(sheet: Worksheet, columns: int, rows: int) -> None:
    """Print so many columns upright: on one page if that leaves the letters large enough to read."""
    sheet.page_setup.orientation = "portrait"
    sheet.print_area = f"A1:{get_column_letter(columns)}{rows}"
    usual = sheet.sheet_format.defaultRowHeight
    height = sum(sheet.row_dimensions[row].height or usual for row in range(1, rows + 1))
    sheet.page_setup.fitToHeight = int(height <= MOST_ON_A_PAGE)


def _placed(column: Column, index: int, *, head: bool = False) -> Alignment:
    """Indent a text beside a number's column, or the two would touch."""
    return alignment(column, head=head, indent=1 if index > 1 and column.kind is Kind.TEXT else 0)


def _make_room(sheet: Worksheet, row: int, cells: Sequence[Cell]) -> None:
    """Draw a box around every cell of a row, and make it high enough to write in."""
    lines = max(-(-display_width(str(cell)) // (WIDEST - 2)) for cell in cells)
    sheet.row_dimensions[row].height = max(FORM_HEIGHT, 8 + 15 * lines)
    for index in range(1, len(cells) + 1):
        sheet.cell(row, index).border = BOX


def _lines(columns: Sequence[Column], cells: Sequence[Cell]) -> int:
    """Return over how many lines the longest text of a row is broken."""
    texts = [(column, cell) for column, cell in zip(columns, cells, strict=True) if isinstance(cell, str)]
    return max([1, *(-(-display_width(cell) // ((column.width or WIDEST) - 2)) for column, cell in texts)])


def _put_row(
    sheet: Worksheet,
    row: int,
    columns: Sequence[Column],
    cells: Sequence[Cell],
    *,
    strong: bool,
    looks: Looks,
) -> None:
    for index, (column, value) in enumerate(zip(columns, cells, strict=True), start=1):
        cell: Any = _put_value(sheet, row, index, value)
        shape = "@" if isinstance(value, str) else number_format(column, value)
        look = (strong, index, shape, cell.data_type == "s" and looks_like_formula(f"{value}"))
        if look not in looks:
            _dress(cell, column, index, value, strong=strong)
            looks[look] = cell._style
        cell._style = copy(looks[look])  # making it anew for each cell was most of a workbook's time
    if (lines := _lines(columns, cells)) > 1:
        sheet.row_dimensions[row].height = 6 + LINE_HEIGHT * lines


def _dress(cell: Any, column: Column, index: int, value: Cell, *, strong: bool) -> None:
    cell.font = STRONG if strong else BODY
    cell.border = TOTALS_BORDER if strong else HAIRLINE
    cell.alignment = _placed(column, index)
    _dress_text(cell, value)
    if not isinstance(value, str):
        cell.number_format = number_format(column, value)
