"""Section 3: what a judge enters, and the points it is worth before the panel."""

from fractions import Fraction
from typing import Any

from tests.oracle.arithmetic import clamped, is_number, is_whole
from tests.oracle.scheme import Node, fraction, number

Value = Any  # Fraction; (hits, false); (achieved, target); "yes" or "no"
Read = tuple[Value, list[str]]


def read_value(aspect: Node, text: str) -> Read:
    """Return the value a judge entered, with the codes of what is wrong with it."""
    return READERS[aspect["kind"]](aspect, text)


def check_limits(aspect: Node, value: Fraction, low: Fraction | None, high: Fraction | None) -> Read:
    """Check a number against its limits and its step."""
    codes = []
    if (low is not None and value < low) or (high is not None and value > high):
        codes.append("SCORE_RANGE")
    if (value / number(aspect, "step", "0.01")).denominator != 1:
        codes.append("SCORE_STEP")
    return value, codes


def read_score(aspect: Node, text: str) -> Read:
    """Read points between `min` and `max`."""
    if not is_number(text):
        return None, ["SCORE_FORMAT"]
    return check_limits(aspect, Fraction(text), number(aspect, "min"), number(aspect, "max"))


def read_judgement(aspect: Node, text: str) -> Read:
    """Read a level."""
    if not is_number(text):
        return None, ["SCORE_FORMAT"]
    if not is_whole(text) or not 0 <= int(text) < len(aspect["levels"]):
        return None, ["JUDGEMENT_VALUE"]
    return Fraction(text), []


def read_measurement(aspect: Node, text: str) -> Read:
    """Read points, yes or no, or a measured value."""
    entry = aspect.get("entry", "points")
    if entry == "pass":
        return (text, []) if text in ("yes", "no") else (None, ["SCORE_FORMAT"])
    if not is_number(text):
        return None, ["SCORE_FORMAT"]
    if entry == "value":
        return check_limits(aspect, Fraction(text), None, None)
    return check_limits(aspect, Fraction(text), Fraction(0), number(aspect, "max"))


def read_count(_aspect: Node, text: str) -> Read:
    """Read `hits` or `hits/false`."""
    parts = text.split("/")
    if len(parts) > 2 or not all(is_whole(part) for part in parts):
        return None, ["SCORE_FORMAT"]
    hits, false = [*map(Fraction, parts), Fraction(0)][:2]
    return (hits, false), ["SCORE_RANGE"] if hits < 0 or false < 0 else []


def read_deduction(aspect: Node, text: str) -> Read:
    """Read a number of faults, or points lost where the aspect has no `per`."""
    if not (is_whole(text) if "per" in aspect else is_number(text)):
        return None, ["SCORE_FORMAT"]
    return Fraction(text), ["SCORE_RANGE"] if Fraction(text) < 0 else []


def read_time(_aspect: Node, text: str) -> Read:
    """Read seconds with up to three decimals."""
    if not is_number(text) or len(text.partition(".")[2]) > 3:
        return None, ["SCORE_FORMAT"]
    return Fraction(text), ["SCORE_RANGE"] if Fraction(text) < 0 else []


def read_indicator(aspect: Node, text: str) -> Read:
    """Read `achieved`, or `achieved/target`."""
    parts = text.split("/")
    if len(parts) == 1 and "target" in aspect:
        parts.append(aspect["target"])
    if len(parts) != 2 or not all(is_number(part) for part in parts):
        return None, ["SCORE_FORMAT"]
    achieved, target = map(Fraction, parts)
    return (achieved, target), ["SCORE_RANGE"] if achieved < 0 or target <= 0 else []


READERS = {
    "score": read_score, "judgement": read_judgement, "measurement": read_measurement, "count": read_count,
    "deduction": read_deduction, "time": read_time, "indicator": read_indicator,
}


def points(aspect: Node, value: Value) -> Fraction:
    """Return the points of one judge's value; for a judgement the level itself."""
    return POINTS[aspect["kind"]](aspect, value)


def itself(_aspect: Node, value: Fraction) -> Fraction:
    """A score is its points, a judgement its level."""
    return value


def measurement_points(aspect: Node, value: Value) -> Fraction:
    """Give the points, all or nothing, or the points of the first band that reaches the value."""
    entry = aspect.get("entry", "points")
    if entry == "points":
        return Fraction(value)
    if entry == "pass":
        return number(aspect, "max") if value == "yes" else Fraction(0)
    nominal = fraction(aspect, "nominal")
    measured = value if nominal is None else abs(value - nominal)
    for band in aspect["bands"]:
        if Fraction(band["upto"]) >= measured:
            return Fraction(band["points"])
    return Fraction(0)


def count_points(aspect: Node, value: Value) -> Fraction:
    """Give `per` for each hit, take `per_false` for each false one, not below 0 nor above `max`."""
    hits, false = value
    net = number(aspect, "per") * hits - number(aspect, "per_false") * false
    return clamped(net, Fraction(0), number(aspect, "max"))


def deduction_points(aspect: Node, value: Fraction) -> Fraction:
    """Take what is lost from the maximum, not below 0; nothing is left from `zero_at` faults on."""
    if "zero_at" in aspect and value >= number(aspect, "zero_at"):
        return Fraction(0)
    return max(Fraction(0), number(aspect, "max") - number(aspect, "per", "1") * value)


def time_points(aspect: Node, value: Fraction) -> Fraction:
    """Give for minutes before the limit and take for minutes after it."""
    limit = fraction(aspect, "limit")
    if limit is None:
        return Fraction(0)
    if value <= limit:
        return min(number(aspect, "cap"), number(aspect, "early") * (limit - value) / 60)
    return -number(aspect, "late") * (value - limit) / 60


def indicator_points(aspect: Node, value: Value) -> Fraction:
    """Give the share of the maximum that was achieved, between nothing and all."""
    achieved, target = value
    most = number(aspect, "max")
    if aspect.get("better", "higher") == "higher":
        return clamped(most * achieved / target, Fraction(0), most)
    return most if achieved <= 0 else clamped(most * target / achieved, Fraction(0), most)


POINTS = {
    "score": itself, "judgement": itself, "measurement": measurement_points, "count": count_points,
    "deduction": deduction_points, "time": time_points, "indicator": indicator_points,
}
