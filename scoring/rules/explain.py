"""Say how a result came about, as data: each step from marks to total, and what separated neighbours.

An explanation is built for one entry when somebody asks, with the same functions that counted the result, so
that the recount of thousands does not pay for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from scoring.rules.comparators import compared_value
from scoring.rules.compute import Outcome, ResultRow
from scoring.rules.inputs import Penalty
from scoring.rules.marks import Cell
from scoring.rules.model import Aspect, Comparator, Criterion, Stage
from scoring.rules.numbers import ONE, Exact, clamp, product, simplest
from scoring.rules.panels import AspectPanels, Refusal, Way, combine, find_refusal, finish
from scoring.rules.ranking import BY_TOTAL
from scoring.rules.stages import StageResult, criterion_value, stage_value, weighted_sum
from scoring.rules.values import format_value, panel_share, panel_unit, points_of

LeftOut = Literal["", "highest", "lowest", "not_on_panel"]
State = Literal["counted", "unmarked", "missing", "refused"]


@dataclass(frozen=True, slots=True)
class MarkStep:
    """One judge's mark: as entered, in points before the panel, and why it does not count if it does not."""

    judge: str
    value: str
    points: Exact
    left_out: LeftOut


@dataclass(frozen=True, slots=True)
class AspectStep:
    """How one panel came to its value.

    `way` is the method really used; `exact`, `number` and `value` are the panel's number before and after
    rounding, and the aspect after factor and rounding. `waiting` names the judges whose marks are missing,
    `absent` those a decision took out, `refusal` what is wrong.
    """

    aspect: Aspect
    state: State
    marks: tuple[MarkStep, ...] = ()
    waiting: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    way: Way | None = None
    exact: Exact | None = None
    number: Exact | None = None
    value: Exact | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class CriterionStep:
    """A criterion: the sum of its aspects, inside its limits, rounded."""

    criterion: Criterion
    aspects: tuple[AspectStep, ...]
    sum: Exact | None
    clamped: Exact | None
    value: Exact | None


@dataclass(frozen=True, slots=True)
class AttemptStep:
    """One attempt: the sum of its criteria, inside the limits of the stage, rounded; whether it counts."""

    attempt: int
    counts: bool
    criteria: tuple[CriterionStep, ...]
    sum: Exact | None
    clamped: Exact | None
    value: Exact | None


@dataclass(frozen=True, slots=True)
class StageStep:
    """A stage: its attempts, what they give together, and its share in the total."""

    stage: Stage
    attempts: tuple[AttemptStep, ...]
    value: Exact | None
    weighted: Exact | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """All steps from the marks of one entry to its place; `sum` is the total before clamp and rounding."""

    row: ResultRow
    stages: tuple[StageStep, ...]
    penalties: tuple[Penalty, ...]
    penalty_sum: int
    sum: Exact | None
    clamped: Exact | None
    total: Exact | None


@dataclass(frozen=True, slots=True)
class Separation:
    """What stands between two neighbours of the ranking.

    `total` or `comparator` with both values; `shared` where the rules let them share the rank; `open` where a
    finding asks to tell them apart.
    """

    first: str
    second: str
    by: Literal["total", "comparator", "shared", "open"]
    comparator: Comparator | None = None
    first_value: Exact | None = None
    second_value: Exact | None = None


def explain(outcome: Outcome, entry: str) -> Explanation:
    """Return the explanation of one entry. Raises KeyError for a code that is not in the result."""
    row = {row.entry: row for row in outcome.rows}[entry]
    tally, scheme = outcome.tally, outcome.scheme
    stages = tuple(_explain_stage(outcome, stage, entry) for stage in scheme.stages)
    scores = [stage.value for stage in stages if stage.value is not None]
    penalty_sum = tally.penalty_sum(entry)
    total_sum = clamped = None
    if len(scores) == len(stages):
        total_sum = simplest(Fraction(weighted_sum(scheme, scores, penalty_sum)) / ONE)
        clamped = clamp(total_sum, scheme.total.minimum, scheme.total.maximum)
    return Explanation(
        row=row,
        stages=stages,
        penalties=tuple(tally.field_of.penalties.get(entry, ())),
        penalty_sum=penalty_sum,
        sum=total_sum,
        clamped=clamped,
        total=row.total,
    )


def separations(outcome: Outcome) -> list[Separation]:
    """Return for each pair of neighbours in the ranking what separated them."""
    found: list[Separation] = []
    previous: str | None = None
    for group in outcome.groups:
        if previous is not None:
            found.append(_separation(outcome, previous, group.entries[0], group.split))
        for first, second in zip(group.entries, group.entries[1:], strict=False):
            found.append(Separation(first, second, "open" if group.is_open else "shared"))
        previous = group.entries[-1]
    return found


def _separation(outcome: Outcome, first: str, second: str, split: int) -> Separation:
    tally = outcome.tally
    if split == BY_TOTAL:
        return Separation(first, second, "total", None, tally.totals[first], tally.totals[second])
    comparator = outcome.scheme.ranking.ties[split]
    values = [compared_value(tally, comparator, entry) for entry in (first, second)]
    return Separation(first, second, "comparator", comparator, *values)


def _explain_stage(outcome: Outcome, stage: Stage, entry: str) -> StageStep:
    result = outcome.tally.stages[stage.code][entry]
    panels = [outcome.tally.panels[aspect.path] for aspect in stage.aspects]
    there = sorted({n for panel in panels for n, cells in panel.marks.by_attempt.items() if entry in cells})
    numbers = [1] if stage.attempts == 1 else there
    attempts = tuple(_explain_attempt(panels, stage, entry, number, result) for number in numbers)
    weighted = None if result.score is None else product(result.score, stage.weight)
    return StageStep(stage, attempts, result.score, weighted)


def _explain_attempt(
    panels: Sequence[AspectPanels], stage: Stage, entry: str, number: int, result: StageResult
) -> AttemptStep:
    steps = {panel.aspect.code: _explain_aspect(panel, entry, number) for panel in panels}
    criteria = tuple(
        _explain_criterion(criterion, [steps[aspect.code] for aspect in criterion.aspects])
        for criterion in stage.criteria
    )
    values = [criterion.value for criterion in criteria]
    whole = _sum(values)
    return AttemptStep(
        attempt=number,
        counts=number == result.attempt or (stage.blends_attempts and result.score is not None),
        criteria=criteria,
        sum=whole,
        clamped=None if whole is None else clamp(whole, stage.minimum, stage.maximum),
        value=stage_value(stage, values),
    )


def _explain_criterion(criterion: Criterion, steps: Sequence[AspectStep]) -> CriterionStep:
    values = [step.value for step in steps]
    whole = _sum(values)
    return CriterionStep(
        criterion=criterion,
        aspects=tuple(steps),
        sum=whole,
        clamped=None if whole is None else clamp(whole, criterion.minimum, criterion.maximum),
        value=criterion_value(criterion, values),
    )


def _sum(values: Sequence[Exact | None]) -> Exact | None:
    numbers = [value for value in values if value is not None]
    return sum(numbers) if len(numbers) == len(values) else None


def _explain_aspect(panels: AspectPanels, entry: str, attempt: int) -> AspectStep:
    aspect = panels.aspect
    cell = panels.marks.find_cell(entry, attempt) or {}
    judges = panels.judges_of(entry)
    absent = tuple(sorted(panels.decisions.absent_judges(entry, aspect.stage, aspect.code)))
    seated = {judge: cell[judge] for judge in sorted(cell) if judge in judges}
    waiting = tuple(sorted(judges - set(cell))) if panels.waits else ()
    step = AspectStep(aspect, "missing", _mark_steps(aspect, cell, seated, None), waiting, absent)
    if (entry, attempt) in panels.marks.spoiled or (seated and waiting):
        return step
    if not seated:
        return replace(step, state="missing" if aspect.required else "unmarked", value=panels.unmarked)
    way = panels.choose_way(len(seated))
    refusal = find_refusal(aspect, list(seated.values()), way)
    if way is None or refusal is not None:
        return replace(step, state="refused", way=way, refusal=refusal)
    numerator, denominator = combine(way, [points_of(aspect, value) for value in seated.values()])
    number, value = finish(aspect, numerator, denominator)
    exact = simplest(Fraction(numerator * panel_unit(aspect)) / (denominator * panel_share(aspect)))
    marks = _mark_steps(aspect, cell, seated, way)
    return replace(step, state="counted", marks=marks, way=way, exact=exact, number=number, value=value)


def _mark_steps(aspect: Aspect, cell: Cell, seated: Cell, way: Way | None) -> tuple[MarkStep, ...]:
    points = {judge: points_of(aspect, value) for judge, value in cell.items()}
    drop = way.drop if way is not None and way.method == "trimmed_mean" else 0
    ordered = sorted(seated, key=lambda judge: (points[judge], judge))
    lowest, highest = ordered[:drop], ordered[len(ordered) - drop :]
    steps = []
    for judge in sorted(cell):
        left_out: LeftOut = "" if judge in seated else "not_on_panel"
        if judge in lowest:
            left_out = "lowest"
        elif judge in highest:
            left_out = "highest"
        steps.append(MarkStep(judge, format_value(aspect, cell[judge]), points[judge], left_out))
    return tuple(steps)
