"""Section 6: who wins which tier.

Places are taken from the top, one tier after the other. A group of equal rank that has more members than its
tier has places left, or that begins before the first place of its tier, lies across a border.
"""

import math
from fractions import Fraction

from tests.oracle.findings import Finding, UnspecifiedError
from tests.oracle.rows import Package
from tests.oracle.scheme import Node, number

Values = dict[str, dict[str, Fraction]]  # by "total" and "scale", by entry


class Awarding:
    """The state while the tiers are filled."""

    def __init__(self, package: Package, groups: list[list[str]], values: Values) -> None:
        """Start with nobody awarded; `groups` share a rank, best first."""
        self.package = package
        self.groups = groups
        self.ranked = [entry for group in groups for entry in group]
        self.values = values
        self.policy = package.scheme["awards"].get("boundary", "decide")
        self.base = base_size(package, len(self.ranked))
        self.border = 0  # the last place of the tiers so far, as the rules draw it
        self.used: set[str] = set()  # whose place is gone, with or without an award
        self.won: dict[str, str] = {}
        self.empty = 0  # places that a cap left to nobody
        self.findings: list[Finding] = []

    def fill(self, tier: Node) -> None:
        """Give one tier."""
        if "threshold" in tier or "place" in tier:
            self.fill_by_value(tier)
        else:
            self.fill_by_places(tier)

    def give(self, group: list[str], title: str | None) -> None:
        """Give a tier, or no tier, to entries whose places are gone with that."""
        self.used.update(group)
        if title:
            self.won.update(dict.fromkeys(group, title))

    def gone(self) -> int:
        """Return how many places are gone."""
        return len(self.used) + self.empty

    def limit_of(self, tier: Node) -> Fraction | None:
        """Return the value that has to be reached."""
        if "threshold" in tier:
            return number(tier, "threshold")
        if tier["place"] > len(self.ranked):
            return None
        holder = self.ranked[tier["place"] - 1]
        return self.values[tier.get("on", "total")][holder] - number(tier, "band")

    def fill_by_value(self, tier: Node) -> None:
        """Give the tier to everyone not yet in a tier who reaches the value."""
        if self.package.scheme["ranking"].get("order", "desc") == "asc":
            raise UnspecifiedError("a threshold where less is better")
        limit = self.limit_of(tier)
        values = self.values[tier.get("on", "total")]
        for group in self.groups:
            reached = [e for e in group if e not in self.won and limit is not None and values[e] >= limit]
            self.give(self.within_cap(tier, reached), tier["title"])
        self.border = max(self.border, self.gone())

    def within_cap(self, tier: Node, group: list[str]) -> list[str]:
        """Pass over whoever's unit has its number of awards in this tier."""
        if "per_unit" not in tier:
            return group
        unit = {entry: self.package.entries[entry]["unit"] for entry in self.ranked}
        has = [unit[entry] for entry, title in self.won.items() if title == tier["title"]]
        free = [entry for entry in group if has.count(unit[entry]) < tier["per_unit"]]
        for entry in free:
            wanting = [unit[one] for one in free].count(unit[entry])
            if has.count(unit[entry]) + wanting > tier["per_unit"]:
                raise UnspecifiedError("equal entries of one unit, and not all of them within its cap")
        return free

    def end_of(self, tier: Node) -> int:
        """Return the last place of the tier."""
        if "ranks" in tier:
            return int(tier["ranks"][1])
        if "top_fraction" in tier:
            return math.floor(self.base * number(tier, "top_fraction"))
        count = int(tier.get("count", 0))
        if "percent" in tier:
            count = math.floor(self.base * number(tier, "percent") / 100 + Fraction(1, 2))
        return self.border + max(count, int(tier.get("at_least", 0)))

    def fill_by_places(self, tier: Node) -> None:
        """Give the tier its places, group by group."""
        end = self.end_of(tier)
        if end <= self.border:
            return
        self.border = end
        first = tier["ranks"][0] if "ranks" in tier else 1
        for group in self.groups:
            free = self.within_cap(tier, [entry for entry in group if entry not in self.used])
            if self.gone() >= end or (free and not self.fill_group(tier, free, first, end)):
                return
        self.empty += max(0, end - self.gone())

    def fill_group(self, tier: Node, group: list[str], first: int, end: int) -> bool:
        """Give the tier to one group as far as its places reach; say whether the tier goes on behind it."""
        begins, ends = self.gone() + 1, self.gone() + len(group)
        if ends < first:
            self.give(group, None)
        elif first <= begins and ends <= end:
            self.give(group, tier["title"])
        elif self.policy == "shrink" and ends > end:
            return False
        elif self.policy == "decide":
            self.decide(group)
        else:
            self.give(group, tier["title"])
        return True

    def decide(self, group: list[str]) -> None:
        """Give each one of a group across a border the tier that the decision names."""
        decided = {entry: self.package.decided("award", entry) for entry in group}
        if any(title is None for title in decided.values()):
            self.findings.append(("AWARD_BOUNDARY_TIE", ",".join(sorted(group))))
        for entry in group:
            self.give([entry], decided[entry])


def base_size(package: Package, ranked: int) -> int:
    """Return how many entries percentages and fractions are taken of."""
    base = package.scheme["awards"].get("base", "checked_in")
    if base == "ranked":
        return ranked
    if base == "entered":
        return sum(package.status(entry) != "exhibition" for entry in package.entries)
    here = 0
    for entry in package.entries:
        decided = package.decided("checked_in", entry)
        here += package.status(entry) not in ("absent", "exhibition") if decided is None else decided == "yes"
    return here


def award(
    package: Package, groups: list[list[str]], values: Values
) -> tuple[dict[str, str], list[Finding]]:
    """Return the tier of each entry that wins one, and the borders that are not decided."""
    if package.scheme.get("awards") is None:
        return {}, []
    awarding = Awarding(package, groups, values)
    for tier in package.scheme["awards"]["tiers"]:
        awarding.fill(tier)
    return awarding.won, awarding.findings
