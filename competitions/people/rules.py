"""Whether two records can be of one person. Pure."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple


class Place(NamedTuple):
    """One membership of a person: in which entry of which event, and where its review stands."""

    entry_id: int
    event_id: int
    number: int
    counted: bool


class Clash(NamedTuple):
    """An event in which both take part at once."""

    event_id: int
    number: int
    other: int


def clashes(kept: Iterable[Place], gone: Iterable[Place]) -> list[Clash]:
    """Return where two records cannot be one person: in one entry together, or in one event both counted.

    A rejected or withdrawn entry leaves its people free for another one, so it is no clash.
    """
    others = list(kept)
    return [
        Clash(place.event_id, other.number, place.number)
        for place in gone
        for other in others
        if place.entry_id == other.entry_id
        or (place.event_id == other.event_id and place.counted and other.counted)
    ]


def numbers_differ(first: str | None, second: str | None) -> bool:
    """Say whether two digests of ID numbers are of two different numbers."""
    return first is not None and second is not None and first != second


def worth_showing(first: str | None, second: str | None) -> bool:
    """Say whether two alike records may be one person: who has an ID number each is told apart by it."""
    return first is None or second is None


def pair(first: int, second: int) -> tuple[int, int]:
    """Return two numbers in the order in which pairs are kept."""
    return min(first, second), max(first, second)


def changed_fields(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    """Return the names of the particulars that are to say something else."""
    return [name for name, value in after.items() if before[name] != value]
