"""Count works of events with an announced result, by year: C12 to C15 of union reports.

Collected is what was handed in and decided on; benefits are those of works that were admitted, as declared.
"""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, case, cast, extract, func, literal_column, select
from sqlalchemy.orm import Session

from competitions.entries.models import Entry
from competitions.events import search
from competitions.events.models import Competition, Event
from competitions.works.models import WorkParticulars
from competitions.works.rules import NATURES
from reports.statistics.rules import COUNTED_STATES, OCTOBER
from scoring.results.models import ResultRow, ResultVersion

KEYS = ("C12a", "C12b", "C13a", "C13b", "C13c", "C13d", "C14a", "C14b")
BENEFIT, EVIDENCED = "C15", "C15 evidence"  # in yuan
HANDED_IN = ("approved", "rejected")
Scopes = Collection[tuple[str, int]]


def count_by_year(session: Session, scopes: Scopes, basis: str = "calendar") -> dict[int, dict[str, int]]:
    """Return the figures of each year in which works competed; years are calendar or statistical ones."""
    year = _year(basis)
    found: dict[int, dict[str, int]] = {}
    for row in session.execute(_works(year, scopes)):
        _add(found.setdefault(row.year, dict.fromkeys((*KEYS, BENEFIT, EVIDENCED), 0)), row)
    for number, awards in session.execute(_awards(year, scopes)):
        found[number]["C14b"] += awards
    return dict(sorted(found.items()))


def _year(basis: str) -> ColumnElement[int]:
    """Return the year of an event as reports.statistics.rules.year_of says it, for groups of a statement."""
    day = func.coalesce(Event.starts_on, Competition.starts_on)
    year: ColumnElement[int] = cast(extract("year", day), Integer)
    if basis == "statistical":  # in literals: a group by values that are handed over is none on PostgreSQL
        october = extract("month", day) >= literal_column(str(OCTOBER))
        year += case((october, literal_column("1")), else_=literal_column("0"))
    return func.coalesce(year, Competition.year)


def _add(figures: dict[str, int], row: Any) -> None:
    proposed, carried_out = NATURES.get(row.nature or "", ("", ""))
    figures["C14a"] += row.works
    if proposed:
        figures[proposed] += row.works
    if carried_out and row.implemented:
        figures[carried_out] += row.works
    if row.review == "approved":
        figures[BENEFIT] += int(row.benefit or 0)
        figures[EVIDENCED] += int(row.benefit or 0) if row.evidence else 0


def _counted(statement: Select, scopes: Scopes) -> Select:
    return (
        statement.join(Event, Event.id == Entry.event_id)
        .join(Competition, Competition.id == Event.competition_id)
        .where(
            Entry.kind == "work", Entry.review.in_(HANDED_IN), Event.state.in_(COUNTED_STATES),
            search.in_scopes(scopes),
        )
    )  # fmt: skip


def _works(year: Any, scopes: Scopes) -> Select:
    said = WorkParticulars
    sorts = (said.nature, said.implemented, said.evidence, Entry.review)
    figures = (func.count(Entry.id).label("works"), func.sum(said.benefit).label("benefit"))
    statement = select(year.label("year"), *sorts, *figures).select_from(Entry)
    return _counted(statement.outerjoin(said, said.entry_id == Entry.id), scopes).group_by(year, *sorts)


def _awards(year: Any, scopes: Scopes) -> Select:
    newest = (
        select(func.max(ResultVersion.number))
        .where(ResultVersion.event_id == Entry.event_id, ResultVersion.announced_at.is_not(None))
        .correlate(Entry)
        .scalar_subquery()
    )
    statement = (
        select(year.label("year"), func.count(ResultRow.id))
        .select_from(Entry)
        .join(ResultRow, ResultRow.entry_id == Entry.id)
        .join(ResultVersion, ResultVersion.id == ResultRow.version_id)
        .where(ResultVersion.number == newest, ResultRow.award != "")
    )
    return _counted(statement, scopes).group_by(year)


def totals(by_year: Mapping[int, Mapping[str, int]]) -> dict[str, int]:
    """Return the figures of these years together; every one of them may be added over years."""
    return {key: sum(figures[key] for figures in by_year.values()) for key in (*KEYS, BENEFIT, EVIDENCED)}
