"""Set a table as strips: widths from what stands in the columns, numbers flush right, totals set off.

A form is a table to fill in by hand; a grouped table has a band above the rows that share a value.
"""

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from reports.documents import fonts
from reports.documents.cells import columns_of, shown
from reports.documents.fonts import Face
from reports.documents.model import Cell, Column, Kind, Table, Words
from reports.documents.pen import INK, LINE, SHADE, SOFT, STRONG_LINE, Pen, Side
from reports.documents.strips import Strip, gap, whole
from reports.documents.wrapping import balance, pieces, wrap

SIZE, HEAD_SIZE, NOTE_SIZE, LEADING, HEAD_LEADING, PAD, AIR = 8.5, 8.0, 8.0, 12.5, 11.5, 5.0, 5.5
T = TypeVar("T")
MOST_LINES = 12  # of one cell; what is longer ends with an ellipsis
MOST_LINES_OF_A_FORM = 40  # a judge must read every word of what is asked
LEAST_WIDTH = 34.0
LONGEST_CODE = 16  # characters
TWO_LINES = 0.65  # of the width of a head: enough for two lines that break between words
FORM_ROW, BAND = 27.0, 20.0  # least height of a row that a pen writes in; height of a group's band


@dataclass(frozen=True, slots=True)
class Sheet:
    """The columns of a table with their places across the page."""

    columns: tuple[Column, ...]
    lefts: tuple[float, ...]
    widths: tuple[float, ...]
    form: bool = False

    @property
    def width(self) -> float:
        """Return how wide the table is."""
        return self.lefts[-1] + self.widths[-1]


def table_strips(table: Table, words: Words, room: float) -> list[Strip]:
    """Return title, head, rows, totals and notes of a table that is `room` points wide."""
    snug = table.form or table.group is not None
    groups, table = _parted(table)
    sheet = measure(table, words, room, snug=snug)
    head = _head(sheet, words)
    strips = [*([title_strip(table.title)] if table.title else []), head, *_rows(sheet, table, groups, head)]
    if not table.rows and table.empty:
        strips.append(_line(table.empty, head=head))
    if table.totals is not None:
        strips.append(_row(sheet, table.totals, head=head, keep=False, strong=True))
    strips += [strip for note in table.notes for strip in note_strips(note, room)]
    return whole(strips)


def _parted(table: Table) -> tuple[list[str], Table]:
    """Return the group of each row, and the table without the column that says so."""
    at = table.group
    if at is None:
        return [""] * len(table.rows), table
    groups = [shown(row[at], table.columns[at].kind) for row in table.rows]
    return groups, replace(
        table,
        columns=_without(table.columns, at),
        rows=tuple(_without(row, at) for row in table.rows),
        totals=None if table.totals is None else _without(table.totals, at),
        group=None,
    )


def _without(row: tuple[T, ...], at: int) -> tuple[T, ...]:
    return (*row[:at], *row[at + 1 :])


def _rows(sheet: Sheet, table: Table, groups: Sequence[str], head: Strip) -> Iterator[Strip]:
    last, group, running = len(table.rows) - 1, "", head
    for index, row in enumerate(table.rows):
        if groups[index] != group:
            group = groups[index]
            band = _band(sheet, group)
            running = _stacked(head, band)
            yield replace(band, head=head)
        keep = index == 0 and last > 0 or index >= last - 1 and table.totals is not None
        yield _row(sheet, row, head=running, keep=keep)


def title_strip(title: str) -> Strip:
    """Return the heading of a table, a chart or the definitions; it stays with what follows."""

    def draw(pen: Pen, left: float, top: float) -> None:
        pen.text(left, top - 14, title, Face.TITLE, 11.5)

    return Strip(22, draw, keep=True)


def note_strips(note: str, room: float) -> list[Strip]:
    """Return a remark below a table, wrapped."""
    lines = wrap(note, room, functools.partial(_width, face=Face.TABLE, size=NOTE_SIZE))
    return [gap(3), *(_line(line) for line in lines)]


def measure(table: Table, words: Words, room: float, *, snug: bool = False) -> Sheet:
    """Return where the columns stand: as wide as their contents, or with the texts narrowed first.

    Room that is left goes to all columns alike; in a `snug` table to texts alone, so that numbers stay beside
    what they number.
    """
    columns = columns_of(table)
    wide = [_natural(table, columns, words, index) for index in range(len(columns))]
    least = [_least(table, columns, words, index) for index in range(len(columns))]
    if sum(wide) <= room:
        texts = [column.kind is Kind.TEXT for column in columns]
        shares = [w * text for w, text in zip(wide, texts, strict=True)] if snug else [1.0] * len(wide)
        widths = _widened(wide, shares, room)
    else:
        folded = [_folded(column, *both) for column, *both in zip(columns, wide, least, strict=True)]
        widths = _narrowed(wide, folded, room) if sum(folded) <= room else _narrowed(folded, least, room)
    lefts = [sum(widths[:index]) for index in range(len(widths))]
    return Sheet(tuple(columns), tuple(lefts), tuple(widths), table.form)


def _widened(wide: Sequence[float], shares: Sequence[float], room: float) -> list[float]:
    spare, parts = room - sum(wide), sum(shares)
    if not parts:
        return list(wide)
    return [width + spare * share / parts for width, share in zip(wide, shares, strict=True)]


def _folded(column: Column, wide: float, least: float) -> float:
    """Return how wide a column wishes to be where room is short: a number's head breaks before texts do."""
    if column.kind is Kind.TEXT:
        return wide
    measure = functools.partial(_width, face=Face.STRONG, size=HEAD_SIZE)
    lines = balance(column.label, measure(column.label) * TWO_LINES, measure)
    return min(wide, max(least, max(map(measure, lines)) + 2 * PAD))


def _narrowed(wide: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """Share the room that is left above the least widths in proportion to what each column still wishes."""
    spare = room - sum(least)
    if spare < 0:
        return [width * room / sum(least) for width in least]
    wishes = [max(0.0, want - need) for want, need in zip(wide, least, strict=True)]
    share = spare / (sum(wishes) or 1)
    return [need + wish * share for need, wish in zip(least, wishes, strict=True)]


def _titled(column: Column, words: Words) -> str:
    """Return what stands above a column: its unit on a line of its own, or a narrow one would break it."""
    if not column.unit:
        return column.label
    bare = words.headed % {"label": "", "unit": column.unit}
    return f"{column.label}\n{bare.strip()}"


def _natural(table: Table, columns: Sequence[Column], words: Words, index: int) -> float:
    column = columns[index]
    head = _width(_titled(column, words), Face.STRONG, HEAD_SIZE)
    room = column.width * SIZE / 2 if table.form else 0.0  # what is written by hand measures nothing
    return max(LEAST_WIDTH, head + 2 * PAD, _widest_cell(table, column, index) + 2 * PAD, room)


def _least(table: Table, columns: Sequence[Column], words: Words, index: int) -> float:
    column = columns[index]
    label, *unit = _titled(column, words).split("\n")
    head = max(_width(piece, Face.STRONG, HEAD_SIZE) for piece in [*pieces(label), *unit, ""])
    if table.form and column.width:
        return max(LEAST_WIDTH, head + 2 * PAD, column.width * SIZE / 2)
    if column.kind is Kind.TEXT:
        return max(LEAST_WIDTH * 1.5, head + 2 * PAD, _widest_code(table, index) + 2 * PAD)
    return max(LEAST_WIDTH, head + 2 * PAD, _widest_cell(table, column, index) + 2 * PAD)


def _widest_code(table: Table, index: int) -> float:
    """Return the width of the longest cell that has no place to break, such as a code, within reason."""
    cells = [row[index] for row in table.rows]
    texts = {cell for cell in cells if isinstance(cell, str)}
    codes = (text for text in texts if len(text) <= LONGEST_CODE and len(pieces(text)) == 1)
    return max((_width(text, Face.TABLE, SIZE) for text in codes), default=0.0)


def _widest_cell(table: Table, column: Column, index: int) -> float:
    cells = (_width(shown(row[index], column.kind, column.places), Face.TABLE, SIZE) for row in table.rows)
    total = table.totals[index] if table.totals is not None else ""
    return max([*cells, _width(shown(total, column.kind, column.places), Face.STRONG, SIZE)])


def _head(sheet: Sheet, words: Words) -> Strip:
    texts = [_titled(column, words) for column in sheet.columns]
    lines = [_cell_lines(sheet, i, text, Face.STRONG, HEAD_SIZE) for i, text in enumerate(texts)]
    height = max(map(len, lines)) * HEAD_LEADING + AIR

    def draw(pen: Pen, left: float, top: float) -> None:
        for index, cell in enumerate(lines):
            for number, line in enumerate(reversed(cell)):  # heads stand on their last line
                y = top - height + AIR + number * HEAD_LEADING
                _set(pen, sheet, index, left, y, line, Face.STRONG, HEAD_SIZE, SOFT)
        pen.rule(left, top - height, left + sheet.width, top - height, colour=STRONG_LINE, width=0.8)
        if sheet.form:
            pen.rule(left, top, left + sheet.width, top, colour=SOFT)
            _boxes(pen, sheet, left, top, height)

    return Strip(height, draw, keep=True)


def _band(sheet: Sheet, group: str) -> Strip:
    """Return the heading of a group, which stays with its first row."""

    def draw(pen: Pen, left: float, top: float) -> None:
        pen.box(left, top - BAND, sheet.width, BAND, fill=SHADE)
        pen.text(left + PAD, top - BAND + 6.5, group, Face.STRONG, SIZE)
        pen.rule(left, top - BAND, left + sheet.width, top - BAND, colour=SOFT if sheet.form else LINE)
        if sheet.form:  # the shade lies over the lower half of the line above
            pen.rule(left, top, left + sheet.width, top, colour=SOFT)
            for x in (left, left + sheet.width):
                pen.rule(x, top, x, top - BAND, colour=SOFT)

    return Strip(BAND, draw, keep=True)


def _stacked(*strips: Strip) -> Strip:
    def draw(pen: Pen, left: float, top: float) -> None:
        for strip in strips:
            strip.draw(pen, left, top)
            top -= strip.height

    return Strip(sum(strip.height for strip in strips), draw, keep=True)


def _boxes(pen: Pen, sheet: Sheet, left: float, top: float, height: float) -> None:
    for x in (*sheet.lefts, sheet.width):
        pen.rule(left + x, top, left + x, top - height, colour=SOFT)


def _row(sheet: Sheet, row: Sequence[Cell], *, head: Strip, keep: bool, strong: bool = False) -> Strip:
    face = Face.STRONG if strong else Face.TABLE
    texts = ["" if strong and cell is None else shown(cell, column.kind, column.places)
             for cell, column in zip(row, sheet.columns, strict=True)]  # fmt: skip
    lines = [_cell_lines(sheet, index, text, face, SIZE) for index, text in enumerate(texts)]
    height = max(max(map(len, lines)) * LEADING + AIR, FORM_ROW if sheet.form else 0.0)

    def draw(pen: Pen, left: float, top: float) -> None:
        if strong:
            pen.rule(left, top, left + sheet.width, top, colour=SOFT, width=0.8)
        for index, cell in enumerate(lines):
            above = (height - AIR - len(cell) * LEADING) / 2 if sheet.form else 0.0
            for number, line in enumerate(cell):
                y = top - LEADING + 0.6 - above - number * LEADING
                _set(pen, sheet, index, left, y, line, face, SIZE, INK)
        pen.rule(left, top - height, left + sheet.width, top - height, colour=SOFT if sheet.form else LINE)
        if sheet.form:
            _boxes(pen, sheet, left, top, height)

    return Strip(height, draw, keep=keep, head=head)


def _set(
    pen: Pen, sheet: Sheet, index: int, left: float, y: float, line: str, face: Face, size: float, colour: str
) -> None:
    x = left + sheet.lefts[index]
    if sheet.columns[index].kind is Kind.TEXT:
        pen.text(x + (PAD if index or sheet.form else 0), y, line, face, size, colour=colour)
    else:
        edge = 0 if index == len(sheet.columns) - 1 and not sheet.form else PAD
        pen.text(x + sheet.widths[index] - edge, y, line, face, size, colour=colour, side=Side.RIGHT)


def _cell_lines(sheet: Sheet, index: int, text: str, face: Face, size: float) -> list[str]:
    room = max(size, sheet.widths[index] - 2 * PAD + 0.01)
    lines = wrap(text, room, functools.partial(_width, face=face, size=size))
    most = MOST_LINES_OF_A_FORM if sheet.form else MOST_LINES
    return lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1] + "…"]


def _line(text: str, head: Strip | None = None) -> Strip:
    def draw(pen: Pen, left: float, top: float) -> None:
        pen.text(left, top - LEADING + 2.5, text, Face.TABLE, NOTE_SIZE, colour=SOFT)

    return Strip(LEADING, draw, head=head)


def _width(text: str, face: Face, size: float) -> float:
    return max(fonts.chain(face).width(line, size) for line in text.split("\n"))
