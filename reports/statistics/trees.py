"""Which events fit what is asked for, and under which values of a dimension each of them stands."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.policy import SITE
from competitions.catalogue.models import CatalogueEntry
from competitions.organisations.queries import list_parents
from reports.statistics.facts import Fact, Facts, Scopes
from reports.statistics.rules import EVER, NOT_STATED, Wanted, region_below, region_prefix

Groups = dict[Any, list[Fact]]


class Trees(NamedTuple):
    """The code of each region, the union above each union, and from which of them a split begins."""

    codes: Mapping[int, str]
    parents: Mapping[int, int | None]
    tops: frozenset[int]  # unions that stand above all others asked for
    inside: str  # the code of the region asked for


def read(session: Session, scopes: Scopes, wanted: Wanted) -> Trees:
    """Return the trees, as they are to be climbed for a report."""
    regions = select(CatalogueEntry.id, CatalogueEntry.key).where(CatalogueEntry.kind == "region")
    codes = dict(session.execute(regions).all())
    if wanted.union is not None:
        tops = {wanted.union}
    elif SITE in scopes:
        tops = set()
    else:
        tops = {number for kind, number in scopes if kind == "union"}
    return Trees(codes, list_parents(session), frozenset(tops), codes.get(wanted.region or 0, ""))


def fitting(facts: Facts, wanted: Wanted, trees: Trees) -> list[Fact]:
    """Return the events that fit, in their order."""
    exact = {name: getattr(wanted, name) for name in ("level", "kind", "trade", "group")}
    exact = {name: stated(value) for name, value in exact.items() if value is not None}
    found, years = facts.events, wanted.years
    if years != EVER:
        found = [fact for fact in found if fact.year in years]
    for name, value in exact.items():
        found = [fact for fact in found if getattr(fact, name) == value]
    if wanted.industry is not None:
        found = [fact for fact in found if _is_of(fact.industries, wanted.industry)]
    if wanted.region == NOT_STATED:
        found = [fact for fact in found if fact.region not in trees.codes]
    elif wanted.region is not None:
        prefix = region_prefix(trees.inside)
        inside = {number for number, code in trees.codes.items() if code.startswith(prefix)}
        found = [fact for fact in found if fact.region in inside]
    if wanted.union is not None:
        below = {fact.union for fact in found if wanted.union in above(fact.union, trees)}
        found = [fact for fact in found if fact.union in below]
    return found


def stated(value: Any) -> Any:
    """Return a value asked for as an event says it: None for what is not stated."""
    return None if value == NOT_STATED else value


def _is_of(industries: tuple[int, ...], asked: int) -> bool:
    return asked in industries or (asked == NOT_STATED and not industries)


def above(union_id: int, trees: Trees) -> list[int]:
    """Return a union and those above it, upwards."""
    found, current = [], union_id
    while current not in found:
        found.append(current)
        current = trees.parents.get(current) or current
    return found


def split(events: Iterable[Fact], dimension: str, trees: Trees, wanted: Wanted) -> Groups:
    """Return events by the values of a dimension of events; what has no value stands under None."""
    found: Groups = defaultdict(list)
    if dimension == "industry":
        asked = None if wanted.industry is None else (stated(wanted.industry),)
        for fact in events:
            for key in asked or fact.industries or (None,):
                found[key].append(fact)
        return dict(found)
    place = Fact._fields.index(dimension)
    key_of: dict[Any, Any] = {}  # of what an event says, asked once for each
    for fact in events:
        said = fact[place]
        if said not in key_of:
            key_of[said] = _key(dimension, said, trees)
        found[key_of[said]].append(fact)
    return dict(found)


def _key(dimension: str, said: Any, trees: Trees) -> Any:
    if dimension == "region":
        code = trees.codes.get(said or 0)
        return None if code is None else region_below(code, trees.inside)
    return _below(said, trees) if dimension == "union" else said or None


def _below(union_id: int, trees: Trees) -> int:
    """Return the union one level below the top under which this one stands; the top for its own."""
    upwards = above(union_id, trees)
    for place, number in enumerate(upwards):
        if number in trees.tops:
            return upwards[max(place - 1, 0)]
    return upwards[-1]
