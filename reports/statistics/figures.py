"""The figures of groups of events, and of those who took part by what they were then."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from reports.statistics import distinct
from reports.statistics.facts import Fact, Facts
from reports.statistics.rules import Wanted


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


NOT_SPLIT = Figures(*(None,) * len(Figures._fields))


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
