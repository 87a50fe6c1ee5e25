"""Draw on a page: text in a face at a size, hairlines, boxes; nothing here reads mark-up from a text."""

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
        self.canvas.drawText(block)

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

    def next_page(self) -> None:
        """Finish a page."""
        self.canvas.showPage()

    def finish(self) -> bytes:
        """Return the document; one at a time, because the fonts' files have one cursor."""
        with fonts.SAVING:
            self.canvas.save()
        return self._file.getvalue()

    def _stamp(self, at: datetime) -> None:
        stamp = self.canvas._doc._timeStamp
        stamp.YMDhms = at.astimezone(UTC).timetuple()[:6]


def _colour(name: str) -> Any:
    if name not in _colours:
        _colours[name] = HexColor(name)
    return _colours[name]
