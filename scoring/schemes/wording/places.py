"""Where in a scheme a finding stands, in words: “Stage P › Criterion A › Aspect A2 › max”."""

from typing import Any

from flask_babel import gettext as _

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
    words = {
        "stages": _("Stages"),
        "criteria": _("Criteria"),
        "aspects": _("Aspects"),
        "ties": _("Tie-breaks"),
        "tiers": _("Prizes"),
        "bands": _("Bands"),
        "levels": _("Judgement levels"),
        "total": _("Total score"),
        "ranking": _("Ranking"),
        "awards": _("Prizes"),
        "panel": _("Panel"),
    }
    return words.get(step, step)
