"""Read the sheets of a workbook or of a CSV text as rows of cells, within limits."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from core.refusals import refuse
from core.tables import archive
from core.tables.book import Book, read_book
from core.tables.cells import Cell
from core.tables.rows import Row, read_rows

__all__ = ["Row", "Sheet", "open_sheets"]

ENCODINGS = ("utf-8-sig", "gb18030")
RANGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")


class Sheet(NamedTuple):
    """One visible sheet: its rows are read when they are asked for, while the workbook is open."""

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
    with archive.opened(data) as parts:
        with archive.readable():
            book = read_book(parts)
            sheets = [_sheet(parts, book, name, part) for name, part in book.sheets]
        yield sheets


def _sheet(parts: zipfile.ZipFile, book: Book, name: str, part: str) -> Sheet:
    facts = archive.sheet_facts(parts, part)
    return Sheet(name, _rows(parts, book, part), facts.formulas, tuple(_ranges(facts.merged)), facts.rows)


def _rows(parts: zipfile.ZipFile, book: Book, part: str) -> Iterator[Row]:
    # Around the reading alone: a fault of whoever takes the rows is no damage of the file.
    with parts.open(part) as stream:
        rows = read_rows(stream, book)
        while True:
            with archive.readable():
                row = next(rows, None)
            if row is None:
                return
            yield row


def _ranges(refs: tuple[str, ...]) -> Iterator[tuple[int, int, int, int]]:
    for ref in refs:
        found = RANGE.fullmatch(ref)
        if found is not None:
            yield (_column(found[1]), int(found[2]), _column(found[3]), int(found[4]))


def _column(letters: str) -> int:
    """Return a column's number from 0 by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


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
