"""Draw on a page: text in a face at a size, hairlines, boxes; nothing here reads mark-up from a text."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from io import BytesIO
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from reports.documents import fonts
from reports.documents.fonts import Face

A4 = (595.276, 841.89)  # points, portrait
INK, SOFT, LINE, STRONG_LINE, RED, GOLD = "#1d2126", "#5c636b", "#e3e0da", "#cfcac1", "#a8231c", "#9a6b16"
_colours = {name: HexColor(name) for name in (INK, SOFT, LINE, STRONG_LINE, RED, GOLD, "#ffffff")}


class Side(StrEnum):
    """Where a text stands at its point."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Pen:
    """A canvas of one run: the same values give the same bytes."""

    def __init__(
        self, size: tuple[float, float], *, title: str, language: str, at: datetime | None = None
    ) -> None:
        """Open a document of pages of one size; `at` is the moment written into it, else a fixed one."""
        self._file = BytesIO()
        self.width, self.height = size
        self.canvas = Canvas(
            self._file, size, pageCompression=1, invariant=1, initialFontName=fonts.SANS, lang=language,
            pdfVersion=(1, 7),
        )  # fmt: skip
        self.canvas.setTitle(title)
        self.canvas.setAuthor("")
        self.canvas.setSubject("")
        self.canvas.setCreator("Jiangsai")
        if at is not None:
            self._stamp(at)

    def text(
        self, x: float, y: float, text: str, face: Face, size: float,
        *, colour: str = INK, side: Side = Side.LEFT, spacing: float = 0,
    ) -> None:  # fmt: skip
        """Set one line of text on the baseline `y`; `spacing` is added between characters."""
        chain = fonts.chain(face)
        if side is not Side.LEFT:
            width = chain.width(text, size, spacing)
            x -= width if side is Side.RIGHT else width / 2
        block = self.canvas.beginText(x, y)
        block.setFillColor(_colour(colour))
        if spacing:
            block.setCharSpace(spacing)
        for font, part in chain.runs(text):
            block.setFont(font.fontName, size)
            block.textOut(part)
        if spacing:
            block.setCharSpace(0)
            self._spell_out(text)
        self.canvas.drawText(block)
        if spacing:
            self.canvas._code.append("EMC")

    def rule(
        self, x1: float, y1: float, x2: float, y2: float, *, colour: str = LINE, width: float = 0.5
    ) -> None:
        """Draw a line."""
        self.canvas.setStrokeColor(_colour(colour))
        self.canvas.setLineWidth(width)
        self.canvas.line(x1, y1, x2, y2)

    def box(self, x: float, y: float, width: float, height: float, *, fill: str) -> None:
        """Fill a rectangle whose lower left corner is given."""
        self.canvas.setFillColor(_colour(fill))
        self.canvas.rect(x, y, width, height, stroke=0, fill=1)

    def dot(self, x: float, y: float, radius: float, *, fill: str) -> None:
        """Fill a circle."""
        self.canvas.setFillColor(_colour(fill))
        self.canvas.circle(x, y, radius, stroke=0, fill=1)

    def frame(self, x: float, y: float, width: float, height: float, *, colour: str, line: float) -> None:
        """Outline a rectangle."""
        self.canvas.setStrokeColor(_colour(colour))
        self.canvas.setLineWidth(line)
        self.canvas.rect(x, y, width, height, stroke=1, fill=0)

    def stencil(self, x: float, y: float, size: float, rows: list[bytes], modules: int) -> None:
        """Paint a square of black modules (one bit each, packed by row) whose lower left corner is given."""
        self.canvas.setFillColor(_colour("#000000"))
        self.canvas._code.append(
            f"q {size:.2f} 0 0 {size:.2f} {x:.2f} {y:.2f} cm BI /W {modules} /H {modules} /IM true /D [1 0] "
            f"/F /AHx ID {b''.join(rows).hex()}> EI Q"
        )

    def ground(self, name: str, draw: Callable[["Pen"], None]) -> None:
        """Draw what lies under every page once; `lay` puts it on a page."""
        self.canvas.beginForm(name)
        draw(self)
        self.canvas.endForm()

    def lay(self, name: str) -> None:
        """Put a ground under this page."""
        self.canvas.doForm(name)

    def path(self, points: Sequence[tuple[float, float]], *, colour: str, width: float) -> None:
        """Draw an open line through points."""
        self.canvas.setStrokeColor(_colour(colour))
        self.canvas.setLineWidth(width)
        path = self.canvas.beginPath()
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        self.canvas.drawPath(path, stroke=1, fill=0)

    def next_page(self) -> None:
        """Finish a page."""
        self.canvas.showPage()

    def finish(self) -> bytes:
        """Return the document; one at a time, because the fonts' files have one cursor."""
        with fonts.SAVING:
            self.canvas.save()
        return self._file.getvalue()

    def _spell_out(self, text: str) -> None:
        """Say what a spaced text is, because readers take wide spacing for blanks (PDF 32000-1, 14.9.4)."""
        said = text.encode("utf-16-be").hex()
        self.canvas._code.append(f"/Span <</ActualText <feff{said}>>> BDC")

    def _stamp(self, at: datetime) -> None:
        stamp = self.canvas._doc._timeStamp
        stamp.YMDhms = at.astimezone(UTC).timetuple()[:6]


def _colour(name: str) -> Any:
    if name not in _colours:
        _colours[name] = HexColor(name)
    return _colours[name]
