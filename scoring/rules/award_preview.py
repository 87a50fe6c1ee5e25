"""Show what the award rules give before anything is decided: borders, ties, each policy's answer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from scoring.rules.allocation import NO_TIER, AwardOutcome, BorderTie, TierPlaces, allocate
from scoring.rules.compute import Outcome, make_standing

Policy = Literal["decide", "extend", "shrink"]
POLICIES: tuple[Policy, ...] = ("decide", "extend", "shrink")


@dataclass(frozen=True, slots=True)
class TiePreview:
    """A tie on a border, and the tiers its entries get under each policy (empty: none), each once.

    A policy gives all of them one tier; only the cap of a unit can still part them.
    """

    tie: BorderTie
    extend: tuple[str, ...]
    shrink: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AwardPreview:
    """The awards as they stand: base of percentages, tiers, ties, and who wins under each policy."""

    base: int
    tiers: tuple[TierPlaces, ...]
    ties: tuple[TiePreview, ...]
    policies: dict[Policy, AwardOutcome]


def preview_awards(outcome: Outcome) -> AwardPreview | None:
    """Return the preview of a result, or None where the scheme has no awards."""
    awards = outcome.scheme.awards
    if awards is None:
        return None
    statuses = {row.entry: row.status for row in outcome.rows}
    scale = {row.entry: row.scale for row in outcome.rows if row.scale is not None}
    standing = make_standing(outcome.tally, outcome.groups, statuses, scale)
    policies = {policy: allocate(replace(awards, boundary=policy), standing) for policy in POLICIES}
    extended, shrunk = policies["extend"].titles, policies["shrink"].titles
    current = policies[awards.boundary]
    ties = tuple(TiePreview(tie, _tiers_of(tie, extended), _tiers_of(tie, shrunk)) for tie in current.ties)
    return AwardPreview(standing.base(awards.base), current.tiers, ties, policies)


def _tiers_of(tie: BorderTie, titles: Mapping[str, str]) -> tuple[str, ...]:
    """Return the tiers of the entries of a tie, in their order, each once."""
    return tuple(dict.fromkeys(titles.get(entry, NO_TIER) for entry in tie.entries))
