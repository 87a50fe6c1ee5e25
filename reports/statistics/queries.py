"""Count competitions, events, sittings, participations, people, units and awards from the records themselves.

Counted is an event whose result has been announced. The definitions that readers see stand in
reports.statistics.definitions; a change here is a change there.
"""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, distinct, func, or_, select
from sqlalchemy.orm import Session, aliased

from competitions.catalogue.models import CatalogueEntry
from competitions.entries.models import Entry, EntryMember
from competitions.events import search
from competitions.events.models import Competition, CompetitionIndustry, Event
from competitions.schedule.models import Sitting
from competitions.schedule.rules import HELD
from scoring.results.models import ResultRow, ResultVersion

COUNTED_STATES = ("announced", "final", "archived")
Scopes = Collection[tuple[str, int]]
Row = tuple[Any, ...]


class StatisticsFilter(NamedTuple):
    """What narrows the statistics; None leaves everything in, years include both ends."""

    first_year: int | None = None
    last_year: int | None = None
    industry: int | None = None
    trade: int | None = None
    level: int | None = None
    region: int | None = None
    kind: int | None = None


class Figures(NamedTuple):
    """One line of figures; people and units are counted once each, however often they took part."""

    competitions: int = 0
    events: int = 0
    sittings: int = 0
    participations: int = 0
    people: int = 0
    units: int = 0
    awards: int = 0
    first_prizes: int = 0


class Dimension(NamedTuple):
    """What figures are split by; `many` where one competition can stand under several values."""

    name: str
    expression: Any
    many: bool = False


province = aliased(CatalogueEntry)
DIMENSIONS = {
    "year": Dimension("year", Competition.year),
    "level": Dimension("level", Competition.level_id),
    "trade": Dimension("trade", Event.trade_id),
    "region": Dimension("region", province.id),
    "industry": Dimension("industry", CompetitionIndustry.industry_id, many=True),
}


def totals(session: Session, scopes: Scopes, wanted: StatisticsFilter) -> Figures:
    """Return the figures over everything that fits."""
    return _figures(session, scopes, wanted, ()).get((), Figures())


def split(
    session: Session, scopes: Scopes, wanted: StatisticsFilter, *names: str
) -> dict[tuple[Any, ...], Figures]:
    """Return the figures split by one or more dimensions; what has no value stands under None."""
    return _figures(session, scopes, wanted, tuple(DIMENSIONS[name] for name in names))


def list_years(session: Session, scopes: Scopes) -> list[int]:
    """Return the years with counted events, the newest first."""
    statement = _joined(select(Competition.year).distinct(), ())
    return sorted(session.scalars(_counted(statement, scopes, StatisticsFilter())), reverse=True)


def list_used(session: Session, scopes: Scopes, name: str) -> set[int]:
    """Return the values of a dimension that occur, for the choices of a filter."""
    dimension = DIMENSIONS[name]
    statement = _joined(select(dimension.expression).distinct(), (dimension,))
    return {value for value in session.scalars(_counted(statement, scopes, StatisticsFilter())) if value}


def list_entries(session: Session, ids: Collection[int]) -> dict[int, CatalogueEntry]:
    """Return catalogue entries by number."""
    found = session.scalars(select(CatalogueEntry).where(CatalogueEntry.id.in_(ids)))
    return {entry.id: entry for entry in found}


def _figures(
    session: Session, scopes: Scopes, wanted: StatisticsFilter, by: tuple[Dimension, ...]
) -> dict[tuple[Any, ...], Figures]:
    parts: Mapping[str, Select[Any]] = {
        "events": _event_counts(by),
        "sittings": _sitting_counts(by),
        "people": _people_counts(by),
        "units": _unit_counts(by),
        "awards": _award_counts(by),
    }
    found: dict[tuple[Any, ...], dict[str, int]] = {}
    for statement in parts.values():
        for row in session.execute(_counted(statement, scopes, wanted)).mappings():
            key = tuple(row[dimension.name] for dimension in by)
            counts = {name: int(row[name] or 0) for name in Figures._fields if name in row}
            found.setdefault(key, {}).update(counts)
    return {key: Figures(**counts) for key, counts in found.items()}


def _event_counts(by: tuple[Dimension, ...]) -> Select[Any]:
    return _grouped(
        by,
        func.count(distinct(Event.competition_id)).label("competitions"),
        func.count(distinct(Event.id)).label("events"),
    )


def _sitting_counts(by: tuple[Dimension, ...]) -> Select[Any]:
    held = (Sitting.event_id == Event.id) & (Sitting.state == HELD)
    return _grouped(by, func.count(Sitting.id).label("sittings")).join(Sitting, held)


def _people_counts(by: tuple[Dimension, ...]) -> Select[Any]:
    counts = (
        func.count(EntryMember.id).label("participations"),
        func.count(distinct(EntryMember.person_id)).label("people"),
    )
    took_part = (EntryMember.entry_id == Entry.id) & (EntryMember.role == "member")
    return _checked_in(_grouped(by, *counts)).join(EntryMember, took_part)


def _unit_counts(by: tuple[Dimension, ...]) -> Select[Any]:
    return _checked_in(_grouped(by, func.count(distinct(Entry.unit_id)).label("units")))


def _award_counts(by: tuple[Dimension, ...]) -> Select[Any]:
    newest = (
        select(func.max(ResultVersion.number))
        .where(ResultVersion.event_id == Event.id, ResultVersion.announced_at.is_not(None))
        .correlate(Event)
        .scalar_subquery()
    )
    first = func.sum(case((ResultRow.award_tier == 1, 1), else_=0)).label("first_prizes")
    return (
        _grouped(by, func.count(ResultRow.id).label("awards"), first)
        .join(ResultVersion, (ResultVersion.event_id == Event.id) & (ResultVersion.number == newest))
        .join(ResultRow, (ResultRow.version_id == ResultVersion.id) & (ResultRow.award != ""))
    )


def _checked_in(statement: Select[Any]) -> Select[Any]:
    """Keep to who came: as the check-in has marked it, and where it has not, as the status says."""
    return statement.join(
        Entry,
        (Entry.event_id == Event.id)
        & (Entry.review == "approved")
        & (Entry.status != "exhibition")
        & or_(Entry.attendance == "present", (Entry.attendance == "") & (Entry.status != "absent")),
    )


def _grouped(by: tuple[Dimension, ...], *counts: ColumnElement[Any]) -> Select[Any]:
    keys = [dimension.expression.label(dimension.name) for dimension in by]
    return _joined(select(*keys, *counts), by).group_by(*[dimension.expression for dimension in by])


def _joined(statement: Select[Any], by: tuple[Dimension, ...]) -> Select[Any]:
    return _with_dimensions(statement.select_from(Event).join(Event.competition), by)


def _with_dimensions(statement: Select[Any], by: tuple[Dimension, ...]) -> Select[Any]:
    names = {dimension.name for dimension in by}
    if "industry" in names:
        statement = statement.outerjoin(
            CompetitionIndustry, CompetitionIndustry.competition_id == Competition.id
        )
    if "region" in names:
        region = aliased(CatalogueEntry)
        statement = statement.outerjoin(region, region.id == Competition.region_id).outerjoin(
            province, (province.kind == "region") & (province.key == _province_key(region.key))
        )
    return statement


def _province_key(key: Any) -> ColumnElement[str]:
    """Return the key of the province of a region: its first two digits and four zeros (GB/T 2260)."""
    return func.substr(key, 1, 2) + "0000"


def _counted(statement: Select[Any], scopes: Scopes, wanted: StatisticsFilter) -> Select[Any]:
    conditions = [Event.state.in_(COUNTED_STATES), search.in_scopes(scopes)]
    if wanted.first_year is not None:
        conditions.append(Competition.year >= wanted.first_year)
    if wanted.last_year is not None:
        conditions.append(Competition.year <= wanted.last_year)
    for column, value in ((Competition.level_id, wanted.level), (Competition.kind_id, wanted.kind)):
        if value is not None:
            conditions.append(column == value)
    return statement.where(*conditions, *_linked(wanted))


def _linked(wanted: StatisticsFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.trade is not None:
        conditions.append(Event.trade_id == wanted.trade)
    if wanted.industry is not None:
        covered = select(CompetitionIndustry.competition_id).where(
            CompetitionIndustry.industry_id == wanted.industry
        )
        conditions.append(Competition.id.in_(covered))
    if wanted.region is not None:
        inside = aliased(CatalogueEntry)
        of_province = select(inside.id).where(
            inside.kind == "region",
            _province_key(inside.key)
            == select(CatalogueEntry.key).where(CatalogueEntry.id == wanted.region).scalar_subquery(),
        )
        conditions.append(Competition.region_id.in_(of_province))
    return conditions
