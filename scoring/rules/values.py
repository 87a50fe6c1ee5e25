"""Read what a judge entered and turn it into points (SCHEME.md section 3).

A value is held in millionths: a whole number for most kinds; for `count` the pair (hits, false alarms), for
`indicator` the pair (achieved, target). `yes` and `no` are held as 1 and 0, a level as its number.
"""

from collections.abc import Callable
from fractions import Fraction

from scoring.rules.findings import Finding, Param, error
from scoring.rules.model import Aspect
from scoring.rules.numbers import (
    ONE,
    Exact,
    decimal_places,
    format_number,
    format_short,
    parse_decimal,
    ratio,
    simplest,
)

Value = int | tuple[int, int]

TIME_PLACES = 3
SECONDS_A_MINUTE = 60
LONGEST_SHOWN = 40


Problem = tuple[str, str, dict[str, Param]]


class Refused(Exception):
    """Carry what is wrong with a value from its reader to `read_value`; it never leaves this module."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__()
        self.problems = problems


def refused(code: str, variant: str, **params: Param) -> Refused:
    """Return the refusal of a value for one reason."""
    return Refused((code, variant, params))


def read_value(aspect: Aspect, text: str, where: str = "") -> Value | list[Finding]:
    """Return the value a text states for this aspect, or the findings that refuse it.

    A text of the wrong form has no other faults; a number may lie outside the limits and off the step.
    """
    try:
        return READERS[aspect.kind](aspect, text)
    except Refused as refusal:
        shown = text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
        named: dict[str, Param] = {"value": shown, "aspect": aspect.code}
        return [error(code, variant, where, **named | params) for code, variant, params in refusal.problems]


def check_value(aspect: Aspect, text: str, where: str = "") -> Finding | None:
    """Return the first thing that is wrong with a value that is about to be entered, or None."""
    value = read_value(aspect, text, where)
    return value[0] if isinstance(value, list) else None


def preview_points(aspect: Aspect, text: str) -> str | None:
    """Return the points this one value is worth before the panel, or None where it is refused."""
    value = read_value(aspect, text)
    if isinstance(value, list):
        return None
    points = ratio(points_of(aspect, value) * panel_unit(aspect), panel_share(aspect), aspect.panel.places)
    return format_number(points, aspect.panel.places)


def points_of(aspect: Aspect, value: Value) -> Exact:
    """Return the points of one value before the panel, exact; a level stays a level until the panel."""
    return POINTS[aspect.kind](aspect, value)


def panel_unit(aspect: Aspect) -> int:
    """Return what the panel's number is multiplied by: the maximum of a judgement, otherwise 1."""
    return aspect.highest if aspect.kind == "judgement" else 1


def panel_share(aspect: Aspect) -> int:
    """Return what the panel's number is divided by: the highest level of a judgement, otherwise 1."""
    return (len(aspect.levels) - 1) * ONE if aspect.kind == "judgement" else 1


def spread_number(value: Value) -> int:
    """Return the number of a value that `max_spread` compares: of a pair the first one."""
    return value if isinstance(value, int) else value[0]


def format_value(aspect: Aspect, value: Value) -> str:
    """Write a value as a judge would have entered it."""
    if not isinstance(value, int):
        return "/".join(format_short(part) for part in value)
    if aspect.entry == "pass":
        return "yes" if value else "no"
    return format_short(value)


def _decimal(text: str) -> int:
    number = parse_decimal(text)
    if number is None:
        raise refused("SCORE_FORMAT", "decimal")
    return number


def _not_negative(number: int) -> int:
    if number < 0:
        raise refused("SCORE_RANGE", "negative")
    return number


def _whole(number: int) -> int:
    if number % ONE:
        raise refused("SCORE_FORMAT", "whole")
    return number


def _within(aspect: Aspect, number: int, *, limited: bool = True) -> int:
    """Return a number that lies inside the limits of the aspect (where it has any) and on its step."""
    problems: list[Problem] = []
    lowest, highest = aspect.minimum, aspect.highest
    if limited and not lowest <= number <= highest:
        limits: dict[str, Param] = {"least": format_short(lowest), "most": format_short(highest)}
        problems.append(("SCORE_RANGE", "range", limits))
    if number % aspect.step:
        problems.append(("SCORE_STEP", "step", {"step": format_short(aspect.step)}))
    if problems:
        raise Refused(*problems)
    return number


def _pair(text: str) -> tuple[int, int | None]:
    first, slash, second = text.partition("/")
    return _decimal(first), _decimal(second) if slash else None


def _read_score(aspect: Aspect, text: str) -> Value:
    return _within(aspect, _decimal(text))


def _read_judgement(aspect: Aspect, text: str) -> Value:
    level = _decimal(text)
    highest = len(aspect.levels) - 1
    if level % ONE or not 0 <= level <= highest * ONE:
        raise refused("JUDGEMENT_VALUE", "level", most=highest)
    return level


def _read_measurement(aspect: Aspect, text: str) -> Value:
    if aspect.entry == "pass":
        if text not in ("yes", "no"):
            raise refused("SCORE_FORMAT", "pass")
        return ONE if text == "yes" else 0
    return _within(aspect, _decimal(text), limited=aspect.entry == "points")


def _read_count(aspect: Aspect, text: str) -> Value:
    first, second = _pair(text)
    hits, false = _whole(first), _whole(second or 0)
    return _not_negative(hits), _not_negative(false)


def _read_deduction(aspect: Aspect, text: str) -> Value:
    number = _decimal(text)
    return _not_negative(number if aspect.per is None else _whole(number))


def _read_time(aspect: Aspect, text: str) -> Value:
    seconds = _decimal(text)
    if decimal_places(text) > TIME_PLACES:
        raise refused("SCORE_FORMAT", "seconds")
    return _not_negative(seconds)


def _read_indicator(aspect: Aspect, text: str) -> Value:
    achieved, own_target = _pair(text)
    target = aspect.target if own_target is None else own_target
    if target is None:
        raise refused("SCORE_FORMAT", "target_missing")
    if target <= 0:
        raise refused("SCORE_RANGE", "target")
    return _not_negative(achieved), target


def _points_as_entered(aspect: Aspect, value: Value) -> Exact:
    return spread_number(value)


def _points_of_measurement(aspect: Aspect, value: Value) -> Exact:
    number = spread_number(value)
    if aspect.entry == "pass":
        return aspect.highest if number else 0
    if aspect.entry == "points":
        return number
    measured = number if aspect.nominal is None else abs(number - aspect.nominal)
    return next((band.points for band in aspect.bands if band.upto >= measured), 0)


def _points_of_count(aspect: Aspect, value: Value) -> Exact:
    hits, false = value if isinstance(value, tuple) else (value, 0)
    points = (aspect.per or 0) * (hits // ONE) - aspect.per_false * (false // ONE)
    return min(aspect.highest, max(0, points))


def _points_of_deduction(aspect: Aspect, value: Value) -> Exact:
    faults = spread_number(value)
    if aspect.zero_at is not None and faults >= aspect.zero_at:
        return 0
    lost = faults if aspect.per is None else aspect.per * (faults // ONE)
    return max(0, aspect.highest - lost)


def _points_of_time(aspect: Aspect, value: Value) -> Exact:
    if aspect.limit is None:
        return 0
    left = aspect.limit - spread_number(value)
    if left > 0:
        return min(aspect.cap, _by_minutes(aspect.early, left))
    return _by_minutes(aspect.late, left)


def _by_minutes(rate: int, seconds: int) -> Exact:
    return simplest(Fraction(rate * seconds, ONE * SECONDS_A_MINUTE))


def _points_of_indicator(aspect: Aspect, value: Value) -> Exact:
    achieved, target = value if isinstance(value, tuple) else (value, ONE)
    highest = aspect.highest
    if aspect.better == "higher":
        return min(highest, simplest(Fraction(highest * achieved, target)))
    if achieved <= 0:
        return highest
    return min(highest, simplest(Fraction(highest * target, achieved)))


READERS: dict[str, Callable[[Aspect, str], Value]] = {
    "score": _read_score,
    "judgement": _read_judgement,
    "measurement": _read_measurement,
    "count": _read_count,
    "deduction": _read_deduction,
    "time": _read_time,
    "indicator": _read_indicator,
}
POINTS: dict[str, Callable[[Aspect, Value], Exact]] = {
    "score": _points_as_entered,
    "judgement": _points_as_entered,
    "measurement": _points_of_measurement,
    "count": _points_of_count,
    "deduction": _points_of_deduction,
    "time": _points_of_time,
    "indicator": _points_of_indicator,
}
