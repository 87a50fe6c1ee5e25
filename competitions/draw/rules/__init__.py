"""The draw, decided: codes, stations, batches and order from a seed, replayable years later. Pure.

All chance comes from the seed: the shuffle is Fisher–Yates on numbers from SHA-256 over (seed, purpose,
counter), without modulo bias, so that it depends on no language's or library's random generator. The rule in
words, with a program of its own for outsiders: docs/draw.md.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from competitions.draw.rules.neighbours import Entrant, fewest, spread
from competitions.draw.rules.settings import (
    Fault,
    Settings,
    code_width,
    faults,
    field_faults,
    seat_label,
    sizes,
)

__all__ = [
    "Drawn", "Entrant", "Fault", "Settings", "code_width", "draw", "faults", "fewest", "field_faults",
    "fingerprint", "seat_label", "shuffled", "sizes", "stored",
]  # fmt: skip
SPACE = 2**64
T = TypeVar("T")


class Drawn(NamedTuple):
    """What the draw gives one entry.

    `code` is what judges see: the only code, with two layers the place, with three the code of the work.
    `entrant_code` is None with one layer.
    """

    ref: str
    code: str
    station: int | None
    batch: int
    position: int | None
    seat: str | None
    entrant_code: str | None


class Place(NamedTuple):
    """Where somebody competes, and as which one: `position` counts over all batches."""

    batch: int
    station: int
    position: int


def draw(seed: str, field: Iterable[Entrant], settings: Settings | None = None) -> list[Drawn]:
    """Return what each entry has drawn, in the order of the codes that judges see.

    Shape: `field` holds the entries' random references, each once; their order does not matter. `settings`
    must fit the field (settings.faults).
    """
    settings = settings or Settings()
    entrants = sorted(field)
    coded = shuffled(seed, "code", entrants)
    by_lot = settings.layers > 1 or settings.order == "lot"
    places = _places(seed, shuffled(seed, "order", entrants) if by_lot else coded, settings)
    works = shuffled(seed, "work", entrants) if settings.layers == 3 else []
    first = _numbered(coded, settings.prefix if settings.layers == 1 else settings.entrant_prefix, settings)
    third = _numbered(works, settings.prefix, settings)
    drawn = [_drawn(entrant.ref, places[entrant.ref], first, third, settings) for entrant in entrants]
    return sorted(drawn, key=lambda row: row.code)


def stored(drawn: Drawn, settings: Settings) -> Drawn:
    """Return a line as it is kept where judges' pages read: with three layers, no station is told there."""
    return drawn._replace(station=None) if settings.layers == 3 else drawn


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


def _places(seed: str, queue: Sequence[Entrant], settings: Settings) -> dict[str, Place]:
    """Cut the queue into batches, give each batch its stations, and count the order of appearance."""
    found: dict[str, Place] = {}
    for batch, size in enumerate(sizes(len(queue), settings), start=1):
        begun = len(found)
        members = queue[begun : begun + size]
        stations = _stations(seed, batch, members, settings)
        by_station = settings.layers > 1 and settings.order == "code"
        appearing = sorted(members, key=lambda one: stations[one.ref]) if by_station else members
        for position, entrant in enumerate(appearing, start=begun + 1):
            found[entrant.ref] = Place(batch, stations[entrant.ref], position)
    return found


def _stations(seed: str, batch: int, members: Sequence[Entrant], settings: Settings) -> dict[str, int]:
    """Return the stations 1, 2, … of a batch by reference."""
    purpose = "station" if batch == 1 else f"station {batch}"
    if settings.apart:
        seated = spread(shuffled(seed, purpose, members))
        return {entrant.ref: station for station, entrant in enumerate(seated, start=1)}
    stations = shuffled(seed, purpose, range(1, len(members) + 1))
    return {entrant.ref: station for entrant, station in zip(members, stations, strict=True)}


def _numbered(entrants: Sequence[Entrant], prefix: str, settings: Settings) -> dict[str, str]:
    width = code_width(len(entrants), settings)
    return {one.ref: f"{prefix}{number:0{width}d}" for number, one in enumerate(entrants, start=1)}


def _drawn(
    ref: str, place: Place, first: dict[str, str], third: dict[str, str], settings: Settings
) -> Drawn:
    seat = seat_label(place.batch, place.station, len(first), settings)
    code = {1: first[ref], 2: f"{settings.prefix}{seat}", 3: third.get(ref, "")}[settings.layers]
    entrant_code = first[ref] if settings.layers > 1 else None
    return Drawn(ref, code, place.station, place.batch, place.position, seat, entrant_code)


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
