"""Find the table in an upload: its sheet, its header, its rows; no database is asked."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from competitions.lists.grid import Grid, GridRow
from competitions.lists.headings import letter
from competitions.lists.table import EMPTY, Cell, Note
from core.i18n import listed
from core.refusals import refuse
from core.tables import archive
from core.tables.workbook import Row, Sheet, open_sheets

HEADER_WITHIN = 20
TOLD_EVERY = 500
Progress = Callable[[str, int, int], None]


def silent(_stage: str, _done: int, _total: int) -> None:
    """Tell nobody how far the work has come."""


class Looked(NamedTuple):
    """A sheet whose first rows have been read."""

    sheet: Sheet
    head: list[Row]

    @property
    def rows(self) -> Iterator[Row]:
        return chain(self.head, self.sheet.rows)


Finder = Callable[[Looked], int | None]


def read_sheet(
    filename: str, data: bytes, finders: Sequence[Finder], needed: str, tell: Progress = silent
) -> Grid:
    """Return the first visible sheet in which a finder sees a header, the surest finder first.

    Shape: a finder returns the number of the header's row or None; `needed` names usual headings.
    Raises: Refused with every fault of the file as a whole.
    """
    with open_sheets(filename, data) as sheets:
        looked = [Looked(sheet, list(islice(sheet.rows, HEADER_WITHIN))) for sheet in sheets]
        for find in finders:
            for place, one in enumerate(looked):
                header = find(one)
                if header is not None:
                    others = [other.sheet.name for other in looked[place + 1 :]]
                    return _read(one, header, others, tell)
        names = listed(one.sheet.name for one in looked)
        raise refuse("HEADER_MISSING", "file", sheets=names, needed=needed)


def _read(looked: Looked, header: int, others: Sequence[str], tell: Progress) -> Grid:
    sheet = looked.sheet
    _refuse_merged_header(sheet, header)
    rows: list[GridRow] = []
    filled = _Filled(sheet, header)
    for number, cells in looked.rows:
        cells = _trimmed(filled.row(number, cells))
        if cells:
            rows.append(GridRow(number, cells))
        if len(rows) > archive.ROWS + HEADER_WITHIN:
            raise refuse("FILE_ROWS", "file", rows=archive.ROWS)
        if number % TOLD_EVERY == 0:
            tell("read", number, sheet.expected)
    if rows[-1].row <= header:
        raise refuse("TABLE_EMPTY", "file", sheet=sheet.name)
    return Grid(sheet.name, header, rows, _notes(sheet, others, filled.used))


def _trimmed(cells: list[Cell]) -> list[Cell]:
    while cells and not (cells[-1].text or cells[-1].formula):
        cells = cells[:-1]
    return cells


def _refuse_merged_header(sheet: Sheet, header: int) -> None:
    for left, top, right, bottom in sheet.merged:
        if top <= header <= bottom and (left, top) != (right, bottom):
            place = f"{letter(left)}{top}:{letter(right)}{bottom}"
            raise refuse("HEADER_MERGED", "file", place=place, sheet=sheet.name)


class _Filled:
    """Gives every row of a merged cell the value of its first row: a team's name beside its members."""

    def __init__(self, sheet: Sheet, header: int) -> None:
        self.used: list[str] = []
        self._starts: dict[int, list[tuple[int, int]]] = {}
        self._open: dict[int, tuple[int, Cell]] = {}
        for left, top, right, bottom in sheet.merged:
            if top > header and bottom > top and left == right < archive.COLUMNS:
                self._starts.setdefault(top, []).append((left, bottom))
                self.used.append(f"{letter(left)}{top}:{letter(left)}{bottom}")

    def row(self, number: int, cells: list[Cell]) -> list[Cell]:
        """Return the row with what is merged into it."""
        for index, bottom in self._starts.get(number, []):
            self._open[index] = (bottom, cells[index] if index < len(cells) else EMPTY)
        if not self._open:
            return cells
        filled = cells + [EMPTY] * (max(self._open) + 1 - len(cells))
        for index, (bottom, cell) in list(self._open.items()):
            filled[index] = cell
            if number >= bottom:
                del self._open[index]
        return filled


def _notes(sheet: Sheet, others: Sequence[str], merged: Sequence[str]) -> list[Note]:
    notes = []
    if others:
        notes.append(Note("SHEET_USED", {"sheet": sheet.name, "others": listed(others)}))
    if merged:
        notes.append(Note("MERGED_FILLED", {"places": listed(merged[:12])}))
    if sheet.formulas:
        notes.append(Note("FORMULAS_READ"))
    return notes
