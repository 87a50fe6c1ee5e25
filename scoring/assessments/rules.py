"""Which contests are assessed by periods, what a unit may still change, what a value is. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from scoring.rules.compute import compute
from scoring.rules.findings import Finding
from scoring.rules.inputs import EntryInput, MarkInput
from scoring.rules.model import Aspect, Scheme, Stage
from scoring.rules.numbers import format_number
from scoring.rules.values import check_value

OPEN, SUBMITTED, RETURNED = "open", "submitted", "returned"
STATES = (OPEN, SUBMITTED, RETURNED)
REPORTED_IN = frozenset({"ready", "scoring"})
PLANNED_IN = frozenset({"registration", "ready", "scoring"})
CHECKED_IN = "scoring"
LONGEST_VALUE, LONGEST_NOTE = 40, 300
SELF = "S"


def is_in_time(due_at: datetime | None, now: datetime) -> bool:
    """Say whether the units are asked to report, and still may."""
    return due_at is not None and now <= due_at


def takes_target(aspect: Aspect) -> bool:
    """Say whether each entry has a target of its own for this aspect."""
    return aspect.kind == "indicator" and aspect.target is None


def with_target(aspect: Aspect, achieved: str, targets: Mapping[str, str]) -> str:
    """Return the value that the scheme reads: "achieved/target" where the office has set the target.

    That stands above one that was typed, or that was set when the value was entered.
    """
    target, plain = targets.get(aspect.code, ""), without_target(aspect, achieved, targets)
    return f"{plain}/{target}" if plain and target else achieved


def without_target(aspect: Aspect, value: str, targets: Mapping[str, str]) -> str:
    """Return what was achieved alone where the office has set the target, otherwise the whole value."""
    return value.partition("/")[0] if targets.get(aspect.code) and value.count("/") == 1 else value


def faults(
    stage: Stage, values: Mapping[str, str], targets: Mapping[str, str]
) -> list[tuple[Aspect, Finding]]:
    """Return what is wrong with values by aspect; an empty one is none."""
    found = []
    for aspect in stage.aspects:
        text = with_target(aspect, values.get(aspect.code, ""), targets)
        finding = check_value(aspect, text) if text else None
        if finding is not None:
            found.append((aspect, finding))
    return found


def missing(stage: Stage, values: Mapping[str, str]) -> list[Aspect]:
    """Return the aspects that need a value and have none."""
    return [aspect for aspect in stage.aspects if aspect.required and not values.get(aspect.code)]


def scores(scheme: Scheme, stage: Stage, values: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return what the values of entries would come to in a stage by the rules that count; "" for a gap.

    Shape: values by entry and aspect as the scheme reads them.
    """
    ranking = replace(scheme.ranking, ties=())
    alone = replace(scheme, stages=(stage,), ranking=ranking, awards=None, scale=None)
    marks = [
        MarkInput(stage.code, aspect, entry, SELF, 1, value)
        for entry, own in values.items()
        for aspect, value in own.items()
        if value
    ]
    entries = [EntryInput(entry, "", "", "valid") for entry in values]
    rows = compute(alone, entries, marks, None).rows
    return {
        row.entry: "" if row.stages[0] is None else format_number(row.stages[0], stage.places) for row in rows
    }
