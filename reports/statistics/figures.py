"""The figures of a report: of everything that fits, and split by a dimension."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.policy import SITE
from competitions.catalogue.models import CatalogueEntry
from competitions.organisations.queries import list_parents
from reports.statistics import distinct
from reports.statistics.facts import Fact, Facts, Scopes
from reports.statistics.rules import Wanted, region_below

Groups = dict[Any, list[Fact]]


class Figures(NamedTuple):
    """One line of figures; None where a figure does not exist for what is asked.

    People and units are counted once each, however often they took part. What happens to an event as a whole
    (that it is held, its sittings, its awards) is not split by who took part.
    """

    competitions: int | None = 0
    events: int | None = 0
    sittings: int | None = 0
    participations: int | None = 0
    people: int | None = 0
    units: int | None = 0
    awards: int | None = 0
    first_prizes: int | None = 0
    industries: int | None = 0
    trades: int | None = 0


class Places(NamedTuple):
    """The trees that a split climbs: the code of each region, the union above each union, and where from."""

    codes: Mapping[int, str]
    parents: Mapping[int, int | None]
    tops: frozenset[int]  # unions that stand above all others asked for
    inside: str  # the code of the region asked for


def places(session: Session, scopes: Scopes, wanted: Wanted) -> Places:
    """Return the trees, as they are to be climbed for a report."""
    regions = select(CatalogueEntry.id, CatalogueEntry.key).where(CatalogueEntry.kind == "region")
    codes = dict(session.execute(regions).all())
    parents = list_parents(session)
    if wanted.union is not None:
        tops = {wanted.union}
    elif SITE in scopes:
        tops = set()
    else:
        tops = {number for kind, number in scopes if kind == "union"}
    return Places(codes, parents, frozenset(tops), codes.get(wanted.region or 0, ""))


def split(facts: Facts, events: Iterable[Fact], dimension: str, trees: Places, wanted: Wanted) -> Groups:
    """Return events by the values of a dimension of events; what has no value stands under None."""
    found: Groups = {}
    for fact in events:
        for key in _keys(facts, fact, dimension, trees, wanted):
            found.setdefault(key, []).append(fact)
    return found


def count(
    session: Session, facts: Facts, groups: Mapping[Any, Sequence[Fact]], wanted: Wanted
) -> dict[Any, Figures]:
    """Return the figures of each group of events, of those people who are asked for."""
    conditions = wanted.conditions
    people = distinct.people(session, groups, conditions)
    of_units = {name for name, _value in conditions} <= {"ownership"}
    units = distinct.units(session, groups, wanted.ownership) if of_units else {}
    found = {}
    for key, events in groups.items():
        whole = _whole(facts, events) if not conditions else NOT_SPLIT
        participations, different = people[key]
        found[key] = whole._replace(
            participations=participations, people=different, units=units[key][1] if of_units else None
        )
    return found


def count_attribute(
    session: Session, facts: Facts, events: Sequence[Fact], attribute: str, wanted: Wanted
) -> dict[str, Figures]:
    """Return the figures by an attribute of those who took part; "" is what is not known of them."""
    asked = getattr(wanted, attribute)
    values = distinct.values(session, events, attribute) if asked is None else [asked]
    return {
        value: count(session, facts, {value: events}, wanted.where(attribute, value))[value]
        for value in values
    }


NOT_SPLIT = Figures(*(None,) * len(Figures._fields))


def _whole(facts: Facts, events: Sequence[Fact]) -> Figures:
    competitions = {fact.competition_id for fact in events}
    industries = {one for number in competitions for one in facts.industries.get(number, ())}
    return Figures(
        competitions=len(competitions),
        events=len(events),
        sittings=sum([fact.sittings for fact in events]),
        awards=sum([fact.awards for fact in events]),
        first_prizes=sum([fact.first_prizes for fact in events]),
        industries=len(industries),
        trades=len({fact.trade for fact in events} - {None}),
    )


def _keys(facts: Facts, fact: Fact, dimension: str, trees: Places, wanted: Wanted) -> Iterable[Any]:
    if dimension == "industry":
        covered = facts.industries.get(fact.competition_id, ()) or (None,)
        return covered if wanted.industry is None else (wanted.industry,)
    if dimension == "region":
        code = trees.codes.get(fact.region or 0)
        return (region_below(code, trees.inside) if code is not None else None,)
    if dimension == "union":
        return (_below(fact.union, trees),)
    return (getattr(fact, dimension),)


def _below(union_id: int, trees: Places) -> int:
    """Return the union one level below the top under which this one stands; the top for its own."""
    current, passed = union_id, set()
    while current not in trees.tops and current not in passed:
        passed.add(current)
        above = trees.parents.get(current)
        if above is None or above in trees.tops:
            return current
        current = above
    return current
