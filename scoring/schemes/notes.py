"""What is allowed but probably a slip: sums that disagree, steps that miss the maximum. Pure.

Source: DOMAIN.md section 14, rows 11 to 13. Nothing here refuses a scheme; people look at it and decide.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from scoring.rules.model import Aspect, Scheme
from scoring.rules.numbers import format_short
from scoring.schemes.sums import sums_of


class Note(NamedTuple):
    """One thing worth a second look: a stable code, the JSON pointer, and the values to name."""

    code: str
    pointer: str
    params: dict[str, Any]


def notes_of(document: object, scheme: Scheme | None) -> list[Note]:
    """Return what a careful colleague would ask about a scheme."""
    found = list(_sum_notes(document))
    if scheme is not None:
        found += _aspect_notes(scheme)
        found += _tie_notes(scheme)
    return found


def _sum_notes(document: object) -> Iterator[Note]:
    for item in sums_of(document):
        if item.kind != "weights" and item.difference:
            params = {"found": format_short(item.found), "said": format_short(item.said or 0)}
            yield Note("SCHEME_TOTAL", f"{item.pointer}/max", params)


def _aspect_notes(scheme: Scheme) -> Iterator[Note]:
    for first, stage in enumerate(scheme.stages):
        for second, criterion in enumerate(stage.criteria):
            for third, aspect in enumerate(criterion.aspects):
                pointer = f"/stages/{first}/criteria/{second}/aspects/{third}"
                yield from _notes_of(aspect, pointer)


def _tie_notes(scheme: Scheme) -> Iterator[Note]:
    """Note rules under which a last tie can be neither shared nor decided: no result could be announced."""
    ranking = scheme.ranking
    if not ranking.share and not any(step.by == "manual" for step in ranking.ties):
        yield Note("SCHEME_LAST_TIE", "/ranking/ties", {})


def _notes_of(aspect: Aspect, pointer: str) -> Iterator[Note]:
    if aspect.maximum is not None and aspect.maximum <= 0:
        yield Note("SCHEME_NO_POINTS", f"{pointer}/max", {"max": format_short(aspect.maximum)})
    elif _steps(aspect) and aspect.maximum is not None and aspect.maximum % aspect.step:
        params = {"step": format_short(aspect.step), "max": format_short(aspect.maximum)}
        yield Note("SCHEME_STEP", f"{pointer}/step", params)
    if aspect.kind == "judgement" and len(aspect.levels) != 4:
        yield Note("SCHEME_LEVELS", f"{pointer}/levels", {"count": len(aspect.levels)})
    elif aspect.kind == "judgement" and not all(level.strip() for level in aspect.levels):
        yield Note("SCHEME_LEVEL_WORDS", f"{pointer}/levels", {})


def _steps(aspect: Aspect) -> bool:
    by_points = aspect.kind == "measurement" and aspect.entry == "points"
    return aspect.step > 0 and (aspect.kind == "score" or by_points)
