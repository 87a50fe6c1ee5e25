"""The figures of groups of events, and of those who took part by what they were then."""

from collections.abc import Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from reports.statistics import distinct
from reports.statistics.distinct import ALL, Chosen, Group
from reports.statistics.facts import Fact
from reports.statistics.rules import OWNERSHIP, Wanted


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
_FIELDS = {name: itemgetter(place) for place, name in enumerate(Fact._fields)}


class _Asked(NamedTuple):
    """Some events, those of them that were counted, and of whom they are to be counted."""

    events: Sequence[Fact]
    counted: Chosen
    wanted: Wanted


def count(session: Session, groups: Mapping[Any, Sequence[Fact]], wanted: Wanted) -> dict[Any, Figures]:
    """Return the figures of each group of events, of those people who are asked for.

    A group distinct.ALL holds the events of all the others.
    Raises: Moved.
    """
    return _count(session, {key: _asked(events, wanted) for key, events in groups.items()})


def count_attribute(
    session: Session, events: Sequence[Fact], attribute: str, wanted: Wanted
) -> dict[Any, Figures]:
    """Return the figures by an attribute of those who took part; "" is what is not known of them.

    Under distinct.ALL stand those of all together.
    Raises: Moved.
    """
    value, everybody = getattr(wanted, attribute), _asked(events, wanted)
    values = distinct.values(session, everybody.counted, attribute) if value is None else [value]
    rows = {one: everybody._replace(wanted=wanted.where(attribute, one)) for one in values}
    return _count(session, {**rows, ALL: everybody})


def _asked(events: Sequence[Fact], wanted: Wanted) -> _Asked:
    return _Asked(events, distinct.choose(events), wanted)


def _column(name: str, events: Sequence[Fact]) -> list[Any]:
    return list(map(_FIELDS[name], events))


def _count(session: Session, asked: Mapping[Any, _Asked]) -> dict[Any, Figures]:
    groups = {key: Group(one.counted, one.wanted.conditions) for key, one in asked.items()}
    narrowed = {key: group for key, group in groups.items() if group.conditions}
    people = distinct.people(session, groups)
    times = distinct.participations(session, narrowed)
    units = distinct.units(
        session,
        {
            key: Group(one.counted, distinct.owned(one.wanted.ownership))
            for key, one in asked.items()
            if {name for name, _value in one.wanted.conditions} <= {OWNERSHIP}
        },
    )
    found = {}
    for key, one in asked.items():
        if key in narrowed:
            whole = NOT_SPLIT._replace(participations=times[key])
        else:
            whole = _whole(one.events, one.counted)
        found[key] = whole._replace(people=people[key], units=units.get(key))
    return found


def _whole(events: Sequence[Fact], counted: Chosen) -> Figures:
    return Figures(
        competitions=len(set(_column("competition_id", events))),
        events=len(events),
        announced=len(counted.ids),
        sittings=sum(_column("sittings", events)),
        participations=sum(_column("participations", events)),
        awards=sum(_column("awards", events)),
        first_prizes=sum(_column("first_prizes", events)),
        hosts=_different(_column("hosts", events)),
        promotions=sum(_column("promoted", events)),
        industries=_different(_column("industries", events)),
        trades=len(set(_column("trade", events)) - {None}),
    )


def _different(column: Sequence[tuple[Any, ...]]) -> int:
    return len(set(chain.from_iterable(set(column))))
