"""Read an upload as a list of marks of one stage: its sheet, its header, its rows as they are written."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from competitions.lists.grid import Grid
from competitions.lists.headings import letter
from competitions.lists.reading import Looked, read_sheet
from core.refusals import Refusal, Refused, refuse
from core.tables.cells import Cell
from scoring.desk.lists import columns
from scoring.rules.model import Stage

MOST_ROWS = 5000


class Place(NamedTuple):
    """Where a cell stands: the row, the column's letter and its heading."""

    row: int
    letter: str
    heading: str


class Line(NamedTuple):
    """One row by field: each cell with its place."""

    row: int
    cells: Mapping[str, tuple[Place, Cell]]

    def text(self, field: str) -> str:
        """Return what stands in a field; empty where the list has no such column."""
        return self.cells[field][1].text.strip() if field in self.cells else ""


def read_list(filename: str, data: bytes, stage: Stage, needed: str) -> Grid:
    """Return the sheet of an upload with the row of its headings.

    Raises: Refused with every fault of the file as a whole.
    """
    known = columns.meanings(stage)
    try:
        grid = read_sheet(filename, data, (lambda looked: _usual(looked, known), _likely), needed)
    except Refused as refused:
        raise Refused(*(_renamed(refusal) for refusal in refused.refusals)) from refused
    for note in grid.notes:
        if note.code == "MERGED_FILLED":  # whose mark would it be?
            raise refuse("LIST_MERGED", "file", **note.params)
    if sum(1 for _row in grid.below()) > MOST_ROWS:
        raise refuse("FILE_ROWS", "file", rows=MOST_ROWS)
    return grid


def _renamed(refusal: Refusal) -> Refusal:
    """Return a refusal with words that speak of marks, not of people."""
    return replace(refusal, code="LIST_EMPTY") if refusal.code == "TABLE_EMPTY" else refusal


def _usual(looked: Looked, known: Mapping[str, str]) -> int | None:
    """Return the first row with two headings that are known."""
    for number, cells in looked.head:
        found = {known.get(columns.plain_heading(cell.text)) for cell in cells if cell.text.strip()}
        if len(found - {None}) > 1:
            return number
    return None


def _likely(looked: Looked) -> int | None:
    """Return the first row with several texts and nothing else: what they mean is asked."""
    for number, cells in looked.head:
        said = [cell for cell in cells if cell.text.strip()]
        if len(said) > 1 and all(cell.kind == "text" for cell in said):
            return number
    return None


def lines_of(grid: Grid, fields: Mapping[int, str]) -> Iterator[Line]:
    """Yield the rows that say anything in a column that is read."""
    headings = dict(grid.headings)
    for row in grid.below():
        cells = {
            field: (Place(row.row, letter(index), headings[index]), row.cells[index])
            for index, field in fields.items()
            if index < len(row.cells)
        }
        if any(cell.text.strip() or cell.formula for _place, cell in cells.values()):
            yield Line(row.row, cells)
