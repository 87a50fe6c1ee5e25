"""Draw a round seal: a ring, a star, the body's name along the upper arc.

It shows where and how the seal will stand. Whether a drawn seal may take the place of the registered one is
for the body itself to decide; docs/certificates.md says so.
"""

import math

from reports.certificates import curves
from reports.documents import fonts
from reports.documents.fonts import Face
from reports.documents.pen import Pen

VERMILION = "#c8201c"
_WIDEST = 250.0  # degrees that the name may take


def draw_seal(pen: Pen, x: float, y: float, diameter: float, name: str) -> None:
    """Draw the seal of a body around a point."""
    radius = diameter / 2
    pen.path(curves.ring(x, y, radius * 0.965), colour=VERMILION, width=diameter * 0.028)
    pen.shape(curves.star(x, y, radius * 0.3), fill=VERMILION)
    size = diameter * 0.135
    foot = radius * 0.9 - size * 0.86  # the circle that the characters stand on
    em = math.degrees(size / foot)
    step = min(em * 1.12, _WIDEST / max(1, len(name) - 1))
    narrow = min(0.92, step / em * 0.94)
    angle = 90 + step * (len(name) - 1) / 2
    for character in name:
        wide = fonts.chain(Face.TITLE).width(character, size) * narrow
        turn = math.radians(angle + math.degrees(wide / 2 / foot))
        pen.turned(
            x + foot * math.cos(turn), y + foot * math.sin(turn), character, Face.TITLE, size,
            colour=VERMILION, angle=angle - 90, narrow=narrow,
        )  # fmt: skip
        angle -= step
