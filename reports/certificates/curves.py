"""Lines that ornaments are made of: waves, rosettes, frets, stars. Pure; all in points, y upwards."""

import math
from collections.abc import Iterator

Point = tuple[float, float]
# One piece of a fret band: a meander that runs on to the right, in a square of 1 × 1 with its foot at 0.
_MEANDER = ((0, 0), (0, 1), (0.78, 1), (0.78, 0.28), (0.36, 0.28), (0.36, 0.64), (0.55, 0.64))


def ring(x: float, y: float, radius: float, steps: int = 72) -> list[Point]:
    """Return a circle."""
    turn = math.tau / steps
    return [(x + radius * math.cos(i * turn), y + radius * math.sin(i * turn)) for i in range(steps + 1)]


def star(x: float, y: float, radius: float, points: int = 5) -> list[Point]:
    """Return a star that stands upright."""
    inner = radius * math.sin(math.radians(18)) / math.sin(math.radians(54))
    return [
        (
            x + (inner if i % 2 else radius) * math.sin(i * math.pi / points),
            y + (inner if i % 2 else radius) * math.cos(i * math.pi / points),
        )
        for i in range(2 * points)
    ]


def rosette(
    x: float, y: float, radius: float, *, petals: int, depth: float, layers: int
) -> Iterator[list[Point]]:
    """Yield the closed lines of a guilloche rosette: circles that swing, each turned a little further."""
    for layer in range(layers):
        shift = math.tau * layer / layers / petals
        yield [
            (x + reach * math.cos(angle), y + reach * math.sin(angle))
            for angle in (math.tau * i / (petals * 10) for i in range(petals * 10 + 1))
            for reach in (radius * (1 - depth / 2 + depth / 2 * math.cos(petals * (angle + shift))),)
        ]


def waves(
    left: float, low: float, right: float, high: float, *, swing: float, period: float, count: int
) -> Iterator[list[Point]]:
    """Yield waves along the four sides of a rectangle, a whole number of periods on each side."""
    sides = (((left, low), (right, low)), ((right, low), (right, high)), ((right, high), (left, high)),
             ((left, high), (left, low)))  # fmt: skip
    for start, end in sides:
        length = math.dist(start, end)
        along = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
        periods = max(1, round(length / period))
        for number in range(count):
            yield list(_wave(start, along, length, periods, swing, math.tau * number / count))


def _wave(
    start: Point, along: Point, length: float, periods: int, swing: float, phase: float
) -> Iterator[Point]:
    steps = periods * 10
    for i in range(steps + 1):
        way, off = length * i / steps, swing * math.sin(math.tau * periods * i / steps + phase)
        yield start[0] + along[0] * way - along[1] * off, start[1] + along[1] * way + along[0] * off


def fret(start: Point, end: Point, height: float) -> Iterator[list[Point]]:
    """Yield the meanders of a band that stands to the left of the way from `start` to `end`: whole pieces."""
    length = math.dist(start, end)
    along = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
    pieces = max(1, round(length / height))
    width = length / pieces
    for piece in range(pieces):
        yield [
            (
                start[0] + along[0] * width * (piece + a) - along[1] * height * b,
                start[1] + along[1] * width * (piece + a) + along[0] * height * b,
            )
            for a, b in _MEANDER
        ]


def notched(left: float, low: float, right: float, high: float, notch: float) -> list[Point]:
    """Return a closed rectangle that leaves a square of each corner out."""
    return [
        (left + notch, low), (right - notch, low), (right - notch, low + notch), (right, low + notch),
        (right, high - notch), (right - notch, high - notch), (right - notch, high), (left + notch, high),
        (left + notch, high - notch), (left, high - notch), (left, low + notch), (left + notch, low + notch),
        (left + notch, low),
    ]  # fmt: skip
