"""Give the award tiers their places (SCHEME.md section 6).

A tier takes places after those of the tiers before it. The ranking is a queue of groups of equal rank; a
tier walks down the queue until its border. A group that a border cuts through is settled by the boundary
policy, and the borders of the other tiers stay where they are.
"""

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, replace

from scoring.rules.findings import Finding, error
from scoring.rules.model import Awards, Tier
from scoring.rules.numbers import ONE, ratio
from scoring.rules.ranking import Group, where_tied
from scoring.rules.standing import Standing

NO_TIER = ""
PERCENT = 100
BY_VALUE = ("threshold", "place")


@dataclass(frozen=True, slots=True)
class TierPlaces:
    """The places of one tier, both ends included; `first` is larger than `last` where it has none."""

    tier: Tier
    first: int
    last: int
    winners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BorderTie:
    """Entries of equal rank across a border: their places and the tiers they touch (empty: no tier)."""

    entries: tuple[str, ...]
    first: int
    last: int
    touched: tuple[str, ...]
    is_decided: bool


@dataclass(frozen=True, slots=True)
class AwardOutcome:
    """Who wins what: titles by entry, the places of the tiers, the ties on borders, the findings."""

    titles: dict[str, str]
    tiers: tuple[TierPlaces, ...]
    ties: tuple[BorderTie, ...]
    findings: tuple[Finding, ...]


def allocate(awards: Awards, standing: Standing) -> AwardOutcome:
    """Return who wins which tier under the boundary policy of the awards."""
    allocation = Allocation(awards, standing)
    for tier in awards.tiers:
        allocation.fill(tier)
    tiers = tuple(
        TierPlaces(tier, start + 1, end, allocation.winners(tier.title))
        for tier, (start, end) in zip(awards.tiers, allocation.borders, strict=True)
    )
    return AwardOutcome(allocation.titles, tiers, tuple(allocation.ties), tuple(allocation.findings))


def quota(tier: Tier, base: int) -> int:
    """Return how many places a tier with a count or a percentage has; half a place counts as one."""
    if tier.kind == "percent":
        return int(ratio(tier.percent * base, PERCENT, 0)) // ONE
    return tier.count


class Allocation:
    """The queue of a ranking while its tiers are being filled.

    `placed` counts the places that are gone, `edge` is the border after the tiers so far. Entries that a gap
    between two ranges of ranks passed over wait in `skipped`: they can still reach a threshold.
    """

    def __init__(self, awards: Awards, standing: Standing) -> None:
        self.awards = awards
        self.standing = standing
        self.known = {tier.title for tier in awards.tiers}
        self.base = standing.base(awards.base)
        self.queue = deque(standing.groups)
        self.skipped: list[Group] = []
        self.placed = 0
        self.edge = 0
        self.titles: dict[str, str] = {}
        self.units: Counter[str] = Counter()
        self.ties: list[BorderTie] = []
        self.findings: list[Finding] = []
        self.borders = self._nominal_borders()

    def winners(self, title: str) -> tuple[str, ...]:
        """Return the winners of a tier by place."""
        return tuple(entry for entry in self.standing.order if self.titles.get(entry) == title)

    def fill(self, tier: Tier) -> None:
        """Give one tier its places."""
        self.units.clear()
        if tier.kind in BY_VALUE:
            self._fill_by_value(tier)
            self.edge = max(self.edge, self.placed)
            return
        start, self.edge = self._range(tier, self.edge)
        if tier.kind == "ranks":
            self._skip_to(start, tier)
        self._fill_places(tier)

    def _range(self, tier: Tier, edge: int) -> tuple[int, int]:
        """Return how many places lie before a tier, and before and in it, after a border at `edge`."""
        if tier.kind == "ranks":
            first, last = tier.ranks
            return max(edge, first - 1), max(edge, last)
        if tier.kind == "top_fraction":
            down_to = self.base * tier.top_fraction // ONE
            return edge, max(edge + tier.at_least, down_to)
        if tier.kind in BY_VALUE:
            reached = [n for n, entry in enumerate(self.standing.order, 1) if self._reaches(tier, entry)]
            return edge, max([edge, *reached])
        return edge, edge + max(tier.at_least, quota(tier, self.base))

    def _nominal_borders(self) -> list[tuple[int, int]]:
        borders = []
        edge = 0
        for tier in self.awards.tiers:
            start, edge = self._range(tier, edge)
            borders.append((start, edge))
        return borders

    def _reaches(self, tier: Tier, entry: str) -> bool:
        return self.standing.reaches(tier, entry)

    def _fill_by_value(self, tier: Tier) -> None:
        """Give a tier to everyone not yet in one whose value reaches it."""
        placed = self.placed
        self.skipped = self._sift(self.skipped, tier)
        # The places of skipped entries were counted when the gap passed them over.
        self.placed = placed
        self.queue = deque(self._sift(self.queue, tier))

    def _sift(self, groups: Iterable[Group], tier: Tier) -> list[Group]:
        left: list[Group] = []
        for group in groups:
            if self._reaches(tier, group.entries[0]):
                able, capped = self._split_capped(group, tier)
                left.extend(capped + self._win_within_cap(able, tier))
            else:
                left.append(group)
        return left

    def _skip_to(self, start: int, tier: Tier) -> None:
        """Pass over the places in a gap before a range of ranks."""
        while self.queue and self.placed < start:
            group = self.queue.popleft()
            if self.placed + len(group.entries) > start:
                self.queue.extendleft(self._settle(group, tier, self._touched(group)))
                return
            self.skipped.append(group)
            self.placed += len(group.entries)

    def _fill_places(self, tier: Tier) -> None:
        """Walk down the queue to the border; whoever the cap of the unit stops is passed over.

        A place that nobody may take stays empty: the tiers below have their own places and no more.
        """
        passed: list[Group] = []
        while self.queue and self.placed < self.edge:
            able, capped = self._split_capped(self.queue.popleft(), tier)
            passed.extend(capped)
            if self.placed + len(able.entries) > self.edge:
                passed.extend(self._settle(able, tier, self._touched(able)))
                break
            passed.extend(self._win_within_cap(able, tier))
        else:
            self.placed = max(self.placed, self.edge)
        self.queue.extendleft(reversed(passed))

    def _split_capped(self, group: Group, tier: Tier) -> tuple[Group, list[Group]]:
        """Return the entries whose unit has room in this tier, and the others."""
        able = tuple(entry for entry in group.entries if self._room(entry, tier) > 0)
        capped = tuple(entry for entry in group.entries if self._room(entry, tier) <= 0)
        return replace(group, entries=able), [replace(group, entries=capped)] if capped else []

    def _room(self, entry: str, tier: Tier) -> int:
        """Return how many more of the unit of an entry the tier may hold; the size of the field is no cap."""
        unit = self.standing.units[entry]
        if tier.per_unit is None or not unit:
            return len(self.standing.order)
        return tier.per_unit - self.units[unit]

    def _win_within_cap(self, group: Group, tier: Tier) -> list[Group]:
        """Give the tier to a group that fits; equal entries of a unit that has not room for all are a tie."""
        of_unit = Counter(self.standing.units[entry] for entry in group.entries)
        units = self.standing.units
        over = [entry for entry in group.entries if self._room(entry, tier) < of_unit[units[entry]]]
        self._win(sorted(set(group.entries) - set(over)), tier)
        if not over:
            return []
        lower = self.awards.tiers[self.awards.tiers.index(tier) :]
        touched = (*(one.title for one in lower), NO_TIER)
        return self._settle(replace(group, entries=tuple(over)), tier, touched)

    def _win(self, entries: Iterable[str], tier: Tier) -> None:
        titles = dict.fromkeys(entries, tier.title)
        self._record(titles, tier)
        self.placed += len(titles)

    def _record(self, titles: dict[str, str], tier: Tier) -> None:
        self.titles.update(titles)
        winners = [entry for entry, title in titles.items() if title == tier.title]
        self.units.update(self.standing.units[entry] for entry in winners)

    def _touched(self, group: Group) -> tuple[str, ...]:
        """Return the tiers whose borders enclose a place of the next group; empty for places in no tier."""
        first, last = self.placed + 1, self.placed + len(group.entries)
        pairs = zip(self.awards.tiers, self.borders, strict=True)
        shared = {tier.title: min(last, end) - max(first, start + 1) + 1 for tier, (start, end) in pairs}
        places = {title: number for title, number in shared.items() if number > 0}
        return (*places,) if sum(places.values()) == len(group.entries) else (*places, NO_TIER)

    def _settle(self, group: Group, tier: Tier, touched: tuple[str, ...]) -> list[Group]:
        """Apply the boundary policy to a tie on a border; return what stays in the queue."""
        named = [self.standing.decided.get(entry) for entry in group.entries]
        is_decided = all(title in self.known or (title == NO_TIER and NO_TIER in touched) for title in named)
        self._note_tie(group, touched, is_decided)
        if self.awards.boundary == "extend":
            self._win(group.entries, tier)
            return []
        if self.awards.boundary == "shrink":
            return [group]
        self.placed += len(group.entries)
        if is_decided:
            pairs = zip(group.entries, named, strict=True)
            self._record({entry: title for entry, title in pairs if title}, tier)
        elif not group.is_open:
            tiers = " / ".join(title or "-" for title in touched)
            params = {"entries": ", ".join(group.entries), "tiers": tiers}
            self.findings.append(error("AWARD_BOUNDARY_TIE", "tie", where_tied(group.entries), **params))
        return []

    def _note_tie(self, group: Group, touched: tuple[str, ...], is_decided: bool) -> None:
        """Keep a tie for the preview, once even where it shrinks past several borders."""
        last = self.placed + len(group.entries)
        if not any(tie.entries == group.entries for tie in self.ties):
            self.ties.append(BorderTie(group.entries, self.placed + 1, last, touched, is_decided))
