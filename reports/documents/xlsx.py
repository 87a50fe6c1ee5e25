"""Write a document as an Excel workbook that can be sent upward as it is.

Totals are values, not SUM formulas: they are what the system counted (distinct people cannot be added), they
show in every viewer without recalculation, and so no cell of the file is a formula.
"""

import io
import re
import zipfile
from datetime import UTC, datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from reports.documents.cells import columns_of
from reports.documents.model import Column, Document, Figure, Kind, Table
from reports.documents.sheet_text import sheet_name
from reports.documents.xlsx_charts import put_chart
from reports.documents.xlsx_cover import put_cover
from reports.documents.xlsx_sheets import (
    NAMED,
    fold_lines,
    put,
    put_column_heads,
    put_head,
    put_name,
    put_table,
    set_page,
    set_upright,
    set_widths,
)  # fmt: skip
from reports.documents.xlsx_style import HAIRLINE, STRONG, number_format

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OVERVIEW = (NAMED, 14, 14, 24)  # characters of the columns: what is counted, how much, unit, remark
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def render(document: Document) -> bytes:
    """Return the workbook: cover, overview with figures and charts, a sheet for each table, definitions.

    The same document gives the same bytes.
    """
    book = Workbook()
    book.remove(book.active)
    taken: set[str] = set()
    if document.cover is not None:
        name = sheet_name(document.words.cover, taken)
        put_cover(book.create_sheet(name), document, document.cover)
    if document.figures or document.charts or not document.tables:
        _overview(book.create_sheet(sheet_name(document.words.overview, taken)), document)
    for table in document.tables:
        _table(book.create_sheet(sheet_name(table.title or document.title, taken)), document, table)
    if document.definitions:
        _definitions(book.create_sheet(sheet_name(document.words.definitions, taken)), document)
    book.properties.title, book.properties.creator = document.title[:200], "Jiangsai"
    moment = (document.issued_at or _EPOCH).astimezone(UTC).replace(microsecond=0, tzinfo=None)
    book.properties.created = moment
    return _settled(book, moment)


def _overview(sheet: Worksheet, document: Document) -> None:
    top = put_head(sheet, document, document.title)
    row = top + 1
    if document.figures:
        row = _figures(sheet, document, row) + 1
    for chart in document.charts:
        row = put_chart(sheet, chart, document.words, row) + 1
    for letter, width in zip("ABCD", OVERVIEW, strict=True):
        sheet.column_dimensions[letter].width = width
    fold_lines(sheet, range(1, top), len(OVERVIEW))
    set_page(sheet, document, head_row=None)
    set_upright(sheet, len(OVERVIEW), row)


def _figures(sheet: Worksheet, document: Document, row: int) -> int:
    words = document.words
    heads = (Column(words.figure), Column(words.value, Kind.INTEGER), Column(words.unit), Column(words.note))
    put_column_heads(sheet, heads, words, row)
    for figure in document.figures:
        row += 1
        _figure(sheet, figure, row)
    return row + 1


def _figure(sheet: Worksheet, figure: Figure, row: int) -> None:
    put_name(sheet, row, figure.label)
    put_name(sheet, row, figure.unit, 3, OVERVIEW[2])
    put_name(sheet, row, figure.note, 4, OVERVIEW[3])
    cell = put(sheet, row, 2, figure.value, STRONG)
    cell.border, cell.alignment = HAIRLINE, Alignment(horizontal="right", vertical="center")
    if not isinstance(figure.value, str):
        cell.number_format = number_format(Column("", figure.kind, places=figure.places))


def _table(sheet: Worksheet, document: Document, table: Table) -> None:
    titles = dict.fromkeys(filter(None, (document.title, table.title)))
    top = put_head(sheet, document, " · ".join(titles))
    free = put_table(sheet, table, document.words, top)
    if table.chart is not None:
        put_chart(sheet, table.chart, document.words, free + 1, beside=True)
    set_widths(sheet, table, document.words, top)
    fold_lines(sheet, [*range(1, top), *range(free - len(table.notes), free)], len(columns_of(table)))
    set_page(sheet, document, head_row=top)


def _definitions(sheet: Worksheet, document: Document) -> None:
    words = document.words
    rows = tuple((one.name, one.unit, one.text) for one in document.definitions)
    columns = (
        Column(words.figure, width=28), Column(words.unit, width=14), Column(words.definition, width=80),
    )  # fmt: skip
    top = put_head(sheet, document, f"{document.title} · {words.definitions}")
    put_table(sheet, Table("", columns, rows), words, top)
    set_widths(sheet, Table("", columns, rows), words, top)
    fold_lines(sheet, range(1, top), len(columns))
    set_page(sheet, document, head_row=top)


def _settled(book: Workbook, moment: datetime) -> bytes:
    """Write the parts with fixed times, so that the same document gives the same file."""
    first, second = io.BytesIO(), io.BytesIO()
    book.save(first)
    with zipfile.ZipFile(first) as source, zipfile.ZipFile(second, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            content = source.read(info)
            if info.filename == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + f"{moment.isoformat()}Z".encode(), content)
            target.writestr(zipfile.ZipInfo(info.filename), content, zipfile.ZIP_DEFLATED)
    return second.getvalue()
