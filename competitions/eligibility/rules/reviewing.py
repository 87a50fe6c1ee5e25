"""Which unions decide an entry one after the other, and where it waits. Pure.

Source: DOMAIN.md section 8.3: the unit's union, the city, the province or industry, at last the organiser.
"""

from collections.abc import Sequence
from typing import NamedTuple

from competitions.eligibility.rules import ORGANISER

KIND_OF_LEVEL = {"unit_union": "grassroots"}  # every other level is the kind of its union


class Stop(NamedTuple):
    """One level that decides an entry, and the union that stands there; the organiser is no union."""

    level: str
    union_id: int | None = None


def stops_of(review: Sequence[str], path: Sequence[tuple[int, str]]) -> list[Stop]:
    """Return the levels that decide an entry, in their order; levels without a union are left out.

    Shape: `path` holds (number, kind) of the unions above the entry's unit, nearest first.
    """
    stops = []
    for level in review:
        if level == ORGANISER:
            stops.append(Stop(level))
            continue
        kind = KIND_OF_LEVEL.get(level, level)
        union = next((number for number, known in path if known == kind), None)
        if union is not None:
            stops.append(Stop(level, union))
    return stops


def skipped_levels(review: Sequence[str], stops: Sequence[Stop]) -> list[str]:
    """Return the levels at which no union stands above the entry's unit."""
    standing = {stop.level for stop in stops}
    return [level for level in review if level not in standing]


def next_stop(stops: Sequence[Stop], level: str) -> Stop | None:
    """Return where an entry goes once a level has approved it; None: it is approved.

    A level that the rules no longer name has been left behind: the entry goes to the first one.
    """
    levels = [stop.level for stop in stops]
    if level not in levels:
        return stops[0]
    later = stops[levels.index(level) + 1 :]
    return later[0] if later else None
