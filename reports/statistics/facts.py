"""Read what is kept of the counted events in somebody's scopes, one line an event."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from competitions.events import search
from competitions.events.models import Competition, CompetitionIndustry, Event
from reports.statistics import shelf
from reports.statistics.counting import count_event
from reports.statistics.models import StatisticsEvent, StatisticsMark
from reports.statistics.rules import COUNTED_STATES

Scopes = Collection[tuple[str, int]]
MOST_LIVE = 40  # events that a page counts itself; more wait for the worker, and the page says so


class Fact(NamedTuple):
    """One counted event: where it stands in each dimension, and what of it may be added."""

    event_id: int
    competition_id: int
    year: int
    level: int
    kind: int
    region: int | None
    union: int
    trade: int | None
    group: str
    digest: str
    sittings: int
    participations: int
    units: int
    awards: int
    first_prizes: int


class Facts(NamedTuple):
    """The counted events of some scopes; `waiting` says how many are about to be counted (anew)."""

    events: list[Fact]
    industries: Mapping[int, tuple[int, ...]]  # by competition
    waiting: int


def load(session: Session, scopes: Scopes, basis: str = "calendar") -> Facts:
    """Return every counted event in these scopes; years are calendar or statistical ones.

    The marks are read first: whoever counts in between removes a mark only with the count that it asked for.
    """
    marked = set(session.scalars(select(StatisticsMark.event_id).distinct()))
    found, live, waiting = [], 0, 0
    for row in session.execute(_statement(scopes, basis)):
        if row[9] is not None and row[0] not in marked:
            found.append(Fact._make(row))
        elif live < MOST_LIVE:
            live += 1
            found += _counted_now(session, row, basis)
        else:
            waiting += 1
            found += [Fact._make(row)] if row[9] is not None else []
    return Facts(found, _industries(session, scopes), waiting)


def _counted_now(session: Session, row: Any, basis: str) -> list[Fact]:
    counted = count_event(session, row[0])
    if counted is None:
        return []
    shelf.keep(counted)
    fact = Fact._make((*row[:9], counted.digest, *counted[1:6]))
    return [fact._replace(year=counted.statistical_year) if basis == "statistical" else fact]


def _statement(scopes: Scopes, basis: str) -> Any:
    kept = StatisticsEvent
    statistical = func.coalesce(kept.statistical_year, Competition.year)
    return (
        select(
            Event.id, Competition.id, statistical if basis == "statistical" else Competition.year,
            Competition.level_id, Competition.kind_id, Competition.region_id, Competition.union_id,
            Event.trade_id, Event.group_name, kept.digest, kept.sittings, kept.participations, kept.units,
            kept.awards, kept.first_prizes,
        )
        .select_from(Event)
        .join(Event.competition)
        .outerjoin(kept, kept.event_id == Event.id)
        .where(Event.state.in_(COUNTED_STATES), search.in_scopes(scopes))
        .order_by(Event.id)
    )  # fmt: skip


def _industries(session: Session, scopes: Scopes) -> dict[int, tuple[int, ...]]:
    counted = (
        select(Event.competition_id)
        .join(Event.competition)
        .where(Event.state.in_(COUNTED_STATES), search.in_scopes(scopes))
    )
    rows = session.execute(
        select(CompetitionIndustry.competition_id, CompetitionIndustry.industry_id)
        .where(CompetitionIndustry.competition_id.in_(counted))
        .order_by(CompetitionIndustry.industry_id)
    )
    found: dict[int, tuple[int, ...]] = {}
    for competition_id, industry_id in rows:
        found[competition_id] = (*found.get(competition_id, ()), industry_id)
    return found
