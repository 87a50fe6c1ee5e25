"""Read the sheets of a workbook or of a CSV text as rows of cells, within limits."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Any, NamedTuple

import openpyxl
from openpyxl.utils.cell import range_boundaries

from core.refusals import Refused, refuse
from core.tables import archive
from core.tables.cells import EMPTY, Cell

Row = tuple[int, list[Cell]]
ENCODINGS = ("utf-8-sig", "gb18030")
LARGEST = 1e30


class Sheet(NamedTuple):
    """One visible sheet: its rows are read when they are asked for."""

    name: str
    rows: Iterator[Row]
    formulas: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()  # first column, first row, last column, last row
    expected: int = 0  # how many rows there seem to be


@contextmanager
def open_sheets(filename: str, data: bytes) -> Iterator[list[Sheet]]:
    """Open an upload after its checks and give its visible sheets.

    Raises: Refused with the code of what is wrong with the file; also while the rows are read.
    """
    if archive.kind_of(filename, data) == "csv":
        yield [Sheet("CSV", _csv_rows(data), expected=data.count(b"\n"))]
        return
    facts = archive.inspect(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            yield [_sheet(sheet, facts) for sheet in book.worksheets if sheet.sheet_state == "visible"]
        finally:
            book.close()
    except Refused:
        raise
    except Exception as error:  # whatever a damaged or hostile workbook makes the library raise
        raise refuse("FILE_DAMAGED", "file") from error


def _sheet(sheet: Any, facts: dict[str, archive.SheetFacts]) -> Sheet:
    known = facts.get(getattr(sheet, "_worksheet_path", ""), archive.SheetFacts(False, ()))
    merged = tuple(_ranges(known.merged))
    return Sheet(sheet.title, _sheet_rows(sheet), known.formulas, merged, known.rows)


def _ranges(refs: tuple[str, ...]) -> Iterator[tuple[int, int, int, int]]:
    for ref in refs:
        left, top, right, bottom = range_boundaries(ref)
        if None not in (left, top, right, bottom):
            yield (left - 1, top, right - 1, bottom)


def _sheet_rows(sheet: Any) -> Iterator[Row]:
    # What a sheet says of its own size may be a lie; the rows themselves are counted.
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_col=archive.COLUMNS, max_row=archive.ROWS + archive.SLACK)
    for number, row in enumerate(rows, start=1):
        yield number, [_cell(cell) for cell in row]


def _cell(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return EMPTY
    if isinstance(value, str):
        return Cell(value, "error" if cell.data_type == "e" else "text")
    if isinstance(value, bool):
        return Cell(str(value).upper())
    if isinstance(value, datetime):
        return Cell(value.date().isoformat(), "date")
    if isinstance(value, date | time):
        return Cell(value.isoformat(), "date")
    return _number(value)


def _number(value: Any) -> Cell:
    """Return a number's digits, without a point where it is whole; lost digits are told by their count."""
    if isinstance(value, float) and value.is_integer() and abs(value) < LARGEST:
        value = int(value)
    return Cell(str(value), "number")


def _csv_rows(data: bytes) -> Iterator[Row]:
    text = _decoded(data)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1):
            if number > archive.ROWS + archive.SLACK:
                raise refuse("FILE_ROWS", "file", rows=archive.ROWS)
            yield number, [Cell(value) for value in row[: archive.COLUMNS]]
    except csv.Error as error:
        raise refuse("FILE_DAMAGED", "file") from error


def _decoded(data: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refuse("FILE_KIND", "file")
