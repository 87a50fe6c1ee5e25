"""What has to be decided in writing before a result can go on: equal ranks, and ties on award borders."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core import canonical
from scoring.results import words
from scoring.results.messages import finding_words
from scoring.rules.allocation import BorderTie
from scoring.rules.award_preview import POLICIES, AwardPreview, preview_awards
from scoring.rules.compute import Outcome
from scoring.rules.findings import Finding
from scoring.rules.model import Tier
from scoring.rules.numbers import format_short
from scoring.rules.ranking import Group, where_tied

MOST_NAMED = 12
NOT_YET = {"places": words.DASH, "winners": words.DASH, "codes": ""}
BASES: dict[str, Any] = {
    "checked_in": _l("who checked in"),
    "entered": _l("who entered"),
    "ranked": _l("who are ranked"),
}
BOUNDARIES: dict[str, Any] = {
    "decide": _l("decided in writing"),
    "extend": _l("all get the higher award"),
    "shrink": _l("all get the lower award"),
}


def open_ties(outcome: Outcome) -> list[dict[str, Any]]:
    """Return the groups that nothing separates where the rules ask for it, best first."""
    said = {finding.where: finding for finding in outcome.findings if finding.code in TIE_CODES}
    return [
        _tie(outcome, group, said.get(where_tied(group.entries))) for group in outcome.groups if group.is_open
    ]


TIE_CODES = ("UNRESOLVED_TIE", "MISSING_TIEBREAK_VALUE")


def _tie(outcome: Outcome, group: Group, finding: Finding | None) -> dict[str, Any]:
    by_hand = any(comparator.by == "manual" for comparator in outcome.scheme.ranking.ties)
    return {
        "key": key_of(group.entries),
        "entries": group.entries,
        "rank": group.rank,
        "last": group.rank + len(group.entries) - 1,
        "total": words.shown(outcome.tally.totals[group.entries[0]], outcome.scheme.total.places),
        "text": finding_words(finding) if finding is not None else "",
        "decidable": by_hand and (finding is None or finding.variant != "time"),
        "by_hand": by_hand,
    }


def key_of(entries: Iterable[str]) -> str:
    """Return the name of a tie in addresses; another set of entries has another one."""
    return canonical.digest(sorted(entries))[:12]


def is_open_tie(outcome: Outcome, entries: frozenset[str]) -> bool:
    """Say whether exactly these entries wait for a decision on their order."""
    return any(tie["decidable"] and frozenset(tie["entries"]) == entries for tie in open_ties(outcome))


def find_tie(outcome: Outcome, key: str) -> dict[str, Any] | None:
    """Return the tie of this key that a written decision can settle."""
    return next((tie for tie in open_ties(outcome) if tie["key"] == key and tie["decidable"]), None)


def find_border(outcome: Outcome, key: str) -> BorderTie | None:
    """Return the tie on an award border of this key that still waits for a decision."""
    return next((tie for tie in open_borders(outcome) if key_of(tie.entries) == key), None)


def titles_of(border: BorderTie) -> list[tuple[str, str]]:
    """Return what a decision can give the entries on a border: (title, words)."""
    return [(title, title or no_award()) for title in border.touched]


def open_borders(outcome: Outcome) -> list[BorderTie]:
    """Return the ties on award borders that a written decision has to settle."""
    awards = outcome.scheme.awards
    if awards is None or awards.boundary != "decide" or outcome.awards is None:
        return []
    unordered = {entry for group in outcome.groups if group.is_open for entry in group.entries}
    return [tie for tie in outcome.awards.ties if not tie.is_decided and not unordered & set(tie.entries)]


def award_page(outcome: Outcome, *, early: bool = False) -> dict[str, Any] | None:
    """Return each tier with its rule, its places and its winners, and what each policy would give.

    While it is too `early`, because somebody has no total yet, the rules alone are told.
    """
    preview = preview_awards(outcome)
    awards = outcome.scheme.awards
    if preview is None or awards is None:
        return None
    shown = NOT_YET if early else {}
    return {
        "base": preview.base,
        "base_words": BASES[awards.base],
        "boundary": BOUNDARIES[awards.boundary],
        "tiers": [_tier(preview, number) | shown for number in range(len(preview.tiers))],
        "ties": [
            border_row(tie.tie) | {"extend": _named(tie.extend), "shrink": _named(tie.shrink)}
            for tie in (() if early else preview.ties)
        ],
        "policies": bool(preview.ties) and not early,
    }


def _tier(preview: AwardPreview, number: int) -> dict[str, Any]:
    places = preview.tiers[number]
    winners = preview.tiers[number].winners
    return {
        "title": places.tier.title,
        "rule": tier_rule(places.tier),
        "places": _places(places.first, places.last),
        "winners": len(winners),
        "codes": ", ".join(winners[:MOST_NAMED]) + ("…" if len(winners) > MOST_NAMED else ""),
        "policies": {policy: len(preview.policies[policy].tiers[number].winners) for policy in POLICIES},
    }


def _places(first: int, last: int) -> str:
    if first > last:
        return words.DASH
    return str(first) if first == last else f"{first}–{last}"


def border_row(tie: BorderTie) -> dict[str, Any]:
    """Return a tie on an award border: its entries, their places, the awards it touches."""
    return {
        "key": key_of(tie.entries),
        "entries": tie.entries,
        "places": _places(tie.first, tie.last),
        "touched": [title or no_award() for title in tie.touched],
        "decided": tie.is_decided,
    }


def _named(titles: Iterable[str]) -> str:
    return " / ".join(title or no_award() for title in titles)


def no_award() -> str:
    """Return the words for an entry that gets nothing."""
    return _("no award")


def tier_rule(tier: Tier) -> str:
    """Return the rule of an award tier in words."""
    rule = TIER_RULES[tier.kind](tier)
    if tier.at_least:
        rule = _("%(rule)s, at least %(count)s", rule=rule, count=tier.at_least)
    if tier.per_unit is not None:
        rule = _("%(rule)s, at most %(count)s of one unit", rule=rule, count=tier.per_unit)
    return rule


def _threshold(tier: Tier) -> str:
    values = {"value": format_short(tier.threshold)}
    if tier.on == "scale":
        return _("scale score from %(value)s", **values)
    return _("total from %(value)s", **values)


def _place(tier: Tier) -> str:
    return _("within %(band)s of place %(place)s", band=format_short(tier.band), place=tier.place)


TIER_RULES: Mapping[str, Any] = {
    "count": lambda tier: _("%(count)s places", count=tier.count),
    "percent": lambda tier: _("%(percent)s%% of the base", percent=format_short(tier.percent)),
    "ranks": lambda tier: _("ranks %(first)s to %(last)s", first=tier.ranks[0], last=tier.ranks[1]),
    "top_fraction": lambda tier: _("down to %(part)s of the base", part=format_short(tier.top_fraction)),
    "threshold": _threshold,
    "place": _place,
}
