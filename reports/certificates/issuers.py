"""Set the bodies that issue a certificate: in their order, side by side with their seals, the day below."""

from collections.abc import Sequence

from reports.certificates.seal import draw_seal
from reports.certificates.setting import lines_of
from reports.certificates.template import MM, Box
from reports.certificates.text import CertificateText, filled, places_of
from reports.documents import fonts
from reports.documents.fonts import Face
from reports.documents.pen import Pen

ABREAST = 3  # more stand below each other, without drawn seals: there is no room for them
SMALLEST = 0.78  # of the size, before a name is broken
_FREE, _WIDEST, _STEP = 7 * MM, 18 * MM, 1.75  # room between two bodies; lines


def draw_issuers(pen: Pen, box: Box, text: CertificateText, *, seals: bool) -> None:
    """Set the issuing bodies at the right of their box; a line of the box says how the day is written."""
    places = places_of(text)
    day = filled(box.lines[0], places) if box.lines else places["date"]
    face, right = Face(box.face), (box.x + box.width) * MM
    middle = pen.height - (box.y + box.height / 2) * MM
    if len(text.issuers) > ABREAST:
        _list(pen, box, [*text.issuers, day], right, middle)
        return
    size, widths, names = _columns(face, text.issuers, day, box.size, box.width * MM)
    between = max(1, len(widths) - 1)
    free = min(_WIDEST, max(_FREE, (box.width * MM - sum(widths)) / between))
    left = right - sum(widths) - free * (len(widths) - 1)
    deepest = max(map(len, names))
    for name, lines, width in zip(text.issuers, names, widths, strict=True):
        if seals:
            draw_seal(pen, left + width / 2, middle, box.seal * MM, name)
        first = middle + deepest * size * _STEP / 2 - size * 0.36 - (deepest - len(lines)) * size * _STEP / 2
        _put(pen, box, face, size, lines, left + width / 2, first)
        left += width + free
    below = middle - deepest * size * _STEP / 2 - size * 0.36
    _put(pen, box, face, size, [day], right - widths[-1] / 2, below)


def _columns(
    face: Face, issuers: Sequence[str], day: str, size: float, room: float
) -> tuple[float, list[float], list[Sequence[str]]]:
    """Return size, widths and lines of the columns: one line for each name where that can be read."""
    free = room - _FREE * (len(issuers) - 1)
    chain = fonts.chain(face)

    def widths(at: float) -> list[float]:
        found = [chain.width(name, at) for name in issuers]
        found[-1] = max(found[-1], chain.width(day, at))
        return found

    needed = sum(widths(size))
    if needed * SMALLEST <= free:
        size *= min(1, free / needed)
        return size, widths(size), [(name,) for name in issuers]
    size *= SMALLEST
    last = max(free / len(issuers), chain.width(day, size))
    shares = [(free - last) / max(1, len(issuers) - 1)] * (len(issuers) - 1) + [last]
    return (
        size,
        shares,
        [lines_of(name, face, size, share, "centre") for name, share in zip(issuers, shares, strict=True)],
    )


def _list(pen: Pen, box: Box, said: Sequence[str], right: float, middle: float) -> None:
    """Set many bodies one below the other, as small as their box demands."""
    face, chain = Face(box.face), fonts.chain(Face(box.face))
    size = min(box.size, box.height * MM / len(said) / 1.35)
    widest = max(chain.width(name, size) for name in said)
    size *= min(1, box.width * MM / widest)
    step = box.height * MM / len(said)
    centre = right - min(widest, box.width * MM) / 2
    for number, name in enumerate(said):
        at = middle + ((len(said) - 1) / 2 - number) * step - size * 0.36
        _put(pen, box, face, size, [name], centre, at)


def _put(pen: Pen, box: Box, face: Face, size: float, lines: Sequence[str], x: float, y: float) -> None:
    for number, line in enumerate(lines):
        at = x - fonts.chain(face).width(line, size) / 2
        pen.text(at, y - number * size * _STEP, line, face, size, colour=box.colour)
