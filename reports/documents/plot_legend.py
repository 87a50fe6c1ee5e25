"""Lay out the legend: a square and a name for each series, in as many rows as they need."""

from reports.documents.model import Chart
from reports.documents.surface import GAP, KEY, ROW, Box, Label, Plot, colour, text_width


def legend(surface: Plot, chart: Chart) -> None:
    """Put the legend at the foot of the surface."""
    rows = _legend_rows(surface, chart)
    y = surface.height - ROW * 0.8 * (len(rows) - 1) - 4
    for row in rows:
        for x, tone in row:
            surface.boxes.append(Box(x, y - KEY + 1, KEY, KEY, colour(chart, tone)))
            surface.labels.append(Label(x + KEY + 6, y, chart.series[tone].name))
        y += ROW * 0.8


def _legend_rows(surface: Plot, chart: Chart) -> list[list[tuple[float, int]]]:
    rows: list[list[tuple[float, int]]] = [[]]
    x = 0.0
    for tone, series in enumerate(chart.series):
        width = KEY + 6 + text_width(series.name) + 18
        if rows[-1] and x + width - 18 > surface.width:
            rows.append([])
            x = 0.0
        rows[-1].append((x, tone))
        x += width
    return rows


def legend_height(surface: Plot, chart: Chart) -> float:
    """Return the room that the legend needs; one series needs none."""
    return ROW * 0.8 * len(_legend_rows(surface, chart)) + GAP if len(chart.series) > 1 else 0.0
