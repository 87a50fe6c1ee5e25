"""Turn a marking scheme into a document of the scheme format. Pure.

Source: SCHEME.md section 2: one stage `WS`, one criterion a letter, aspects coded `A1.01`, `A1.02`, …
"""

from typing import Any

from scoring.rules.numbers import format_short
from scoring.schemes.cis.sheet import LEVELS, Aspect, Criterion, MarkingScheme, SubCriterion

STAGE = "WS"


def document_of(scheme: MarkingScheme) -> dict[str, Any]:
    """Return the scheme/1 document of a sheet that was not refused."""
    criteria = [criterion for criterion in scheme.criteria.values() if criterion.aspects]
    total = sum(criterion.mark for criterion in criteria)
    return {
        "format": "scheme/1",
        "title": scheme.title,
        "weights": "plain",
        "stages": [
            {
                "code": STAGE,
                "title": scheme.title,
                "max": format_short(total),
                "criteria": [_criterion(criterion) for criterion in criteria],
            }
        ],
        "total": {"places": 2, "min": "0"},
        "ranking": {"order": "desc", "share": True, "ties": []},
    }


def _criterion(criterion: Criterion) -> dict[str, Any]:
    return {
        "code": criterion.letter,
        "title": criterion.name,
        "max": format_short(criterion.mark),
        "aspects": [
            _aspect(sub, aspect, number)
            for sub in criterion.subs
            for number, aspect in enumerate(sub.aspects, start=1)
        ],
    }


def _aspect(sub: SubCriterion, aspect: Aspect, number: int) -> dict[str, Any]:
    made: dict[str, Any] = {
        "code": f"{sub.code}.{number:02d}",
        "title": aspect.title,
        "kind": "judgement" if aspect.type == "J" else "measurement",
        "max": format_short(aspect.mark or 0),
        "sub": f"{sub.code} {sub.name}".strip(),
    }
    if aspect.type == "J":
        made["levels"] = [aspect.levels[level] for level in LEVELS]
    shown = {"section": aspect.section, "day": sub.day, "description": "\n".join(aspect.said)}
    return made | {key: text for key, text in shown.items() if text}
