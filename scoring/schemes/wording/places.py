"""Where in a scheme a finding stands, in words: “Stage P › Criterion A › Aspect A2 › max”."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from scoring.rules.numbers import parse_decimal


def crumbs(document: object, pointer: str) -> list[str]:
    """Return the way from the whole scheme down to the place a JSON pointer names; empty for the whole."""
    found, node = [], document
    steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
    listed = ""
    for step in steps:
        node = _child(node, step)
        if listed:
            found.append(_item(listed, step, node))
            listed = ""
        elif step in LISTED:
            listed = step
        else:
            found.append(_key(step))
    return [*found, _key(listed)] if listed else found


def value_at(document: object, pointer: str) -> Any:
    """Return what a JSON pointer names, or None."""
    node = document
    for step in pointer.split("/")[1:]:
        node = _child(node, step.replace("~1", "/").replace("~0", "~"))
    return node


# Keys that the editor has a column or a field for.
KEYS: dict[str, Any] = {
    "stages": _l("Stages"),
    "criteria": _l("Criteria"),
    "aspects": _l("Aspects"),
    "ties": _l("Tie-breaks"),
    "tiers": _l("Prizes"),
    "bands": _l("Bands"),
    "levels": _l("Judgement levels"),
    "total": _l("Total score"),
    "ranking": _l("Ranking"),
    "awards": _l("Prizes"),
    "panel": _l("Panel"),
    "code": _l("Code"),
    "title": _l("Title"),
    "kind": _l("Kind of marking"),
    "weight": _l("Weight"),
    "weights": _l("Weights of the stages"),
    "max": _l("Maximum"),
    "min": _l("Minimum"),
    "step": _l("Step of marks"),
    "per": _l("Points for each"),
    "method": _l("How the marks are combined"),
    "drop": _l("Highest and lowest left out"),
    "min_judges": _l("Judges at least"),
    "max_spread": _l("Highest and lowest mark apart at most"),
    "share": _l("Ranks may be shared"),
    "order": _l("Order"),
    "places": _l("Decimals"),
    "attempts": _l("Attempts"),
    "take": _l("Of several attempts"),
    "base": _l("Percentages of"),
    "boundary": _l("Equal ranks across a border"),
    "scale": _l("Scale score"),
    "rule_reference": _l("Clause of the rule book"),
    "description": _l("Description for the judges"),
    "required": _l("Has to be marked"),
    "factor": _l("Factor"),
    "fallback": _l("With too few judges"),
    "at_least": _l("At least"),
    "per_unit": _l("Per unit at most"),
}
LISTED = ("stages", "criteria", "aspects", "ties", "tiers", "bands", "levels")


def _child(node: object, step: str) -> Any:
    if isinstance(node, list) and step.isdecimal() and int(step) < len(node):
        return node[int(step)]
    return node.get(step) if isinstance(node, dict) else None


def _item(listed: str, step: str, node: object) -> str:
    number = int(step) + 1 if step.isdecimal() and parse_decimal(step) is not None else step
    named = node.get("code") or node.get("title") if isinstance(node, dict) else None
    name = named if isinstance(named, str) and listed != "ties" else number
    return {
        "stages": _("Stage %(name)s", name=name),
        "criteria": _("Criterion %(name)s", name=name),
        "aspects": _("Aspect %(name)s", name=name),
        "ties": _("Tie-break %(name)s", name=name),
        "tiers": _("Prize %(name)s", name=name),
        "bands": _("Band %(name)s", name=number),
        "levels": _("Level %(name)s", name=int(number) - 1 if isinstance(number, int) else number),
    }[listed]


def _key(step: str) -> str:
    """Return the word of a key; one that has none is shown as it stands in the document."""
    return str(KEYS.get(step, step))
