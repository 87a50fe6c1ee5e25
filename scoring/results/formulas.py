"""How a value that was entered becomes points, as a line that can be counted again by hand."""

from fractions import Fraction

from scoring.rules.explain import AspectStep, MarkStep
from scoring.rules.numbers import ONE, format_short, parse_decimal, simplest


def formula(step: AspectStep) -> str:
    """Return the line from what was entered to the panel's number, or nothing where they are the same.

    A judgement is one line for the whole panel; other kinds have one only where one mark counts, because the
    marks of several judges become points before they are combined.
    """
    if step.number is None or step.exact is None:
        return ""
    if step.aspect.kind == "judgement":
        return _judgement(step, step.exact)
    counted = [mark for mark in step.marks if not mark.left_out]
    made = ONE_MARK.get(step.aspect.kind)
    return made(step, counted[0]) if made and len(counted) == 1 else ""


def _judgement(step: AspectStep, points: int | Fraction) -> str:
    highest = len(step.aspect.levels) - 1
    if not step.aspect.maximum or highest < 1:
        return ""
    level = simplest(Fraction(points) * highest * ONE / step.aspect.maximum)
    text = format_short(level) if isinstance(level, int) else str(level / ONE)  # two thirds stay 2/3
    return f"{text} ÷ {highest} × {format_short(step.aspect.maximum)}"


def _deduction(step: AspectStep, mark: MarkStep) -> str:
    aspect = step.aspect
    if aspect.maximum is None or parse_decimal(mark.value) is None:
        return ""
    lost = mark.value if aspect.per is None else f"{mark.value} × {format_short(aspect.per)}"
    return f"{format_short(aspect.maximum)} − {lost}"


def _count(step: AspectStep, mark: MarkStep) -> str:
    hits, _stroke, wrong = mark.value.partition("/")
    aspect = step.aspect
    line = f"{hits} × {format_short(aspect.per or 0)}"
    return f"{line} − {wrong} × {format_short(aspect.per_false)}" if wrong and aspect.per_false else line


def _indicator(step: AspectStep, mark: MarkStep) -> str:
    achieved, _stroke, own = mark.value.partition("/")
    aspect = step.aspect
    target = own or format_short(aspect.target or 0)
    first, second = (achieved, target) if aspect.better == "higher" else (target, achieved)
    return f"{first} ÷ {second} × {format_short(aspect.maximum or 0)}"


ONE_MARK = {"deduction": _deduction, "count": _count, "indicator": _indicator}
