"""What a judge enters for an aspect, and how the panel's marks become one number, in words."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from scoring.rules.model import Aspect, Fallback, Kind, Method, Panel
from scoring.rules.numbers import ONE, format_short

KINDS: dict[str, Any] = {
    "score": _l("Scored points"),
    "judgement": _l("Judgement"),
    "measurement": _l("Measurement"),
    "count": _l("Count"),
    "deduction": _l("Deduction"),
    "time": _l("Time"),
    "indicator": _l("Indicator"),
}
METHODS: dict[str, Any] = {
    "agreed": _l("One agreed value"),
    "mean": _l("Mean"),
    "trimmed_mean": _l("Trimmed mean"),
    "median": _l("Median"),
    "sum": _l("Sum"),
}


def entered(aspect: Aspect) -> str:
    """Say what a judge enters, and what it is worth."""
    return ENTERED[aspect.kind](aspect)


def bands(aspect: Aspect) -> list[str]:
    """Say what each band of a measured value is worth."""
    lines = [
        _(
            "Up to %(limit)s: %(points)s points",
            limit=format_short(band.upto), points=format_short(band.points),
        )
        for band in aspect.bands
    ]  # fmt: skip
    return [*lines, _("Beyond: 0 points")] if lines else []


def panel(aspect: Aspect) -> list[str]:
    """Say how the judges' marks become one number."""
    made = aspect.panel
    lines = [_exactly(made) if _is_exact(aspect) else _method(made.method, made.drop, made.min_judges)]
    if made.max_spread is not None:
        lines.append(_("At most %(spread)s apart", spread=format_short(made.max_spread)))
    if made.missing == "exclude":
        lines.append(_("A missing judge is left out"))
    if made.fallback is not None:
        lines.append(_fallback(made.fallback))
    return lines


def extras(aspect: Aspect) -> list[str]:
    """Say what is unusual about an aspect."""
    lines = []
    if aspect.factor != ONE:
        lines.append(_("× %(factor)s", factor=format_short(aspect.factor)))
    if aspect.places != 2:
        lines.append(rounding(aspect.places))
    if not aspect.required:
        lines.append(_("Optional: counts 0 without a mark"))
    return lines


def rounding(places: int | None) -> str:
    """Say what a rounding point does."""
    if places is None:
        return _("not rounded")
    return ngettext("rounded to %(num)d decimal", "rounded to %(num)d decimals", places)


def _is_exact(aspect: Aspect) -> bool:
    return aspect.kind == "judgement" and aspect.panel.method != "agreed"


def _exactly(made: Panel) -> str:
    """Say how a panel of judgement counts: its size is both the least and the most."""
    judges = made.min_judges
    if made.method == "mean":
        return ngettext("Mean of exactly %(num)d judge", "Mean of exactly %(num)d judges", judges)
    if made.method == "median":
        return _("Median of exactly %(judges)s judges", judges=judges)
    if made.method == "sum":
        return _("Sum of exactly %(judges)s judges", judges=judges)
    return _(
        "Mean without the %(drop)s highest and the %(drop)s lowest, exactly %(judges)s judges",
        drop=made.drop, judges=judges,
    )  # fmt: skip


def _method(method: Method, drop: int, judges: int) -> str:
    if method == "agreed":
        return _("The panel agrees on one value")
    if method == "trimmed_mean":
        return _(
            "Mean without the %(drop)s highest and the %(drop)s lowest, at least %(judges)s judges",
            drop=drop, judges=judges,
        )  # fmt: skip
    words = {
        "mean": (_("Mean of all judges"), _("Mean of at least %(judges)s judges", judges=judges)),
        "median": (_("Median of all judges"), _("Median of at least %(judges)s judges", judges=judges)),
        "sum": (_("Sum of all judges"), _("Sum of at least %(judges)s judges", judges=judges)),
    }
    return words[method][judges > 1]


def _fallback(fallback: Fallback) -> str:
    way = _method(fallback.method, fallback.drop, fallback.min_judges)
    return _("With too few judges: %(way)s", way=way)


def _score(aspect: Aspect) -> str:
    return _(
        "%(low)s to %(high)s points in steps of %(step)s",
        low=format_short(aspect.minimum), high=_maximum(aspect), step=format_short(aspect.step),
    )  # fmt: skip


def _judgement(aspect: Aspect) -> str:
    values = {"last": len(aspect.levels) - 1, "max": _maximum(aspect)}
    return _("Level 0 to %(last)s, worth up to %(max)s points", **values)


def _measurement(aspect: Aspect) -> str:
    if aspect.entry == "pass":
        return _("Reached: %(max)s points, otherwise 0", max=_maximum(aspect))
    if aspect.entry == "points":
        return _(
            "0 to %(max)s points in steps of %(step)s", max=_maximum(aspect), step=format_short(aspect.step)
        )
    if aspect.nominal is not None:
        nominal = format_short(aspect.nominal)
        return _("Measured value: points by its distance from %(nominal)s", nominal=nominal)
    return _("Measured value: points by bands")


def _count(aspect: Aspect) -> str:
    values = {"per": format_short(aspect.per or 0), "max": _maximum(aspect)}
    if not aspect.per_false:
        return _("%(per)s points for each one found, at most %(max)s", **values)
    return _(
        "%(per)s points for each one found, %(wrong)s off for each false alarm, at most %(max)s",
        wrong=format_short(aspect.per_false), **values,
    )  # fmt: skip


def _deduction(aspect: Aspect) -> str:
    if aspect.per is None:
        return _("Points lost, from %(max)s down to 0", max=_maximum(aspect))
    values = {"per": format_short(aspect.per), "max": _maximum(aspect)}
    if aspect.zero_at is None:
        return _("%(per)s points off for each fault, from %(max)s down to 0", **values)
    return _(
        "%(per)s points off for each fault, from %(max)s; from %(faults)s faults on, 0",
        faults=format_short(aspect.zero_at), **values,
    )  # fmt: skip


def _time(aspect: Aspect) -> str:
    if aspect.limit is None:
        return _("Time used, only compared; no points")
    return _(
        "Limit %(limit)s s: %(early)s points for each minute before it (at most %(cap)s), "
        "%(late)s off for each minute after it",
        limit=format_short(aspect.limit), early=format_short(aspect.early), cap=format_short(aspect.cap),
        late=format_short(aspect.late),
    )  # fmt: skip


def _indicator(aspect: Aspect) -> str:
    values = {"max": _maximum(aspect), "target": format_short(aspect.target or 0)}
    if aspect.target is None and aspect.better == "higher":
        return _("Achieved ÷ own target × %(max)s, at most %(max)s", **values)
    if aspect.target is None:
        return _("Own target ÷ achieved × %(max)s, at most %(max)s", **values)
    if aspect.better == "higher":
        return _("Achieved ÷ target %(target)s × %(max)s, at most %(max)s", **values)
    return _("Target %(target)s ÷ achieved × %(max)s, at most %(max)s", **values)


def _maximum(aspect: Aspect) -> str:
    return "—" if aspect.maximum is None else format_short(aspect.maximum)


ENTERED: dict[Kind, Callable[[Aspect], str]] = {
    "score": _score,
    "judgement": _judgement,
    "measurement": _measurement,
    "count": _count,
    "deduction": _deduction,
    "time": _time,
    "indicator": _indicator,
}
