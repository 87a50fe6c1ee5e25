"""Lay out lying bars: long names of categories stand beside them, every bar ends with its value."""

from decimal import Decimal

from reports.documents.charts import said
from reports.documents.model import Chart, Shape
from reports.documents.plot_legend import legend_height
from reports.documents.surface import (
    GAP,
    ROW,
    TEXT,
    Box,
    Label,
    Plot,
    Rule,
    colour,
    says,
    shortened,
    text_width,
    total,
)  # fmt: skip

_LABEL_SHARE = 0.34  # of the width, for the names


def lies(chart: Chart, width: float) -> bool:
    """Tell whether the names of the categories are too long to stand below bars."""
    if chart.shape is Shape.LINE or chart.ordered or not chart.categories:
        return False
    slot = (width - 60) / len(chart.categories)
    return any(text_width(name) > slot - 6 for name in chart.categories)


def lying(surface: Plot, chart: Chart) -> None:
    """Lay out the bars; the height of the surface follows from their number."""
    stacked = chart.shape is Shape.STACKED
    lanes = 1 if stacked else len(chart.series)
    row = ROW if lanes == 1 else lanes * 16 + 12
    names = [shortened(name, surface.width * _LABEL_SHARE) for name in chart.categories]
    left = max(map(text_width, names)) * 1.06 + GAP
    values: list[int | Decimal] = [value or 0 for series in chart.series for value in series.values]
    if stacked:
        values = [total(chart, index) for index in range(len(names))]
    room = surface.width - left - max(text_width(said(value)) for value in values) - GAP
    per_unit = room / (max(abs(float(value)) for value in values) or 1.0)
    top = TEXT * 1.8 if chart.unit else 0.0
    if chart.unit:
        surface.labels.append(Label(0, TEXT, chart.unit))
    surface.height = top + row * len(names) + GAP + legend_height(surface, chart)
    for index, name in enumerate(names):
        middle = top + row * (index + 0.5)
        surface.labels.append(Label(left - GAP, middle + TEXT * 0.36, name, "end"))
        draw = _lying_stack if stacked else _lying_bars
        draw(surface, chart, index, (left, middle), per_unit)
    surface.rules.append(Rule(left, top, left, top + row * len(names), strong=True))


def _lying_bars(
    surface: Plot, chart: Chart, index: int, start: tuple[float, float], per_unit: float
) -> None:
    left, middle = start
    lanes = len(chart.series)
    thick = 16.0 if lanes == 1 else 14.0
    for tone, series in enumerate(chart.series):
        value = series.values[index]
        length = float(max(0, value or 0)) * per_unit
        y = middle + (tone - lanes / 2) * (thick + 2 if lanes > 1 else thick)
        if length:
            box = Box(left, y, length, thick, colour(chart, tone), says(chart, tone, index))
            surface.boxes.append(box)
        label = Label(left + length + 6, y + thick / 2 + TEXT * 0.36, said(value), strong=True)
        surface.labels.append(label)


def _lying_stack(
    surface: Plot, chart: Chart, index: int, start: tuple[float, float], per_unit: float
) -> None:
    x, middle = start
    for tone, series in enumerate(chart.series):
        length = float(max(0, series.values[index] or 0)) * per_unit
        if length:
            box = Box(x, middle - 8, length, 16, colour(chart, tone), says(chart, tone, index))
            surface.boxes.append(box)
        x += length
    if chart.additive:
        label = Label(x + 6, middle + TEXT * 0.36, said(total(chart, index)), strong=True)
        surface.labels.append(label)
