"""Prepare a chart for drawing: few enough categories, and words that say what it shows."""

import dataclasses

from reports.documents.cells import MISSING, number
from reports.documents.model import Chart, Number, Series, Words

MOST_CATEGORIES = 12


def folded(chart: Chart, words: Words, most: int = MOST_CATEGORIES) -> Chart:
    """Return the chart with at most `most` categories, greatest first where some fall away.

    Values that may be added are gathered into a last category "other"; values that may not (distinct
    people) are left out, and the note says how many are shown. Ordered categories stay.
    """
    if chart.ordered or len(chart.categories) <= most:
        return chart
    order = sorted(range(len(chart.categories)), key=lambda index: (-_weight(chart, index), index))
    kept = order[: most - 1] if chart.additive else order[:most]
    rest = order[len(kept) :] if chart.additive else []
    categories = [chart.categories[index] for index in kept] + ([words.other] if rest else [])
    series = tuple(dataclasses.replace(one, values=_gathered(one, kept, rest)) for one in chart.series)
    note = chart.note if rest else words.top % {"shown": most, "total": len(order)}
    return dataclasses.replace(chart, categories=tuple(categories), series=series, note=note)


def description(chart: Chart) -> str:
    """Return the chart in words, for those who do not see it: the caller's, or every value by category."""
    if chart.description:
        return chart.description
    unit = f" {chart.unit}" if chart.unit else ""
    return "; ".join(f"{name}: {_said(chart, index)}" for index, name in enumerate(chart.categories)) + unit


def said(value: Number) -> str:
    """Return a value of a chart as text."""
    return MISSING if value is None else number(value)


def _said(chart: Chart, index: int) -> str:
    if len(chart.series) == 1:
        return said(chart.series[0].values[index])
    return ", ".join(f"{series.name} {said(series.values[index])}" for series in chart.series)


def _weight(chart: Chart, index: int) -> int:
    return round(sum(10**6 * (series.values[index] or 0) for series in chart.series))


def _gathered(series: Series, kept: list[int], rest: list[int]) -> tuple[Number, ...]:
    values = [series.values[index] for index in kept]
    if rest:
        values.append(sum((series.values[index] or 0 for index in rest), 0))
    return tuple(values)
