"""One result opened into its working, as plain values: marks, panels, sums, weights, penalties, total."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from scoring.results import words
from scoring.results.formulas import formula
from scoring.rules.compute import Outcome
from scoring.rules.explain import (
    AspectStep,
    AttemptStep,
    CriterionStep,
    Explanation,
    Separation,
    StageStep,
    explain,
    separations,
)
from scoring.rules.model import Scheme
from scoring.rules.numbers import ONE, format_number
from scoring.sheets.rules import judge_order
from scoring.sheets.wording import mark_words

SHORT = 6  # aspects that still read as one block


def working_of(outcome: Outcome, entry: str) -> dict[str, Any]:
    """Return the working of one entry. Raises KeyError for a code that is not in the result."""
    explanation = explain(outcome, entry)
    return {
        "entry": entry,
        "status": explanation.row.status,
        "stages": [_stage(outcome.scheme, step) for step in explanation.stages],
        "blocks": [block for step in explanation.stages for block in _blocks(outcome.scheme, step)],
        "total": _total(outcome.scheme, explanation),
        "neighbours": neighbours(outcome, entry),
    }


def neighbours(outcome: Outcome, entry: str) -> list[dict[str, str]]:
    """Return why an entry stands before the next one and after the one before it."""
    found = []
    for separation in separations(outcome):
        if entry in (separation.first, separation.second):
            found.append(_neighbour(outcome.scheme, separation, entry))
    return sorted(found, key=lambda neighbour: neighbour["side"], reverse=True)


def _neighbour(scheme: Scheme, separation: Separation, entry: str) -> dict[str, str]:
    text = words.why(scheme, separation)
    if separation.by == "shared":
        other = separation.second if entry == separation.first else separation.first
        return {"side": "equal", "title": _("Beside %(code)s", code=other), "text": text}
    if separation.first == entry:
        return {"side": "next", "title": _("Why before %(code)s", code=separation.second), "text": text}
    return {"side": "before", "title": _("Why after %(code)s", code=separation.first), "text": text}


# ---------------------------------------------------------------- stages


def _stage(scheme: Scheme, step: StageStep) -> dict[str, Any]:
    stage = step.stage
    several = stage.attempts > 1
    return {
        "code": stage.code,
        "title": stage.title or stage.code,
        "weight": words.weight(scheme, stage),
        "value": words.shown(step.value, stage.places),
        "attempts": [_attempt(step, attempt, several=several) for attempt in step.attempts],
        "take": _take(step) if several else "",
    }


def _blocks(scheme: Scheme, step: StageStep) -> list[dict[str, Any]]:
    """Return a stage as the short working shows it: by attempts, and by criteria where there are several."""
    stage = step.stage
    name = stage.title or stage.code
    blocks = []
    for attempt in step.attempts:
        shown = _attempt(step, attempt, several=stage.attempts > 1)
        note = _("counts") if stage.attempts > 1 and attempt.counts else ""
        head = " ".join(part for part in (name, shown["title"]) if part)
        lines = [aspect for criterion in shown["criteria"] for aspect in criterion["aspects"]]
        if len(lines) <= SHORT or stage.attempts > 1:
            limits = [c["limit"] for c in shown["criteria"] if c["limit"]] + [shown["limit"]]
            blocks.append(_block(f"{head} {shown['value']}", note, lines, limits))
            continue
        for criterion in shown["criteria"]:
            title = criterion["title"] if len(scheme.stages) == 1 else f"{head} · {criterion['title']}"
            limits = [criterion["limit"]]
            blocks.append(_block(f"{title} {criterion['value']}", note, criterion["aspects"], limits))
        if shown["limit"]:
            blocks[-1]["limits"].append(_("%(name)s: %(codes)s", name=head, codes=shown["limit"]))
    return blocks


def _block(title: str, note: str, lines: list[dict[str, Any]], limits: Iterable[str]) -> dict[str, Any]:
    return {"title": title, "note": note, "lines": lines, "limits": [limit for limit in limits if limit]}


def _take(step: StageStep) -> str:
    takes = {
        "best": _("The best attempt counts."),
        "mean": _("The mean of the attempts counts."),
        "sum": _("The attempts are added up."),
        "last": _("The last attempt counts."),
    }
    return takes[step.stage.take]


def _attempt(step: StageStep, attempt: AttemptStep, *, several: bool) -> dict[str, Any]:
    stage = step.stage
    judges = sorted(_judges(attempt), key=judge_order)
    return {
        "title": _("Attempt %(number)s", number=attempt.attempt) if several else "",
        "counts": attempt.counts,
        "value": words.shown(attempt.value, stage.places),
        "judges": judges,
        "criteria": [_criterion(criterion, judges) for criterion in attempt.criteria],
        "limit": _limit(attempt.sum, attempt.clamped),
    }


def _judges(attempt: AttemptStep) -> set[str]:
    steps = [aspect for criterion in attempt.criteria for aspect in criterion.aspects]
    return {
        judge
        for step in steps
        for judge in [*(mark.judge for mark in step.marks), *step.waiting, *step.absent]
    }


def _criterion(step: CriterionStep, judges: Iterable[str]) -> dict[str, Any]:
    return {
        "title": step.criterion.title or step.criterion.code,
        "value": words.shown(step.value, step.criterion.places),
        "limit": _limit(step.sum, step.clamped),
        "aspects": [_aspect(aspect, judges) for aspect in step.aspects],
    }


def _limit(before: Any, after: Any) -> str:
    """Return what a limit of the scheme has cut, or nothing."""
    if before is None or before == after:
        return ""
    return _("%(sum)s is limited to %(limit)s", sum=words.exact(before), limit=words.exact(after))


def _aspect(step: AspectStep, judges: Iterable[str]) -> dict[str, Any]:
    aspect = step.aspect
    marks = {mark.judge: _mark(step, mark) for mark in step.marks}
    cells = [marks.get(judge) or _no_mark(step, judge) for judge in judges]
    return {
        "code": aspect.code,
        "title": aspect.title or aspect.code,
        "cells": cells,
        "marks": [marks[judge] for judge in sorted(marks, key=judge_order)],
        "waiting": ", ".join(sorted(step.waiting, key=judge_order)),
        "state": step.state,
        "way": words.way_words(step.way) if step.way is not None and len(step.marks) > 1 else "",
        "refusal": words.refusal_words(step),
        "number": _panel_number(step),
        "formula": formula(step),
        "has_factor": aspect.factor != ONE and step.number is not None,
        "value": _value(step),
        "is_plain": _is_plain(step),
        "is_time": aspect.kind == "time" and aspect.limit is None,
    }


def _is_plain(step: AspectStep) -> bool:
    """Say whether the value is the one mark that was entered, so that a step would only repeat it."""
    aspect = step.aspect
    entered = aspect.kind == "score" or (aspect.kind == "measurement" and aspect.entry == "points")
    once = len(step.marks) == 1 and aspect.factor == ONE
    return entered and once and step.value == step.marks[0].points


def _mark(step: AspectStep, mark: Any) -> dict[str, Any]:
    value = mark_words(step.aspect, mark.value)
    counted = step.aspect.kind == "deduction" and step.aspect.per is not None
    out = str(words.LEFT_OUT[mark.left_out]) if mark.left_out else ""
    short = ngettext("%(num)d fault", "%(num)d faults", int(value)) if counted else value
    return {"value": value, "short": short, "out": out}


def _no_mark(step: AspectStep, judge: str) -> dict[str, Any]:
    if judge in step.absent:
        return {"value": "", "gap": _("absent")}
    if judge in step.waiting:
        return {"value": "", "gap": _("missing")}
    return {"value": "", "gap": ""}


def _panel_number(step: AspectStep) -> str:
    """Return the panel's number where it is not the value of the aspect already."""
    if step.number is None or (step.aspect.factor == ONE and step.number == step.value):
        return ""
    number = format_number(step.number, step.aspect.panel.places)
    factor = step.aspect.factor
    return f"{number} × {words.exact(factor)}" if factor != ONE else number


def _value(step: AspectStep) -> str:
    return words.shown(step.value, step.aspect.places)


# ---------------------------------------------------------------- the total


def _total(scheme: Scheme, explanation: Explanation) -> dict[str, Any]:
    lines = [_weighted(scheme, step) for step in explanation.stages if step.value is not None]
    sign = "+" if scheme.ranking.order == "asc" else "−"
    penalties = [
        {"points": f"{sign} {words.exact(penalty.points)}", "reason": penalty.reason}
        for penalty in explanation.penalties
    ]
    total = words.shown(explanation.total, scheme.total.places)
    unrounded = "" if explanation.clamped is None else words.exact(explanation.clamped)
    return {
        "lines": lines if len(scheme.stages) > 1 or penalties else [],
        "penalties": penalties,
        "sum": unrounded if unrounded and _differs(unrounded, total) else "",
        "limit": _limit(explanation.sum, explanation.clamped),
        "value": total,
        "missing": explanation.total is None,
    }


def _weighted(scheme: Scheme, step: StageStep) -> str:
    score = words.shown(step.value, step.stage.places)
    factor = words.weight(scheme, step.stage)
    if not factor or step.weighted is None:
        return f"{step.stage.title or step.stage.code} {score}"
    times = factor if factor.startswith("×") else f"× {factor}"
    return f"{score} {times} = {words.exact(step.weighted)}"


def _differs(unrounded: str, total: str) -> bool:
    """Say whether rounding has changed a number, not only the zeros it is written with."""
    if "." not in total:
        return unrounded != total
    return unrounded != total.rstrip("0").rstrip(".")
