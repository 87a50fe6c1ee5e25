"""The words of the dictionary in the language of the request."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l

from competitions.indicators.rules import DIMENSIONS, Indicator
from core.i18n import current_locale, listed

KINDS: dict[str, Any] = {
    "sittings": _l("occasions"),
    "participations": _l("person-times"),
    "people": _l("different people"),
    "coverage": _l("coverage"),
    "number": _l("pieces"),
    "amount": _l("money"),
    "hours": _l("hours"),
}
ORIGINS: dict[str, Any] = {
    "computed": _l("Computed from records, or declared"),
    "return": _l("Declared in the return"),
}
OVER: dict[str, Any] = {
    "year": _l("years (periods)"),
    "level": _l("levels"),
    "region": _l("regions"),
    "union": _l("unions"),
    "industry": _l("industries"),
    "trade": _l("trades"),
    "kind": _l("kinds of activity"),
    "group": _l("groups"),
    "sex": _l("sexes"),
    "age": _l("age bands"),
    "skill": _l("skill levels"),
    "ownership": _l("ownerships"),
}
QUALIFIERS: dict[str, Any] = {
    "=": _l("= exactly"),
    "≈": _l("≈ about"),
    ">": _l("> more than"),
    "≥": _l("≥ at least"),
}


def name_of(one: Indicator) -> str:
    """Return the name of a figure."""
    return one.name_en if current_locale() == "en" else one.name_zh


def unit_of(one: Indicator) -> str:
    """Return what a figure counts."""
    return one.unit_en if current_locale() == "en" else one.unit_zh


def definition_of(one: Indicator) -> str:
    """Return how a figure is counted."""
    return one.definition_en if current_locale() == "en" else one.definition_zh


def source_of(one: Indicator) -> str:
    """Return what a figure is counted from."""
    return one.source_en if current_locale() == "en" else one.source_zh


def additive_words(additive: Iterable[str]) -> str:
    """Return over what a figure may be added, in the order of the dimensions; a dash for nothing."""
    over = set(additive)
    return listed(OVER[name] for name in DIMENSIONS if name in over) or "—"
