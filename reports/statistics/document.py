"""A computed report as a document: charts, tables, definitions, for the workbook and the PDF."""

from collections.abc import Sequence

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
from reports.statistics.computed import ComputedReport, Measure, ReportTable, Value

PARTICIPATIONS = "C05"
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
            (_("Completeness"), _("Computed from the records of this system")),
        ),
        figures=figures(report),
        tables=tuple(_table(report, table) for table in report.tables),
        definitions=tuple(Definition(one.name, one.unit, one.definition) for one in _measures(report)),
        signatures=(_("Head of the unit"), _("Compiled by"), _("Date"), _("Seal")),
        issued=_("Made %(when)s by %(who)s with Jiangsai", when=moment(report.computed_at), who=issued_by),
        issued_at=report.computed_at,
        landscape=True,
        cover=_cover(report),
    )


def _cover(report: ComputedReport) -> Cover:
    """Return the cover: who reports and for when; who answers for it is written by hand."""
    made = report.computed_at.astimezone(clock.LOCAL).date()
    pairs = (
        (_("Reporting union"), report.scope), (_("Reporting period"), report.period), *report.filters,
        (_("Head of the union"), ""), (_("Filled in by"), ""), (_("Day"), day(made)),
    )  # fmt: skip
    return Cover(above=(report.scope,), below=pairs)


def figures(report: ComputedReport) -> tuple[Figure, ...]:
    """Return the key figures with their units."""
    pairs = [*zip(report.columns, report.totals, strict=True), *report.whole]
    return tuple(Figure(one.name, value, one.unit) for one, value in pairs)


def chart(report: ComputedReport, table: ReportTable) -> Chart:
    """Return participations by the dimension of a table."""
    place = [one.code for one in report.columns].index(PARTICIPATIONS)
    measure = report.columns[place]
    values = tuple(_number(row.values[place]) for row in table.rows)
    return Chart(
        title=_("%(figure)s, %(dimension)s", figure=measure.name, dimension=table.title.lower()),
        shape=Shape.BAR,
        categories=tuple(row.label for row in table.rows),
        series=(Series(measure.name, values),),
        unit=measure.unit,
        ordered=table.dimension in ORDERED,
        note=" ".join(table.notes[1:]),
    )


def _measures(report: ComputedReport) -> list[Measure]:
    return [*report.columns, *(one for one, _value in report.whole)]


def _number(value: Value) -> int | None:
    return value if isinstance(value, int) else None


def _table(report: ComputedReport, table: ReportTable) -> Table:
    code = table.dimension in WITH_CODES
    return Table(
        title=table.title,
        columns=(
            Column(table.head),
            *((Column(_("Code")),) if code else ()),
            *(Column(one.name, Kind.INTEGER, one.unit) for one in report.columns),
        ),
        rows=tuple(
            (row.label, *((row.code,) if code else ()), *row.values) for row in table.rows
        ),
        totals=_totals(report, ("",) if code else ()) if table.rows else None,
        notes=(*table.notes, *report.notes),
        empty=_("Nothing fits these filters."),
        chart=chart(report, table) if table.rows else None,
    )


def _totals(report: ComputedReport, code: Sequence[str]) -> tuple[Value, ...]:
    return (_("Total"), *code, *report.totals)
