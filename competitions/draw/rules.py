"""The draw, decided: blind codes and stations from a seed, replayable on any machine years later. Pure.

The shuffle is Fisher–Yates on numbers from SHA-256 over (seed, purpose, counter), without modulo bias, so
that it depends on no language's or library's random generator.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

LETTER = "A"
SPACE = 2**64
T = TypeVar("T")


class Drawn(NamedTuple):
    """What the draw gives one entry."""

    ref: str
    code: str
    station: int


def draw(seed: str, refs: Iterable[str]) -> list[Drawn]:
    """Return a code and a station for each entry, in the order of the codes.

    Shape: `refs` are the entries' random references; their order does not matter. Codes are A01, A02, … (more
    digits for larger fields); codes and stations are two independent permutations.
    """
    entries = sorted(refs)
    width = max(2, len(str(len(entries))))
    coded = shuffled(seed, "code", entries)
    stations = shuffled(seed, "station", range(1, len(entries) + 1))
    return [
        Drawn(ref, f"{LETTER}{number:0{width}d}", station)
        for number, (ref, station) in enumerate(zip(coded, stations, strict=True), start=1)
    ]


def fingerprint(seed: str) -> str:
    """Return the SHA-256 of a seed: read out at the draw, it proves later that nothing changed."""
    return hashlib.sha256(seed.encode()).hexdigest()


def shuffled(seed: str, purpose: str, items: Sequence[T]) -> list[T]:
    """Return the items in an order that only the seed and the purpose decide."""
    result, numbers = list(items), _numbers(seed, purpose)
    for last in range(len(result) - 1, 0, -1):
        other = _below(last + 1, numbers)
        result[last], result[other] = result[other], result[last]
    return result


def _numbers(seed: str, purpose: str) -> Iterator[int]:
    counter = 0
    while True:
        digest = hashlib.sha256(f"jiangsai-draw/1\n{purpose}\n{seed}\n{counter}".encode()).digest()
        yield int.from_bytes(digest[:8], "big")
        counter += 1


def _below(limit: int, numbers: Iterator[int]) -> int:
    """Return the next number below `limit`; those that would favour small results are thrown away."""
    fair = SPACE - SPACE % limit
    return next(number for number in numbers if number < fair) % limit
