"""A sheet as it was read, before anybody has said what its columns mean: every row with its number. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from competitions.lists.table import Note
from core.tables.cells import EMPTY, Cell


class GridRow(NamedTuple):
    """One row with its number in the sheet."""

    row: int
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Grid:
    """One sheet: all its rows that hold something, the titles above the header too."""

    sheet: str
    header: int  # the row of the headings
    rows: Sequence[GridRow]
    notes: Sequence[Note] = field(default_factory=tuple)

    @property
    def headings(self) -> list[tuple[int, str]]:
        """Return (column from 0, heading as written) of every column that has one."""
        cells = next(cells for row, cells in self.rows if row == self.header)
        texts = [" ".join(cell.text.split()) for cell in cells]
        return [(index, text) for index, text in enumerate(texts) if text]

    def below(self) -> Iterator[GridRow]:
        """Yield the rows below the header."""
        return (row for row in self.rows if row.row > self.header)

    def as_json(self) -> dict[str, Any]:
        """Return the grid as canonical JSON can hold it: a text cell is its text, another a list."""
        return {
            "sheet": self.sheet,
            "header": self.header,
            "rows": [[row, [_plain(cell) for cell in cells]] for row, cells in self.rows],
            "notes": [[note.code, dict(note.params)] for note in self.notes],
        }


def from_json(value: dict[str, Any]) -> Grid:
    """Return the grid that `as_json` wrote."""
    return Grid(
        sheet=value["sheet"],
        header=value["header"],
        rows=tuple(GridRow(row, tuple(map(_cell, cells))) for row, cells in value["rows"]),
        notes=tuple(Note(code, params) for code, params in value["notes"]),
    )


def _plain(cell: Cell) -> Any:
    return cell.text if cell.kind == "text" and not cell.formula else list(cell)


def _cell(value: Any) -> Cell:
    if isinstance(value, str):
        return Cell(value) if value else EMPTY
    return Cell(*value)
