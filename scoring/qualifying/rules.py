"""Who qualifies for the next level. Pure; the rule is data (docs/levels.md).

Source: 初赛—复赛—决赛 of rule books: the first n, the first n of each region, places for each unit, a least
score; who withdraws makes room for the next one.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

FORMAT = "qualification/1"
EACH = ("", "unit", "region", "union")  # of whom the first n qualify: of all, or of each …
STATES = ("qualified", "reserve", "moved_up", "withdrawn")
IN = frozenset({"qualified", "moved_up"})
MOST = 10_000


class Ranked(NamedTuple):
    """A ranked entry of the earlier event, and where it belongs."""

    entry: int
    rank: int
    total: Decimal
    unit: int
    region: int
    union: int


@dataclass(frozen=True)
class Rule:
    """The first `top` of all or of `each` group, with at least `least` points, at most `per_unit` of a unit.

    Entries of equal rank across the last place qualify together: nobody is left out by chance.
    """

    top: int
    each: str = ""
    per_unit: int | None = None
    least: Decimal | None = None


class Choice(NamedTuple):
    """Who qualifies, and who comes next, both in the order of the result."""

    chosen: list[Ranked]
    reserves: list[Ranked]


def to_document(rule: Rule) -> dict[str, Any]:
    """Return a rule as canonical JSON can hold it."""
    least = None if rule.least is None else f"{rule.least:f}"
    return {"format": FORMAT, "top": rule.top, "each": rule.each, "per_unit": rule.per_unit, "least": least}


def from_document(document: Mapping[str, Any]) -> Rule:
    """Return the rule that `to_document` wrote."""
    least = None if document["least"] is None else Decimal(document["least"])
    return Rule(document["top"], document["each"], document["per_unit"], least)


def faults(rule: Rule) -> list[tuple[str, str]]:
    """Return (field, code) for what is wrong with a rule."""
    asked = {
        ("top", "QUALIFY_TOP"): 1 <= rule.top <= MOST,
        ("each", "QUALIFY_EACH"): rule.each in EACH,
        ("per_unit", "QUALIFY_PER_UNIT"): rule.per_unit is None or 1 <= rule.per_unit <= MOST,
        ("least", "QUALIFY_LEAST"): rule.least is None or rule.least >= 0,
    }
    return [place for place, fits in asked.items() if not fits]


def choose(field: Iterable[Ranked], rule: Rule) -> Choice:
    """Return who qualifies and who comes next; who has fewer points than the least one is neither."""
    able = sorted((row for row in field if reaches(row, rule)), key=lambda row: (row.rank, row.entry))
    taken, units, last = Counter[int](), Counter[int](), dict[int, int]()
    chosen, reserves = [], []
    for row in able:
        group = group_of(row, rule)
        full = taken[group] >= rule.top and last.get(group) != row.rank
        if full or (rule.per_unit is not None and units[row.unit] >= rule.per_unit):
            reserves.append(row)
            continue
        chosen.append(row)
        taken[group] += 1
        units[row.unit] += 1
        last[group] = row.rank
    return Choice(chosen, reserves)


def next_after(
    gone: Ranked, chosen: Sequence[Ranked], reserves: Sequence[Ranked], rule: Rule
) -> Ranked | None:
    """Return who takes the place of somebody who has withdrawn: the next of the group whose unit has room.

    `chosen` are those who are in without `gone`.
    """
    group, units = group_of(gone, rule), Counter(row.unit for row in chosen)
    taken = sum(group_of(row, rule) == group for row in chosen)
    if taken >= rule.top:
        return None
    for row in sorted(reserves, key=lambda one: (one.rank, one.entry)):
        room = rule.per_unit is None or units[row.unit] < rule.per_unit
        if room and group_of(row, rule) == group:
            return row
    return None


def reaches(row: Ranked, rule: Rule) -> bool:
    """Say whether an entry has the least score."""
    return rule.least is None or row.total >= rule.least


def group_of(row: Ranked, rule: Rule) -> int:
    """Return the group of which so many qualify."""
    return {"unit": row.unit, "region": row.region, "union": row.union}.get(rule.each, 0)
