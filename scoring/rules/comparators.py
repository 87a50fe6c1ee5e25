"""The values by which equal totals are told apart (SCHEME.md section 5)."""

from dataclasses import dataclass
from fractions import Fraction

from scoring.rules.inputs import Decisions, Field
from scoring.rules.model import Aspect, Comparator, Scheme
from scoring.rules.numbers import Exact, simplest
from scoring.rules.panels import AspectPanels, combine
from scoring.rules.stages import StageResult
from scoring.rules.values import spread_number


@dataclass(slots=True)
class Tally:
    """Everything counted on the way to the totals, kept for comparators and explanations."""

    scheme: Scheme
    field_of: Field
    decisions: Decisions
    panels: dict[str, AspectPanels]
    stages: dict[str, dict[str, StageResult]]
    totals: dict[str, Exact | None]

    def penalty_sum(self, entry: str) -> int:
        """Return the points taken off the total of one entry."""
        return sum(penalty.points for penalty in self.field_of.penalties.get(entry, ()))


def compared_value(tally: Tally, comparator: Comparator, entry: str) -> Exact | None:
    """Return what a comparator compares for one entry with a total; None is missing where it is needed."""
    if comparator.by == "manual":
        return tally.decisions.order.get(entry)
    if comparator.by == "penalties":
        return tally.penalty_sum(entry)
    if comparator.by == "kind":
        return _sum_of_kind(tally, comparator.kind, entry)
    stage_code, _, rest = comparator.code.partition(".")
    result = tally.stages[stage_code][entry]
    if comparator.by == "stage":
        return result.score
    stage = tally.scheme.find_stage(stage_code)
    if stage is None:
        return None
    if comparator.by == "criterion":
        return result.criteria[[criterion.code for criterion in stage.criteria].index(rest)]
    number = [aspect.path for aspect in stage.aspects].index(comparator.code)
    return _aspect_value(tally, stage.aspects[number], number, entry)


def _sum_of_kind(tally: Tally, kind: str, entry: str) -> Exact | None:
    """Add up the aspects of one kind; no stage that blends its attempts holds such an aspect."""
    values = [
        _aspect_value(tally, aspect, number, entry)
        for stage in tally.scheme.stages
        for number, aspect in enumerate(stage.aspects)
        if aspect.kind == kind
    ]
    found = [value for value in values if value is not None]
    return sum(found) if len(found) == len(values) else None


def _aspect_value(tally: Tally, aspect: Aspect, number: int, entry: str) -> Exact | None:
    """Return the rounded value of the aspect with this number in its stage; of a time the seconds."""
    if aspect.kind == "time":
        return seconds(tally, aspect, entry)
    return tally.stages[aspect.stage][entry].aspects[number]


def seconds(tally: Tally, aspect: Aspect, entry: str) -> Exact | None:
    """Return the time of one entry: the panel's method applied to the seconds of the attempt that counts."""
    panels = tally.panels[aspect.path]
    attempt = tally.stages[aspect.stage][entry].attempt
    cell = panels.marks.find_cell(entry, attempt) if attempt is not None else None
    values = panels.seat(entry, cell)[0] if cell else []
    way = panels.choose_way(len(values)) if values else None
    if way is None:
        return None
    numerator, denominator = combine(way, [spread_number(value) for value in values])
    return simplest(Fraction(numerator) / denominator)
