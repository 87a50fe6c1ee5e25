"""Sums that an organiser looks at while a scheme grows: maxima against maxima, weights against 1. Pure.

They are counted from the document as it stands, so that they are there before everything else is in order.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scoring.rules.numbers import ONE, format_short, parse_decimal


@dataclass(frozen=True)
class Sum:
    """What the parts of a node add up to (`found`) and what the node says (`said`, None: nothing)."""

    pointer: str
    kind: str  # "weights", "stage" or "criterion"
    found: int
    said: int | None

    @property
    def difference(self) -> int:
        """Return how much the parts miss; below 0 where they are too many."""
        return 0 if self.said is None else self.said - self.found

    def as_json(self) -> dict[str, str]:
        """Return the sum as a page shows it."""
        return {
            "pointer": self.pointer,
            "kind": self.kind,
            "found": format_short(self.found),
            "said": "" if self.said is None else format_short(self.said),
            "difference": format_short(abs(self.difference)),
            "state": "ok" if not self.difference else "missing" if self.difference > 0 else "over",
        }


def sums_of(document: object) -> list[Sum]:
    """Return the sums of a document: the weights of its stages, each stage, each criterion with a maximum."""
    stages = _objects(document, "stages")
    found = [_weights(document, stages)] if _shares(document, stages) else []
    for number, stage in enumerate(stages):
        found += _stage_sums(stage, f"/stages/{number}")
    return found


def most_points(document: object) -> int | None:
    """Return the most points that a scheme can give, in millionths; None for one that counts times alone."""
    total = document.get("total") if isinstance(document, dict) else None
    said = _number(total.get("max")) if isinstance(total, dict) else None
    if said is not None:
        return said
    stages = _objects(document, "stages")
    sums = [item for item in sums_of(document) if item.kind == "stage"]
    weighted = (
        (item.found if item.said is None else item.said) * (_number(stage.get("weight", "1")) or 0)
        for stage, item in zip(stages, sums, strict=True)
    )
    return sum(weighted) // ONE or None


def aspect_maximum(aspect: dict[str, Any]) -> int:
    """Return the most points an aspect can give: its maximum × factor; a time gives its cap."""
    if aspect.get("kind") == "time":
        return _number(aspect.get("cap")) or 0
    most = _number(aspect.get("max"))
    if most is None:
        most = max((_number(band.get("points")) or 0 for band in _objects(aspect, "bands")), default=0)
    factor = _number(aspect.get("factor", "1"))
    return most * (ONE if factor is None else factor) // ONE


def _stage_sums(stage: dict[str, Any], pointer: str) -> Iterator[Sum]:
    total = 0
    inner = []
    for number, criterion in enumerate(_objects(stage, "criteria")):
        found = sum(aspect_maximum(aspect) for aspect in _objects(criterion, "aspects"))
        said = _number(criterion.get("max"))
        inner.append(Sum(f"{pointer}/criteria/{number}", "criterion", found, said))
        total += found if said is None else min(found, said)
    yield Sum(pointer, "stage", total * _attempts(stage), _number(stage.get("max")))
    yield from inner


def _attempts(stage: dict[str, Any]) -> int:
    """Return how many attempts add up; only `sum` adds them."""
    attempts = stage.get("attempts", 1)
    adds = stage.get("take") == "sum" and type(attempts) is int and 0 < attempts < ONE
    return attempts if adds else 1


def _weights(document: Any, stages: list[dict[str, Any]]) -> Sum:
    return Sum("/stages", "weights", sum(_number(stage.get("weight", "1")) or 0 for stage in stages), ONE)


def _shares(document: Any, stages: list[dict[str, Any]]) -> bool:
    weights = document.get("weights") if isinstance(document, dict) else None
    return weights == "share" or (weights is None and len(stages) > 1)


def _objects(node: object, key: str) -> list[dict[str, Any]]:
    items = node.get(key) if isinstance(node, dict) else None
    return [item if isinstance(item, dict) else {} for item in items] if isinstance(items, list) else []


def _number(value: object) -> int | None:
    return parse_decimal(value) if isinstance(value, str) else None
