"""Draw certificates on A4: the achievement in the middle, who issues it right, how to check it left.

Nothing is issued with a blank: texts with a character that no font has are refused before the first page.
One run shares one ground and one font subset; the same certificates give the same bytes.
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.refusals import refuse
from reports.certificates.ground import draw_ground, ornament
from reports.certificates.phrases import Phrases, phrases
from reports.certificates.qr import draw_qr
from reports.documents import fonts
from reports.documents.fonts import Face
from reports.documents.pen import A4, GOLD, INK, RED, SOFT, Pen, Side
from reports.documents.wrapping import balance, even

MOST_PAGES = 5000  # reportlab keeps every page until the file is written, about 11 KiB each
# A statement makes a code of about 80 modules; a phone wants a third of a millimetre for each.
EDGE, FOOT, QR_SIZE, AIR = 78.0, 72.0, 84.0, 22.0
SCALES = (1.0, 0.93, 0.86, 0.8, 0.74, 0.68, 0.62, 0.56)  # tried one after the other until everything fits


@dataclass(frozen=True, slots=True)
class CertificateText:
    """What one certificate says, ready to be set.

    Empty `title` and `formula` stand for the language's own; `body` replaces the sentence made of
    competition, event and trade. `verify` is the text of the QR code.
    """

    recipient: str
    competition: str
    prize: str
    issuers: tuple[str, ...]
    issued_on: date
    serial: str
    event: str = ""
    trade: str = ""
    unit: str = ""
    members: tuple[str, ...] = ()
    title: str = ""
    body: str = ""
    formula: str = ""
    verify: str | None = None

    def texts(self) -> tuple[str, ...]:
        """Return every text that will be printed."""
        return (
            self.recipient, self.competition, self.prize, *self.issuers, self.serial, self.event, self.trade,
            self.unit, *self.members, self.title, self.body, self.formula,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class CertificateStyle:
    """How certificates are set; `paper` paints the ivory ground, `han_date` writes 二〇二六年."""

    landscape: bool = True
    paper: bool = True
    han_date: bool = True

    @property
    def size(self) -> tuple[float, float]:
        """Return width and height of the page in points."""
        return A4[::-1] if self.landscape else A4


@dataclass(frozen=True, slots=True)
class Block:
    """A group of centred lines, and the room it wishes above itself."""

    lines: tuple[str, ...]
    face: Face
    size: float
    above: float
    colour: str = INK
    spacing: float = 0
    leading: float = 1.6

    @property
    def height(self) -> float:
        """Return the room of the lines without what is above."""
        return self.size + (len(self.lines) - 1) * self.size * self.leading


def draw(
    texts: Sequence[CertificateText], *, language: str = "zh", style: CertificateStyle = CertificateStyle()
) -> bytes:
    """Return one PDF with a page for each certificate.

    Raises: Refused with GLYPH_MISSING for every text that cannot be printed, or with CERTIFICATE_TOO_LONG for
    the first that does not fit on its page; ValueError for no certificate or more than MOST_PAGES.
    """
    if not 0 < len(texts) <= MOST_PAGES:
        raise ValueError(f"a file holds 1 to {MOST_PAGES} certificates, not {len(texts)}")
    require_printable(texts)
    words = phrases(language, han_date=style.han_date)
    title = " · ".join(dict.fromkeys((texts[0].title or words.title, texts[0].competition)))
    pen = Pen(style.size, title=title, language=words.language)
    grounds: dict[tuple[object, ...], tuple[str, float]] = {}
    for text in texts:
        same = (text.title, text.issuers, text.issued_on, text.verify is None)
        if same not in grounds:
            grounds[same] = _ground(pen, f"ground{len(grounds)}", text, words, style)
        name, room = grounds[same]
        pen.lay(name)
        _page(pen, text, words, style, room)
        pen.next_page()
    return pen.finish()


def require_printable(texts: Sequence[CertificateText]) -> None:
    """Refuse certificates with a character that no font has, all of them at once."""
    fonts.require_printable(part for text in texts for part in text.texts())


def _ground(
    pen: Pen, name: str, text: CertificateText, words: Phrases, style: CertificateStyle
) -> tuple[str, float]:
    """Draw once what the certificates of an event share; return its name and how far up its foot reaches."""
    reached = 0.0

    def shared(under: Pen) -> None:
        nonlocal reached
        draw_ground(under, *style.size, paper=style.paper)
        _title(under, text.title or words.title, _title_line(style))
        reached = _issuers(under, text, words, style)
        if text.verify is not None:
            reached = max(reached, FOOT + QR_SIZE)
            under.text(EDGE + QR_SIZE + 10, FOOT + 14, words.check, Face.TABLE, 8, colour=SOFT)

    pen.ground(name, shared)
    return name, reached


def _page(pen: Pen, text: CertificateText, words: Phrases, style: CertificateStyle, foot: float) -> None:
    top = _title_line(style) - 34
    available = top - foot - AIR
    _check(pen, text, words)
    for scale in SCALES:
        blocks = _blocks(text, words, pen.width - (196 if style.landscape else 130), scale)
        needed = sum(block.height + block.above for block in blocks)
        if needed <= available:
            break
    else:
        raise refuse("CERTIFICATE_TOO_LONG", text.recipient)
    stretch = min(1.55, 1 + (available - needed) / sum(block.above for block in blocks))
    loose = available - sum(block.height + block.above * stretch for block in blocks)
    _set(pen, blocks, top - loose * 0.38, stretch)


def _title_line(style: CertificateStyle) -> float:
    return style.size[1] - (108 if style.landscape else 156)


def _title(pen: Pen, title: str, y: float) -> None:
    spacing = 2.0 if title.isascii() else 20.0
    size = _fitting(title, Face.TITLE, 38, pen.width - 2 * EDGE, spacing)
    pen.text(pen.width / 2, y, title, Face.TITLE, size, colour=RED, side=Side.CENTRE, spacing=spacing)
    ornament(pen, pen.width / 2, y - 24, 92)


def _blocks(text: CertificateText, words: Phrases, room: float, scale: float) -> list[Block]:
    def small(line: str, above: float) -> Block | None:
        return _block((line,), words, 14 * scale, room, above, SOFT) if line else None

    name = _name(text.recipient, room, scale)
    achieved = (text.body,) if text.body else words.achievement(text.competition, text.event, text.trade)
    body = _block(achieved, words, 18 * scale, room, 22)
    size = _fitting(text.prize, Face.TITLE, min(30 * scale, name.size * 0.9), room)
    prize = Block((text.prize,), Face.TITLE, size, 24, GOLD, _apart(text.prize, size * 0.3))
    parts = [small(words.lead, 12), name, small(text.unit, 14), small(words.before_prize, 18)]
    parts += [prize, body] if words.before_prize else [body, prize]
    if text.members:
        parts.append(_members(text.members, words, 13 * scale, room))
    parts.append(_block((text.formula or words.formula,), words, 16 * scale, room, 22))
    return [replace(part, above=part.above * scale) for part in parts if part is not None]


def _name(name: str, room: float, scale: float) -> Block:
    """Set the recipient as the largest word; two and three characters stand apart as on any certificate."""
    size = _fitting(name, Face.TITLE, 46 * scale, room)
    if size < 30 * scale:
        size = max(min(30.0, _fitting(name, Face.TITLE, 46, room * 1.9)), 22.0) * scale
    lines = _balanced(name, Face.TITLE, size, room)
    return Block(lines, Face.TITLE, size, 20, INK, _apart(name, size * {2: 0.5}.get(len(name), 0.2)), 1.25)


def _members(members: Sequence[str], words: Phrases, size: float, room: float) -> Block:
    """Set the names of a team one after the other, none of them across two lines."""
    parts = [member + words.joint for member in members[:-1]] + [members[-1]]
    parts[0] = words.members + parts[0]
    lines = even(parts, room, functools.partial(fonts.chain(Face.BODY).width, size=size))
    return Block(tuple(lines), Face.BODY, size, 18)


def _block(
    parts: tuple[str, ...], words: Phrases, size: float, room: float, above: float, colour: str = INK
) -> Block:
    """Set a sentence in one line; else, in Chinese, break it between its parts first."""
    lines = _balanced(words.between.join(parts), Face.BODY, size, room)
    if len(lines) > 1 and not words.between:
        lines = tuple(line for part in parts for line in _balanced(part, Face.BODY, size, room))
    return Block(lines, Face.BODY, size, above, colour)


def _set(pen: Pen, blocks: Sequence[Block], y: float, stretch: float) -> None:
    for block in blocks:
        y -= block.above * stretch
        for number, line in enumerate(block.lines):
            at = y - block.size * (0.88 + number * block.leading)
            pen.text(
                pen.width / 2, at, line, block.face, block.size,
                colour=block.colour, side=Side.CENTRE, spacing=block.spacing,
            )  # fmt: skip
        y -= block.height


def _issuers(pen: Pen, text: CertificateText, words: Phrases, style: CertificateStyle) -> float:
    """Set the issuing bodies in their order and the date below them; return the height they reach."""
    size = 14.0 if len(text.issuers) <= 3 else 12.0
    room = style.size[0] * (0.48 if style.landscape else 0.56)
    lines = [line for issuer in text.issuers for line in _balanced(issuer, Face.BODY, size, room)]
    lines.append(words.written(text.issued_on))
    widest = max(fonts.chain(Face.BODY).width(line, size) for line in lines)
    centre = style.size[0] - EDGE - 8 - max(widest, 150) / 2
    y = FOOT + (len(lines) - 1) * size * 1.6
    for number, line in enumerate(lines):
        pen.text(centre, y - number * size * 1.6, line, Face.BODY, size, side=Side.CENTRE)
    return y + size


def _check(pen: Pen, text: CertificateText, words: Phrases) -> None:
    x = EDGE
    if text.verify is not None:
        draw_qr(pen, text.verify, x, FOOT, QR_SIZE)
        x += QR_SIZE + 10
    pen.text(x, FOOT, words.serial % text.serial, Face.TABLE, 8, colour=SOFT)


@functools.lru_cache(maxsize=2048)
def _balanced(text: str, face: Face, size: float, room: float) -> tuple[str, ...]:
    return tuple(balance(text, room, functools.partial(fonts.chain(face).width, size=size)))


def _fitting(text: str, face: Face, size: float, room: float, spacing: float = 0) -> float:
    width = fonts.chain(face).width(text, size, spacing)
    return size if width <= room else size * room / width


def _apart(text: str, spacing: float) -> float:
    return spacing if len(text) <= 3 and not text.isascii() else 0.0
