"""Propose promotions of the skill level from a result (DOMAIN: rank, current level, pass in each stage).

A proposal is for the human-resources authority to approve; it is never a grant.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from scoring.rules.compute import Outcome
from scoring.rules.numbers import ONE, Exact
from scoring.rules.standing import NOT_CHECKED_IN

Base = Literal["checked_in", "entered", "ranked"]
# Whom a field does not count, by its base; the ranked ones are counted by their ranks.
NOT_COUNTED = {"checked_in": NOT_CHECKED_IN, "entered": ("exhibition",)}


@dataclass(frozen=True, slots=True)
class PromotionRule:
    """Who may rise from which level to which.

    `first_rank` to `last_rank` (None: no end), and no further than `last_fraction` of the field (in
    millionths, rounded down to whole places); where given, one of `awards`, or with `any_award` whichever;
    `levels` maps the current level to the proposed one, the empty level is nobody's; `pass_marks` holds the
    least score of stages by code, `pass_each` that of every stage, in millionths.
    """

    title: str
    levels: Mapping[str, str]
    first_rank: int = 1
    last_rank: int | None = None
    awards: tuple[str, ...] = ()
    pass_marks: Mapping[str, int] = field(default_factory=dict)
    last_fraction: int | None = None
    any_award: bool = False
    pass_each: int | None = None

    def end(self, base: int) -> int | None:
        """Return the last rank in a field of `base` entries; None is no end."""
        if self.last_fraction is None:
            return self.last_rank
        down_to = base * self.last_fraction // ONE
        return down_to if self.last_rank is None else min(self.last_rank, down_to)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one entry stands, as far as promotions ask: `stages` holds its scores by code, None for none."""

    entry: str
    rank: int | None
    status: str
    award: str
    stages: Mapping[str, Exact | None]


@dataclass(frozen=True, slots=True)
class Proposal:
    """One entry that a rule proposes for a level."""

    entry: str
    rank: int
    rule: str
    current: str
    target: str


def propose_promotions(
    rules: Sequence[PromotionRule], outcome: Outcome, levels: Mapping[str, str], base: Base = "checked_in"
) -> list[Proposal]:
    """Return at most one proposal per ranked entry: the first rule in order that applies to it.

    Shape: `levels` gives the current level of each entry; an entry that is not in it has none.
    """
    standings = standings_of(outcome)
    size = field_size(standings, base)
    proposals = []
    for row in standings:
        current = levels.get(row.entry, "")
        rule = find_rule(rules, row, current, size)
        if rule is not None and row.rank is not None:
            proposals.append(Proposal(row.entry, row.rank, rule.title, current, rule.levels[current]))
    return proposals


def standings_of(outcome: Outcome) -> list[Standing]:
    """Return the rows of a result as promotions see them, in their order."""
    codes = [stage.code for stage in outcome.scheme.stages]
    return [
        Standing(
            entry=row.entry,
            rank=row.rank,
            status=row.status,
            award=row.award or "",
            stages={code: row.stages[number] for number, code in enumerate(codes)},
        )
        for row in outcome.rows
    ]


def field_size(standings: Sequence[Standing], base: Base) -> int:
    """Return of how many entries fractions are taken, counted as the bases of awards are."""
    if base == "ranked":
        return sum(row.rank is not None for row in standings)
    return sum(row.status not in NOT_COUNTED[base] for row in standings)


def find_rule(
    rules: Sequence[PromotionRule], standing: Standing, current: str, base: int
) -> PromotionRule | None:
    """Return the first rule that proposes somebody of this level who stands there, or None.

    Shape: `base` is the size of the field that fractions are taken of.
    """
    fitting = (rule for rule in rules if current in rule.levels and reaches(rule, standing, base))
    return next(fitting, None)


def reaches(rule: PromotionRule, standing: Standing, base: int) -> bool:
    """Say whether an entry fulfils what a rule asks besides the level: rank, award, pass in the stages."""
    return (
        standing.rank is not None
        and _is_among(standing.rank, rule.first_rank, rule.end(base))
        and (not rule.any_award or standing.award != "")
        and (not rule.awards or standing.award in rule.awards)
        and _passes_all(rule, standing.stages)
    )


def _is_among(rank: int, first: int, last: int | None) -> bool:
    return rank >= first and (last is None or rank <= last)


def _passes_all(rule: PromotionRule, scores: Mapping[str, Exact | None]) -> bool:
    each = rule.pass_each
    return (each is None or all(_passes(score, each) for score in scores.values())) and all(
        _passes(scores.get(code), least) for code, least in rule.pass_marks.items()
    )


def _passes(score: Exact | None, least: int) -> bool:
    return score is not None and score >= least
