"""Find the table of entrants in an upload: its sheet, its header, its rows; no database is asked."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from competitions.entries.columns import REQUIRED, is_example, is_header, letter, meaning
from competitions.entries.labels import field_word, listed
from competitions.entries.table import EMPTY, Cell, Column, Line, Note, Table
from core.refusals import refuse
from core.tables import archive
from core.tables.workbook import Sheet, open_sheets

HEADER_WITHIN = 20


class Header(NamedTuple):
    """Where the header was found and which field stands in which column."""

    row: int
    fields: Mapping[int, str]
    columns: Mapping[str, Column]
    unread: tuple[str, ...]


def read_table(filename: str, data: bytes, kind: str) -> Table:
    """Return the table of entrants of an upload.

    Shape: `kind` is person, team, work or unit. The first visible sheet with a header is read; titles above
    the header and empty rows are passed over; the template's example row is left out, and this is said.
    Raises: Refused with every fault of the file as a whole.
    """
    with open_sheets(filename, data) as sheets:
        for place, sheet in enumerate(sheets):
            header = _find_header(sheet, kind)
            if header is not None:
                return _read(sheet, header, [other.name for other in sheets[place + 1 :]], kind)
        needed = listed(field_word(name, kind) for name in REQUIRED[kind])
        names = listed(sheet.name for sheet in sheets)
        raise refuse("HEADER_MISSING", "file", sheets=names, needed=needed)


def _find_header(sheet: Sheet, kind: str) -> Header | None:
    for number, cells in sheet.rows:
        if is_header([cell.text for cell in cells], kind):
            return _header(number, cells)
        if number >= HEADER_WITHIN:
            break
    return None


def _header(number: int, cells: Sequence[Cell]) -> Header:
    fields: dict[int, str] = {}
    columns: dict[str, Column] = {}
    unread = []
    for index, cell in enumerate(cells):
        field, heading = meaning(cell.text), " ".join(cell.text.split())
        if field is None and heading:
            unread.append(heading)
        if field is None:
            continue
        if field in columns:
            first, second = columns[field].heading, heading
            raise refuse("HEADER_TWICE", "file", row=number, first=first, second=second)
        fields[index], columns[field] = field, Column(letter(index), heading)
    return Header(number, fields, columns, tuple(unread))


def _read(sheet: Sheet, header: Header, others: Sequence[str], kind: str) -> Table:
    _refuse_merged_header(sheet, header)
    _refuse_missing_columns(header, kind)
    lines, examples = [], []
    filled = _Filled(sheet, header)
    for number, cells in sheet.rows:
        cells = filled.row(number, cells)
        line = Line(number, _by_field(header, cells))
        if is_example(line.cell("mark").text):
            examples.append(number)
        elif any(cell.text.strip() for name, cell in line.cells.items() if name != "mark"):
            lines.append(line)
        if len(lines) > archive.ROWS:
            raise refuse("FILE_ROWS", "file", rows=archive.ROWS)
    if not lines:
        raise refuse("TABLE_EMPTY", "file", sheet=sheet.name)
    return Table(sheet.name, header.columns, lines, _notes(sheet, header, others, examples, filled.used))


def _by_field(header: Header, cells: Sequence[Cell]) -> dict[str, Cell]:
    known = [(index, name) for index, name in header.fields.items() if index < len(cells)]
    return {name: cells[index] for index, name in known if cells[index].text}


def _refuse_merged_header(sheet: Sheet, header: Header) -> None:
    for left, top, right, bottom in sheet.merged:
        if top <= header.row <= bottom and (left, top) != (right, bottom):
            place = f"{letter(left)}{top}:{letter(right)}{bottom}"
            raise refuse("HEADER_MERGED", "file", place=place, sheet=sheet.name)


def _refuse_missing_columns(header: Header, kind: str) -> None:
    missing = [name for name in REQUIRED[kind] if name not in header.columns]
    if missing:
        words = listed(field_word(name, kind) for name in missing)
        raise refuse("COLUMN_MISSING", "file", fields=words, row=header.row)


class _Filled:
    """Gives every row of a merged cell the value of its first row: a team's name beside its members."""

    def __init__(self, sheet: Sheet, header: Header) -> None:
        self.used: list[str] = []
        self._starts: dict[int, list[tuple[int, int]]] = {}
        self._open: dict[int, tuple[int, Cell]] = {}
        for left, top, right, bottom in sheet.merged:
            if top > header.row and bottom > top and left == right and left in header.fields:
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


def _notes(
    sheet: Sheet, header: Header, others: Sequence[str], examples: Sequence[int], merged: Sequence[str]
) -> list[Note]:
    notes = []
    if others:
        notes.append(Note("SHEET_USED", {"sheet": sheet.name, "others": listed(others)}))
    if examples:
        notes.append(Note("EXAMPLE_LEFT_OUT", {"rows": listed(examples[:12])}))
    if header.unread:
        notes.append(Note("COLUMNS_UNREAD", {"headings": listed(header.unread[:12])}))
    if merged:
        notes.append(Note("MERGED_FILLED", {"places": listed(merged[:12])}))
    if sheet.formulas:
        notes.append(Note("FORMULAS_READ"))
    return notes
