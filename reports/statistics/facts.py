"""Read what is kept of the counted events in somebody's scopes, one line an event."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from competitions.catalogue.models import CatalogueEntry
from competitions.events import search
from competitions.events.models import Competition, CompetitionIndustry, Event
from competitions.organisations.queries import within
from reports.statistics import shelf
from reports.statistics.counting import count_event
from reports.statistics.models import StatisticsEvent, StatisticsMark
from reports.statistics.rules import COUNTED_STATES, Wanted, region_prefix

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
    """The events of a report; `waiting` says how many are about to be counted (anew)."""

    events: list[Fact]
    industries: Mapping[int, tuple[int, ...]]  # by competition
    waiting: int


def load(session: Session, scopes: Scopes, wanted: Wanted) -> Facts:
    """Return the events that fit, years aside from those before the period, which a comparison needs.

    The marks are read first: whoever counts in between removes a mark only with the count that it asked for.
    """
    conditions = _conditions(session, scopes, wanted)
    marked = set(session.scalars(select(StatisticsMark.event_id).distinct()))
    found, live, waiting = [], 0, 0
    for row in session.execute(_statement(wanted).where(*conditions)):
        if row[9] is not None and row[0] not in marked:
            found.append(Fact._make(row))
        elif live < MOST_LIVE:
            live += 1
            found += _counted_now(session, row, wanted)
        else:
            waiting += 1
            found += [Fact._make(row)] if row[9] is not None else []
    return Facts(found, _industries(session, conditions), waiting)


def _counted_now(session: Session, row: Any, wanted: Wanted) -> list[Fact]:
    counted = count_event(session, row[0])
    if counted is None:
        return []
    shelf.keep(counted)
    fact = Fact._make((*row[:9], counted.digest, *counted[1:6]))
    return [fact._replace(year=counted.statistical_year) if wanted.basis == "statistical" else fact]


def _statement(wanted: Wanted) -> Any:
    year = Competition.year
    if wanted.basis == "statistical":
        year = func.coalesce(StatisticsEvent.statistical_year, Competition.year)  # type: ignore[assignment]
    kept = StatisticsEvent
    return (
        select(
            Event.id, Competition.id, year, Competition.level_id, Competition.kind_id, Competition.region_id,
            Competition.union_id, Event.trade_id, Event.group_name, kept.digest, kept.sittings,
            kept.participations, kept.units, kept.awards, kept.first_prizes,
        )
        .select_from(Event)
        .join(Event.competition)
        .outerjoin(kept, kept.event_id == Event.id)
        .order_by(Event.id)
    )  # fmt: skip


def _industries(session: Session, conditions: list[ColumnElement[bool]]) -> dict[int, tuple[int, ...]]:
    rows = session.execute(
        select(CompetitionIndustry.competition_id, CompetitionIndustry.industry_id)
        .where(
            CompetitionIndustry.competition_id.in_(
                select(Event.competition_id).join(Event.competition).where(*conditions)
            )
        )
        .order_by(CompetitionIndustry.industry_id)
    )
    found: dict[int, tuple[int, ...]] = {}
    for competition_id, industry_id in rows:
        found[competition_id] = (*found.get(competition_id, ()), industry_id)
    return found


def _conditions(session: Session, scopes: Scopes, wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions = [Event.state.in_(COUNTED_STATES), search.in_scopes(scopes)]
    for column, value in (
        (Competition.level_id, wanted.level), (Competition.kind_id, wanted.kind),
        (Event.trade_id, wanted.trade), (Event.group_name, wanted.group),
    ):  # fmt: skip
        if value is not None:
            conditions.append(column == value)
    if wanted.region is not None:
        conditions.append(Competition.region_id.in_(_regions_inside(session, wanted.region)))
    if wanted.union is not None:
        conditions.append(within(Competition.union_id, [("union", wanted.union)]))
    if wanted.industry is not None:
        covered = select(CompetitionIndustry.competition_id)
        of_it = covered.where(CompetitionIndustry.industry_id == wanted.industry)
        conditions.append(Competition.id.in_(of_it))
    return conditions


def _regions_inside(session: Session, region_id: int) -> set[int]:
    """Return a region and every one that lies in it."""
    code = session.scalar(select(CatalogueEntry.key).where(CatalogueEntry.id == region_id)) or ""
    inside = CatalogueEntry.key.startswith(region_prefix(code), autoescape=True)
    return set(session.scalars(select(CatalogueEntry.id).where(CatalogueEntry.kind == "region", inside)))
