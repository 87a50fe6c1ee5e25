"""Draw what certificates lie on: frames and grounds of lines alone, so that they print sharp at any size."""

from collections.abc import Callable, Iterable
from typing import Any

from reports.certificates import curves
from reports.certificates.curves import Point
from reports.documents.pen import GOLD, Pen

MM = 72 / 25.4
CRIMSON, BRIGHT, PALE, NAVY = "#9c1a17", "#d9b263", "#f0e2c2", "#1f3a5f"
# The corner of the older frame: a fret of one line.
_HOOK = ((5, 0), (0, 0), (0, 5), (5, 5), (5, 1.7), (1.7, 1.7), (1.7, 3.4), (3.4, 3.4))


def draw_frame(pen: Pen, frame: str, width: float, height: float) -> None:
    """Draw a frame by its name, for a page of this size."""
    _FRAMES[frame](pen, width, height)


def ornament(pen: Pen, x: float, y: float, half: float) -> None:
    """Draw the line below a title: two hairlines and a lozenge."""
    pen.rule(x - half, y, x - 9, y, colour=GOLD, width=0.6)
    pen.rule(x + 9, y, x + half, y, colour=GOLD, width=0.6)
    for size in (3.2, 5.2):
        lozenge = [(x - size, y), (x, y + size), (x + size, y), (x, y - size), (x - size, y)]
        pen.path(lozenge, colour=GOLD, width=0.6)


def _honour(pen: Pen, width: float, height: float) -> None:
    """A band of crimson with a fret of gold, hairlines inside, a pale rosette behind the words."""
    _glow(pen, width / 2, height * 0.47, 62 * MM, petals=24, depth=0.62, layers=6)
    outer, inner = 8 * MM, 17 * MM
    pen.box(outer, outer, width - 2 * outer, inner - outer, fill=CRIMSON)
    pen.box(outer, height - inner, width - 2 * outer, inner - outer, fill=CRIMSON)
    pen.box(outer, inner, inner - outer, height - 2 * inner, fill=CRIMSON)
    pen.box(width - inner, inner, inner - outer, height - 2 * inner, fill=CRIMSON)
    _fret_band(pen, width, height, outer, inner)
    _squares(pen, width, height, (outer - 1.6 * MM,), GOLD, 0.7)
    _squares(pen, width, height, (outer + 0.9 * MM, inner - 0.9 * MM), BRIGHT, 0.6)
    _squares(pen, width, height, (inner + 1.5 * MM,), GOLD, 1.3)
    edge = inner + 3.4 * MM
    pen.path(curves.notched(edge, edge, width - edge, height - edge, 9 * MM), colour=GOLD, width=0.5)
    _hooks(pen, width, height, edge, 1.05 * MM, CRIMSON, 0.9)


def _fret_band(pen: Pen, width: float, height: float, outer: float, inner: float) -> None:
    """Draw the fret between the corner stones, and a flower on each stone."""
    side, foot, tall = inner - outer, outer + 2.2 * MM, (inner - outer) - 4.4 * MM
    # Each side is walked so that the band lies to the left of the way.
    for start, end in (
        ((inner, foot), (width - inner, foot)),
        ((width - foot, inner), (width - foot, height - inner)),
        ((width - inner, height - foot), (inner, height - foot)),
        ((foot, height - inner), (foot, inner)),
    ):
        _lines(pen, curves.fret(start, end, tall), BRIGHT, 0.8)
    middle = outer + side / 2
    for x in (middle, width - middle):
        for y in (middle, height - middle):
            _lines(pen, curves.rosette(x, y, side * 0.36, petals=8, depth=0.5, layers=2), BRIGHT, 0.6)
            pen.dot(x, y, side * 0.07, fill=BRIGHT)


def _award(pen: Pen, width: float, height: float) -> None:
    """Woven waves of gold between lines of red, with a rosette in each corner."""
    middle, swing = 14.5 * MM, 3.6 * MM
    weave = (middle, middle, width - middle, height - middle)
    _lines(pen, curves.waves(*weave, swing=swing, period=11 * MM, count=4), BRIGHT, 0.55)
    _lines(pen, curves.waves(*weave, swing=swing * 0.45, period=5.5 * MM, count=2), GOLD, 0.45)
    _squares(pen, width, height, (middle - swing - 1.4 * MM, middle + swing + 1.4 * MM), CRIMSON, 1.3)
    _squares(pen, width, height, (middle + swing + 3 * MM,), GOLD, 0.4)
    for x in (middle, width - middle):
        for y in (middle, height - middle):
            side = 2 * (swing + 1.4 * MM)
            pen.box(x - side / 2, y - side / 2, side, side, fill=CRIMSON)
            _lines(pen, curves.rosette(x, y, side * 0.42, petals=12, depth=0.5, layers=2), BRIGHT, 0.5)
            pen.dot(x, y, side * 0.06, fill=BRIGHT)
    _glow(pen, width / 2, height * 0.52, 58 * MM, petals=30, depth=0.55, layers=5)


def _plain(pen: Pen, width: float, height: float) -> None:
    """Two lines in ink, for any paper and any printer."""
    _squares(pen, width, height, (12 * MM,), "#1d2126", 1.4)
    _squares(pen, width, height, (14 * MM,), "#1d2126", 0.4)


def _bilingual(pen: Pen, width: float, height: float) -> None:
    """A narrow weave of navy and gold, cut out at the corners."""
    middle, swing = 12.5 * MM, 2.1 * MM
    weave = (middle, middle, width - middle, height - middle)
    _lines(pen, curves.waves(*weave, swing=swing, period=7 * MM, count=3), NAVY, 0.4)
    _lines(pen, curves.waves(*weave, swing=swing, period=14 * MM, count=2), BRIGHT, 0.55)
    _squares(pen, width, height, (middle - swing - 1.1 * MM,), NAVY, 1.6)
    _squares(pen, width, height, (middle + swing + 1.1 * MM,), NAVY, 0.5)
    edge = middle + swing + 3.2 * MM
    pen.path(curves.notched(edge, edge, width - edge, height - edge, 6 * MM), colour=GOLD, width=0.6)
    _hooks(pen, width, height, edge, 0.8 * MM, GOLD, 0.7)
    _glow(pen, width / 2, height * 0.5, 60 * MM, petals=36, depth=0.4, layers=5, colour="#eceff4")


def _fret(pen: Pen, width: float, height: float) -> None:
    """A thin double frame with a fret in each corner."""
    _squares(pen, width, height, (8.8 * MM,), CRIMSON, 1.5)
    edge = 11.3 * MM
    pen.path(curves.notched(edge, edge, width - edge, height - edge, 7.2 * MM), colour=GOLD, width=0.6)
    _hooks(pen, width, height, edge, 1.02 * MM, GOLD, 0.7)


def _none(_pen: Pen, _width: float, _height: float) -> None:
    """Draw nothing."""


def _squares(
    pen: Pen, width: float, height: float, edges: Iterable[float], colour: str, line: float
) -> None:
    for edge in edges:
        pen.frame(edge, edge, width - 2 * edge, height - 2 * edge, colour=colour, line=line)


def _glow(pen: Pen, x: float, y: float, radius: float, *, colour: str = PALE, **form: Any) -> None:
    """Draw a large pale rosette behind the words."""
    _lines(pen, curves.rosette(x, y, radius, **form), colour, 0.35)


def _hooks(
    pen: Pen, width: float, height: float, edge: float, unit: float, colour: str, line: float
) -> None:
    for x, across in ((edge, 1), (width - edge, -1)):
        for y, up in ((edge, 1), (height - edge, -1)):
            hook = [(x + across * a * unit, y + up * b * unit) for a, b in _HOOK]
            pen.path(hook, colour=colour, width=line)


def _lines(pen: Pen, lines: Iterable[list[Point]], colour: str, width: float) -> None:
    for line in lines:
        pen.path(line, colour=colour, width=width)


_FRAMES: dict[str, Callable[[Pen, float, float], None]] = {
    "honour": _honour, "award": _award, "plain": _plain, "bilingual": _bilingual, "fret": _fret,
    "none": _none,
}  # fmt: skip
