"""Add up aspects to criteria, criteria to a stage, stages to the total (SCHEME.md section 2)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from scoring.rules.model import Criterion, Order, Scheme, Stage
from scoring.rules.numbers import ONE, Exact, clamp, ratio, round_exact

Values = Mapping[str, Exact | None]


class AttemptResult(NamedTuple):
    """What one attempt is worth; None is missing."""

    score: Exact | None
    criteria: tuple[Exact | None, ...]
    aspects: tuple[Exact | None, ...]


class StageResult(NamedTuple):
    """What the stage of one entry is worth, and the attempt that counts (None where several or none do)."""

    score: Exact | None
    attempt: int | None
    criteria: tuple[Exact | None, ...]
    aspects: tuple[Exact | None, ...]


class StageSums:
    """Adds up one stage for every entry.

    `values` holds for each attempt and each aspect (in the order of the scheme) the value by entry.
    """

    def __init__(self, stage: Stage, values: Mapping[int, Sequence[Values]], order: Order) -> None:
        self.stage = stage
        self.order = order
        self.attempts = {number: values[number] for number in sorted(values)}
        self.unmarked = tuple(None if aspect.required else 0 for aspect in stage.aspects)
        self.nothing = (None,) * len(stage.criteria)
        ends = [0]
        for criterion in stage.criteria:
            ends.append(ends[-1] + len(criterion.aspects))
        self.slices = [(criterion, ends[i], ends[i + 1]) for i, criterion in enumerate(stage.criteria)]

    def result(self, entry: str) -> StageResult:
        """Return what this stage of one entry is worth."""
        if self.stage.attempts == 1:
            attempt = self.attempt_result(self.attempts.get(1, ()), entry)
            return self._counted(1, attempt)
        there = {
            number: self.attempt_result(values, entry)
            for number, values in self.attempts.items()
            if any(entry in by_entry for by_entry in values)
        }
        if not there or any(attempt.score is None for attempt in there.values()):
            return StageResult(None, None, self.nothing, ())
        return self._take(there)

    def attempt_result(self, values: Sequence[Values], entry: str) -> AttemptResult:
        """Add up one attempt: every criterion clamped and rounded, then the stage."""
        if values:
            pairs = zip(values, self.unmarked, strict=True)
            aspects = tuple([found.get(entry, unmarked) for found, unmarked in pairs])
        else:
            aspects = self.unmarked
        criteria = tuple([criterion_value(one, aspects[start:end]) for one, start, end in self.slices])
        return AttemptResult(stage_value(self.stage, criteria), criteria, aspects)

    def _take(self, there: Mapping[int, AttemptResult]) -> StageResult:
        scores = {number: one.score for number, one in there.items() if one.score is not None}
        if self.stage.blends_attempts:
            divisor = len(scores) if self.stage.take == "mean" else 1
            score = ratio(sum(scores.values()), divisor, self.stage.places)
            return StageResult(score, None, self.nothing, ())
        counted = max(scores) if self.stage.take == "last" else self._best(scores)
        return self._counted(counted, there[counted])

    def _best(self, scores: Mapping[int, Exact]) -> int:
        best = max(scores.values()) if self.order == "desc" else min(scores.values())
        return next(number for number, score in scores.items() if score == best)

    def _counted(self, number: int, attempt: AttemptResult) -> StageResult:
        criteria = self.nothing if self.stage.blends_attempts else attempt.criteria
        return StageResult(attempt.score, number, criteria, attempt.aspects)


def criterion_value(criterion: Criterion, aspects: Sequence[Exact | None]) -> Exact | None:
    """Return the sum of the aspects, clamped, rounded; None where one is missing."""
    numbers = [value for value in aspects if value is not None]
    if len(numbers) < len(aspects):
        return None
    return round_exact(clamp(sum(numbers), criterion.minimum, criterion.maximum), criterion.places)


def stage_value(stage: Stage, criteria: Sequence[Exact | None]) -> Exact | None:
    """Return the sum of the criteria of one attempt, clamped, rounded; None where one is missing."""
    numbers = [value for value in criteria if value is not None]
    if len(numbers) < len(criteria):
        return None
    return round_exact(clamp(sum(numbers), stage.minimum, stage.maximum), stage.places)


def weighted_sum(scheme: Scheme, stages: Sequence[Exact], penalties: int) -> Exact:
    """Return Σ weight × stage − Σ penalties (with order asc: + penalties), in millionths of millionths."""
    weighted = sum(stage.weight * score for stage, score in zip(scheme.stages, stages, strict=True))
    return weighted + ONE * (penalties if scheme.ranking.order == "asc" else -penalties)


def total_value(scheme: Scheme, stages: Sequence[Exact | None], penalties: int) -> Exact | None:
    """Return the total, clamped, rounded; None where a stage is missing."""
    numbers = [score for score in stages if score is not None]
    if len(numbers) < len(stages):
        return None
    lowest, highest = scheme.total.minimum, scheme.total.maximum
    clamped = clamp(
        weighted_sum(scheme, numbers, penalties),
        None if lowest is None else lowest * ONE,
        None if highest is None else highest * ONE,
    )
    return ratio(clamped, ONE, scheme.total.places)
