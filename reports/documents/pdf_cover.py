"""Set the first page of a booklet: whose it is, its title, and below the pairs that say where and when."""

import functools
from typing import NamedTuple

from reports.documents import fonts
from reports.documents.fonts import Face
from reports.documents.model import Cover
from reports.documents.pen import INK, RED, SOFT, Pen, Side
from reports.documents.wrapping import balance, wrap

EDGE, LOWEST = 70.0, 96.0  # points from the edges of the page; where the last pair ends
NAME, TITLE, PAIR, FOOT = 19.0, 38.0, 11.5, 10.0
AIR = 16.0  # between the labels, which stand flush right, and their values
SCALES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)  # tried one after the other until everything fits


class Line(NamedTuple):
    """One line of the cover, ready to be set."""

    x: float
    y: float
    text: str
    face: Face
    size: float
    colour: str = INK
    side: Side = Side.CENTRE
    spacing: float = 0.0


def draw_cover(pen: Pen, title: str, cover: Cover) -> None:
    """Draw the cover on a page of its own; what is long is broken into lines, then set smaller."""
    for scale in SCALES:
        lines, rule = _set(pen, title, cover, scale)
        if lines[-1].y >= LOWEST:
            break
    for line in lines:
        pen.text(*line[:5], colour=line.colour, side=line.side, spacing=line.spacing)
    pen.rule(pen.width / 2 - 32, rule, pen.width / 2 + 32, rule, colour=RED, width=1.2)
    if cover.foot:
        pen.text(pen.width / 2, 64, cover.foot, Face.TABLE, FOOT, colour=SOFT, side=Side.CENTRE)


def _set(pen: Pen, title: str, cover: Cover, scale: float) -> tuple[list[Line], float]:
    """Return the lines of a cover at a scale, and where the rule below the title lies."""
    room, middle, lines = pen.width - 2 * EDGE, pen.width / 2, []
    y, name, large = pen.height * 0.80, NAME * scale, TITLE * scale
    for text in cover.above:
        for line in _balanced(text, name, room):
            lines.append(Line(middle, y, line, Face.TITLE, name))
            y -= name * 1.6
        y -= 6 * scale
    y = min(y - 40 * scale, pen.height * 0.58)
    spacing = large * 0.3 if len(title) <= 5 and not title.isascii() else 0.0
    for line in _balanced(title, large, room):
        lines.append(Line(middle, y, line, Face.TITLE, large, RED, Side.CENTRE, spacing))
        y -= large * 1.4
    rule = y + 12 * scale
    return [*lines, *_pairs(cover, min(y - 50 * scale, pen.height * 0.40), room, PAIR * scale)], rule


def _pairs(cover: Cover, y: float, room: float, size: float) -> list[Line]:
    measure = functools.partial(fonts.chain(Face.BODY).width, size=size)
    aside = max([0.0, *(fonts.chain(Face.TABLE).width(label, size) for label, _value in cover.below)])
    values = [wrap(value, room - aside - AIR, measure) for _label, value in cover.below]
    widest = max([0.0, *(measure(line) for lines in values for line in lines)])
    left = EDGE + (room - aside - AIR - widest) / 2 + aside
    found = []
    for (label, _value), lines in zip(cover.below, values, strict=True):
        found.append(Line(left, y, label, Face.TABLE, size, SOFT, Side.RIGHT))
        for line in lines:
            found.append(Line(left + AIR, y, line, Face.BODY, size, INK, Side.LEFT))
            y -= size * 1.65
        y -= size * 0.35
    return found


def _balanced(text: str, size: float, room: float) -> list[str]:
    return balance(text, room, functools.partial(fonts.chain(Face.TITLE).width, size=size))
