"""Draw what every certificate of a run lies on: ivory paper, a thin double frame, a fret in each corner."""

from reports.documents.pen import GOLD, RED, Pen

IVORY = "#fdfbf5"
OUTER, INNER, UNIT = 25.0, 32.0, 2.9  # points from the edge; the fret's grid
NOTCH = 7 * UNIT  # the inner frame leaves this square of each corner to the fret
_FRET = ((5, 0), (0, 0), (0, 5), (5, 5), (5, 1.7), (1.7, 1.7), (1.7, 3.4), (3.4, 3.4))


def draw_ground(pen: Pen, width: float, height: float, *, paper: bool) -> None:
    """Draw the ground; without `paper` only the frame, for stock that has a colour of its own."""
    if paper:
        pen.box(0, 0, width, height, fill=IVORY)
    pen.frame(OUTER, OUTER, width - 2 * OUTER, height - 2 * OUTER, colour=RED, line=1.5)
    _inner_frame(pen, INNER, INNER, width - INNER, height - INNER)
    for x, across in ((INNER, 1), (width - INNER, -1)):
        for y, up in ((INNER, 1), (height - INNER, -1)):
            fret = [(x + across * a * UNIT, y + up * b * UNIT) for a, b in _FRET]
            pen.path(fret, colour=GOLD, width=0.7)


def ornament(pen: Pen, x: float, y: float, half: float) -> None:
    """Draw the line below the title: two hairlines and a lozenge."""
    pen.rule(x - half, y, x - 7, y, colour=GOLD, width=0.5)
    pen.rule(x + 7, y, x + half, y, colour=GOLD, width=0.5)
    pen.path([(x - 3, y), (x, y + 3), (x + 3, y), (x, y - 3), (x - 3, y)], colour=GOLD, width=0.6)


def _inner_frame(pen: Pen, left: float, low: float, right: float, high: float) -> None:
    points: list[tuple[float, float]] = []
    corners = ((left, low, 1, 1), (left, high, 1, -1), (right, high, -1, -1), (right, low, -1, 1))
    for x, y, across, up in corners:
        notch = [(x + across * NOTCH, y), (x + across * NOTCH, y + up * NOTCH), (x, y + up * NOTCH)]
        points += notch if (across > 0) == (up > 0) else notch[::-1]
    pen.path([*points, points[0]], colour=GOLD, width=0.6)
