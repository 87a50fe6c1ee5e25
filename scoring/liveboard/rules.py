"""Which entries stand on the public board, and in which place. Pure.

An entry appears when every sheet of it is closed: nobody who still marks it reads there what the others gave.
It stands by its code alone, whoever looks.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple


class Place(NamedTuple):
    """One line of the board."""

    place: int
    code: str
    total: str


def places(
    header: Sequence[str], rows: Sequence[Sequence[str]], finished: Collection[str] | None
) -> list[Place]:
    """Return the places of those who are finished (None: of all), counted among them; ties share one."""
    named = [dict(zip(header, row, strict=True)) for row in rows]
    shown = [row for row in named if row["rank"] and (finished is None or row["entry"] in finished)]
    ranks = [int(row["rank"]) for row in shown]
    return [
        Place(1 + sum(other < rank for other in ranks), row["entry"], row["total"])
        for rank, row in zip(ranks, shown, strict=True)
    ]


def as_json(found: Sequence[Place]) -> list[list[str]]:
    """Return places as a freeze keeps them."""
    return [[str(row.place), row.code, row.total] for row in found]


def from_json(kept: Sequence[Sequence[str]]) -> list[Place]:
    """Return places as a freeze has kept them."""
    return [Place(int(place), code, total) for place, code, total in kept]
