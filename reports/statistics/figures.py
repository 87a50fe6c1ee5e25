"""The figures of groups of events, and of those who took part by what they were then."""

from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from reports.statistics import distinct
from reports.statistics.facts import Fact
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
    hosts: int | None = 0
    promotions: int | None = 0
    announced: int | None = 0
    industries: int | None = 0
    trades: int | None = 0


NOT_SPLIT = Figures(*(None,) * len(Figures._fields))


def count(
    session: Session, groups: Mapping[Any, Sequence[Fact]], wanted: Wanted
) -> dict[Any, Figures]:
    """Return the figures of each group of events, of those people who are asked for."""
    conditions = wanted.conditions
    counted = {key: [fact for fact in events if fact.digest] for key, events in groups.items()}
    people = distinct.people(session, counted, conditions)
    of_units = {name for name, _value in conditions} <= {"ownership"}
    units = distinct.units(session, counted, wanted.ownership) if of_units else {}
    found = {}
    for key, events in groups.items():
        whole = _whole(events) if not conditions else NOT_SPLIT
        participations, different = people[key]
        found[key] = whole._replace(
            participations=participations, people=different, units=units[key][1] if of_units else None
        )
    return found


def count_attribute(
    session: Session, events: Sequence[Fact], attribute: str, wanted: Wanted
) -> dict[str, Figures]:
    """Return the figures by an attribute of those who took part; "" is what is not known of them."""
    asked = getattr(wanted, attribute)
    counted = [fact for fact in events if fact.digest]
    values = distinct.values(session, counted, attribute) if asked is None else [asked]
    return {
        value: count(session, {value: events}, wanted.where(attribute, value))[value]
        for value in values
    }


def _whole(events: Sequence[Fact]) -> Figures:
    if not events:
        return Figures()

    def column(name: str) -> Iterator[Any]:
        return map(attrgetter(name), events)

    return Figures(
        competitions=len(set(column("competition_id"))),
        events=len(events),
        announced=sum(map(bool, column("digest"))),
        sittings=sum(column("sittings")),
        awards=sum(column("awards")),
        first_prizes=sum(column("first_prizes")),
        hosts=len(set().union(*column("hosts"))),
        promotions=sum(column("promoted")),
        industries=len(set().union(*column("industries"))),
        trades=len(set(column("trade")) - {None}),
    )
