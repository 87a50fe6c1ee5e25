"""Draw a chart as SVG for a page: no style attributes (the page's policy forbids them), words for all."""

from collections.abc import Iterable

from markupsafe import Markup, escape

from reports.documents.charts import description
from reports.documents.model import Chart, Words
from reports.documents.pen import INK, LINE, SOFT, STRONG_LINE
from reports.documents.plot import plot
from reports.documents.surface import TEXT, Box, Label, Plot, Rule, Trace


def render(chart: Chart, words: Words, *, ref: str, width: float = 560, height: float = 260) -> Markup:
    """Return the chart as an SVG element that scales to its column.

    `ref` makes the ids of this chart unique on its page. Classes: chart, chart__label, chart__value,
    chart__bar, chart__line, chart__point, chart__grid, chart__axis; without a stylesheet the presentation
    attributes give the colours and sizes.
    """
    surface = plot(chart, words, width, height)
    parts = [*_head(chart, surface, ref), *map(_rule, surface.rules), *map(_box, surface.boxes)]
    parts += [part for trace in surface.traces for part in _trace(trace)]
    parts += map(_label, surface.labels)
    return Markup("".join([*parts, "</svg>"]))  # noqa: S704 - every text in the parts is escaped


def _head(chart: Chart, surface: Plot, ref: str) -> Iterable[str]:
    view = f"0 0 {_n(surface.width)} {_n(surface.height)}"
    yield (
        f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" role="img" viewBox="{view}" width="100%" '
        f'aria-labelledby="{escape(ref)}-t {escape(ref)}-d" font-size="{_n(TEXT)}">'
    )
    yield f'<title id="{escape(ref)}-t">{escape(chart.title)}</title>'
    yield f'<desc id="{escape(ref)}-d">{escape(description(chart))}</desc>'


def _rule(rule: Rule) -> str:
    name, colour = ("chart__axis", STRONG_LINE) if rule.strong else ("chart__grid", LINE)
    return (
        f'<path class="{name}" d="M{_n(rule.x1)} {_n(rule.y1)}L{_n(rule.x2)} {_n(rule.y2)}" '
        f'stroke="{colour}" fill="none"/>'
    )


def _box(box: Box) -> str:
    return (
        f'<rect class="chart__bar" x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}" '
        f'height="{_n(box.height)}" fill="{box.fill}">{_tip(box.says)}</rect>'
    )


def _trace(trace: Trace) -> Iterable[str]:
    path = "L".join(f"{_n(x)} {_n(y)}" for x, y in trace.points)
    line = f'd="M{path}" fill="none" stroke="{trace.stroke}" stroke-width="2"'
    yield f'<path class="chart__line" {line}>{_tip(trace.says)}</path>'
    for x, y in trace.points:
        place = f'cx="{_n(x)}" cy="{_n(y)}" r="3.5"'
        yield f'<circle class="chart__point" {place} fill="{trace.stroke}" stroke="#ffffff"/>'


def _label(label: Label) -> str:
    name, colour = ("chart__value", INK) if label.strong else ("chart__label", SOFT)
    anchor = "" if label.anchor == "start" else f' text-anchor="{label.anchor}"'
    place = f'x="{_n(label.x)}" y="{_n(label.y)}"'
    return f'<text class="{name}" {place} fill="{colour}"{anchor}>{escape(label.text)}</text>'


def _tip(text: str) -> str:
    return f"<title>{escape(text)}</title>" if text else ""


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
