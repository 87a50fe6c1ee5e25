"""The statistics as one document value, for the page, the workbook and the PDF alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from competitions.catalogue.naming import name_of
from core.i18n import moment
from reports.documents.model import (
    Cell,
    Chart,
    Column,
    Definition,
    Document,
    Figure,
    Kind,
    Series,
    Shape,
    Table,
)
from reports.documents.words import document_words
from reports.statistics import queries
from reports.statistics.definitions import INDICATORS
from reports.statistics.queries import Figures, Scopes, StatisticsFilter

NOT_STATED = _l("Not stated")
TABLES = {
    "industry": (_l("By industry"), _l("Industry")),
    "trade": (_l("By trade"), _l("Trade")),
    "level": (_l("By level"), _l("Level")),
    "year": (_l("By year"), _l("Year")),
    "region": (_l("By region"), _l("Region")),
}
MOST_SERIES = 5


@dataclass(frozen=True)
class Numbers:
    """Everything counted for one report."""

    totals: Figures
    by: Mapping[str, Mapping[Any, Figures]]
    by_year_and_industry: Mapping[tuple[Any, Any], Figures]
    names: Mapping[int, str]
    codes: Mapping[int, str]


def count(session: Session, scopes: Scopes, wanted: StatisticsFilter) -> Numbers:
    """Count everything that a report shows."""
    by = {
        name: {key[0]: figures for key, figures in queries.split(session, scopes, wanted, name).items()}
        for name in TABLES
    }
    ids = {key for name, rows in by.items() for key in rows if name != "year" and key}
    entries = queries.list_entries(session, ids)
    pairs = queries.split(session, scopes, wanted, "year", "industry")
    return Numbers(
        totals=queries.totals(session, scopes, wanted),
        by=by,
        by_year_and_industry={(key[0], key[1]): figures for key, figures in pairs.items()},
        names={number: name_of(entry) for number, entry in entries.items()},
        codes={number: entry.code for number, entry in entries.items()},
    )


def build(numbers: Numbers, *, subtitle: str, scope: str, issued_by: str, now: datetime) -> Document:
    """Return the report as a document.

    Shape: `subtitle` says the filters in words, `scope` whose contests are counted.
    """
    words = document_words()
    return Document(
        title=_("Statistics of labour and skills competitions"),
        words=words,
        subtitle=subtitle,
        meta=(
            (_("Reporting body"), scope),
            (_("Completeness"), _("Computed from the records of this system")),
        ),
        figures=figures(numbers.totals),
        charts=(chart(numbers),),
        tables=tuple(table(name, numbers) for name in TABLES),
        definitions=tuple(
            Definition(str(one.name), str(one.unit), str(one.definition)) for one in INDICATORS
        ),
        signatures=(_("Head of the unit"), _("Compiled by"), _("Date"), _("Seal")),
        issued=_("Made %(when)s by %(who)s with Jiangsai", when=moment(now), who=issued_by),
        issued_at=now,
        landscape=True,
    )


def figures(totals: Figures) -> tuple[Figure, ...]:
    """Return the key figures with their units."""
    return tuple(Figure(str(one.name), getattr(totals, one.field), str(one.unit)) for one in INDICATORS)


def table(name: str, numbers: Numbers) -> Table:
    """Return the table of one dimension; only figures that may be added are added in its last row."""
    title, head = TABLES[name]
    rows = numbers.by[name]
    columns = (
        Column(str(head)),
        *((Column(_("Code")),) if name == "trade" else ()),
        *(Column(str(one.name), Kind.INTEGER, str(one.unit)) for one in INDICATORS),
    )
    ordered = sorted(rows, key=order(name, rows))
    notes = [
        _("The total counts everything once; rows of people, units and competitions do not add up to it.")
    ]
    if name == "industry":
        notes.append(_("A competition of several industries stands in each of them."))
    return Table(
        title=str(title),
        columns=columns,
        rows=tuple(_cells(name, key, rows[key], numbers) for key in ordered),
        totals=(_("Total"), *(("",) if name == "trade" else ()), *numbers.totals) if rows else None,
        notes=tuple(notes),
        empty=_("Nothing fits these filters."),
    )


def order(name: str, rows: Mapping[Any, Figures]) -> Callable[[Any], Any]:
    """Return the order of rows: years in time, the rest by participations, what is not stated last."""
    if name == "year":
        return lambda key: key
    return lambda key: (key is None, -rows[key].participations, -rows[key].events, key or 0)


def _cells(name: str, key: Any, counted: Figures, numbers: Numbers) -> tuple[Cell, ...]:
    label = str(key) if name == "year" else numbers.names.get(key, str(NOT_STATED))
    code = (numbers.codes.get(key, ""),) if name == "trade" else ()
    return (label, *code, *counted)


def chart(numbers: Numbers) -> Chart:
    """Return participations by year, stacked by industry; small industries stand together."""
    years = sorted(numbers.by["year"])
    rows = numbers.by["industry"]
    ordered = sorted(rows, key=order("industry", rows))
    shown, rest = ordered[:MOST_SERIES], ordered[MOST_SERIES:]
    series = [_series(numbers, years, (key,), numbers.names.get(key, str(NOT_STATED))) for key in shown]
    if rest:
        series.append(_series(numbers, years, tuple(rest), _("All others")))
    return Chart(
        title=_("Participations by year and industry"),
        shape=Shape.STACKED,
        categories=tuple(str(year) for year in years),
        series=tuple(series),
        unit=_("person-times"),
        ordered=True,
        description=_("Participations in events with an announced result, by year, stacked by industry."),
        note=_("A competition of several industries is counted in each of them."),
    )


def _series(numbers: Numbers, years: list[int], keys: tuple[Any, ...], name: str) -> Series:
    pairs = numbers.by_year_and_industry
    values = tuple(
        sum(pairs[year, key].participations for key in keys if (year, key) in pairs) for year in years
    )
    return Series(name, values)
