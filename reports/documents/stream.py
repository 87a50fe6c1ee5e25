"""Write very many rows as .xlsx while they are read: constant memory, typed cells, no formulas.

A workbook continues on a further sheet where Excel's own limit is reached. Plain tables only; a report for
people is `xlsx.render`.
"""

import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain, islice
from typing import IO
from xml.sax.saxutils import escape

from reports.documents.cells import heading
from reports.documents.csv_rows import plain
from reports.documents.model import Cell, Column, Kind, Words
from reports.documents.sheet_text import cell_text, sheet_name
from reports.documents.stream_parts import (
    CONTENT_TYPES,
    HEADS,
    RELATIONS,
    STYLES,
    relations,
    sheet_end,
    sheet_start,
    workbook,
)  # fmt: skip

MOST_ROWS = 1_048_575  # of one sheet, below its head
_CHUNK = 2000  # rows joined before they are compressed
_DAY_ZERO, _FIRST_DAY = date(1899, 12, 30).toordinal(), date(1900, 3, 1)
_STYLES = {Kind.TEXT: 1, Kind.INTEGER: 2, Kind.DECIMAL: 3, Kind.PERCENT: 4, Kind.DATE: 5}
# A list of a million rows compares nothing: it has no Kind.CHANGE.


def write_xlsx(
    target: IO[bytes], columns: Sequence[Column], rows: Iterable[Sequence[Cell]], words: Words, *, name: str
) -> int:
    """Write rows under their columns to an open file; return how many rows were written."""
    heads = "".join(_text(heading(column, words), HEADS[column.kind]) for column in columns)
    cells = [_writer(_STYLES[column.kind]) for column in columns]
    names: list[str] = []
    taken: set[str] = set()
    total = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        _put(archive, "[Content_Types].xml", CONTENT_TYPES)
        for source in _sheets(rows):
            names.append(sheet_name(name, taken))
            info = _info(f"xl/worksheets/sheet{len(names)}.xml")
            with archive.open(info, "w", force_zip64=True) as sheet:
                sheet.write((sheet_start(columns) + f"<row>{heads}</row>").encode())
                count = _write_rows(sheet, cells, source)
                sheet.write(sheet_end(len(columns), count).encode())
            total += count
        _put(archive, "xl/workbook.xml", workbook(names))
        _put(archive, "xl/_rels/workbook.xml.rels", relations(len(names)))
        _put(archive, "_rels/.rels", RELATIONS)
        _put(archive, "xl/styles.xml", STYLES)
    return total


def _write_rows(sheet: IO[bytes], cells: list[Callable[[Cell], str]], rows: Iterator[Sequence[Cell]]) -> int:
    count = 0
    while chunk := list(islice(rows, _CHUNK)):
        lines = ["".join([cell(value) for cell, value in zip(cells, row, strict=True)]) for row in chunk]
        sheet.write(f"<row>{'</row><row>'.join(lines)}</row>".encode())
        count += len(chunk)
    return count


def _writer(style: int) -> Callable[[Cell], str]:
    """Return what writes the cells of one column: the usual value at once, anything else by its own type."""
    text_head, number_head = f'<c s="{style}" t="inlineStr"><is><t>', f'<c s="{style}"><v>'

    def write(value: Cell) -> str:
        # A text of letters and digits needs no escaping; asking is the fastest test there is.
        if type(value) is str and value.isalnum() and len(value) < 8000:
            return text_head + value + "</t></is></c>"
        if type(value) is int and -(10**15) < value < 10**15:
            return f"{number_head}{value}</v></c>"
        return _any(value, style)

    return write


def _any(value: Cell, style: int) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, date) and value >= _FIRST_DAY:
        return f'<c s="{style}"><v>{value.toordinal() - _DAY_ZERO}</v></c>'
    if isinstance(value, Decimal) and value.is_finite() and len(value.as_tuple().digits) <= 15:
        return f'<c s="{style}"><v>{value:f}</v></c>'
    return _text(value if isinstance(value, str) else str(plain(value)), style)


def _text(text: str, style: int) -> str:
    keep = ' xml:space="preserve"' if text != text.strip() else ""
    return f'<c s="{style}" t="inlineStr"><is><t{keep}>{escape(cell_text(text))}</t></is></c>'


def _sheets(rows: Iterable[Sequence[Cell]]) -> Iterator[Iterator[Sequence[Cell]]]:
    """Yield the rows of one sheet after the other; the first also when there are none."""
    source = iter(rows)
    yield islice(source, MOST_ROWS)
    while first := list(islice(source, 1)):
        yield chain(first, islice(source, MOST_ROWS - 1))


def _put(archive: zipfile.ZipFile, name: str, content: str) -> None:
    archive.writestr(_info(name), content)


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)  # a fixed moment, so that the same rows give the same bytes
    info.compress_type = zipfile.ZIP_DEFLATED
    return info
