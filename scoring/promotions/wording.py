"""Promotion rules in words: whom each reaches and from which level to which."""

from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from competitions.entries.labels import listed
from scoring.promotions.rules import RuleSet
from scoring.rules.numbers import format_short
from scoring.rules.promotion import Base, PromotionRule

BASES: dict[Base, Any] = {
    "checked_in": _l("entries that checked in"),
    "entered": _l("entries that were entered"),
    "ranked": _l("entries that are ranked"),
}


class RuleWords(NamedTuple):
    """One rule as people read it: its title, its conditions, and (levels held, level proposed) pairs."""

    title: str
    asks: list[str]
    steps: list[tuple[str, str]]


def rule_words(rules: RuleSet, base: int | None) -> list[RuleWords]:
    """Return the rules in words; `base` is the size of the field where there is a result."""
    return [RuleWords(rule.title, _asks(rule, base), _steps(rule)) for rule in rules.rules]


def _asks(rule: PromotionRule, base: int | None) -> list[str]:
    asks = [*_ranks(rule, base), *_awards(rule), *_passes(rule)]
    return asks or [_("everybody who is ranked")]


def _ranks(rule: PromotionRule, base: int | None) -> list[str]:
    first, last = rule.first_rank, rule.last_rank
    asks = [] if rule.last_fraction is None else _fraction(rule, base)
    if last is not None and last == first:
        asks.append(_("rank %(first)s", first=first))
    elif last is not None:
        asks.append(_("ranks %(first)s to %(last)s", first=first, last=last))
    elif first > 1:
        asks.append(_("from rank %(first)s", first=first))
    return asks


def _fraction(rule: PromotionRule, base: int | None) -> list[str]:
    part = format_short((rule.last_fraction or 0) * 100)
    down_to = _("down to %(part)s%% of the field", part=part)
    if base is None:
        return [down_to]
    end = rule.end(base) or 0
    if end < rule.first_rank:
        return [down_to, _("of %(base)s entries that is nobody", base=base)]
    return [down_to, _("of %(base)s entries that is to rank %(end)s", base=base, end=end)]


def _awards(rule: PromotionRule) -> list[str]:
    if rule.any_award:
        return [_("any award")]
    return [_("award: %(titles)s", titles=listed(rule.awards))] if rule.awards else []


def _passes(rule: PromotionRule) -> list[str]:
    each = rule.pass_each
    asks = [] if each is None else [_("at least %(mark)s points in every stage", mark=format_short(each))]
    return asks + [
        _("at least %(mark)s points in stage %(stage)s", mark=format_short(mark), stage=stage)
        for stage, mark in rule.pass_marks.items()
    ]


def _steps(rule: PromotionRule) -> list[tuple[str, str]]:
    targets: dict[str, list[str]] = {}
    for current, proposed in rule.levels.items():
        targets.setdefault(proposed, []).append(current)
    return [("、".join(currents), proposed) for proposed, currents in targets.items()]
