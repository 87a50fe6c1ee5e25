"""The rows of one sheet, read as a stream: each with its number, its cells as text, number, day or error."""

from collections.abc import Iterator
from typing import IO

from openpyxl.utils.datetime import from_ISO8601

from core.refusals import refuse
from core.tables.archive import CELLS, COLUMNS, ROWS, SLACK, TEXT
from core.tables.book import Attributes, Book, day_cell
from core.tables.cells import EMPTY, Cell
from core.tables.markup import DEEPEST, Markup, unescaped

Row = tuple[int, list[Cell]]
DIGITS = "0123456789"
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
AT = dict(zip([*ALPHABET, *(f"A{letter}" for letter in ALPHABET)][:COLUMNS], range(COLUMNS), strict=True))
FAR = COLUMNS  # where a column stands that nobody reads
SAME_SHORT, SAME_MOST = 40, 4096  # of equal short texts one is kept
TRUTH = {"0": Cell("FALSE"), "1": Cell("TRUE"), "false": Cell("FALSE"), "true": Cell("TRUE")}


def read_rows(stream: IO[bytes], book: Book) -> Iterator[Row]:
    """Yield every row of a sheet, the missing ones empty.

    Raises: Refused for more rows, cells or text than a list has; ExpatError, and ValueError or IndexError for
    what is no number, no cell, no text of this workbook.
    """
    sheet = _Rows(book)
    for _piece in sheet.markup.pieces(stream):
        yield from sheet.ready
        sheet.ready.clear()
        if sheet.ended:
            return
    yield from sheet.ready


class _Rows:
    """Takes the elements of a sheet and makes rows of them."""

    def __init__(self, book: Book) -> None:
        self.markup = Markup(self._open_sheet, self._end)
        self._depth = 1
        self.ready: list[Row] = []
        self.ended = False
        self._book = book
        self._texts = self.markup.texts
        self._row: list[Cell] = []
        self._number = self._column = self._count = self._length = 0
        self._attributes: Attributes = {}
        self._value = self._inline = ""
        self._aloud = self._formula = False
        self._same: dict[str, Cell] = {}
        self._names("")

    def _names(self, prefix: str) -> None:
        words = ("row", "c", "v", "t", "rPh", "f", "sheetData")
        (self._row_tag, self._cell_tag, self._value_tag, self._text_tag, self._aloud_tag, self._formula_tag,
         self._data_tag) = (f"{prefix}{word}" for word in words)  # fmt: skip

    def _open_sheet(self, tag: str, _attributes: Attributes) -> None:
        """Take the prefix of the first element for that of all; from here on, each call counts."""
        prefix, colon, _name = tag.rpartition(":")
        self._names(prefix + colon)
        self.markup.parser.StartElementHandler = self._start
        self.markup.parser.EndElementHandler = self._end

    def _start(self, tag: str, attributes: Attributes) -> None:
        self._texts.clear()
        self._depth += 1
        if tag == self._cell_tag:
            self._attributes, self._value, self._inline, self._formula = attributes, "", "", False
        elif tag == self._row_tag:
            self._open_row(attributes.get("r"))
        elif tag == self._aloud_tag:
            self._aloud = True
        elif tag == self._formula_tag:
            self._formula = True
        if self._depth > DEEPEST:
            raise refuse("FILE_BOMB", "file")

    def _end(self, tag: str) -> None:
        self._depth -= 1
        if tag == self._value_tag:
            self._value = self.markup.text()
        elif tag == self._cell_tag:
            self._close_cell()
        elif tag == self._row_tag:
            self.ready.append((self._number, self._row))
        else:
            self._end_other(tag)

    def _end_other(self, tag: str) -> None:
        if tag == self._text_tag and not self._aloud:
            self._inline += self.markup.text()
        elif tag == self._aloud_tag:
            self._aloud = False
        elif tag == self._data_tag:
            self.ended = True

    def _open_row(self, said: str | None) -> None:
        number = self._number + 1 if said is None else int(float(said))
        if number <= self._number:
            raise ValueError("rows out of their order")
        if number > ROWS + SLACK:
            raise refuse("FILE_ROWS", "file", rows=ROWS)
        self.ready += [(missing, []) for missing in range(self._number + 1, number)]
        self._number, self._column, self._row = number, -1, []

    def _close_cell(self) -> None:
        self._count += 1
        if self._count > CELLS:
            raise refuse("FILE_ROWS", "file", rows=ROWS)
        ref = self._attributes.get("r")
        at = self._column + 1 if ref is None else AT.get(ref.rstrip(DIGITS), -1)
        self._column = at = at if at >= 0 else _far(str(ref))
        cell = self._cell() if at < COLUMNS else EMPTY
        if self._formula:
            cell = cell._replace(formula=True)
        row = self._row
        if cell is EMPTY and at >= len(row):
            return
        while len(row) <= at:
            row.append(EMPTY)
        row[at] = cell

    def _cell(self) -> Cell:
        kind, value = self._attributes.get("t", "n"), self._value
        if kind == "s" and value:
            return self._book.strings[int(value)]
        if kind == "inlineStr":
            value = self._inline
        if not value:
            return EMPTY
        if kind == "n":
            style = self._attributes.get("s")
            if style is None and value.isdecimal() and value[0] != "0":
                return Cell(value, "number")
            return self._book.number(value, int(style or 0))
        return self._text(value) if kind in {"inlineStr", "str"} else _other(kind, value)

    def _text(self, value: str) -> Cell:
        known = self._same.get(value)
        if known is not None:
            return known
        cell = Cell(unescaped(value))
        if len(value) <= SAME_SHORT and len(self._same) < SAME_MOST:
            self._same[value] = cell
        self._length += len(value)
        if self._length > TEXT:
            raise refuse("FILE_BOMB", "file")
        return cell


def _other(kind: str, value: str) -> Cell:
    if kind == "b":
        return TRUTH[value.strip()]
    if kind == "d":
        return day_cell(from_ISO8601(value))
    return Cell(value, "error" if kind == "e" else "text")


def _far(ref: str) -> int:
    """Return the place of a column that is written in small letters, or lies beyond all that is read."""
    letters = ref.rstrip(DIGITS).upper()
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
        raise ValueError(f"{ref} is no cell")
    return AT.get(letters, FAR)
