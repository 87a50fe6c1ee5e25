"""Figures of a return between their row, the dictionary and a form."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from competitions.indicators.dictionary import by_key, indicators
from competitions.returns.rules import Figure

PLACES: Mapping[str, int] = {one.key: one.places for one in indicators()}
ADDITIVE = frozenset(one.key for one in indicators() if one.adds_up_over("union"))
SCALED = frozenset(key for key, one in by_key().items() if one.unit_zh.startswith("万"))


def as_json(figures: Mapping[str, Figure]) -> dict[str, Any]:
    """Return the figures as canonical JSON can hold them; what says nothing is left out."""
    return {
        key: {
            "value": _text(one.value), "qualifier": one.qualifier, "complete": one.complete,
            "own": _text(one.own), "remark": one.remark,
        }
        for key, one in figures.items()
        if one.value is not None or one.own is not None or one.remark
    }  # fmt: skip


def from_json(kept: Mapping[str, Any]) -> dict[str, Figure]:
    """Return the figures that `as_json` wrote, in the order of the dictionary."""
    return {key: _figure(kept[key]) for key in PLACES if key in kept}


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def _figure(kept: Mapping[str, Any]) -> Figure:
    value, own = (None if kept[name] is None else Decimal(kept[name]) for name in ("value", "own"))
    return Figure(value, kept["qualifier"], kept["complete"], own, kept["remark"])
