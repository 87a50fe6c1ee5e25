"""The table that a sheet holds once it is known what its columns mean."""

from collections.abc import Mapping, Sequence

from competitions.lists.grid import Grid, GridRow
from competitions.lists.headings import ERRORS, is_example, letter, plain_heading
from competitions.lists.table import Cell, Column, Line, Note, Table
from core.i18n import listed
from core.refusals import refuse

Fields = Mapping[int, str]  # column from 0 -> field


def table_of(grid: Grid, fields: Fields) -> Table:
    """Return the table of a sheet whose columns mean these fields.

    Empty rows are passed over; the template's example row (marked in the field `mark`) is left out, and this
    is said.
    Raises: Refused TABLE_EMPTY.
    """
    headings = dict(grid.headings)
    lines, examples = [], []
    for row in grid.below():
        line = _line(row, fields)
        if is_example(line.cell("mark").text):
            examples.append(line.row)
        elif any(cell.text.strip() for name, cell in line.cells.items() if name != "mark"):
            lines.append(line)
    if not lines:
        raise refuse("TABLE_EMPTY", "file", sheet=grid.sheet)
    notes = [*grid.notes, *_notes(fields, headings, examples)]
    found = {name: Column(letter(index), headings[index]) for index, name in fields.items()}
    return Table(grid.sheet, found, lines, notes)


def _line(row: GridRow, fields: Fields) -> Line:
    cells: Mapping[str, Cell] = {
        name: row.cells[index]
        for index, name in fields.items()
        if index < len(row.cells) and row.cells[index].text
    }
    return Line(row.row, cells)


def _notes(fields: Fields, headings: Mapping[int, str], examples: Sequence[int]) -> list[Note]:
    notes = []
    unread = [
        heading for index, heading in headings.items()
        if index not in fields and plain_heading(heading) not in ERRORS
    ]  # fmt: skip
    if examples:
        notes.append(Note("EXAMPLE_LEFT_OUT", {"rows": listed(examples[:12])}))
    if unread:
        notes.append(Note("COLUMNS_UNREAD", {"headings": listed(unread[:12])}))
    return notes
