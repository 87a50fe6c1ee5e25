"""What the shells of the judge's app show, as plain values: the blank sheet, no entry, no mark, no person."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _

from competitions.catalogue.naming import name_of
from competitions.events.models import Event
from core import canonical
from core.i18n import current_locale
from scoring.rules.messages import CATALOGUE
from scoring.rules.model import Scheme, Stage
from scoring.rules.numbers import format_short
from scoring.schemes.sheet_preview import named_criteria, splits
from scoring.tablet import assets, rules

# What the reader of a value can say (scoring.rules.values); the device says it in the same words.
FINDINGS = (
    ("SCORE_FORMAT", ("decimal", "whole", "pass", "seconds", "target_missing")),
    ("SCORE_RANGE", ("negative", "range", "target")),
    ("SCORE_STEP", ("step",)),
    ("JUDGEMENT_VALUE", ("level",)),
)


def tasks_shell() -> dict[str, Any]:
    """Return what the list of tasks needs."""
    return {"version": assets.version(), "shell": tasks_mark(), "script": "tasks", "page": {}, "findings": []}


def tasks_mark() -> str:
    """Return the fingerprint of the list of tasks."""
    return assets.fingerprint(assets.version(), current_locale())


def stage_shell(event: Event, stage: Stage) -> dict[str, Any]:
    """Return what the sheets of one stage need: every aspect, for each judge hides what is not the own."""
    criteria = named_criteria(stage)
    return {
        "title": name_of(event),
        "stage": stage,
        "script": "app",
        "page": {"data-event": event.id, "data-stage": stage.code, "data-title": name_of(event)},
        "version": assets.version(),
        "shell": stage_mark(event, stage),
        "fields": [
            _field(field) | {"criterion": criteria.get(field.aspect.criterion)}
            for field in rules.fields(stage)
        ],
        "findings": list(list_findings()),
    }


def stage_mark(event: Event, stage: Stage) -> str:
    """Return the fingerprint of a stage's shell: product, language, names, the stage's part of the scheme."""
    return assets.fingerprint(assets.version(), current_locale(), name_of(event), stage)


def find_stage(scheme: Scheme | None, code: str) -> Stage | None:
    """Return a stage of an event's scheme."""
    return None if scheme is None else scheme.find_stage(code)


def list_findings() -> Iterable[tuple[str, str, str]]:
    """Yield (code, variant, sentence) of what the reader of a value can say."""
    language = int(current_locale() == "zh")
    for code, variants in FINDINGS:
        for variant in variants:
            yield code, variant, CATALOGUE[code, variant][language]


def _field(field: rules.Field) -> dict[str, Any]:
    aspect = field.aspect
    return {
        "aspect": aspect,
        "id": f"{aspect.code}-{field.attempt}",
        "number": field.number,
        "attempt": field.attempt,
        "range": value_range(aspect),
        "splits": splits(aspect),
        "levels": list(enumerate(aspect.levels)),
        "rule": canonical.dumps(rules.device_rule(aspect)),
    }


def value_range(aspect: Any) -> str:
    """Return what may be entered, in words."""
    if aspect.kind == "judgement":
        return str(_("Level 0 to %(most)s", most=len(aspect.levels) - 1))
    if aspect.kind == "time" or aspect.entry == "value":
        return str(aspect.unit)
    if aspect.entry == "pass":
        return str(_("%(most)s points or 0", most=_n(aspect.maximum)))
    return COUNTED_RANGES.get(aspect.kind, _points_range)(aspect)


def _points_range(aspect: Any) -> str:
    least, most, step = _n(aspect.minimum), _n(aspect.maximum), _n(aspect.step)
    return str(_("%(least)s to %(most)s points, step %(step)s", least=least, most=most, step=step))


def _deduction_range(aspect: Any) -> str:
    if aspect.per is None:
        return str(_("%(most)s points; enter the points lost", most=_n(aspect.maximum)))
    return str(_("%(most)s points, %(per)s off for each", most=_n(aspect.maximum), per=_n(aspect.per)))


def _count_range(aspect: Any) -> str:
    return str(_("%(per)s points each, at most %(most)s", per=_n(aspect.per), most=_n(aspect.maximum)))


def _indicator_range(aspect: Any) -> str:
    return str(_("Up to %(most)s points", most=_n(aspect.maximum)))


def _n(number: int | None) -> str:
    return format_short(number or 0)


COUNTED_RANGES = {"deduction": _deduction_range, "count": _count_range, "indicator": _indicator_range}
