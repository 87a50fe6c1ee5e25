"""A ranking as the award rules see it: shared ranks, values, units, who checked in, what was decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from scoring.rules.model import Tier
from scoring.rules.numbers import ONE, Exact
from scoring.rules.ranking import Group

NOT_CHECKED_IN = ("absent", "exhibition")


@dataclass(frozen=True)
class Standing:
    """The ranking that awards are given by; `decided` holds the tier each written decision names."""

    groups: tuple[Group, ...]
    totals: Mapping[str, Exact]
    scale: Mapping[str, int]
    statuses: Mapping[str, str]
    units: Mapping[str, str]
    checked_in: Mapping[str, bool]
    decided: Mapping[str, str]
    largest_first: bool

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Return the ranked entries by place."""
        return tuple(entry for group in self.groups for entry in group.entries)

    def base(self, base: Literal["checked_in", "entered", "ranked"]) -> int:
        """Return how many entries percentages and fractions are taken of."""
        if base == "ranked":
            return len(self.order)
        if base == "entered":
            return sum(status != "exhibition" for status in self.statuses.values())
        statuses = self.statuses.items()
        return sum(self.checked_in.get(entry, status not in NOT_CHECKED_IN) for entry, status in statuses)

    def reaches(self, tier: Tier, entry: str) -> bool:
        """Say whether the value of a ranked entry reaches a threshold, or the band below a place."""
        limit, value = self._limit(tier), self._value(tier, entry)
        return limit is not None and (value >= limit if self._is_upward(tier) else value <= limit)

    def _limit(self, tier: Tier) -> Exact | None:
        if tier.kind == "threshold":
            return tier.threshold
        if tier.place > len(self.order):
            return None
        best = self._value(tier, self.order[tier.place - 1])
        return best - tier.band if self._is_upward(tier) else best + tier.band

    def _value(self, tier: Tier, entry: str) -> Exact:
        return self.scale[entry] * ONE if tier.on == "scale" else self.totals[entry]

    def _is_upward(self, tier: Tier) -> bool:
        return self.largest_first or tier.on == "scale"
