"""Read the award tiers of a scheme (SCHEME.md section 6)."""

from collections.abc import Callable
from typing import Any, Literal

from scoring.rules.document import Node, is_whole
from scoring.rules.model import Awards, Tier
from scoring.rules.numbers import ONE, parse_decimal

Rule = Literal["count", "percent", "ranks", "top_fraction", "threshold", "place"]
RULES: tuple[Rule, ...] = ("count", "percent", "ranks", "top_fraction", "threshold", "place")
COUNTED: tuple[Rule, ...] = ("count", "percent", "top_fraction")
BY_VALUE: tuple[Rule, ...] = ("threshold", "place")

Base = Literal["checked_in", "entered", "ranked"]
BASES: tuple[Base, ...] = ("checked_in", "entered", "ranked")
Boundary = Literal["decide", "extend", "shrink"]
BOUNDARIES: tuple[Boundary, ...] = ("decide", "extend", "shrink")
On = Literal["total", "scale"]
ON: tuple[On, ...] = ("total", "scale")

Fields = dict[str, Any]


def read_awards(node: Node, *, has_scale: bool) -> Awards:
    """Return the awards; what is wrong with them is noted on the nodes."""
    base = node.choice("base", BASES, "checked_in")
    boundary = node.choice("boundary", BOUNDARIES, "decide")
    children = node.nodes("tiers", least=0)
    tiers = tuple(_read_tier(child, has_scale=has_scale) for child in children)
    _note_repeated_titles(list(zip(children, tiers, strict=True)))
    node.finish()
    return Awards(base, boundary, tiers)


def _note_repeated_titles(pairs: list[tuple[Node, Tier]]) -> None:
    seen: set[str] = set()
    for node, tier in pairs:
        if tier.title in seen:
            node.note("title", "repeated_title", value=tier.title)
        if tier.title:
            seen.add(tier.title)


def _read_tier(node: Node, *, has_scale: bool) -> Tier:
    title = node.text("title", default="")
    if node.is_object and not title:
        node.note("title", "tier_title")
    kind = _read_kind(node)
    fields: Fields = {}
    if kind is None:
        node.seen.update(node.values)
    else:
        fields = RULE_FIELDS[kind](node) | _extras(node, kind, has_scale=has_scale)
    node.finish()
    return Tier(title=title, kind=kind or "count", **fields)


def _read_kind(node: Node) -> Rule | None:
    given = [rule for rule in RULES if node.has(rule)]
    if len(given) == 1:
        return given[0]
    if node.is_object:
        node.note("", "tier_rule", given=", ".join(given) or "-", options=", ".join(RULES))
    return None


def _extras(node: Node, kind: Rule, *, has_scale: bool) -> Fields:
    fields: Fields = {"per_unit": _per_unit(node)}
    if kind in COUNTED:
        fields["at_least"] = node.count("at_least", 0)
    if kind in BY_VALUE:
        fields["on"] = node.choice("on", ON, "total")
        if fields["on"] == "scale" and not has_scale:
            node.note("on", "needs", other="scale")
    return fields


def _per_unit(node: Node) -> int | None:
    if not node.has("per_unit"):
        return None
    value = node.values["per_unit"]
    number = parse_decimal(value) if isinstance(value, str) else None
    if number is not None and number >= ONE and number % ONE == 0:
        node.seen.add("per_unit")
        return number // ONE
    return node.count("per_unit", least=1)


def _ranks(node: Node) -> Fields:
    given, _ = node.take("ranks", [])
    items = given if isinstance(given, list) else []
    whole = [item for item in items if isinstance(item, int) and is_whole(item)]
    if len(whole) == len(items) == 2 and 1 <= whole[0] <= whole[1]:
        return {"ranks": (whole[0], whole[1])}
    node.note("ranks", "ranks")
    return {}


def _percent(node: Node) -> Fields:
    percent = node.amount("percent", least="0")
    if percent > 100 * ONE:
        node.note("percent", "most", most=100)
    return {"percent": percent}


def _top_fraction(node: Node) -> Fields:
    fraction = node.amount("top_fraction", least="0")
    if fraction > ONE:
        node.note("top_fraction", "most", most=1)
    return {"top_fraction": fraction}


def _place(node: Node) -> Fields:
    return {"place": node.count("place", least=1), "band": node.amount("band", least="0")}


RULE_FIELDS: dict[Rule, Callable[[Node], Fields]] = {
    "count": lambda node: {"count": node.count("count")},
    "percent": _percent,
    "ranks": _ranks,
    "top_fraction": _top_fraction,
    "threshold": lambda node: {"threshold": node.amount("threshold")},
    "place": _place,
}
