"""Set a table as strips: widths from what stands in the columns, numbers flush right, totals set off."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from reports.documents import fonts
from reports.documents.cells import columns_of, heading, shown
from reports.documents.fonts import Face
from reports.documents.model import Cell, Column, Kind, Table, Words
from reports.documents.pen import INK, LINE, SOFT, STRONG_LINE, Pen, Side
from reports.documents.strips import Strip, gap, whole
from reports.documents.wrapping import pieces, wrap

SIZE, HEAD_SIZE, NOTE_SIZE, LEADING, HEAD_LEADING, PAD, AIR = 8.5, 8.0, 8.0, 12.5, 11.5, 5.0, 5.5
MOST_LINES = 12  # of one cell; what is longer ends with an ellipsis
LEAST_WIDTH = 34.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """The columns of a table with their places across the page."""

    columns: tuple[Column, ...]
    lefts: tuple[float, ...]
    widths: tuple[float, ...]

    @property
    def width(self) -> float:
        """Return how wide the table is."""
        return self.lefts[-1] + self.widths[-1]


def table_strips(table: Table, words: Words, room: float) -> list[Strip]:
    """Return title, head, rows, totals and notes of a table that is `room` points wide."""
    sheet = measure(table, words, room)
    strips = [title_strip(table.title)] if table.title else []
    head = _head(sheet, words)
    strips.append(head)
    last = len(table.rows) - 1
    for index, row in enumerate(table.rows):
        keep = index == 0 and last > 0 or index >= last - 1 and table.totals is not None
        strips.append(_row(sheet, row, head=head, keep=keep))
    if not table.rows and table.empty:
        strips.append(_line(table.empty, head=head))
    if table.totals is not None:
        strips.append(_row(sheet, table.totals, head=head, keep=False, strong=True))
    strips += [strip for note in table.notes for strip in note_strips(note, room)]
    return whole(strips)


def title_strip(title: str) -> Strip:
    """Return the heading of a table, a chart or the definitions; it stays with what follows."""

    def draw(pen: Pen, left: float, top: float) -> None:
        pen.text(left, top - 14, title, Face.TITLE, 11.5)

    return Strip(22, draw, keep=True)


def note_strips(note: str, room: float) -> list[Strip]:
    """Return a remark below a table, wrapped."""
    lines = wrap(note, room, functools.partial(_width, face=Face.TABLE, size=NOTE_SIZE))
    return [gap(3), *(_line(line) for line in lines)]


def measure(table: Table, words: Words, room: float) -> Sheet:
    """Return where the columns stand: as wide as their contents, or with the texts narrowed first."""
    columns = columns_of(table)
    wide = [_natural(table, columns, words, index) for index in range(len(columns))]
    least = [_least(table, columns, words, index) for index in range(len(columns))]
    if sum(wide) <= room:
        widths = [width + (room - sum(wide)) / len(wide) for width in wide]
    else:
        widths = _narrowed(wide, least, room)
    lefts = [sum(widths[:index]) for index in range(len(widths))]
    return Sheet(tuple(columns), tuple(lefts), tuple(widths))


def _narrowed(wide: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """Share the room that is left above the least widths in proportion to what each column still wishes."""
    spare = room - sum(least)
    if spare < 0:
        return [width * room / sum(least) for width in least]
    wishes = [max(0.0, want - need) for want, need in zip(wide, least, strict=True)]
    share = spare / (sum(wishes) or 1)
    return [need + wish * share for need, wish in zip(least, wishes, strict=True)]


def _natural(table: Table, columns: Sequence[Column], words: Words, index: int) -> float:
    column = columns[index]
    head = _width(heading(column, words), Face.STRONG, HEAD_SIZE)
    return max(LEAST_WIDTH, head + 2 * PAD, _widest_cell(table, column, index) + 2 * PAD)


def _least(table: Table, columns: Sequence[Column], words: Words, index: int) -> float:
    column = columns[index]
    head = max(_width(piece, Face.STRONG, HEAD_SIZE) for piece in pieces(heading(column, words)) or [""])
    if column.kind is Kind.TEXT:
        return max(LEAST_WIDTH * 1.5, head + 2 * PAD)
    return max(LEAST_WIDTH, head + 2 * PAD, _widest_cell(table, column, index) + 2 * PAD)


def _widest_cell(table: Table, column: Column, index: int) -> float:
    cells = (_width(shown(row[index], column.kind, column.places), Face.TABLE, SIZE) for row in table.rows)
    total = table.totals[index] if table.totals is not None else ""
    return max([*cells, _width(shown(total, column.kind, column.places), Face.STRONG, SIZE)])


def _head(sheet: Sheet, words: Words) -> Strip:
    texts = [heading(column, words) for column in sheet.columns]
    lines = [_cell_lines(sheet, i, text, Face.STRONG, HEAD_SIZE) for i, text in enumerate(texts)]
    height = max(map(len, lines)) * HEAD_LEADING + AIR

    def draw(pen: Pen, left: float, top: float) -> None:
        for index, cell in enumerate(lines):
            for number, line in enumerate(reversed(cell)):  # heads stand on their last line
                y = top - height + AIR + number * HEAD_LEADING
                _set(pen, sheet, index, left, y, line, Face.STRONG, HEAD_SIZE, SOFT)
        pen.rule(left, top - height, left + sheet.width, top - height, colour=STRONG_LINE, width=0.8)

    return Strip(height, draw, keep=True)


def _row(sheet: Sheet, row: Sequence[Cell], *, head: Strip, keep: bool, strong: bool = False) -> Strip:
    face = Face.STRONG if strong else Face.TABLE
    texts = ["" if strong and cell is None else shown(cell, column.kind, column.places)
             for cell, column in zip(row, sheet.columns, strict=True)]  # fmt: skip
    lines = [_cell_lines(sheet, index, text, face, SIZE) for index, text in enumerate(texts)]
    height = max(map(len, lines)) * LEADING + AIR

    def draw(pen: Pen, left: float, top: float) -> None:
        if strong:
            pen.rule(left, top, left + sheet.width, top, colour=SOFT, width=0.8)
        for index, cell in enumerate(lines):
            for number, line in enumerate(cell):
                _set(pen, sheet, index, left, top - LEADING + 0.6 - number * LEADING, line, face, SIZE, INK)
        pen.rule(left, top - height, left + sheet.width, top - height, colour=LINE)

    return Strip(height, draw, keep=keep, head=head)


def _set(
    pen: Pen, sheet: Sheet, index: int, left: float, y: float, line: str, face: Face, size: float, colour: str
) -> None:
    x = left + sheet.lefts[index]
    if sheet.columns[index].kind is Kind.TEXT:
        pen.text(x + (PAD if index else 0), y, line, face, size, colour=colour)
    else:
        edge = 0 if index == len(sheet.columns) - 1 else PAD
        pen.text(x + sheet.widths[index] - edge, y, line, face, size, colour=colour, side=Side.RIGHT)


def _cell_lines(sheet: Sheet, index: int, text: str, face: Face, size: float) -> list[str]:
    room = max(size, sheet.widths[index] - 2 * PAD + 0.01)
    lines = wrap(text, room, functools.partial(_width, face=face, size=size))
    return lines if len(lines) <= MOST_LINES else [*lines[: MOST_LINES - 1], lines[MOST_LINES - 1] + "…"]


def _line(text: str, head: Strip | None = None) -> Strip:
    def draw(pen: Pen, left: float, top: float) -> None:
        pen.text(left, top - LEADING + 2.5, text, Face.TABLE, NOTE_SIZE, colour=SOFT)

    return Strip(LEADING, draw, head=head)


def _width(text: str, face: Face, size: float) -> float:
    return fonts.chain(face).width(text, size)
