"""What a judge's signature is made of: the digest of the marks, and the proof of a PIN or a drawing. Pure.

A drawing is a list of strokes, a stroke its first point and the steps from point to point: x, y, dx, dy, …,
whole numbers in a field of 1000 × 320. static/js/tablet/drawing.js draws them. Source: UX.md 8.1 J6.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from core import canonical
from scoring.sheets.rules import MarkKey

WIDTH, HEIGHT = 1000, 320
MOST_STROKES, MOST_NUMBERS = 60, 3000
SHORTEST = 150  # what is less is a dot or a slip
DOMAIN = "jiangsai-signature/1"
SHOWN = 8
Stroke = Sequence[int]


class Signature(NamedTuple):
    """What came with a signature; without a PIN `proof` is empty, without a drawing `strokes`.

    `reason` is what the judge writes who was asked to look again.
    """

    marks_hash: str
    strokes: Sequence[Stroke] = ()
    proof: str = ""
    reason: str = ""

    def stated(self) -> dict[str, Any]:
        """Return it as the ledger keeps it."""
        strokes = [list(stroke) for stroke in self.strokes]
        stated = {"hash": self.marks_hash, "strokes": strokes, "proof": self.proof}
        return stated | ({"reason": self.reason} if self.reason else {})


class Demand(NamedTuple):
    """What a signature asks for; `drawing_or_pin`: whoever has a PIN may enter it instead of drawing."""

    pin: bool
    drawing: bool


def demand(way: str, *, with_card: bool, can_check: bool) -> Demand:
    """Return what an event's way of signing asks of this judge.

    `can_check`: the connection lets the device check a PIN (HTTPS); only `card` looks at it.
    """
    by_card = way == "card" and with_card and can_check
    return Demand(pin=by_card or way in ("pin", "both"), drawing=way in ("drawing", "both"))


def unmet(asked: Demand, signature: Signature, *, with_card: bool) -> str:
    """Return what a signature lacks: "pin", or nothing.

    A drawing has an alternative for whoever cannot draw: the PIN of the card, or without a card the plain
    confirmation, which the device asks for in so many words.
    """
    if asked.pin and not signature.proof:
        return "pin"
    undrawn = asked.drawing and not signature.strokes
    return "pin" if undrawn and with_card and not signature.proof else ""


def marks_hash(marks: Mapping[MarkKey, str]) -> str:
    """Return the digest of marks that is signed: of (aspect, attempt, value), sorted."""
    return canonical.digest([[key.aspect, key.attempt, marks[key]] for key in sorted(marks)])


def message(sheet: str, signature: Signature, device_time: str) -> str:
    """Return what the proof of a PIN is bound to."""
    return "\n".join((DOMAIN, sheet, signature.marks_hash, device_time))


def fits(strokes: Any) -> bool:
    """Say whether something is a drawing: within its field, not too much of it, and more than a dot."""
    if not isinstance(strokes, list) or len(strokes) > MOST_STROKES:
        return False
    if not all(_is_stroke(stroke) for stroke in strokes) or sum(map(len, strokes)) > MOST_NUMBERS:
        return False
    inside = all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for stroke in strokes for x, y in _points(stroke))
    return inside and (not strokes or length(strokes) >= SHORTEST)


def _is_stroke(stroke: Any) -> bool:
    listed = isinstance(stroke, list) and len(stroke) >= 2 and len(stroke) % 2 == 0
    return listed and all(type(number) is int and abs(number) <= WIDTH for number in stroke)


def _points(stroke: Stroke) -> Iterator[tuple[int, int]]:
    x = y = 0
    for dx, dy in zip(stroke[::2], stroke[1::2], strict=True):
        x, y = x + dx, y + dy
        yield x, y


def length(strokes: Iterable[Stroke]) -> int:
    """Return how far the pen went, each step by its longer side."""
    return sum(
        max(abs(dx), abs(dy))
        for stroke in strokes
        for dx, dy in zip(stroke[2::2], stroke[3::2], strict=True)
    )


def paths(strokes: Iterable[Stroke]) -> list[str]:
    """Return each stroke as the path of a picture (SVG)."""
    return [f"M{s[0]} {s[1]}l" + " ".join(map(str, s[2:] or (0, 0))) for s in strokes]


def shown(digest: str) -> str:
    """Return how a digest of marks is read out: its first eight digits in two groups."""
    return f"{digest[:4]} {digest[4:SHOWN]}"
