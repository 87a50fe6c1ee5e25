"""Set the lines of a box: shrink a little, break, scale everything, until it fits; in points, y upwards."""

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reports.certificates.template import MM, Box, Line
from reports.certificates.text import BREAK, CLOSE, OPEN, filled
from reports.documents import fonts, wrapping
from reports.documents.fonts import Face
from reports.documents.pen import Pen

SCALES = (1.0, 0.93, 0.86, 0.8, 0.74, 0.68, 0.62, 0.56, 0.5, 0.44)  # tried until everything fits
ASCENT = 0.88  # of the size, above the baseline
MOST_STRETCH = 1.6


class TooLong(Exception):
    """A text that does not fit into its box however small it is set."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph as it is set: its lines, and the room it wishes above itself."""

    lines: tuple[str, ...]
    face: Face
    size: float
    colour: str
    align: str
    above: float
    spacing: float
    leading: float

    @property
    def height(self) -> float:
        """Return the room of the lines without what is above."""
        return self.size + (len(self.lines) - 1) * self.size * self.leading


def draw_text(pen: Pen, box: Box, places: Mapping[str, str]) -> None:
    """Set a text box onto a page.

    Raises: TooLong.
    """
    room, width = box.height * MM, box.width * MM
    texts = [(line, text) for line in box.lines if (text := filled(line, places))]
    if not texts:
        return
    for scale in SCALES:
        blocks = tuple(_block(line, text, width, scale) for line, text in texts)
        above = sum(block.above for block in blocks[1:])
        needed = above + sum(block.height for block in blocks)
        if needed <= room:
            break
    else:
        raise TooLong(box.lines[0].text)
    stretch = min(MOST_STRETCH, 1 + (room - needed) / above) if box.spread and above else 1.0
    loose = room - needed - above * (stretch - 1)
    top = pen.height - box.y * MM - loose * {"top": 0, "middle": 0.46, "bottom": 1}[box.valign]
    _put(pen, blocks, box.x * MM, width, top, stretch)


def lines_of(text: str, face: Face, size: float, room: float, align: str) -> tuple[str, ...]:
    """Return the lines that a text makes: of even length in the middle, else filled one after the other."""
    return _lines(text, face, size, room, align)


def _put(pen: Pen, blocks: Sequence[Block], x: float, width: float, y: float, stretch: float) -> None:
    for number, block in enumerate(blocks):
        y -= block.above * stretch if number else 0
        for row, line in enumerate(block.lines):
            at = y - block.size * (ASCENT + row * block.leading)
            left = x
            if block.align != "left":
                free = width - fonts.chain(block.face).width(line, block.size, block.spacing)
                left += free / 2 if block.align == "centre" else free
            pen.text(left, at, line, block.face, block.size, colour=block.colour, spacing=block.spacing)
        y -= block.height


def _block(line: Line, text: str, room: float, scale: float) -> Block:
    face, wished = Face(line.face), line.size * scale
    spacing = _apart(text, line.spacing)
    bare = text.replace(BREAK, "").replace(OPEN, "").replace(CLOSE, "")
    size = wished
    wide = fonts.chain(face).width(bare, wished, spacing * wished)
    if wide > room and line.shrink < 1:
        size = max(wished * room / wide * 0.999, wished * line.shrink)
    lines = _lines("\u3000" * round(line.indent) + text, face, size, room, line.align)
    if len(lines) > 1:
        spacing = 0.0
    return Block(
        lines, face, size, line.colour, line.align, line.above * MM * scale, spacing * size, line.leading
    )


@functools.lru_cache(maxsize=4096)
def _lines(text: str, face: Face, size: float, room: float, align: str) -> tuple[str, ...]:
    measure = functools.partial(fonts.chain(face).width, size=size)
    whole = text.replace(BREAK, "").replace(OPEN, "").replace(CLOSE, "")
    if measure(whole) <= room:
        return (whole,)
    if BREAK in text and align == "centre":
        return tuple(line for part in text.split(BREAK) for line in _lines(part, face, size, room, align))
    parts = list(_parts(text.replace(BREAK, ""), quoted=True))
    if any(measure(part) > room for part in parts):
        parts = wrapping.fitting(list(_parts(text.replace(BREAK, ""))), room, measure)
    broken = wrapping.even(parts, room, measure) if align == "centre" else wrapping.fill(parts, room, measure)
    return tuple(broken)


def _parts(text: str, *, quoted: bool = False) -> Iterable[str]:
    """Yield the parts between which a text may break; what is marked stays whole, with the sign behind it.

    So does a short quotation where `quoted` says so.
    """
    for index, piece in enumerate(text.replace(CLOSE, OPEN).split(OPEN)):
        if index % 2:
            yield piece
        else:
            yield from wrapping.pieces(piece, quoted=quoted)


def _apart(text: str, spacing: float) -> float:
    """Return the space between the characters of a short word in han characters; two stand twice as far."""
    if not 2 <= len(text) <= 4 or text.isascii():
        return 0.0
    return spacing * (2 if len(text) == 2 else 1)
