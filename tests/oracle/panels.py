"""Section 4: the marks of a panel become one number."""

from fractions import Fraction
from typing import NamedTuple

from tests.oracle.arithmetic import median, rounded
from tests.oracle.findings import UnspecifiedError
from tests.oracle.scheme import Node, fraction, number
from tests.oracle.values import Value, points

AGREED_BY_DEFAULT = ("measurement", "deduction", "count", "time", "indicator")


class Panel(NamedTuple):
    """What a panel says: nothing at all, not everything yet, a finding, or a number."""

    state: str  # "no mark", "missing", "number" or the code of a finding
    number: Fraction = Fraction(0)
    seconds: Fraction | None = None


def method_of(aspect: Node) -> Node:
    """Return the panel with its defaults filled in."""
    panel = dict(aspect.get("panel", {}))
    panel.setdefault("method", "agreed" if aspect["kind"] in AGREED_BY_DEFAULT else "mean")
    if aspect["kind"] == "judgement":
        panel.setdefault("min_judges", 3)
        panel.setdefault("max_spread", "1")
    return with_defaults(panel)


def with_defaults(panel: Node) -> Node:
    """Fill in how many marks are left out and how many judges are needed."""
    drop = panel.get("drop", 1)
    fewest = 2 * drop + 1 if panel["method"] == "trimmed_mean" else 1
    return {"drop": drop, "min_judges": fewest, "missing": "refuse", "places": 2, **panel}


def panel_of(aspect: Node, given: dict[str, Value], members: set[str]) -> Panel:
    """Check the panel in the order of the text and return its number.

    `given`: the value of each judge who marked; `members`: the assigned judges without the absent ones.
    """
    panel = method_of(aspect)
    marks = {judge: value for judge, value in given.items() if judge in members}
    if not marks:
        return Panel("no mark")
    if panel["method"] != "agreed":
        if panel["missing"] == "refuse" and len(marks) < len(members):
            return Panel("missing")
        panel = panel_or_fallback(aspect, panel, len(marks))
        if not panel:
            return Panel("PANEL_SIZE")
    values = list(marks.values())
    spread = fraction(panel, "max_spread")
    if spread is not None and max(map(spread_value, values)) - min(map(spread_value, values)) > spread:
        return Panel("PANEL_SPREAD")
    if panel["method"] == "agreed" and any(value != values[0] for value in values):
        return Panel("PANEL_DISAGREES")
    seconds = joined(panel, values) if aspect["kind"] == "time" else None
    return Panel("number", panel_number(aspect, panel, values), seconds)


def panel_or_fallback(aspect: Node, panel: Node, judges: int) -> Node:
    """Return the panel, or with its fallback's method where too few judges are left, or nothing."""
    if aspect["kind"] == "judgement" and judges > panel["min_judges"]:
        return {}
    if judges >= panel["min_judges"]:
        return panel
    if "fallback" not in panel:
        return {}
    fallback = with_defaults(panel["fallback"])
    if judges < fallback["min_judges"]:
        return {}
    return {**panel, "method": fallback["method"], "drop": fallback["drop"]}


def spread_value(value: Value) -> Fraction:
    """Return the value entered as one number."""
    if not isinstance(value, Fraction):
        raise UnspecifiedError("the spread of values that are not one number")
    return value


def panel_number(aspect: Node, panel: Node, values: list[Value]) -> Fraction:
    """Join the judges' points and round once."""
    result = joined(panel, [points(aspect, value) for value in values])
    if aspect["kind"] == "judgement":
        result = result / (len(aspect["levels"]) - 1) * number(aspect, "max")
    return rounded(result, panel["places"])


def joined(panel: Node, marks: list[Fraction]) -> Fraction:
    """Apply the method of the panel, exactly."""
    if panel["method"] == "agreed":
        return marks[0]
    if panel["method"] == "sum":
        return sum(marks, Fraction(0))
    if panel["method"] == "median":
        return median(marks)
    if panel["method"] == "trimmed_mean":
        marks = sorted(marks)[panel["drop"] : len(marks) - panel["drop"]]
    return sum(marks, Fraction(0)) / len(marks)
