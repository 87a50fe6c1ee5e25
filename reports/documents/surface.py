"""The surface that a chart is laid out on: rules, boxes, lines and labels, and the measures that they share.

Unit: points of a surface whose origin is the upper left corner.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from reports.documents.charts import said
from reports.documents.model import Chart, Shape

TONES = (
    "#a8231c", "#d58a6a", "#e9cfa8", "#1d5c80", "#8fb3c7",
    "#1f6b46", "#9cc3ab", "#9a6b16", "#6b6f8a", "#b9b4aa",
)  # fmt: skip
LINE_TONES = ("#a8231c", "#1d5c80", "#1f6b46", "#8a5200", "#5c636b", "#d58a6a")  # readable as thin lines
TEXT, GAP, ROW, KEY = 13.0, 8.0, 28.0, 11.0  # size of labels; air; height of a lying row; legend's square


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


def text_width(text: str, size: float = TEXT) -> float:
    """Return about how wide a text is in the widest of the usual fonts."""
    return sum(map(_advance, text)) * size


def _advance(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if character in " .,:;'il|":
        return 0.34
    return 0.72 if character.isupper() or character in "mwMW%" else 0.6


def colour(chart: Chart, tone: int) -> str:
    """Return the colour of a series: lines need stronger ones than areas."""
    tones = LINE_TONES if chart.shape is Shape.LINE else TONES
    return tones[tone % len(tones)]


def total(chart: Chart, index: int) -> int | Decimal:
    """Return the sum of a category over all series."""
    return sum((series.values[index] or 0 for series in chart.series), 0)


def says(chart: Chart, tone: int, index: int) -> str:
    """Return a value in words: category, series where there are several, value."""
    series = chart.series[tone]
    parts: Iterable[str] = (chart.categories[index], series.name if len(chart.series) > 1 else "")
    return f"{' · '.join(filter(None, parts))}: {said(series.values[index])}"


def shortened(name: str, room: float) -> str:
    """Return a name that fits, with an ellipsis where it does not."""
    if text_width(name) <= room:
        return name
    while name and text_width(name + "…") > room:
        name = name[:-1]
    return name + "…"
