"""Read the ranking of a scheme: its order, whether ranks are shared, the tie chain (SCHEME.md section 5)."""

from typing import Literal

from scoring.rules.document import Node, shown
from scoring.rules.model import KINDS, Comparator, Order, Ranking, Stage

By = Literal["stage", "criterion", "aspect", "kind", "penalties", "manual"]
BY: tuple[By, ...] = ("stage", "criterion", "aspect", "kind", "penalties", "manual")
ORDERS: tuple[Order, ...] = ("desc", "asc")


def read_ranking(node: Node, stages: tuple[Stage, ...]) -> Ranking:
    """Return the ranking; its comparators may only name what the stages hold."""
    order = node.choice("order", ORDERS, "desc")
    share = node.flag("share")
    children = node.nodes("ties", least=0) if node.has("ties") else []
    ties = tuple(_read_comparator(child, stages) for child in children)
    node.finish()
    return Ranking(order, share, ties)


def _read_comparator(node: Node, stages: tuple[Stage, ...]) -> Comparator:
    by = node.choice("by", BY)
    code = kind = ""
    order: Order = "asc"
    if node.values.get("by") not in BY:
        node.seen.update(node.values)
    if by in ("stage", "criterion", "aspect"):
        code = _read_path(node, by, stages)
    if by == "kind":
        kind = _read_kind(node, stages)
    if by != "manual":
        order = node.choice("order", ORDERS, "desc")
    node.finish()
    return Comparator(by, code, kind, order)


def _read_path(node: Node, by: By, stages: tuple[Stage, ...]) -> str:
    path, there = node.take("code", None)
    known = _known_paths(by, stages)
    if not there:
        if node.values.get("by") == by:
            node.note("code", "missing_key")
    elif not isinstance(path, str) or path not in known:
        # Where a code could not be read, that is the mistake, and not that nothing is called so.
        if known and all(all(name.split(".", 2)) for name in known):
            node.note("code", "unknown_path", value=shown(path), by=by)
    elif by != "stage" and known[path].blends_attempts:
        node.note("code", "blended", value=path, stage=known[path].code)
    return shown(path)


def _known_paths(by: By, stages: tuple[Stage, ...]) -> dict[str, Stage]:
    if by == "stage":
        return {stage.code: stage for stage in stages}
    if by == "criterion":
        return {criterion.path: stage for stage in stages for criterion in stage.criteria}
    return {aspect.path: stage for stage in stages for aspect in stage.aspects}


def _read_kind(node: Node, stages: tuple[Stage, ...]) -> str:
    kind = node.choice("kind", KINDS)
    blended = [stage for stage in stages if stage.blends_attempts]
    holding = [stage.code for stage in blended if any(aspect.kind == kind for aspect in stage.aspects)]
    if holding:
        node.note("kind", "blended", value=kind, stage=holding[0])
    return kind
