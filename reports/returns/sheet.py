"""A statistical return as a document: cover, declared figures, unions below, how everything is counted."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from competitions.catalogue.naming import name_of
from competitions.indicators import labels as words
from competitions.indicators.dictionary import by_key, indicators
from competitions.indicators.rules import Indicator
from competitions.returns.figures import from_json
from competitions.returns.labels import COMPLETE, STATES
from competitions.returns.models import UnionReturn
from competitions.returns.queries import Standing
from competitions.returns.rules import ACCEPTED, Figure, last_day_before, year_before
from core import clock
from core.i18n import day, moment
from reports.declared.sheet import told
from reports.documents import model
from reports.documents.model import (
    Cell,
    Chart,
    Column,
    Cover,
    Definition,
    Document,
    Kind,
    Series,
    Shape,
    Table,
)
from reports.documents.sheet_text import display_width
from reports.documents.words import document_words
from reports.papers.issue import Issue
from reports.statistics.growth import FEW, ratio

LEADING = ("C01", "C02", "C05", "C06", "C09")  # what stands first, and beside each union below


def build(
    given: UnionReturn, computed: Mapping[str, int | Decimal], below: Sequence[Standing],
    last: Mapping[str, Figure], issue: Issue,
) -> Document:  # fmt: skip
    """Return the document of a return; `below` are the unions directly below it.

    `last` is what the union had accepted for the same days a year ago.
    """
    period, figures = given.period, from_json(given.figures)
    days = _("%(first)s to %(last)s", first=day(period.first_day), last=day(period.last_day))
    tables = [_declared(figures), _beside(figures, computed)]
    given_below = [(one.union, one.given) for one in below if one.given is not None]
    accepted = [(union, from_json(one.figures)) for union, one in given_below if one.state == ACCEPTED]
    if last:
        tables.append(_compared(period, figures, last))
    if below:
        tables.append(_by_union(accepted))
    return Document(
        title=period.title,
        words=document_words(),
        subtitle=name_of(given.union),
        meta=((_("Reporting period"), days), (_("State"), str(STATES[given.state][1]))),
        figures=tuple(_leading(figures)),
        charts=tuple(_charts(accepted)),
        tables=tuple(tables),
        definitions=tuple(_definition(one) for one in indicators() if one.key in figures),
        signatures=(_("Head of the union (signature)"), _("Filled in by (signature)"), _("Seal and day")),
        issued=_("Made %(when)s by %(who)s with Jiangsai", when=moment(issue.now), who=issue.by),
        issued_at=issue.now,
        landscape=True,
        cover=_cover(given, days),
    )


def _cover(given: UnionReturn, days: str) -> Cover:
    signed = given.changed_at.astimezone(clock.LOCAL).date()
    pairs = [
        (_("Reporting union"), name_of(given.union)), (_("Reporting period"), days),
        (_("Head of the union"), given.head or "—"), (_("Filled in by"), given.filler or "—"),
        (_("Day"), day(signed)),
    ]  # fmt: skip
    return Cover(above=(name_of(given.union),), below=tuple(pairs))


def _leading(figures: Mapping[str, Figure]) -> list[model.Figure]:
    shown = [(by_key()[key], figures[key]) for key in LEADING if key in figures]
    return [
        model.Figure(words.name_of(one), _above(figure), words.unit_of(one), _exactness(figure))
        for one, figure in shown
        if figure.value is not None
    ]


def _declared(figures: Mapping[str, Figure]) -> Table:
    columns = (
        Column(_("Code"), width=8), Column(_("Indicator"), width=30),
        Column(_("Declared"), Kind.DECIMAL, mixed=True), Column(_("Unit"), width=12),
        Column(_("Exactness"), width=14), Column(_("Completeness"), width=16),
        Column(_("Of these, own level"), Kind.DECIMAL, mixed=True), Column(_("Remark"), width=34),
    )  # fmt: skip
    rows = tuple(_declared_row(by_key()[key], figure) for key, figure in figures.items())
    notes = (_("Declared by the union for itself and every union below it."),)
    empty = _("Nothing is declared.")
    return Table(_("Declared figures"), columns, rows, notes=notes, empty=empty)


def _declared_row(one: Indicator, figure: Figure) -> tuple[Cell, ...]:
    exact = str(words.QUALIFIERS[figure.qualifier]) if figure.value is not None else ""
    complete = str(COMPLETE[figure.complete]) if figure.value is not None else ""
    return (
        one.key, words.name_of(one), _number(figure), words.unit_of(one), exact, complete,
        _whole(figure.own), figure.remark,
    )  # fmt: skip


def _beside(figures: Mapping[str, Figure], computed: Mapping[str, int | Decimal]) -> Table:
    """Return what the records say beside what is declared: never added, never in one column."""
    columns = (
        Column(_("Code"), width=8), Column(_("Indicator"), width=34), Column(_("Unit"), width=14),
        Column(_("Declared"), Kind.DECIMAL, mixed=True),
        Column(_("Computed by the system"), Kind.DECIMAL, mixed=True),
    )  # fmt: skip
    rows = tuple(
        (
            one.key, words.name_of(one), words.unit_of(one), _signed(figures.get(one.key)),
            computed.get(one.key),
        )
        for one in indicators()
        if one.origin == "computed" or one.key in computed
    )  # fmt: skip
    notes = (_("Declared and computed figures stand side by side and are never added."), _legend())
    return Table(_("Declared and computed"), columns, rows, notes=notes)


def _compared(period: Any, figures: Mapping[str, Figure], last: Mapping[str, Figure]) -> Table:
    """Return what is declared beside what was declared for the same days a year ago."""
    begin, end = year_before(period.first_day), last_day_before(period.last_day)
    days = _("%(first)s to %(last)s", first=day(begin), last=day(end))
    columns = (
        Column(_("Code"), width=8), Column(_("Indicator"), width=34), Column(_("Unit"), width=14),
        Column(_("Declared"), Kind.DECIMAL, mixed=True),
        Column(_("Same period last year"), Kind.DECIMAL, mixed=True),
        Column(_("Growth on last year"), Kind.CHANGE),
    )  # fmt: skip
    rows = tuple(
        (
            one.key, words.name_of(one), words.unit_of(one), _signed(figures.get(one.key)),
            _signed(last.get(one.key)), _growth(figures.get(one.key), last.get(one.key)),
        )
        for one in indicators()
        if one.key in figures or one.key in last
    )  # fmt: skip
    compared = _("Same period last year: %(days)s, as it was accepted.", days=days)
    told_of = _("Growth is told between figures that are both exact and complete, from %(few)s on.", few=FEW)
    return Table(_("Same period last year"), columns, rows, notes=(compared, told_of, _legend()))


def _growth(now: Figure | None, then: Figure | None) -> Decimal | None:
    values = [one.value for one in (now, then) if one and one.qualifier == "=" and one.complete]
    if len(values) < 2 or values[0] is None or values[1] is None or values[1] < FEW:
        return None
    return ratio(values[0], values[1])


def _by_union(accepted: Sequence[tuple[Any, Mapping[str, Figure]]]) -> Table:
    known = [by_key()[key] for key in LEADING]
    columns = (
        Column(_("Union"), width=36),
        *(_figure_column(one) for one in known),
    )
    rows = tuple(
        (name_of(union), *(_signed(figures.get(one.key)) for one in known))
        for union, figures in accepted
    )
    title, empty = _("By union below"), _("No return of a union below is accepted yet.")
    notes = (_("Accepted returns of the unions directly below. Different people cannot be added."), _legend())
    return Table(title, columns, rows, notes=notes if rows else (), empty=empty)


def _figure_column(one: Indicator) -> Column:
    """Return a column as wide as its head, which some programs would break before its last bracket."""
    name, unit = words.name_of(one), words.unit_of(one)
    return Column(name, Kind.DECIMAL, unit, width=max(14, display_width(name + unit) + 8), mixed=True)


def _charts(accepted: Sequence[tuple[Any, Mapping[str, Figure]]]) -> list[Chart]:
    one = by_key()["C05"]
    values = [
        (_marked(name_of(union), figures["C05"]), _number(figures["C05"]))
        for union, figures in accepted if "C05" in figures
    ]  # fmt: skip
    if not values:
        return []
    title = _("%(figure)s by union", figure=words.name_of(one))
    series = Series(words.name_of(one), tuple(value for _name, value in values))
    return [Chart(title, Shape.BAR, tuple(name for name, _value in values), (series,), words.unit_of(one))]


def _marked(name: str, figure: Figure) -> str:
    """Return the name under a bar: a bar alone looks exact and complete."""
    said = _exactness(figure)
    return f"{name} ({said})" if said else name


def _definition(one: Indicator) -> Definition:
    return Definition(f"{one.key} {words.name_of(one)}", words.unit_of(one), words.definition_of(one))


def _exactness(figure: Figure) -> str:
    said = [] if figure.qualifier == "=" else [str(words.QUALIFIERS[figure.qualifier])]
    said += [] if figure.complete else [str(COMPLETE[False])]
    return " · ".join(said)


def _signed(figure: Figure | None) -> Cell:
    """Return a figure with its sign, wherever no column of its own says how exact and complete it is."""
    return None if figure is None or figure.value is None else told(figure)


def _above(figure: Figure) -> Cell:
    """Return a figure that stands on top, with its sign; how complete it is stands beside it in words."""
    return _signed(replace(figure, complete=True))


def _legend() -> str:
    return _("≈ about, > more than, ≥ at least; * incomplete.")


def _number(figure: Figure) -> int | Decimal | None:
    return _whole(figure.value)


def _whole(value: Decimal | None) -> int | Decimal | None:
    return int(value) if value is not None and value == int(value) else value
