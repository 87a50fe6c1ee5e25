"""A published report as a document: the page, the workbook and the PDF say the same."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from competitions.indicators.labels import KINDS, QUALIFIERS
from core import clock
from core.i18n import current_locale, day, moment
from reports.documents import model
from reports.documents.model import Chart, Column, Cover, Definition, Document, Kind, Series, Shape, Table
from reports.documents.words import document_words
from reports.papers.issue import Issue
from reports.published.models import PublishedReport
from reports.published.queries import lines_of
from reports.published.rules import Line

OF_KIND: dict[str, Any] = {**KINDS, "unclear": _l("people or person-times, not said"), "text": ""}
# A chart holds what is counted alike; figures that a report once put on one axis without that have none.
CHARTS = {"全国五一劳动奖和工人先锋号": _l("National honours")}


def build(report: PublishedReport, issue: Issue) -> Document:
    """Return the document of a report."""
    lines = lines_of(report)
    return Document(
        title=told(report, "title"),
        words=document_words(),
        subtitle=told(report, "reporter"),
        meta=((_("Reporting period"), told(report, "period")),),
        figures=tuple(leading(lines)),
        charts=tuple(charts(lines)),
        tables=tuple(tables(lines)),
        definitions=(*definitions(lines), Definition(_("Source"), "", told(report, "source"))),
        signatures=(_("Head of the union (signature)"), _("Filled in by (signature)"), _("Seal and day")),
        issued=_("Made %(when)s by %(who)s with Jiangsai", when=moment(issue.now), who=issue.by),
        issued_at=issue.now,
        landscape=True,
        cover=_cover(report, issue),
    )


def told(thing: Any, name: str) -> str:
    """Return a text in the language of the request."""
    english = getattr(thing, f"{name}_en")
    chinese = getattr(thing, name, None)
    return str(english) if current_locale() == "en" else str(chinese or getattr(thing, f"{name}_zh", ""))


def leading(lines: Iterable[Line]) -> list[model.Figure]:
    """Return the figures that stand on top, each with its sign and its kind."""
    return [
        model.Figure(told(line, "name"), exact(line), told(line, "unit"), str(OF_KIND[line.kind]), Kind.TEXT)
        for line in lines
        if line.lead
    ]


def exact(line: Line) -> str:
    """Return a figure with its sign, as it stands in a sentence: > 25,000."""
    if line.value is None:
        return "—"
    return f"{line.value:,f}" if line.qualifier == "=" else f"{line.qualifier} {line.value:,f}"


def tables(lines: Sequence[Line]) -> list[Table]:
    """Return a table for each section."""
    columns = (
        Column(_("Content"), width=26), Column(_("Sign"), width=7),
        Column(_("Value"), Kind.INTEGER, width=13), Column(_("Unit"), width=11),
        Column(_("Kind of number"), width=15),
        Column(_("Completeness"), width=13), Column(_("As printed"), width=20), Column(_("Remark"), width=26),
    )  # fmt: skip
    wanted = columns if current_locale() == "zh" else (*columns[:6], columns[7])  # the source is in Chinese
    ordered = sorted(lines, key=lambda line: [one.section_zh for one in lines].index(line.section_zh))
    return [
        Table(told(group[0], "section"), wanted, tuple(_row(line) for line in group))
        for _section, members in groupby(ordered, key=lambda line: line.section_zh)
        if (group := list(members))
    ]


def _row(line: Line) -> tuple[str | int | None, ...]:
    complete = _("incomplete") if line.complete == "no" else ("" if line.value is None else _("not said"))
    printed = (line.printed,) if current_locale() == "zh" else ()
    return (
        told(line, "name"), line.qualifier, _whole(line.value), told(line, "unit"), str(OF_KIND[line.kind]),
        complete, *printed, told(line, "note"),
    )  # fmt: skip


def charts(lines: Iterable[Line]) -> list[Chart]:
    """Return a chart for each group of figures that may stand on one axis."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        if line.chart in CHARTS and line.qualifier in {"", "="}:  # a bar has no sign
            found.setdefault(line.chart, []).append(line)
    return [_chart(name, group) for name, group in found.items()]


def _chart(name: str, group: Sequence[Line]) -> Chart:
    labels = tuple(told(line, "name") for line in group)
    series = Series(_("Value"), tuple(_whole(line.value) for line in group))
    return Chart(str(CHARTS[name]), Shape.BAR, labels, (series,), additive=False)


def definitions(lines: Iterable[Line]) -> tuple[Definition, ...]:
    """Return what the kinds of numbers and the signs mean that occur."""
    kinds, signs = {line.kind for line in lines}, {line.qualifier for line in lines}
    about = {
        "sittings": _("How often something was held."),
        "participations": _("Everybody each time: whoever takes part in three is counted three times."),
        "people": _("Different people, each once."),
        "coverage": _("Employees whom something reaches; never added to the people who took part."),
        "number": _("Different things, each once."),
        "hours": _("Hours in all."),
        "unclear": _("The source does not say which; it is kept as printed and added to neither."),
    }
    found = [Definition(str(OF_KIND[kind]), "", text) for kind, text in about.items() if kind in kinds]
    text = _("The sign that belongs to the figure as it was printed.")
    return (*found, *(Definition(str(word), "", text) for sign, word in QUALIFIERS.items() if sign in signs))


def _cover(report: PublishedReport, issue: Issue) -> Cover:
    pairs = (
        (_("Reporting union"), told(report, "reporter")), (_("Reporting period"), told(report, "period")),
        (_("Source"), told(report, "source")),
        (_("Day"), day(issue.now.astimezone(clock.LOCAL).date())),
    )  # fmt: skip
    return Cover(above=(told(report, "reporter"),), below=pairs)


def _whole(value: Decimal | None) -> int | None:
    return None if value is None else int(value)
