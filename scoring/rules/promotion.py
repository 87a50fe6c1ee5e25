"""Propose promotions of the skill level from a result (DOMAIN: rank, current level, pass in each stage).

A proposal is for the human-resources authority to approve; it is never a grant.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scoring.rules.compute import Outcome, ResultRow
from scoring.rules.numbers import Exact


@dataclass(frozen=True, slots=True)
class PromotionRule:
    """Who may rise from which level to which.

    `first_rank` to `last_rank` (None: no end) and, where given, one of `awards`; `levels` maps the current
    level to the proposed one, the empty level is nobody's; `pass_marks` holds the least score of stages by
    code, in millionths.
    """

    title: str
    levels: Mapping[str, str]
    first_rank: int = 1
    last_rank: int | None = None
    awards: tuple[str, ...] = ()
    pass_marks: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One entry that a rule proposes for a level."""

    entry: str
    rank: int
    rule: str
    current: str
    target: str


def propose_promotions(
    rules: Sequence[PromotionRule], outcome: Outcome, levels: Mapping[str, str]
) -> list[Proposal]:
    """Return at most one proposal per ranked entry: the first rule in order that applies to it.

    Shape: `levels` gives the current level of each entry; an entry that is not in it has none.
    """
    codes = [stage.code for stage in outcome.scheme.stages]
    proposals = []
    for row in outcome.rows:
        current = levels.get(row.entry, "")
        rule = next((rule for rule in rules if _applies(rule, row, current, codes)), None)
        if rule is not None and row.rank is not None:
            proposals.append(Proposal(row.entry, row.rank, rule.title, current, rule.levels[current]))
    return proposals


def _applies(rule: PromotionRule, row: ResultRow, current: str, codes: Sequence[str]) -> bool:
    if row.rank is None or current not in rule.levels:
        return False
    if row.rank < rule.first_rank or (rule.last_rank is not None and row.rank > rule.last_rank):
        return False
    if rule.awards and row.award not in rule.awards:
        return False
    scores = dict(zip(codes, row.stages, strict=True))
    return all(_passes(scores.get(code), least) for code, least in rule.pass_marks.items())


def _passes(score: Exact | None, least: int) -> bool:
    return score is not None and score >= least
