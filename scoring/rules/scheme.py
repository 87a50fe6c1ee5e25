"""Turn a scheme document into frozen values, or say everything that is wrong with it (SCHEME.md section 2).

This module and `model` must not know entries, judges or marks.
"""

from typing import Literal

from scoring.rules.document import Node, load_document, note_repeated_codes
from scoring.rules.findings import SCHEME_FILE, Finding, error
from scoring.rules.model import (
    Aspect,
    Awards,
    Band,
    Comparator,
    Criterion,
    Fallback,
    Panel,
    Ranking,
    Scheme,
    Stage,
    Take,
    Tier,
    Total,
)
from scoring.rules.numbers import ONE, format_short
from scoring.rules.parse_aspect import read_aspect
from scoring.rules.parse_awards import read_awards
from scoring.rules.parse_ranking import read_ranking

__all__ = [
    "FORMAT",
    "Aspect",
    "Awards",
    "Band",
    "Comparator",
    "Criterion",
    "Fallback",
    "Panel",
    "Ranking",
    "Scheme",
    "Stage",
    "Tier",
    "Total",
    "load_document",
    "parse_scheme",
]

FORMAT = "scheme/1"
TAKES: tuple[Take, ...] = ("best", "mean", "sum", "last")
Weights = Literal["share", "plain"]
WEIGHTS: tuple[Weights, ...] = ("share", "plain")
Scale = Literal["median700"]
SCALES: tuple[Scale, ...] = ("median700",)


def parse_scheme(document: object) -> tuple[Scheme | None, list[Finding]]:
    """Return the scheme a JSON document states and every finding about it.

    The scheme is None where a finding is SCHEME_INVALID. With WEIGHTS_SUM alone it is returned, so that marks
    can be checked against it; a caller who wants totals refuses any finding.
    Source: SCHEME.md sections 1 to 6.
    """
    findings: list[Finding] = []
    node = Node(document, "", findings)
    if not node.is_object:
        return None, findings
    node.choice("format", (FORMAT,))
    scheme = _read_scheme(node)
    node.finish()
    if findings:
        return None, findings
    return scheme, _check_weights(scheme)


def _read_scheme(node: Node) -> Scheme:
    children = node.nodes("stages")
    stages = tuple(_read_stage(child) for child in children)
    note_repeated_codes(zip(children, (stage.code for stage in stages), strict=True))
    scale = node.choice("scale", SCALES) if _is_given(node, "scale") else None
    return Scheme(
        code=node.code() if node.has("code") else "",
        title=node.text("title"),
        rule_reference=node.text("rule_reference"),
        weights=node.choice("weights", WEIGHTS, "share" if len(stages) > 1 else "plain"),
        stages=stages,
        total=_read_total(node.node("total")),
        ranking=read_ranking(node.node("ranking"), stages),
        awards=_read_awards(node, has_scale=scale is not None),
        scale=scale,
    )


def _read_awards(node: Node, *, has_scale: bool) -> Awards | None:
    return read_awards(node.node("awards"), has_scale=has_scale) if _is_given(node, "awards") else None


def _is_given(node: Node, key: str) -> bool:
    """Say whether a part that may be absent or null is there."""
    node.seen.add(key)
    return node.values.get(key) is not None


def _read_stage(node: Node) -> Stage:
    code = node.code()
    minimum, maximum = node.limits()
    children = node.nodes("criteria")
    criteria = tuple(_read_criterion(child, code) for child in children)
    note_repeated_codes(zip(children, (criterion.code for criterion in criteria), strict=True))
    _note_repeated_aspects(children, criteria)
    stage = Stage(
        code=code,
        title=node.text("title"),
        weight=node.amount("weight", "1", least="0"),
        minimum=minimum,
        maximum=maximum,
        places=node.places(),
        attempts=node.count("attempts", 1, least=1),
        take=node.choice("take", TAKES, "best"),
        criteria=criteria,
    )
    node.finish()
    return stage


def _note_repeated_aspects(children: list[Node], criteria: tuple[Criterion, ...]) -> None:
    seen: set[str] = set()
    for node, criterion in zip(children, criteria, strict=True):
        for index, aspect in enumerate(criterion.aspects):
            if aspect.code and aspect.code in seen:
                node.note_inside(f"aspects/{index}/code", "repeated_code", value=aspect.code)
            seen.add(aspect.code)


def _read_criterion(node: Node, stage: str) -> Criterion:
    code = node.code()
    minimum, maximum = node.limits()
    criterion = Criterion(
        stage=stage,
        code=code,
        title=node.text("title"),
        minimum=minimum,
        maximum=maximum,
        places=node.places(),
        aspects=tuple(read_aspect(child, stage, code) for child in node.nodes("aspects")),
    )
    node.finish()
    return criterion


def _read_total(node: Node) -> Total:
    minimum, maximum = node.limits(default="0")
    total = Total(node.places(), minimum, maximum)
    node.finish()
    return total


def _check_weights(scheme: Scheme) -> list[Finding]:
    weight = sum(stage.weight for stage in scheme.stages)
    if scheme.weights == "plain" or weight == ONE:
        return []
    return [error("WEIGHTS_SUM", "sum", f"{SCHEME_FILE}:/stages", total=format_short(weight))]
