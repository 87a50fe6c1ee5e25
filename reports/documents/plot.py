"""Lay a chart out as lines, boxes and labels on a surface; the page and the PDF draw the same plot.

Unit: points of a surface whose origin is the upper left corner.
"""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from reports.documents.axis import Axis, axis_for
from reports.documents.charts import folded, said
from reports.documents.model import Chart, Number, Shape, Words

TONES = (
    "#a8231c", "#d58a6a", "#e9cfa8", "#1d5c80", "#8fb3c7",
    "#1f6b46", "#9cc3ab", "#9a6b16", "#6b6f8a", "#b9b4aa",
)  # fmt: skip
LINE_TONES = ("#a8231c", "#1d5c80", "#1f6b46", "#8a5200", "#5c636b", "#d58a6a")  # readable as thin lines
TEXT, GAP, ROW, KEY = 13.0, 8.0, 28.0, 11.0  # size of labels; air; height of a lying row; legend's square
_BAR_SHARE, _WIDEST_BAR, _LABEL_SHARE = 0.56, 40.0, 0.34


@dataclass(frozen=True, slots=True)
class Box:
    """A bar, or a square of the legend; `says` is its value in words."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of the grid, or the strong one that bars stand on."""

    x1: float
    y1: float
    x2: float
    y2: float
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A text at its baseline; `anchor` is start, middle or end."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Trace:
    """A line through the points of a series."""

    points: tuple[tuple[float, float], ...]
    stroke: str
    says: str = ""


@dataclass(slots=True)
class Plot:
    """What to draw, from back to front: rules, boxes, traces, labels."""

    width: float
    height: float
    rules: list[Rule] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    traces: list[Trace] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)


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
    if _lies(chart, width):
        _lying(surface, chart)
    else:
        _standing(surface, chart, words)
    if len(chart.series) > 1:
        _legend(surface, chart)
    if chart.note:
        surface.height += TEXT * 1.8
        surface.labels.append(Label(0, surface.height - 4, chart.note))
    return surface


def text_width(text: str, size: float = TEXT) -> float:
    """Return about how wide a text is in the widest of the usual fonts."""
    return sum(map(_advance, text)) * size


def _advance(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if character in " .,:;'il|":
        return 0.34
    return 0.72 if character.isupper() or character in "mwMW%" else 0.6


def _lies(chart: Chart, width: float) -> bool:
    if chart.shape is Shape.LINE or chart.ordered or not chart.categories:
        return False
    slot = (width - 60) / len(chart.categories)
    return any(text_width(name) > slot - 6 for name in chart.categories)


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
        values = [_total(chart, index) for index in range(len(chart.categories))]
    whole = all(isinstance(value, int) for value in values if value is not None)
    axis = axis_for(values, words, chart.unit, whole=whole)
    left = max(map(text_width, axis.labels)) + GAP
    top = TEXT * 2.4 if axis.caption else TEXT * 1.4
    slot = (surface.width - left) / max(1, len(chart.categories))
    over = max(0.0, (max(map(text_width, chart.categories), default=0) - slot) / 2)
    bottom = surface.height - TEXT * 2 - _legend_height(surface, chart)
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
            says = _says(chart, tone, index)
            surface.boxes.append(_bar(field_, (x, thick), (0, value), _colour(chart, tone), says))
            if says_values:
                surface.labels.append(Label(centre, field_.y(value) - 5, said(value), "middle", strong=True))


def _stacks(surface: Plot, chart: Chart, field_: Field) -> None:
    slot = (field_.right - field_.left) / max(1, len(chart.categories))
    thick = min(_WIDEST_BAR, slot * _BAR_SHARE)
    totals = [said(_total(chart, index)) for index in range(len(chart.categories))]
    says_totals = chart.additive and all(text_width(total) <= slot for total in totals)
    for index in range(len(chart.categories)):
        centre, foot = field_.left + slot * (index + 0.5), Decimal(0)
        for tone, series in enumerate(chart.series):
            head = foot + Decimal(series.values[index] or 0)
            place, says = (centre - thick / 2, thick), _says(chart, tone, index)
            surface.boxes.append(_bar(field_, place, (foot, head), _colour(chart, tone), says))
            foot = head
        if says_totals:
            surface.labels.append(Label(centre, field_.y(foot) - 5, totals[index], "middle", strong=True))


def _bar(field_: Field, place: tuple[float, float], ends: tuple[Number, Number], fill: str, says: str) -> Box:
    top, bottom = sorted((field_.y(ends[0]), field_.y(ends[1])))
    return Box(place[0], top, place[1], bottom - top, fill, says)


def _colour(chart: Chart, tone: int) -> str:
    tones = LINE_TONES if chart.shape is Shape.LINE else TONES
    return tones[tone % len(tones)]


def _lines(surface: Plot, chart: Chart, field_: Field) -> None:
    slot = (field_.right - field_.left) / max(1, len(chart.categories))
    for tone, series in enumerate(chart.series):
        points: list[tuple[float, float]] = []
        for index, value in enumerate([*series.values, None]):
            if value is not None:
                points.append((field_.left + slot * (index + 0.5), field_.y(value)))
            elif points:  # a year without a value breaks the line instead of drawing a zero
                surface.traces.append(Trace(tuple(points), _colour(chart, tone), series.name))
                points = []


def _lying(surface: Plot, chart: Chart) -> None:
    stacked = chart.shape is Shape.STACKED
    lanes = 1 if stacked else len(chart.series)
    row = ROW if lanes == 1 else lanes * 16 + 12
    names = [_shortened(name, surface.width * _LABEL_SHARE) for name in chart.categories]
    left = max(map(text_width, names)) * 1.06 + GAP
    values: list[int | Decimal] = [value or 0 for series in chart.series for value in series.values]
    if stacked:
        values = [_total(chart, index) for index in range(len(names))]
    room = surface.width - left - max(text_width(said(value)) for value in values) - GAP
    per_unit = room / (max(abs(float(value)) for value in values) or 1.0)
    top = TEXT * 1.8 if chart.unit else 0.0
    if chart.unit:
        surface.labels.append(Label(0, TEXT, chart.unit))
    surface.height = top + row * len(names) + GAP + _legend_height(surface, chart)
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
            says = _says(chart, tone, index)
            surface.boxes.append(Box(left, y, length, thick, _colour(chart, tone), says))
        label = Label(left + length + 6, y + thick / 2 + TEXT * 0.36, said(value), strong=True)
        surface.labels.append(label)


def _lying_stack(
    surface: Plot, chart: Chart, index: int, start: tuple[float, float], per_unit: float
) -> None:
    x, middle = start
    for tone, series in enumerate(chart.series):
        length = float(max(0, series.values[index] or 0)) * per_unit
        if length:
            says = _says(chart, tone, index)
            surface.boxes.append(Box(x, middle - 8, length, 16, _colour(chart, tone), says))
        x += length
    if chart.additive:
        total = said(_total(chart, index))
        surface.labels.append(Label(x + 6, middle + TEXT * 0.36, total, strong=True))


def _legend(surface: Plot, chart: Chart) -> None:
    rows = _legend_rows(surface, chart)
    y = surface.height - ROW * 0.8 * (len(rows) - 1) - 4
    for row in rows:
        for x, tone in row:
            surface.boxes.append(Box(x, y - KEY + 1, KEY, KEY, _colour(chart, tone)))
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


def _legend_height(surface: Plot, chart: Chart) -> float:
    return ROW * 0.8 * len(_legend_rows(surface, chart)) + GAP if len(chart.series) > 1 else 0.0


def _total(chart: Chart, index: int) -> int | Decimal:
    return sum((series.values[index] or 0 for series in chart.series), 0)


def _says(chart: Chart, tone: int, index: int) -> str:
    series = chart.series[tone]
    parts: Iterable[str] = (chart.categories[index], series.name if len(chart.series) > 1 else "")
    return f"{' · '.join(filter(None, parts))}: {said(series.values[index])}"


def _shortened(name: str, room: float, measure: Callable[[str], float] = text_width) -> str:
    if measure(name) <= room:
        return name
    while name and measure(name + "…") > room:
        name = name[:-1]
    return name + "…"
