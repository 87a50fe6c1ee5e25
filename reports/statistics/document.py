"""A computed report as a document: charts, tables, definitions, for the workbook and the PDF."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from core import clock
from core.i18n import day, moment
from reports.documents.model import (
    Chart,
    Column,
    Cover,
    Definition,
    Document,
    Figure,
    Kind,
    Series,
    Shape,
    Table,
)
from reports.documents.words import document_words
from reports.statistics import growth
from reports.statistics.computed import ComputedReport, Measure, ReportTable, Value

COMPARED = "C05"  # the figure that is compared with the period before
DRAWN = ("C05", "C04", "C01")  # the first that says something: participations, units, events
WITH_CODES = frozenset({"trade"})
ORDERED = frozenset({"year", "age", "skill"})


def build(report: ComputedReport, *, issued_by: str) -> Document:
    """Return the report as a document."""
    filters = [_("%(label)s: %(value)s", label=label, value=value) for label, value in report.filters]
    return Document(
        title=report.title,
        words=document_words(),
        subtitle=" · ".join([report.period, *filters]),
        meta=(
            (_("Reporting body"), report.scope),
            (_("Source"), _("Computed from the records of this system")),
            (_("Completeness"), report.completeness),
        ),
        figures=figures(report),
        tables=tuple(_table(report, table) for table in report.tables),
        definitions=(*_basis(report), *definitions(report)),
        signatures=(_("Head of the unit"), _("Compiled by"), _("Date"), _("Seal")),
        issued=_("Made %(when)s by %(who)s with Jiangsai", when=moment(report.computed_at), who=issued_by),
        issued_at=report.computed_at,
        landscape=True,
        cover=_cover(report),
    )


def _cover(report: ComputedReport) -> Cover:
    """Return the cover: who reports and for when; who answers for it signs the document."""
    made = report.computed_at.astimezone(clock.LOCAL).date()
    pairs = (
        (_("Reporting union"), report.scope), (_("Reporting period"), report.period), *report.filters,
        (_("Day"), day(made)),
    )  # fmt: skip
    return Cover(above=(report.scope,), below=pairs)


def figures(report: ComputedReport) -> tuple[Figure, ...]:
    """Return the key figures with their units."""
    pairs = [*zip(report.columns, report.totals, strict=True), *report.whole]
    return tuple(Figure(one.name, value, one.unit) for one, value in pairs)


def chart(report: ComputedReport, table: ReportTable) -> Chart | None:
    """Return participations by the dimension of a table; where none are told, units or events, or nothing."""
    codes = [one.code for one in report.columns]
    drawn = {place: [_number(row.values[place]) for row in table.rows] for place in map(codes.index, DRAWN)}
    place = next((place for place, values in drawn.items() if any(values)), None)
    if place is None:
        return None
    measure, values = report.columns[place], tuple(drawn[place])
    return Chart(
        title=_("%(figure)s, %(dimension)s", figure=measure.name, dimension=table.title.lower()),
        shape=Shape.BAR,
        categories=tuple(row.label for row in table.rows),
        series=(Series(measure.name, values),),
        unit=measure.unit,
        ordered=table.dimension in ORDERED,
        additive=measure.additive and not table.overlapping,
    )


def definitions(report: ComputedReport) -> tuple[Definition, ...]:
    """Return how each figure is counted, under its code in the dictionary of indicators."""
    measures = [*report.columns, *(one for one, _value in report.whole)]
    return tuple(Definition(_named(one), one.unit, one.definition) for one in measures)


def _named(one: Measure) -> str:
    return f"{one.code} {one.name}" if one.code.startswith("C0") else one.name


def _basis(report: ComputedReport) -> tuple[Definition, ...]:
    """Return what all figures have in common: of what, how completely and how they were computed."""
    pairs = [
        (_("Reporting body"), report.scope), (_("Reporting period"), report.period),
        (_("Years"), report.years), *report.filters, (_("Completeness"), report.completeness),
        (_("How this was computed"), " ".join(report.how)),
        *((_("Remark"), note) for note in report.notes),
    ]  # fmt: skip
    return tuple(Definition(label, "", text) for label, text in pairs)


def _number(value: Value) -> int | None:
    return value if isinstance(value, int) else None


def _table(report: ComputedReport, table: ReportTable) -> Table:
    code, grown = table.dimension in WITH_CODES, growth.is_compared(report, table)
    place = [one.code for one in report.columns].index(COMPARED)

    def line(*words: str, values: Sequence[Value], before: Sequence[Value]) -> tuple[Any, ...]:
        then = before[place] if before else None
        compared = (then, growth.share(values[place], then)) if grown else ()
        return (*(words if code else words[:1]), *values, *compared)

    return Table(
        title=table.title,
        columns=(
            Column(table.head),
            *((Column(_("Code")),) if code else ()),
            *(Column(one.name, Kind.INTEGER, one.unit) for one in report.columns),
            *(_grown() if grown else ()),
        ),
        rows=tuple(line(row.label, row.code, values=row.values, before=row.before) for row in table.rows),
        totals=line(_("Total"), "", values=report.totals, before=report.before) if table.rows else None,
        notes=(*table.notes, *_compared(grown), *report.notes),
        empty=_("Nothing fits these filters."),
        chart=chart(report, table) if len(table.rows) > 1 else None,  # one bar says no more than its row
    )


def _grown() -> tuple[Column, Column]:
    return Column(_("Previously"), Kind.INTEGER), Column(_("Growth"), Kind.CHANGE)


def _compared(grown: bool) -> tuple[str, ...]:
    return (_("“Previously” and “Growth” compare participations."),) if grown else ()
