"""How contests are sorted, and what a report can be asked for. Pure.

Source of the statistical year: the annual report of the federation covers 1 October to 30 September and is
named after the year in which it ends (DOMAIN.md section 9.1).
"""

from datetime import date
from typing import Any, NamedTuple

COUNTED_STATES = ("announced", "final", "archived")
CANCELLED = "cancelled"
OWNERSHIP = "ownership"  # of units, and of people by their unit
ATTRIBUTES = ("sex", "age", "skill", OWNERSHIP)  # of people when they took part
PERSONAL = frozenset({"sex", "age", "skill"})  # by which few people could be recognised
UNITS = "units"  # the split of units by ownership
DIMENSIONS = (
    "year", "level", "region", "union", "industry", "trade", "kind", "group", *ATTRIBUTES,
)  # fmt: skip
OVERLAPPING = frozenset({"industry"})  # a competition can be of several
STATISTICAL = "statistical"  # from October to September
BASES = ("calendar", STATISTICAL)
OCTOBER = 10
EVER = range(9999)  # years
NOT_STATED = 0  # the number of no entry: what has none; of texts it is the empty one
TINY_BELOW = 3  # people: one or two could be recognised


class Wanted(NamedTuple):
    """What narrows a report; None leaves everything in, years include both ends."""

    basis: str = "calendar"
    first_year: int | None = None
    last_year: int | None = None
    level: int | None = None
    kind: int | None = None
    region: int | None = None
    union: int | None = None
    industry: int | None = None
    trade: int | None = None
    group: str | None = None
    sex: str | None = None
    age: str | None = None
    skill: str | None = None
    ownership: str | None = None

    @property
    def conditions(self) -> tuple[tuple[str, str], ...]:
        """Return what is asked of the people who took part."""
        pairs = ((name, getattr(self, name)) for name in ATTRIBUTES)
        return tuple((name, value) for name, value in pairs if value is not None)

    def where(self, name: str, value: Any) -> "Wanted":
        """Return the same with something else asked for under one name."""
        values: dict[str, Any] = self._asdict() | {name: value}
        return Wanted(**values)

    @property
    def years(self) -> range:
        """Return the years of the period."""
        return range(self.first_year or EVER.start, (self.last_year or EVER[-1]) + 1)

    def before(self) -> "Wanted | None":
        """Return the same for the period before, as long as this one; None where it has no beginning."""
        if self.first_year is None or self.last_year is None:
            return None
        length = self.last_year - self.first_year + 1
        return self._replace(first_year=self.first_year - length, last_year=self.first_year - 1)


def is_next_year(day: date | None) -> bool:
    """Say whether an event of this first day belongs to the statistical year after its calendar one.

    An event without a day stands in the year of its competition, whichever years are meant.
    """
    return day is not None and day.month >= OCTOBER


def is_tiny(count: int) -> bool:
    """Say whether so few people are counted that they could be recognised."""
    return 0 < count < TINY_BELOW


def region_prefix(code: str) -> str:
    """Return what the codes of all regions inside one begin with (GB/T 2260: two digits a level)."""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def region_above(code: str) -> str:
    """Return the code of the region that holds another one; nothing above a province."""
    prefix = region_prefix(code)
    return "" if len(prefix) <= 2 else prefix[:-2].ljust(6, "0")


def region_below(code: str, inside: str = "") -> str:
    """Return the code of the region one level below `inside` in which another one lies.

    Below nothing stand provinces, below these prefectures, below these counties; a region that is itself
    `inside` stands for what is known no closer.
    """
    length = min(6, len(region_prefix(inside)) + 2 if inside else 2)
    return code[:length].ljust(6, "0")
