"""Set what stands around the tables: the head, key figures, charts, definitions and lines to sign."""

import functools
from collections.abc import Callable, Sequence

from reports.documents import fonts
from reports.documents.cells import shown
from reports.documents.fonts import Face
from reports.documents.model import Chart, Definition, Document, Figure, Words
from reports.documents.pdf_table import title_strip
from reports.documents.pen import INK, LINE, SOFT, STRONG_LINE, Pen, Side
from reports.documents.plot import plot
from reports.documents.strips import Strip, gap, whole
from reports.documents.surface import TEXT, Label, Plot
from reports.documents.wrapping import wrap

SCALE = 8.0 / TEXT  # from the units of a plot to points of the page
FIGURES_IN_A_ROW = 5
SIGNED = 56.0  # points: the least room for a name written by hand


def head_strips(document: Document, room: float) -> list[Strip]:
    """Return title, filter line and the pairs that say what the document covers."""
    strips = [_text(line, Face.TITLE, 19, 27) for line in _lines(document.title, Face.TITLE, 19, room)]
    if document.subtitle:
        lines = _lines(document.subtitle, Face.TABLE, 9, room)
        strips += [_text(line, Face.TABLE, 9, 14, SOFT) for line in lines]
    if document.meta:
        strips += [gap(3), *(_pairs(row) for row in _pair_rows(document.meta, room))]
    return [*strips, gap(8)]


def figure_strips(figures: Sequence[Figure], room: float) -> list[Strip]:
    """Return the key figures in cells between hairlines, at most five in a row."""
    rows = [figures[start : start + FIGURES_IN_A_ROW] for start in range(0, len(figures), FIGURES_IN_A_ROW)]
    across = min(len(figures), FIGURES_IN_A_ROW)
    return [_figures(row, room, across) for row in rows]


def chart_strips(chart: Chart, words: Words, room: float) -> list[Strip]:
    """Return a chart as lines and boxes under its title."""
    surface = plot(chart, words, width=room / SCALE, height=250)

    def draw(pen: Pen, left: float, top: float) -> None:
        _draw_plot(pen, surface, left, top)

    return [title_strip(chart.title), Strip(surface.height * SCALE + 4, draw)]


def definition_strips(definitions: Sequence[Definition], words: Words, room: float) -> list[Strip]:
    """Return how each figure is counted: the name at the left, the words beside it."""
    aside = min(150.0, room * 0.3)
    return whole([title_strip(words.definitions), *(_definition(one, room, aside) for one in definitions)])


def signature_strips(labels: Sequence[str], room: float) -> list[Strip]:
    """Return lines to sign on paper, beside each other as long as a name fits on each."""
    widest = max(fonts.chain(Face.TABLE).width(label, 9) for label in labels)
    across = max(1, min(len(labels), int(room // (widest + SIGNED + 20))))
    rows = [labels[start : start + across] for start in range(0, len(labels), across)]
    return whole([_signatures(row, room / across) for row in rows])


def _signatures(labels: Sequence[str], cell: float) -> Strip:
    def draw(pen: Pen, left: float, top: float) -> None:
        for index, label in enumerate(labels):
            x = left + cell * index
            width = fonts.chain(Face.TABLE).width(label, 9)
            pen.text(x, top - 30, label, Face.TABLE, 9)
            pen.rule(x + width + 6, top - 32, x + cell - 14, top - 32, colour=SOFT)

    return Strip(40, draw)


def _figures(row: Sequence[Figure], room: float, across: int) -> Strip:
    cell, height = room / across, 59.0
    label = min(_fitting(figure.label, Face.TABLE, 8, cell - 14) for figure in row)
    note = min(_fitting(figure.note, Face.TABLE, 7.5, cell - 14) for figure in row)

    def draw(pen: Pen, left: float, top: float) -> None:
        pen.rule(left, top, left + room, top, colour=STRONG_LINE)
        pen.rule(left, top - height, left + room, top - height, colour=STRONG_LINE)
        for index, figure in enumerate(row):
            x = left + cell * index + (10 if index else 0)
            if index:
                pen.rule(x - 10, top - 9, x - 10, top - height + 9, colour=LINE)
            pen.text(x, top - 16, figure.label, Face.TABLE, label, colour=SOFT)
            _figure(pen, figure, x, top - 36, cell - 14)
            pen.text(x, top - 51, figure.note, Face.TABLE, note, colour=SOFT)

    return Strip(height, draw)


def _figure(pen: Pen, figure: Figure, x: float, y: float, room: float) -> None:
    value = shown(figure.value, figure.kind, figure.places)
    unit = fonts.chain(Face.TABLE).width(figure.unit, 8)
    size = _fitting(value, Face.STRONG, 17, room - unit - 4)
    pen.text(x, y, value, Face.STRONG, size)
    if figure.unit:
        x += fonts.chain(Face.STRONG).width(value, size) + 4
        pen.text(x, y, figure.unit, Face.TABLE, 8, colour=SOFT)


def _draw_plot(pen: Pen, surface: Plot, left: float, top: float) -> None:
    def at(x: float, y: float) -> tuple[float, float]:
        return left + x * SCALE, top - y * SCALE

    for rule in surface.rules:
        colour = STRONG_LINE if rule.strong else LINE
        pen.rule(*at(rule.x1, rule.y1), *at(rule.x2, rule.y2), colour=colour)
    for box in surface.boxes:
        x, y = at(box.x, box.y + box.height)
        pen.box(x, y, box.width * SCALE, box.height * SCALE, fill=box.fill)
    for trace in surface.traces:
        _draw_trace(pen, [at(x, y) for x, y in trace.points], trace.stroke)
    for label in surface.labels:
        _draw_label(pen, label, *at(label.x, label.y))


def _draw_trace(pen: Pen, points: Sequence[tuple[float, float]], colour: str) -> None:
    for start, end in zip(points, points[1:], strict=False):
        pen.rule(*start, *end, colour=colour, width=1.3)
    for x, y in points:
        pen.dot(x, y, 2.0, fill=colour)


def _draw_label(pen: Pen, label: Label, x: float, y: float) -> None:
    side = {"start": Side.LEFT, "middle": Side.CENTRE, "end": Side.RIGHT}[label.anchor]
    colour = INK if label.strong else SOFT
    pen.text(x, y, label.text, Face.TABLE, TEXT * SCALE, colour=colour, side=side)


def _definition(one: Definition, room: float, aside: float) -> Strip:
    names = _lines(one.name, Face.STRONG, 8.5, aside - 10)
    unit = fonts.chain(Face.STRONG).width(names[-1], 8.5) + 5
    if one.unit and unit + fonts.chain(Face.TABLE).width(one.unit, 8) > aside - 10:
        names, unit = [*names, ""], 0.0
    lines = _lines(one.text, Face.TABLE, 8.5, room - aside)
    height = max(len(names), len(lines)) * 13 + 5

    def draw(pen: Pen, left: float, top: float) -> None:
        for index, line in enumerate(names):
            pen.text(left, top - 13 - 13 * index, line, Face.STRONG, 8.5)
        pen.text(left + unit, top - 13 * len(names), one.unit, Face.TABLE, 8, colour=SOFT)
        for index, line in enumerate(lines):
            pen.text(left + aside, top - 13 - 13 * index, line, Face.TABLE, 8.5)
        pen.rule(left, top - height, left + room, top - height)

    return Strip(height, draw)


def _pair_rows(pairs: Sequence[tuple[str, str]], room: float) -> list[list[tuple[str, str]]]:
    rows: list[list[tuple[str, str]]] = [[]]
    used = 0.0
    for pair in pairs:
        width = _pair_width(pair)
        if rows[-1] and used + width > room:
            rows.append([])
            used = 0.0
        rows[-1].append(pair)
        used += width
    return rows


def _pairs(row: Sequence[tuple[str, str]]) -> Strip:
    def draw(pen: Pen, left: float, top: float) -> None:
        for label, value in row:
            pen.text(left, top - 11, label, Face.TABLE, 8.5, colour=SOFT)
            pen.text(left + fonts.chain(Face.TABLE).width(label, 8.5) + 6, top - 11, value, Face.TABLE, 8.5)
            left += _pair_width((label, value))

    return Strip(15, draw)


def _pair_width(pair: tuple[str, str]) -> float:
    return sum(fonts.chain(Face.TABLE).width(text, 8.5) for text in pair) + 6 + 20


def _text(line: str, face: Face, size: float, leading: float, colour: str = INK) -> Strip:
    def draw(pen: Pen, left: float, top: float) -> None:
        pen.text(left, top - size, line, face, size, colour=colour)

    return Strip(leading, draw, keep=True)


def _lines(text: str, face: Face, size: float, room: float) -> list[str]:
    return wrap(text, room, _measure(face, size))


def _measure(face: Face, size: float) -> Callable[[str], float]:
    return functools.partial(fonts.chain(face).width, size=size)


def _fitting(text: str, face: Face, size: float, room: float) -> float:
    width = fonts.chain(face).width(text, size)
    return size if width <= room else max(4.0, size * room / width)
