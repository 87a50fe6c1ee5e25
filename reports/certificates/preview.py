"""Draw a certificate as SVG for the screen: the same setting as the PDF, with the fonts that the reader has.

Places, sizes and line breaks are computed with the embedded fonts; each run of text is stretched to the width
that it has there, so that what a browser shows stands where the PDF will have it.
"""

import base64
import functools
import io
import math
from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup, escape
from PIL import Image

from core.refusals import Refused
from reports.certificates import layout
from reports.certificates.template import Template
from reports.certificates.text import CertificateText
from reports.documents import fonts
from reports.documents.fonts import Face
from reports.documents.pen import INK, LINE, Pen, Side

_SANS = frozenset({Face.TABLE, Face.STRONG})
_BOLD = frozenset({Face.TITLE, Face.STRONG})
_SHOWN = 1400  # pixels of the longer side of a picture, enough for a screen


class SvgPen(Pen):
    """A pen that writes SVG; y is turned round, for SVG counts downwards."""

    def __init__(self, size: tuple[float, float]) -> None:
        """Open a page of one size in points."""
        self.width, self.height = size
        self.parts: list[str] = []

    def text(
        self, x: float, y: float, text: str, face: Face, size: float,
        *, colour: str = INK, side: Side = Side.LEFT, spacing: float = 0,
    ) -> None:  # fmt: skip
        """Set one line of text on the baseline `y`."""
        chain = fonts.chain(face)
        width = chain.width(text, size, spacing)
        x -= {Side.LEFT: 0.0, Side.CENTRE: width / 2, Side.RIGHT: width}[side]
        self.parts.append(
            f'<text x="{x:.1f}" y="{self.height - y:.1f}" {_font(face, size)} fill="{colour}" '
            f'textLength="{width:.1f}" lengthAdjust="spacing{"" if spacing else "AndGlyphs"}" '
            f'xml:space="preserve">{escape(text)}</text>'
        )

    def turned(
        self, x: float, y: float, text: str, face: Face, size: float,
        *, colour: str, angle: float, narrow: float = 1,
    ) -> None:  # fmt: skip
        """Set a text whose baseline is turned."""
        at = f"translate({x:.1f} {self.height - y:.1f}) rotate({-angle:.1f}) scale({narrow:.2f} 1)"
        look = f'{_font(face, size)} fill="{colour}" aria-hidden="true"'
        self.parts.append(f'<text transform="{at}" {look}>{escape(text)}</text>')

    def path(self, points: Sequence[tuple[float, float]], *, colour: str, width: float) -> None:
        """Draw an open line through points."""
        self.parts.append(
            f'<path d="{self._line(points)}" fill="none" stroke="{colour}" stroke-width="{width}"/>'
        )

    def shape(self, points: Sequence[tuple[float, float]], *, fill: str) -> None:
        """Fill what a closed line through points surrounds."""
        self.parts.append(f'<path d="{self._line(points)}" fill="{fill}"/>')

    def rule(
        self, x1: float, y1: float, x2: float, y2: float, *, colour: str = LINE, width: float = 0.5
    ) -> None:
        """Draw a line."""
        self.path(((x1, y1), (x2, y2)), colour=colour, width=width)

    def box(self, x: float, y: float, width: float, height: float, *, fill: str) -> None:
        """Fill a rectangle."""
        self.parts.append(f'<rect {self._place(x, y, width, height)} fill="{fill}"/>')

    def frame(self, x: float, y: float, width: float, height: float, *, colour: str, line: float) -> None:
        """Outline a rectangle."""
        place = self._place(x, y, width, height)
        self.parts.append(f'<rect {place} fill="none" stroke="{colour}" stroke-width="{line}"/>')

    def dot(self, x: float, y: float, radius: float, *, fill: str) -> None:
        """Fill a circle."""
        self.parts.append(f'<circle cx="{x:.1f}" cy="{self.height - y:.1f}" r="{radius:.1f}" fill="{fill}"/>')

    def stencil(self, x: float, y: float, size: float, rows: list[bytes], modules: int) -> None:
        """Paint a square of black modules."""
        step, top = size / modules, self.height - y - size
        runs = []
        for number, row in enumerate(rows):
            bits = f"{int.from_bytes(row):0{len(row) * 8}b}"[:modules]
            runs += [
                f"M{x + column * step:.1f} {top + number * step:.1f}h{step:.2f}v{step:.2f}h-{step:.2f}z"
                for column, bit in enumerate(bits)
                if bit == "1"
            ]
        self.parts.append(f'<path d="{"".join(runs)}" fill="#000000"/>')

    def image(self, x: float, y: float, width: float, height: float, data: bytes) -> None:
        """Paint a picture, small enough for a screen."""
        place = self._place(x, y, width, height)
        self.parts.append(f'<image {place} preserveAspectRatio="none" href="{_address(data)}"/>')

    def ground(self, name: str, draw: Callable[[Pen], None]) -> None:
        """Draw what lies under the page at once: there is one page."""
        draw(self)

    def _place(self, x: float, y: float, width: float, height: float) -> str:
        return f'x="{x:.1f}" y="{self.height - y - height:.1f}" width="{width:.1f}" height="{height:.1f}"'

    def _line(self, points: Sequence[tuple[float, float]]) -> str:
        return "M" + "L".join(f"{x:.1f} {self.height - y:.1f}" for x, y in points)


def render(
    template: Template, text: CertificateText, *, seals: bool, pictures: Mapping[str, bytes], label: str
) -> tuple[Markup, Refused | None]:
    """Return one certificate as an SVG element, and what did not fit; the rest is shown all the same."""
    pen, refused = SvgPen(template.size), None
    try:
        layout.draw_on(pen, template, text, seals=seals, pictures=pictures)
    except Refused as found:
        refused = found
    view = f"0 0 {math.ceil(pen.width)} {math.ceil(pen.height)}"
    told = f'role="img" lang="{template.language}" aria-label="{escape(label)}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" {told}>'
    return Markup("".join([head, *pen.parts, "</svg>"])), refused  # noqa: S704 - every text is escaped


def _font(face: Face, size: float) -> str:
    family = "Songti SC, Noto Serif CJK SC, SimSun, serif"
    if face is Face.BRUSH:
        family = "STXingkai, STKaiti, KaiTi, Songti SC, Noto Serif CJK SC, SimSun, serif"
    elif face in _SANS:
        family = "Noto Sans CJK SC, Microsoft YaHei, sans-serif"
    weight = ' font-weight="700"' if face in _BOLD else ""
    return f'font-family="{family}" font-size="{size:.2f}"{weight}'


@functools.lru_cache(maxsize=32)
def _address(data: bytes) -> str:
    """Return a picture as a data address, made smaller where a screen needs less."""
    with Image.open(io.BytesIO(data)) as picture:
        clear = picture.mode in {"RGBA", "LA", "P"}
        shown = picture.convert("RGBA" if clear else "RGB")
    shown.thumbnail((_SHOWN, _SHOWN))
    target = io.BytesIO()
    shown.save(target, "PNG" if clear else "JPEG", **({} if clear else {"quality": 82}))
    kind = "png" if clear else "jpeg"
    return f"data:image/{kind};base64,{base64.b64encode(target.getvalue()).decode()}"
