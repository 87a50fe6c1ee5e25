"""Which figures about people are not told, so that nobody is recognised. Pure.

One or two people are not told ("<3"). Nor is what would tell them all the same: where a total stands beside
the rows, a single row withheld is the total without the others, and so is every one of several whose sum
admits one answer alone. Then the next smallest row is withheld with them.
"""

from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

from reports.statistics.rules import TINY_BELOW, is_tiny

K = TypeVar("K", bound=Hashable)


def withheld(people: Mapping[K, int], also: Collection[K] = (), known: Collection[K] = ()) -> set[K]:
    """Return the rows whose people are not told: the tiny ones, `also` those withheld elsewhere, and more.

    `known` are rows whose people stand elsewhere as well: they are withheld after all others.
    """
    tiny = {key for key, count in people.items() if is_tiny(count)}
    found = tiny | {key for key in also if people.get(key)}
    if not found:
        return found
    others = (key for key, count in people.items() if count and key not in found)
    rest = sorted(others, key=lambda key: (key in known, people[key], repr(key)))  # the same for everybody
    while rest and not _is_open(people, tiny, found):
        found.add(rest.pop(0))
    return found


def _is_open(people: Mapping[K, int], tiny: set[K], found: set[K]) -> bool:
    """Say whether the sum of what is withheld leaves each tiny row at least two possible values.

    A tiny row is 1 or 2 for the reader, any other at least 3.
    """
    more = found - tiny
    total = sum(people[key] for key in found)
    if not more:
        return len(tiny) < total < len(tiny) * (TINY_BELOW - 1)
    return len(found) > 1 and (not tiny or total > len(tiny) + TINY_BELOW * len(more))
