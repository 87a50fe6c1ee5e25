"""Read one aspect of a scheme with the fields of its kind (SCHEME.md section 3)."""

import re
from collections.abc import Callable
from typing import Any, Literal

from scoring.rules.document import Node, is_text
from scoring.rules.model import KINDS, Aspect, Band, Kind
from scoring.rules.numbers import ONE
from scoring.rules.parse_panel import read_panel

# A WorldSkills workbook numbers its aspects `A1.01`: sub-criterion, point, number. No other point is a code.
ASPECT_CODE = re.compile(r"[A-Za-z0-9_-]+|[A-Za-z][0-9]+\.[0-9]+")

Entry = Literal["points", "pass", "value"]
ENTRIES: tuple[Entry, ...] = ("points", "pass", "value")
Better = Literal["higher", "lower"]
BETTER: tuple[Better, ...] = ("higher", "lower")
FEWEST_LEVELS = 2

Fields = dict[str, Any]


def read_aspect(node: Node, stage: str, criterion: str) -> Aspect:
    """Return one aspect; what is wrong with it is noted on the node."""
    kind = node.choice("kind", KINDS)
    aspect = Aspect(
        stage=stage,
        criterion=criterion,
        code=node.code(pattern=ASPECT_CODE),
        title=node.text("title"),
        kind=kind,
        factor=node.amount("factor", "1"),
        places=node.places(),
        required=node.flag("required", True),
        panel=read_panel(node, kind),
        sub=node.label("sub"),
        section=node.label("section"),
        day=node.label("day"),
        description=node.label("description"),
        unit=node.label("unit"),
        **(FIELDS[kind](node) if node.values.get("kind") == kind else _unread(node)),
    )
    node.finish()
    return aspect


def _unread(node: Node) -> Fields:
    """Leave the own fields of an unknown kind alone: the kind itself is the mistake to mend."""
    node.seen.update(node.values)
    return {}


def _score(node: Node) -> Fields:
    minimum, maximum = node.amount("min", "0"), node.decimal("max")
    if maximum is not None and minimum > maximum:
        node.note("max", "limits")
    return {"minimum": minimum, "maximum": maximum, "step": _step(node)}


def _step(node: Node) -> int:
    return node.amount("step", "0.01", least="0.000001") or ONE


def _judgement(node: Node) -> Fields:
    levels = node.items("levels", least=FEWEST_LEVELS)
    for index, level in enumerate(levels):
        if not is_text(level):
            node.note_inside(f"levels/{index}", "text")
    return {"maximum": node.decimal("max", least="0"), "levels": tuple(str(level) for level in levels)}


def _measurement(node: Node) -> Fields:
    entry = node.choice("entry", ENTRIES, "points")
    by_value = entry == "value"
    maximum = node.decimal("max", None, least="0") if by_value else node.decimal("max", least="0")
    bands = tuple(_read_bands(node)) if by_value or node.has("bands") else ()
    return {
        "entry": entry,
        "maximum": maximum,
        "step": _step(node),
        "nominal": node.decimal("nominal", None),
        "bands": bands,
    }


def _read_bands(node: Node) -> list[Band]:
    bands: list[Band] = []
    for child in node.nodes("bands"):
        upto, points = child.decimal("upto"), child.amount("points")
        if upto is not None and bands and upto <= bands[-1].upto:
            child.note("upto", "ascending")
        if upto is not None:
            bands.append(Band(upto, points))
        child.finish()
    return bands


def _count(node: Node) -> Fields:
    return {
        "maximum": node.decimal("max", least="0"),
        "per": node.decimal("per", least="0"),
        "per_false": node.amount("per_false", "0", least="0"),
    }


def _deduction(node: Node) -> Fields:
    if node.has("zero_at") and not node.has("per"):
        node.note("zero_at", "needs", other="per")
    return {
        "maximum": node.decimal("max", least="0"),
        "per": node.decimal("per", None, least="0"),
        "zero_at": _zero_at(node),
    }


def _zero_at(node: Node) -> int | None:
    value = node.values.get("zero_at")
    if isinstance(value, int) and not isinstance(value, bool):
        return node.count("zero_at") * ONE
    return node.decimal("zero_at", None, least="0")


def _time(node: Node) -> Fields:
    return {
        "limit": node.decimal("limit", None, least="0"),
        "early": node.amount("early", "0", least="0"),
        "cap": node.amount("cap", "0", least="0"),
        "late": node.amount("late", "0", least="0"),
    }


def _indicator(node: Node) -> Fields:
    return {
        "maximum": node.decimal("max", least="0"),
        "target": node.decimal("target", None, least="0.000001"),
        "better": node.choice("better", BETTER, "higher"),
    }


FIELDS: dict[Kind, Callable[[Node], Fields]] = {
    "score": _score,
    "judgement": _judgement,
    "measurement": _measurement,
    "count": _count,
    "deduction": _deduction,
    "time": _time,
    "indicator": _indicator,
}
