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


def counted_as_json(counted: Mapping[str, int | Decimal]) -> dict[str, int | str]:
    """Return what was computed as canonical JSON can hold it: amounts as their exact text."""
    return {key: one if isinstance(one, int) else f"{one:f}" for key, one in counted.items()}


def counted_from_json(kept: Mapping[str, int | str]) -> dict[str, int | Decimal]:
    """Return what `counted_as_json` wrote."""
    return {key: one if isinstance(one, int) else Decimal(one) for key, one in kept.items()}


def changes(before: Mapping[str, Figure], after: Mapping[str, Figure]) -> tuple[list[str], list[str]]:
    """Return the keys of the figures that another filling changes, and of those that it leaves empty."""
    old, new = as_json(before), as_json(after)
    different = [key for key in PLACES if old.get(key) != new.get(key)]
    emptied = [key for key in different if _says(old.get(key)) and not _says(new.get(key))]
    return [key for key in different if key not in emptied], emptied


def _says(kept: Mapping[str, Any] | None) -> bool:
    return kept is not None and (kept["value"] is not None or kept["own"] is not None)


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def _figure(kept: Mapping[str, Any]) -> Figure:
    value, own = (None if kept[name] is None else Decimal(kept[name]) for name in ("value", "own"))
    return Figure(value, kept["qualifier"], kept["complete"], own, kept["remark"])
