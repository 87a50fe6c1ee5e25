"""Who stands beside whom: stations given so that as few neighbours as possible are from one unit. Pure.

The rule and its proof by trying out: docs/draw.md, tests/draw/test_neighbours.py.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Entrant(NamedTuple):
    """One entry in the draw; `unit` is any text that is the same for entries of one unit."""

    ref: str
    unit: str = ""


def spread(drawn: Sequence[Entrant]) -> list[Entrant]:
    """Return the entrants from station 1 on: always the first drawn one with whom the fewest pairs remain.

    A pair is two neighbours of one unit. The result has exactly `fewest` pairs, for any order of `drawn`.
    """
    waiting, counts = list(drawn), Counter(entrant.unit for entrant in drawn)
    seated: list[Entrant] = []
    beside: str | None = None
    while waiting:
        least = fewest(counts, beside)
        chosen = next(i for i, entrant in enumerate(waiting) if _pairs_with(counts, beside, entrant) == least)
        entrant = waiting.pop(chosen)
        counts[entrant.unit] -= 1
        beside = entrant.unit
        seated.append(entrant)
    return seated


def fewest(counts: Mapping[str, int], beside: str | None = None) -> int:
    """Return how many pairs remain at least, where these many of each unit stand in a row after `beside`.

    Among r entries a unit with k of them needs k − 1 others to part it, and one more at the beginning where
    its own stands before; what is lacking are pairs. Only one unit can lack anything.
    """
    total = sum(counts.values())
    lacking = [2 * count - total - (unit != beside) for unit, count in counts.items() if count]
    return max(0, *lacking) if lacking else 0


def pairs(units: Sequence[str]) -> int:
    """Return how many neighbours in a row are from one unit."""
    return sum(one == other for one, other in zip(units, units[1:], strict=False))


def _pairs_with(counts: Counter[str], beside: str | None, entrant: Entrant) -> int:
    """Return how many pairs remain at least when this entrant is next."""
    counts[entrant.unit] -= 1
    remaining = (entrant.unit == beside) + fewest(counts, entrant.unit)
    counts[entrant.unit] += 1
    return remaining
