"""A table that somebody brings: columns by field, cells in rows, whatever file it came from. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from core.tables.cells import EMPTY, Cell

__all__ = ["EMPTY", "Cell", "Column", "Line", "Note", "Table"]


class Line(NamedTuple):
    """One row with its number in the sheet, by field."""

    row: int
    cells: Mapping[str, Cell]

    def cell(self, name: str) -> Cell:
        """Return a cell, empty where the table has no such column."""
        return self.cells.get(name, EMPTY)


class Column(NamedTuple):
    """Where a field stands: the column's letter and its heading as written."""

    letter: str
    heading: str


class Note(NamedTuple):
    """What a reader should know of the file as a whole."""

    code: str
    params: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Table:
    """One table: its sheet, its columns by field, its rows."""

    sheet: str
    columns: Mapping[str, Column]
    lines: Sequence[Line]
    notes: Sequence[Note] = field(default_factory=tuple)
