"""Judge cards (裁判证): eight on A4, 90 × 54 mm each with a strip for the PIN below, and marks to cut at.

A card says who somebody is and opens that judge's marking: its QR code holds a secret, its strip the PIN
(accounts.cards). Both exist on this sheet alone; printing again makes new cards.
"""

import functools
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from competitions.catalogue.naming import name_of
from competitions.events.models import Event
from competitions.judges.overview import board
from reports.certificates.qr import draw_qr
from reports.documents import fonts
from reports.documents.fonts import Face, printable
from reports.documents.pen import A4, GOLD, INK, RED, SOFT, STRONG_LINE, Pen, Side
from reports.documents.words import document_words
from reports.documents.wrapping import balance, wrap
from reports.papers.issue import Issue
from reports.papers.programme import duty, stage_titles
from scoring.schemes.queries import find_scheme

MM = 72 / 25.4
WIDTH, HEIGHT, STRIP, ACROSS, DOWN = 90 * MM, 54 * MM, 12 * MM, 2, 4
PAD, CUT = 11.0, 5 * MM  # points within a card; length of a mark to cut at
QR = 27 * MM
NAME_SIZES = (21.0, 17.0, 14.0, 11.5, 9.5)


class Card(NamedTuple):
    """What one card says."""

    competition: str
    event: str
    code: str
    name: str
    duty: str
    chief: bool
    stages: str
    days: str
    address: str = ""  # what the QR code says; empty for a card that opens nothing
    typed: str = ""
    pin: str = ""


def list_cards(session: Session, event: Event, span: str) -> dict[int, Card]:
    """Return what the card of each judge who works in an event says, by user, without its secrets."""
    scheme, competition = find_scheme(session, event.id), event.competition
    return {
        row.judge.user_id: Card(
            name_of(competition),
            name_of(event),
            row.judge.code,
            row.judge.user.name,
            duty(row),
            row.judge.chief,
            stage_titles(scheme, row),
            span,
        )
        for row in board(session, event).rows
        if row.working and row.judge.user.disabled_at is None
    }


def draw(cards: Sequence[Card], issue: Issue) -> bytes:
    """Return the PDF of the cards."""
    pen = _pen(_("Judge cards"), issue.now)
    for start in range(0, len(cards), ACROSS * DOWN):
        page = cards[start : start + ACROSS * DOWN]
        _cut_marks(pen)
        for card, (left, top) in zip(page, _places(), strict=False):
            _card(pen, card, left, top)
        pen.next_page()
    return pen.finish()


def _pen(title: str, at: datetime) -> Pen:
    return Pen(A4, title=title, language=document_words().language, at=at)


def _margins() -> tuple[float, float]:
    return (A4[0] - ACROSS * WIDTH) / 2, (A4[1] - DOWN * (HEIGHT + STRIP)) / 2


def _places() -> Iterator[tuple[float, float]]:
    """Yield the upper left corner of each card, row by row."""
    side, foot = _margins()
    for row in range(DOWN):
        for column in range(ACROSS):
            yield side + column * WIDTH, A4[1] - foot - row * (HEIGHT + STRIP)


def _cut_marks(pen: Pen) -> None:
    """Draw short lines in the margins, none on a card; the strip of the PIN is cut off, too."""
    side, foot = _margins()
    for column in range(ACROSS + 1):
        x = side + column * WIDTH
        for y in (foot - 4, A4[1] - foot + 4 + CUT):
            pen.rule(x, y, x, y - CUT, colour=SOFT, width=0.4)
    edges = [A4[1] - foot - row * (HEIGHT + STRIP) for row in range(DOWN + 1)]
    for y in (*edges, *(edge - HEIGHT for edge in edges[:-1])):
        for x in (side - 4, A4[0] - side + 4 + CUT):
            pen.rule(x, y, x - CUT, y, colour=SOFT, width=0.4)


def _card(pen: Pen, card: Card, left: float, top: float) -> None:
    room = WIDTH - 2 * PAD
    x, right = left + PAD, left + WIDTH - PAD
    kind = _("Judge card")
    pen.text(right, top - PAD - 7, kind, Face.STRONG, 7.5, colour=RED, side=Side.RIGHT)
    beside = room - fonts.chain(Face.STRONG).width(kind, 7.5) - 8
    y = _lines(pen, x, top - PAD - 7, card.competition, Face.TABLE, 7.5, beside, most=2, colour=SOFT)
    y = _lines(pen, x, y - 1, card.event, Face.STRONG, 9, room, most=1)
    pen.rule(x, y + 5, right, y + 5, colour=STRONG_LINE)
    _person(pen, card, x, y, top - HEIGHT + PAD)
    if card.address:
        _secrets(pen, card, left, top)


def _person(pen: Pen, card: Card, x: float, y: float, foot: float) -> None:
    """Set who the judge is, left of the QR code, between the rule below `y` and the foot of the card."""
    room = WIDTH - 2 * PAD - QR - 8
    size = _fitting(card.code, Face.STRONG, 22, room * 0.5)
    pen.text(x, y - 17, card.code, Face.STRONG, size, colour=RED)
    beside = x + fonts.chain(Face.STRONG).width(card.code, size) + 8
    pen.text(beside, y - 17, card.duty, Face.STRONG, 9, colour=GOLD if card.chief else INK)
    marks = _("Marks in: %(stages)s", stages=card.stages)
    valid = _("Valid: %(days)s", days=card.days or "_" * 20)
    _name(pen, card.name, x, (y - 22 + foot + 20) / 2, room)
    if card.stages:
        _lines(pen, x, foot + 11, marks, Face.TABLE, 7.5, room, most=1)
    _lines(pen, x, foot + 1, valid, Face.TABLE, 7.5, room, most=1, colour=SOFT)


def _secrets(pen: Pen, card: Card, left: float, top: float) -> None:
    """Set the QR code with the code to type on the card, and the PIN on the strip below it."""
    right, foot = left + WIDTH - PAD, top - HEIGHT + PAD
    draw_qr(pen, card.address, right - QR, foot + 9, QR)
    pen.text(right - QR / 2, foot - 1, card.typed, Face.STRONG, 8, side=Side.CENTRE)
    for start in range(0, int(WIDTH), 6):
        pen.rule(left + start, top - HEIGHT, left + start + 3, top - HEIGHT, colour=SOFT, width=0.4)
    middle = top - HEIGHT - STRIP / 2
    pen.text(right, middle - 5, card.pin, Face.STRONG, 15, side=Side.RIGHT)
    aside = right - fonts.chain(Face.STRONG).width(card.pin, 15) - 5
    pen.text(aside, middle - 5, _("PIN"), Face.TABLE, 8, colour=SOFT, side=Side.RIGHT)
    room = aside - 34 - left - PAD
    _lines(pen, left + PAD, middle + 2, f"{card.code} {card.name}", Face.TABLE, 8, room, most=1)
    hint = _("Cut off; hand over apart from the card")
    _lines(pen, left + PAD, middle - 8, hint, Face.TABLE, 6.5, room, most=1, colour=SOFT)


def _name(pen: Pen, name: str, x: float, middle: float, room: float) -> None:
    """Set a name in the largest size in which two lines hold it, one line in the larger sizes."""
    name = printable(name, Face.TITLE)
    for size in NAME_SIZES:
        lines = balance(name, room, functools.partial(fonts.chain(Face.TITLE).width, size=size))
        if len(lines) == 1 or len(lines) == 2 and size <= NAME_SIZES[1]:
            break
    y = middle + (len(lines) - 1) * size * 0.6 - size * 0.32
    for line in lines[:3]:
        pen.text(x, y, line, Face.TITLE, size)
        y -= size * 1.2


def _lines(
    pen: Pen, x: float, y: float, text: str, face: Face, size: float, room: float,
    *, most: int, colour: str = INK,
) -> float:  # fmt: skip
    """Set a text on at most so many lines, smaller where it needs to be; return the next free baseline."""
    text = printable(text, face)
    lines = wrap(text, room, functools.partial(fonts.chain(face).width, size=size))
    while len(lines) > most and size > 4.5:
        size -= 0.5
        lines = wrap(text, room, functools.partial(fonts.chain(face).width, size=size))
    for line in lines[:most]:
        pen.text(x, y, line, face, size, colour=colour)
        y -= size * 1.35
    return y


def _fitting(text: str, face: Face, size: float, room: float) -> float:
    width = fonts.chain(face).width(text, size)
    return size if width <= room else size * room / width
