"""Marks as people read them."""

from fractions import Fraction

from flask_babel import gettext as _

from scoring.rules.model import Aspect
from scoring.rules.numbers import ONE, Exact, format_short, simplest


def duration(seconds: Exact) -> str:
    """Write seconds as h:mm:ss or m:ss, with what there is of a second."""
    exact_seconds = Fraction(seconds)
    whole = int(exact_seconds // ONE)
    rest = simplest(exact_seconds - whole * ONE)
    fraction = format_short(rest)[1:] if rest else ""
    minutes, second = divmod(whole, 60)
    hours, minute = divmod(minutes, 60)
    clock = f"{hours}:{minute:02d}:{second:02d}" if hours else f"{minute}:{second:02d}"
    return clock + fraction


def mark_words(aspect: Aspect, value: str) -> str:
    """Return a mark as people read it: a time as minutes, a pass as a word."""
    if aspect.kind == "time":
        whole, _point, fraction = value.partition(".")
        return duration(int(whole) * ONE + int((fraction or "0").ljust(6, "0")))
    if aspect.entry == "pass":
        return _("yes") if value == "yes" else _("no")
    return value
