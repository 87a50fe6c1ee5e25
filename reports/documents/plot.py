"""Lay a chart out as lines, boxes and labels on a surface; the page and the PDF draw the same plot.

Unit: points of a surface whose origin is the upper left corner.
"""

from dataclasses import dataclass
from decimal import Decimal

from reports.documents.axis import Axis, axis_for
from reports.documents.charts import folded, said
from reports.documents.model import Chart, Number, Shape, Words
from reports.documents.plot_legend import legend, legend_height
from reports.documents.plot_lying import lies, lying
from reports.documents.surface import (
    GAP,
    TEXT,
    Box,
    Label,
    Plot,
    Rule,
    Trace,
    colour,
    says,
    text_width,
    total,
)  # fmt: skip

_BAR_SHARE, _WIDEST_BAR = 0.56, 40.0  # of the room of a category; points


@dataclass(frozen=True, slots=True)
class Field:
    """The part of the surface that values are drawn in."""

    left: float
    top: float
    right: float
    bottom: float
    axis: Axis

    def y(self, value: Number) -> float:
        """Return the height of a value."""
        share = (Decimal(value or 0) - self.axis.low) / self.axis.span
        return self.bottom - float(share) * (self.bottom - self.top)


def plot(chart: Chart, words: Words, width: float = 560, height: float = 260) -> Plot:
    """Lay out a chart; long names of categories make it lie, and its height follows from their number."""
    chart = folded(chart, words)
    surface = Plot(width, height)
    if lies(chart, width):
        lying(surface, chart)
    else:
        _standing(surface, chart, words)
    if len(chart.series) > 1:
        legend(surface, chart)
    if chart.note:
        surface.height += TEXT * 1.8
        surface.labels.append(Label(0, surface.height - 4, chart.note))
    return surface


def _standing(surface: Plot, chart: Chart, words: Words) -> None:
    field_ = _field(surface, chart, words)
    if field_.axis.caption:
        surface.labels.append(Label(0, TEXT, field_.axis.caption))
    for tick, label in zip(field_.axis.ticks, field_.axis.labels, strict=True):
        y = field_.y(tick)
        surface.rules.append(Rule(field_.left, y, field_.right, y, strong=tick == 0))
        surface.labels.append(Label(field_.left - GAP, y + TEXT * 0.36, label, "end"))
    _category_labels(surface, chart, field_)
    draw = {Shape.BAR: _bars, Shape.STACKED: _stacks, Shape.LINE: _lines}[chart.shape]
    draw(surface, chart, field_)


def _field(surface: Plot, chart: Chart, words: Words) -> Field:
    values = [value for series in chart.series for value in series.values]
    if chart.shape is Shape.STACKED:
        values = [total(chart, index) for index in range(len(chart.categories))]
    whole = all(isinstance(value, int) for value in values if value is not None)
    axis = axis_for(values, words, chart.unit, whole=whole)
    left = max(map(text_width, axis.labels)) + GAP
    top = TEXT * 2.4 if axis.caption else TEXT * 1.4
    slot = (surface.width - left) / max(1, len(chart.categories))
    over = max(0.0, (max(map(text_width, chart.categories), default=0) - slot) / 2)
    bottom = surface.height - TEXT * 2 - legend_height(surface, chart)
    return Field(left, top, surface.width - over, bottom, axis)


def _category_labels(surface: Plot, chart: Chart, field_: Field) -> None:
    slot = (field_.right - field_.left) / max(1, len(chart.categories))
    widest = max((text_width(name) for name in chart.categories), default=0)
    every = max(1, -int(-(widest + 6) // slot)) if slot else 1
    for index in range(0, len(chart.categories), every):
        x = field_.left + slot * (index + 0.5)
        surface.labels.append(Label(x, field_.bottom + TEXT * 1.6, chart.categories[index], "middle"))


def _bars(surface: Plot, chart: Chart, field_: Field) -> None:
    slot = (field_.right - field_.left) / max(1, len(chart.categories))
    share = _BAR_SHARE if len(chart.series) == 1 else 0.76
    thick = min(_WIDEST_BAR, slot * share / max(1, len(chart.series)))
    says_values = len(chart.series) == 1 and all(text_width(said(v)) <= slot for v in chart.series[0].values)
    for tone, series in enumerate(chart.series):
        for index, value in enumerate(series.values):
            centre = field_.left + slot * (index + 0.5)
            x = centre + thick * (tone - len(chart.series) / 2)
            words = says(chart, tone, index)
            surface.boxes.append(_bar(field_, (x, thick), (0, value), colour(chart, tone), words))
            if says_values:
                surface.labels.append(Label(centre, field_.y(value) - 5, said(value), "middle", strong=True))


def _stacks(surface: Plot, chart: Chart, field_: Field) -> None:
    slot = (field_.right - field_.left) / max(1, len(chart.categories))
    thick = min(_WIDEST_BAR, slot * _BAR_SHARE)
    totals = [said(total(chart, index)) for index in range(len(chart.categories))]
    says_totals = chart.additive and all(text_width(total) <= slot for total in totals)
    for index in range(len(chart.categories)):
        centre, foot = field_.left + slot * (index + 0.5), Decimal(0)
        for tone, series in enumerate(chart.series):
            head = foot + Decimal(series.values[index] or 0)
            place, words = (centre - thick / 2, thick), says(chart, tone, index)
            surface.boxes.append(_bar(field_, place, (foot, head), colour(chart, tone), words))
            foot = head
        if says_totals:
            surface.labels.append(Label(centre, field_.y(foot) - 5, totals[index], "middle", strong=True))


def _bar(field_: Field, place: tuple[float, float], ends: tuple[Number, Number], fill: str, says: str) -> Box:
    top, bottom = sorted((field_.y(ends[0]), field_.y(ends[1])))
    return Box(place[0], top, place[1], bottom - top, fill, says)


def _lines(surface: Plot, chart: Chart, field_: Field) -> None:
    slot = (field_.right - field_.left) / max(1, len(chart.categories))
    for tone, series in enumerate(chart.series):
        points: list[tuple[float, float]] = []
        for index, value in enumerate([*series.values, None]):
            if value is not None:
                points.append((field_.left + slot * (index + 0.5), field_.y(value)))
            elif points:  # a year without a value breaks the line instead of drawing a zero
                surface.traces.append(Trace(tuple(points), colour(chart, tone), series.name))
                points = []
