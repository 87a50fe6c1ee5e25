"""Place cards (席卡): a name on an A4 sheet that is folded into a tent and stands on a table.

Three strips of 99 mm: the name for who sits opposite, the name for the room, and the foot; folded at the two
thin lines, the foot lies on the table. The upper name stands on its head: in the tent both are upright.
"""

import functools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from competitions.events.models import Event
from core.refusals import refuse
from reports.documents import fonts
from reports.documents.fonts import Face
from reports.documents.pen import A4, GOLD, INK, LINE, SOFT, Pen, Side
from reports.documents.words import document_words
from reports.documents.wrapping import balance
from reports.papers.ceremony import found_winners
from reports.papers.issue import Issue

STRIP, ROOM = A4[1] / 3, A4[0] - 100.0
SIZES = (88.0, 74.0, 62.0, 52.0, 44.0, 36.0, 30.0, 25.0, 21.0)
UNIT_SIZE, FOOT_SIZE = 15.0, 8.0
MOST = 1000  # cards of one file


class PlaceCard(NamedTuple):
    """One card: who sits there, from which unit."""

    name: str
    unit: str


def build(session: Session, event: Event, issue: Issue) -> bytes:
    """Return the place cards of an event's winners, unit by unit as they sit, everybody of a team alone.

    Raises: Refused as `found_winners` does, and PLACE_CARDS_TOO_MANY.
    """
    _version, found = found_winners(session, event)
    cards = [PlaceCard(name, one.unit) for one in found for name in one.people or (one.name,)]
    if len(cards) > MOST:
        raise refuse("PLACE_CARDS_TOO_MANY", cards=len(cards), most=MOST)
    return draw(sorted(cards, key=lambda card: card.unit), issue)


def draw(cards: Sequence[PlaceCard], issue: Issue) -> bytes:
    """Return the PDF: one card a page."""
    pen = Pen(A4, title=_("Place cards"), language=document_words().language, at=issue.now)
    for card in cards:
        _fold_lines(pen)
        for turned in (False, True):
            _face(pen, card, turned=turned)
        _foot(pen, card)
        pen.next_page()
    return pen.finish()


def _fold_lines(pen: Pen) -> None:
    for y in (STRIP, 2 * STRIP):
        for x in range(0, int(A4[0]), 12):
            pen.rule(x, y, x + 5, y, colour=LINE, width=0.5)


def _face(pen: Pen, card: PlaceCard, *, turned: bool) -> None:
    """Set name and unit into the middle strip, or, on their head, into the upper one."""
    size, lines = _fitting(card.name)
    middle = STRIP / 2 + (14 if card.unit else 0)
    for baseline, text, face, height in _lines(lines, size, middle, card.unit):
        colour = INK if face is Face.TITLE else SOFT
        if turned:
            _upside_down(pen, text, face, height, 3 * STRIP - baseline, colour)
        else:
            spacing = _spread(text, height) if face is Face.TITLE else 0
            width = fonts.chain(face).width(text, height, spacing)
            x, y = (A4[0] - width) / 2, STRIP + baseline
            pen.text(x, y, text, face, height, colour=colour, spacing=spacing)
    y = 3 * STRIP - 52 if turned else STRIP + 52
    pen.rule(A4[0] / 2 - 42, y, A4[0] / 2 + 42, y, colour=GOLD, width=1.1)


def _lines(
    names: Sequence[str], size: float, middle: float, unit: str
) -> Iterator[tuple[float, str, Face, float]]:
    """Yield (baseline within a strip, text, face, size), from the top."""
    y = middle + (len(names) - 1) * size * 0.6 - size * 0.36
    for name in names:
        yield y, name, Face.TITLE, size
        y -= size * 1.2
    small = min(UNIT_SIZE, UNIT_SIZE * ROOM / max(1.0, fonts.chain(Face.BODY).width(unit, UNIT_SIZE)))
    if unit:
        yield 26.0, unit, Face.BODY, small


def _upside_down(pen: Pen, text: str, face: Face, size: float, y: float, colour: str) -> None:
    """Set a centred line on its head: letters of spread names one by one, for `turned` knows no spacing."""
    spacing = _spread(text, size) if face is Face.TITLE else 0
    chain = fonts.chain(face)
    x = (A4[0] + chain.width(text, size, spacing)) / 2
    for part in text if spacing else [text]:
        pen.turned(x, y, part, face, size, colour=colour, angle=180)
        x -= chain.width(part, size) + spacing


def _spread(text: str, size: float) -> float:
    """Return the space between the characters of a short Chinese name: two stand as wide as three."""
    if not 2 <= len(text) <= 3 or not all(character >= "\u3400" for character in text):
        return 0
    return size * (0.75 if len(text) == 2 else 0.25)


def _fitting(name: str) -> tuple[float, list[str]]:
    """Return the largest size in which one line holds a name, or two in the smaller sizes, with the lines."""
    for size in SIZES:
        lines = balance(name, ROOM, functools.partial(fonts.chain(Face.TITLE).width, size=size))
        if len(lines) == 1 and fonts.chain(Face.TITLE).width(name, size, _spread(name, size)) <= ROOM:
            return size, lines
        if len(lines) == 2 and size <= SIZES[3]:
            return size, lines
    return size, lines[:4]


def _foot(pen: Pen, card: PlaceCard) -> None:
    """Say on the part that nobody sees where the card belongs, and how it is folded."""
    said = " · ".join(part for part in (card.name, card.unit) if part)
    hint = _("Fold at the thin lines; this part lies on the table.")
    pen.text(A4[0] / 2, 30, hint, Face.TABLE, FOOT_SIZE, colour=SOFT, side=Side.CENTRE)
    size = min(FOOT_SIZE, FOOT_SIZE * ROOM / max(1.0, fonts.chain(Face.TABLE).width(said, FOOT_SIZE)))
    pen.text(A4[0] / 2, 44, said, Face.TABLE, size, colour=SOFT, side=Side.CENTRE)
