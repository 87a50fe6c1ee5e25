"""The contests behind a figure: the very events that were counted for it."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from competitions.catalogue.naming import name_of
from competitions.events.models import Competition, Event
from core.i18n import day
from reports.statistics import trees
from reports.statistics.asking import Asked
from reports.statistics.facts import Fact, Facts, Scopes

PAGE = 50


class Contest(NamedTuple):
    """One event as the list shows it."""

    competition: str
    event: str
    union: str
    day: str
    url: str
    fact: Fact


def behind(session: Session, scopes: Scopes, facts: Facts, asked: Asked) -> list[Fact]:
    """Return the events that a report counts, the newest first."""
    climbed = trees.read(session, scopes, asked.wanted)
    fitting = trees.fitting(facts, asked.wanted, climbed)
    return sorted(fitting, key=lambda fact: (fact.year, fact.day or date.min, fact.event_id), reverse=True)


def shown(session: Session, facts: Sequence[Fact]) -> list[Contest]:
    """Return some events with their names."""
    statement = (
        select(Event)
        .where(Event.id.in_([fact.event_id for fact in facts]))
        .options(joinedload(Event.competition).joinedload(Competition.union))
    )
    events = {event.id: event for event in session.scalars(statement)}
    return [_contest(events[fact.event_id], fact) for fact in facts if fact.event_id in events]


def _contest(event: Any, fact: Fact) -> Contest:
    competition = event.competition
    return Contest(
        name_of(competition),
        name_of(event),
        name_of(competition.union),
        day(event.starts_on or competition.starts_on),
        url_for("events.show_event", event_id=event.id),
        fact,
    )
