"""The places of a judge's sheet, drawn from a scheme alone: no entry, no judge, no marks."""

from collections.abc import Mapping
from typing import Any

from scoring.rules.model import Aspect, Criterion, Scheme, Stage
from scoring.schemes.wording import aspects


def stages_of(scheme: Scheme) -> list[dict[str, Any]]:
    """Return each stage with the places of its sheet, numbered as the judge would see them."""
    return [{"stage": stage, "fields": fields_of(stage)} for stage in scheme.stages]


def fields_of(stage: Stage) -> list[dict[str, Any]]:
    """Return the places of one sheet."""
    criteria = named_criteria(stage)
    return [
        _field(aspect, number) | {"criterion": criteria.get(aspect.criterion)}
        for number, aspect in enumerate(stage.aspects, start=1)
    ]


def named_criteria(stage: Stage) -> Mapping[str, Criterion]:
    """Return by code the criteria that a sheet names above their aspects: not a lone one without a title."""
    return {part.code: part for part in stage.criteria if part.title or len(stage.criteria) > 1}


def _field(aspect: Aspect, number: int) -> dict[str, Any]:
    return {
        "aspect": aspect,
        "id": f"{aspect.stage}-{aspect.code}",
        "number": number,
        "value": "",
        "parts": ("", ""),
        "range": aspects.entered(aspect),
        "splits": splits(aspect),
        "levels": list(enumerate(aspect.levels)),
    }


def splits(aspect: Aspect) -> str:
    """Return how a value is keyed in: one number, minutes and seconds, or two numbers with a stroke."""
    if aspect.kind == "time":
        return "time"
    if aspect.kind == "count" and aspect.per_false:
        return "hits"
    return "target" if aspect.kind == "indicator" and aspect.target is None else ""
