"""Read the panel of an aspect with the defaults of its kind (SCHEME.md section 4)."""

from typing import Literal

from scoring.rules.document import Node
from scoring.rules.model import METHODS, Fallback, Kind, Method, Panel
from scoring.rules.numbers import ONE

JUDGEMENT_PANEL = 3
Missing = Literal["refuse", "exclude"]
MISSING: tuple[Missing, ...] = ("refuse", "exclude")


def read_panel(aspect: Node, kind: Kind) -> Panel:
    """Return the panel of one aspect; a panel that is not given is all defaults."""
    node = aspect.node("panel")
    method, drop, min_judges = _read_method(node, kind, _default_method(kind))
    panel = Panel(
        method=method,
        drop=drop,
        min_judges=min_judges,
        max_judges=min_judges if kind == "judgement" else None,
        missing=node.choice("missing", MISSING, "refuse"),
        max_spread=_read_max_spread(node, kind),
        places=node.places(),
        fallback=_read_fallback(node, kind),
    )
    node.finish()
    return panel


def _default_method(kind: Kind) -> Method:
    return "mean" if kind in ("score", "judgement") else "agreed"


def _read_method(node: Node, kind: Kind, default: Method) -> tuple[Method, int, int]:
    method = node.choice("method", METHODS, default)
    drop = node.count("drop", 1)
    trimmed = 2 * drop + 1 if method == "trimmed_mean" else 1
    fewest = max(trimmed, JUDGEMENT_PANEL) if kind == "judgement" else trimmed
    min_judges = node.count("min_judges", fewest, least=1)
    if min_judges < trimmed:
        node.note("min_judges", "trimmed_panel", drop=drop, least=trimmed)
    return method, drop, min_judges


def _read_max_spread(node: Node, kind: Kind) -> int | None:
    value = node.values.get("max_spread")
    if isinstance(value, int) and not isinstance(value, bool):
        return node.count("max_spread") * ONE
    return node.decimal("max_spread", "1" if kind == "judgement" else None, least="0")


def _read_fallback(panel: Node, kind: Kind) -> Fallback | None:
    if not panel.has("fallback"):
        return None
    node = panel.node("fallback")
    if node.is_object and not node.has("method"):
        node.note("method", "missing_key")
    method, drop, min_judges = _read_method(node, kind, "mean")
    node.finish()
    return Fallback(method, drop, min_judges)
