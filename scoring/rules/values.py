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
    clamp,
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


class Refused(Exception):
    """Carry one refused value from its reader to `read_value`; it never leaves this module."""

    def __init__(self, code: str, variant: str, **params: Param) -> None:
        super().__init__(code)
        self.code = code
        self.variant = variant
        self.params = params


def read_value(aspect: Aspect, text: str, where: str = "") -> Value | Finding:
    """Return the value a text states for this aspect, or the finding that refuses it.

    Format is checked before the limits, the limits before the step.
    """
    try:
        return READERS[aspect.kind](aspect, text)
    except Refused as refused:
        shown = text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
        params = {"value": shown, "aspect": aspect.code, **refused.params}
        return error(refused.code, refused.variant, where, **params)


def check_value(aspect: Aspect, text: str, where: str = "") -> Finding | None:
    """Return what is wrong with a value that is about to be entered, or None."""
    value = read_value(aspect, text, where)
    return value if isinstance(value, Finding) else None


def preview_points(aspect: Aspect, text: str) -> str | None:
    """Return the points this one value is worth before the panel, or None where it is refused."""
    value = read_value(aspect, text)
    if isinstance(value, Finding):
        return None
    points = ratio(points_of(aspect, value) * panel_unit(aspect), panel_share(aspect), aspect.panel.places)
    return format_number(points, aspect.panel.places)


def points_of(aspect: Aspect, value: Value) -> Exact:
    """Return the points of one value before the panel, exact; a level stays a level until the panel."""
    return POINTS[aspect.kind](aspect, value)


def panel_unit(aspect: Aspect) -> int:
    """Return what the panel's number is multiplied by: the maximum of a judgement, otherwise 1."""
    return (aspect.maximum or 0) if aspect.kind == "judgement" else 1


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
        raise Refused("SCORE_FORMAT", "decimal")
    return number


def _not_negative(number: int) -> int:
    if number < 0:
        raise Refused("SCORE_RANGE", "negative")
    return number


def _whole(number: int) -> int:
    if _not_negative(number) % ONE:
        raise Refused("SCORE_FORMAT", "whole")
    return number


def _in_range(aspect: Aspect, number: int) -> int:
    if number < aspect.minimum or (aspect.maximum is not None and number > aspect.maximum):
        lowest, highest = format_short(aspect.minimum), format_short(aspect.maximum or 0)
        raise Refused("SCORE_RANGE", "range", least=lowest, most=highest)
    return number


def _on_step(aspect: Aspect, number: int) -> int:
    if number % aspect.step:
        raise Refused("SCORE_STEP", "step", step=format_short(aspect.step))
    return number


def _pair(text: str) -> tuple[int, int | None]:
    first, slash, second = text.partition("/")
    return _decimal(first), _decimal(second) if slash else None


def _read_score(aspect: Aspect, text: str) -> Value:
    return _on_step(aspect, _in_range(aspect, _decimal(text)))


def _read_judgement(aspect: Aspect, text: str) -> Value:
    level = _decimal(text)
    highest = len(aspect.levels) - 1
    if level % ONE or not 0 <= level <= highest * ONE:
        raise Refused("JUDGEMENT_VALUE", "level", most=highest)
    return level


def _read_measurement(aspect: Aspect, text: str) -> Value:
    if aspect.entry == "pass":
        if text not in ("yes", "no"):
            raise Refused("SCORE_FORMAT", "pass")
        return ONE if text == "yes" else 0
    number = _decimal(text)
    return _on_step(aspect, number if aspect.entry == "value" else _in_range(aspect, number))


def _read_count(aspect: Aspect, text: str) -> Value:
    hits, false = _pair(text)
    return _whole(hits), _whole(false or 0)


def _read_deduction(aspect: Aspect, text: str) -> Value:
    number = _decimal(text)
    return _not_negative(number) if aspect.per is None else _whole(number)


def _read_time(aspect: Aspect, text: str) -> Value:
    seconds = _not_negative(_decimal(text))
    if decimal_places(text) > TIME_PLACES:
        raise Refused("SCORE_FORMAT", "seconds")
    return seconds


def _read_indicator(aspect: Aspect, text: str) -> Value:
    achieved, own_target = _pair(text)
    target = aspect.target if own_target is None else own_target
    if target is None:
        raise Refused("SCORE_FORMAT", "target_missing")
    if target <= 0:
        raise Refused("SCORE_RANGE", "target")
    return _not_negative(achieved), target


def _points_as_entered(aspect: Aspect, value: Value) -> Exact:
    return spread_number(value)


def _points_of_measurement(aspect: Aspect, value: Value) -> Exact:
    number = spread_number(value)
    if aspect.entry == "pass":
        return (aspect.maximum or 0) if number else 0
    if aspect.entry == "points":
        return number
    measured = number if aspect.nominal is None else abs(number - aspect.nominal)
    return next((band.points for band in aspect.bands if band.upto >= measured), 0)


def _points_of_count(aspect: Aspect, value: Value) -> Exact:
    hits, false = value if isinstance(value, tuple) else (value, 0)
    points = (aspect.per or 0) * (hits // ONE) - aspect.per_false * (false // ONE)
    return min(aspect.maximum or 0, max(0, points))


def _points_of_deduction(aspect: Aspect, value: Value) -> Exact:
    faults = spread_number(value)
    if aspect.zero_at is not None and faults >= aspect.zero_at:
        return 0
    lost = faults if aspect.per is None else aspect.per * (faults // ONE)
    return max(0, (aspect.maximum or 0) - lost)


def _points_of_time(aspect: Aspect, value: Value) -> Exact:
    if aspect.limit is None:
        return 0
    left = aspect.limit - spread_number(value)
    rate = aspect.early if left > 0 else aspect.late
    points = simplest(Fraction(rate * left, ONE * SECONDS_A_MINUTE))
    return min(aspect.cap, points) if left > 0 else points


def _points_of_indicator(aspect: Aspect, value: Value) -> Exact:
    achieved, target = value if isinstance(value, tuple) else (value, ONE)
    highest = aspect.maximum or 0
    if aspect.better == "higher":
        return clamp(simplest(Fraction(highest * achieved, target)), 0, highest)
    if achieved <= 0:
        return highest
    return clamp(simplest(Fraction(highest * target, achieved)), 0, highest)


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
