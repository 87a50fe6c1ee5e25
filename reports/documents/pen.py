"""Draw on a page: text in a face at a size, hairlines, boxes; nothing here reads mark-up from a text."""

import functools
import math
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from io import BytesIO

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from reports.documents import fonts
from reports.documents.fonts import Face

A4 = (595.276, 841.89)  # points, portrait
INK, SOFT, LINE, STRONG_LINE, RED, GOLD = "#1d2126", "#5c636b", "#e3e0da", "#cfcac1", "#a8231c", "#9a6b16"
SHADE = "#f7f6f3"  # the ground of a heading within a table


class Side(StrEnum):
    """Where a text stands at its point."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Pen:
    """A canvas of one run: the same values give the same bytes."""

    _filled: str  # the colours that the stream of operators knows at this point
    _stroked: tuple[str, float]

    def __init__(
        self, size: tuple[float, float], *, title: str, language: str, at: datetime | None = None,
        enlarged: float = 1,
    ) -> None:  # fmt: skip
        """Open a document of pages of one size; `at` is the moment written into it, else a fixed one.

        `enlarged` draws everything so many times as large: the pages have that much less room.
        """
        self._file = BytesIO()
        self.enlarged = enlarged
        self.width, self.height = size[0] / enlarged, size[1] / enlarged
        self.canvas = Canvas(
            self._file, size, pageCompression=1, invariant=1, lang=language, pdfVersion=(1, 7),
            initialFontName=fonts.font_of(fonts.SANS).fontName,
        )  # fmt: skip
        self.canvas.setTitle(title)
        self.canvas.setAuthor("")
        self.canvas.setSubject("")
        self.canvas.setCreator("Jiangsai")
        if at is not None:
            self._stamp(at)
        self._forget()

    def text(
        self, x: float, y: float, text: str, face: Face, size: float,
        *, colour: str = INK, side: Side = Side.LEFT, spacing: float = 0,
    ) -> None:  # fmt: skip
        """Set one line of text on the baseline `y`; `spacing` is added between characters."""
        chain = fonts.chain(face)
        if side is not Side.LEFT:
            width = chain.width(text, size, spacing)
            x -= width if side is Side.RIGHT else width / 2
        self._fill(colour)
        shown = f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm {self._shown(chain, text, size)} ET"
        if spacing:
            # Readers take wide spacing for blanks, so the text says what it is (PDF 32000-1, 14.9.4).
            said = text.encode("utf-16-be").hex()
            shown = f"/Span <</ActualText <feff{said}>>> BDC {spacing:.2f} Tc {shown} 0 Tc EMC"
        self.canvas._code.append(shown)

    def turned(
        self, x: float, y: float, text: str, face: Face, size: float,
        *, colour: str, angle: float, narrow: float = 1,
    ) -> None:  # fmt: skip
        """Set a text whose baseline is turned by `angle` degrees: an ornament, which readers leave out."""
        self._fill(colour)
        a, b = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        shown = self._shown(fonts.chain(face), text, size)
        at = f"{a * narrow:.4f} {b * narrow:.4f} {-b:.4f} {a:.4f} {x:.2f} {y:.2f} Tm"
        self.canvas._code.append(f"/Span <</ActualText <feff>>> BDC BT {at} {shown} ET EMC")

    def shape(self, points: Sequence[tuple[float, float]], *, fill: str) -> None:
        """Fill what a closed line through points surrounds."""
        self._fill(fill)
        self.canvas._code.append(f"{_line(points)} f")

    def image(self, x: float, y: float, width: float, height: float, data: bytes) -> None:
        """Paint a picture (PNG or JPEG) over a rectangle; drawn often, it lies in the document once."""
        self.canvas.drawImage(_picture(data), x, y, width, height, mask="auto")
        self._forget()

    def rule(
        self, x1: float, y1: float, x2: float, y2: float, *, colour: str = LINE, width: float = 0.5
    ) -> None:
        """Draw a line."""
        self.path(((x1, y1), (x2, y2)), colour=colour, width=width)

    def path(self, points: Sequence[tuple[float, float]], *, colour: str, width: float) -> None:
        """Draw an open line through points."""
        self._stroke(colour, width)
        self.canvas._code.append(f"{_line(points)} S")

    def box(self, x: float, y: float, width: float, height: float, *, fill: str) -> None:
        """Fill a rectangle whose lower left corner is given."""
        self._fill(fill)
        self.canvas._code.append(f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re f")

    def frame(self, x: float, y: float, width: float, height: float, *, colour: str, line: float) -> None:
        """Outline a rectangle."""
        self._stroke(colour, line)
        self.canvas._code.append(f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re S")

    def dot(self, x: float, y: float, radius: float, *, fill: str) -> None:
        """Fill a circle."""
        self._fill(fill)
        self.canvas.circle(x, y, radius, stroke=0, fill=1)

    def stencil(self, x: float, y: float, size: float, rows: list[bytes], modules: int) -> None:
        """Paint a square of black modules (one bit each, packed by row) whose lower left corner is given."""
        self._fill("#000000")
        self.canvas._code.append(
            f"q {size:.2f} 0 0 {size:.2f} {x:.2f} {y:.2f} cm BI /W {modules} /H {modules} /IM true /D [1 0] "
            f"/F /AHx ID {b''.join(rows).hex()}> EI Q"
        )

    def ground(self, name: str, draw: Callable[["Pen"], None]) -> None:
        """Draw what lies under every page once; `lay` puts it on a page."""
        self.canvas.beginForm(name)
        self._forget()
        draw(self)
        self.canvas.endForm()
        self._forget()

    def lay(self, name: str) -> None:
        """Put a ground under this page."""
        self.canvas.doForm(name)

    def mark(self, title: str) -> None:
        """Give this page an entry in the outline of the document."""
        name = f"mark{self.canvas.getPageNumber()}"
        self.canvas.bookmarkPage(name)
        self.canvas.addOutlineEntry(title, name)

    def next_page(self) -> None:
        """Finish a page."""
        if self.enlarged != 1:
            self.canvas._code.insert(0, f"{self.enlarged:.4f} 0 0 {self.enlarged:.4f} 0 0 cm")
        self.canvas.showPage()
        self._forget()

    def finish(self) -> bytes:
        """Return the document; one at a time, because the fonts' files have one cursor."""
        with fonts.SAVING:
            self.canvas.save()
        return self._file.getvalue()

    def _shown(self, chain: fonts.Chain, text: str, size: float) -> str:
        """Return the operators that show a text, font by font and subset by subset.

        reportlab's own text object does the same at a third of the speed.
        """
        document = self.canvas._doc
        return " ".join(
            f"{font.getSubsetInternalName(subset, document)} {size:.2f} Tf <{codes.hex()}> Tj"
            for font, part in chain.runs(text)
            for subset, codes in font.splitString(part, document)
        )

    def _fill(self, colour: str) -> None:
        if self._filled != colour:
            self._filled = colour
            self.canvas._code.append(f"{_rgb(colour)} rg")

    def _stroke(self, colour: str, width: float) -> None:
        if self._stroked != (colour, width):
            self._stroked = (colour, width)
            self.canvas._code.append(f"{_rgb(colour)} RG {width:.2f} w")

    def _forget(self) -> None:
        """Begin a new stream of operators, which knows no colour yet."""
        self._filled, self._stroked = "", ("", 0.0)

    def _stamp(self, at: datetime) -> None:
        stamp = self.canvas._doc._timeStamp
        stamp.YMDhms = at.astimezone(UTC).timetuple()[:6]


def _line(points: Sequence[tuple[float, float]]) -> str:
    """Return the operators that build a line through points."""
    return " l ".join(f"{x:.2f} {y:.2f}" for x, y in points).replace(" l ", " m ", 1) + " l"


@functools.cache
def _rgb(colour: str) -> str:
    """Return #rrggbb as three numbers from 0 to 1."""
    return " ".join(f"{int(colour[at : at + 2], 16) / 255:.3f}" for at in (1, 3, 5))


def _picture(data: bytes) -> ImageReader:
    """Return a picture for the document; a JPEG lies there as it came, and is never unpacked."""
    reader = ImageReader(BytesIO(data))
    if data.startswith(b"\xff\xd8"):
        reader._data, reader._dataA = data, None  # by which the canvas knows it again
    return reader
