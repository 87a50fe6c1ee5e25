"""Make one number of a panel's marks (SCHEME.md section 4).

The panel rules never see a name: entries are blind codes, judges are whatever the rows call them.
"""

from collections.abc import Sequence
from typing import NamedTuple, cast

from scoring.rules.findings import Finding, Param
from scoring.rules.inputs import Assignments, Decisions
from scoring.rules.marks import AspectMarks, Cell
from scoring.rules.model import Aspect, Method
from scoring.rules.numbers import ONE, Exact, format_short, ratio, round_exact
from scoring.rules.values import Value, format_value, panel_share, panel_unit, points_of, spread_number


class Way(NamedTuple):
    """The method a panel is really counted by."""

    method: Method
    drop: int
    is_fallback: bool


def choose_way(aspect: Aspect, judges: int) -> Way | None:
    """Return how a panel of so many judges is counted, or None where it is too small or too large."""
    panel = aspect.panel
    if panel.method == "agreed":
        return Way("agreed", 0, False)
    if panel.max_judges is not None and judges > panel.max_judges:
        return None
    if judges >= panel.min_judges:
        return Way(panel.method, panel.drop, False)
    fallback = panel.fallback
    if fallback is not None and judges >= fallback.min_judges:
        return Way(fallback.method, fallback.drop, True)
    return None


def combine(way: Way, points: Sequence[Exact]) -> tuple[Exact, int]:
    """Return the panel's number as a numerator and a denominator, not divided yet.

    Shape: one number per judge in any order, at least one, and more than twice `drop` for a trimmed mean.
    """
    if way.method == "mean":
        return sum(points), len(points)
    if way.method == "trimmed_mean":
        kept = sorted(points)[way.drop : len(points) - way.drop]
        return sum(kept), len(kept)
    if way.method == "median":
        ordered = sorted(points)
        middle = ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]
        return middle, 2
    if way.method == "sum":
        return sum(points), 1
    return points[0], 1


def finish(aspect: Aspect, numerator: Exact, denominator: int) -> tuple[Exact, Exact]:
    """Return the panel's rounded number and the aspect's rounded value."""
    number = ratio(numerator * panel_unit(aspect), denominator * panel_share(aspect), aspect.panel.places)
    if aspect.factor == ONE:
        return number, round_exact(number, aspect.places)
    return number, ratio(number * aspect.factor, ONE, aspect.places)


class Refusal(NamedTuple):
    """Why a panel has no number: a code of SCHEME.md section 7 and what its message needs."""

    code: str
    variant: str
    params: dict[str, Param]


def find_refusal(aspect: Aspect, values: Sequence[Value], way: Way | None) -> Refusal | None:
    """Return what refuses the panel, in the order of section 4: its size, its spread, its disagreement."""
    if way is None:
        return _wrong_size(aspect, len(values))
    if aspect.panel.max_spread is not None:
        # All values of an aspect are of one form: numbers or pairs.
        is_plain = isinstance(values[0], int)
        numbers = cast(Sequence[int], values) if is_plain else [spread_number(value) for value in values]
        lowest, highest = min(numbers), max(numbers)
        if highest - lowest > aspect.panel.max_spread:
            shown = {"lowest": format_short(lowest), "highest": format_short(highest)}
            most = format_short(aspect.panel.max_spread)
            return Refusal("PANEL_SPREAD", "spread", {**shown, "most": most})
    if way.method == "agreed" and any(value != values[0] for value in values):
        shown_values = sorted({format_value(aspect, value) for value in values})
        return Refusal("PANEL_DISAGREES", "disagrees", {"values": ", ".join(shown_values)})
    return None


def _wrong_size(aspect: Aspect, judges: int) -> Refusal:
    panel = aspect.panel
    if panel.max_judges is not None and judges > panel.max_judges:
        return Refusal("PANEL_SIZE", "too_many", {"judges": judges, "most": panel.max_judges})
    return Refusal("PANEL_SIZE", "too_few", {"judges": judges, "least": panel.min_judges})


class AspectPanels:
    """The panels of one aspect: who sits, what they gave, what came out."""

    def __init__(
        self, marks: AspectMarks, assignments: Assignments, decisions: Decisions, findings: list[Finding]
    ) -> None:
        self.aspect = aspect = marks.aspect
        self.marks = marks
        self.assignments = assignments
        self.decisions = decisions
        self.findings = findings
        self.everyone = assignments.of_all(aspect.stage, aspect.code) if assignments.named else marks.judges()
        self.waits = aspect.panel.missing == "refuse" and aspect.panel.method != "agreed"
        self.points_are_values = aspect.kind in ("score", "judgement")
        self._ways: dict[int, Way | None] = {}
        self._finished: dict[tuple[Exact, int], Exact] = {}

    def judges_of(self, entry: str) -> frozenset[str]:
        """Return the judges who have to mark this aspect of this entry."""
        judges = self.everyone
        if self.assignments.by_entry:
            judges |= self.assignments.of_entry(self.aspect.stage, self.aspect.code, entry)
        if entry in self.decisions.absent:
            judges -= self.decisions.absent_judges(entry, self.aspect.stage, self.aspect.code)
        return judges

    def values(self, attempt: int) -> dict[str, Exact | None]:
        """Return the value of this aspect for every entry with marks in the attempt; None is missing."""
        cells = self.marks.by_attempt.get(attempt, {})
        return {entry: self.value(entry, attempt, cell) for entry, cell in cells.items()}

    def value(self, entry: str, attempt: int, cell: Cell) -> Exact | None:
        """Return the value of one panel; None is missing or refused, and what refuses it is noted."""
        values, is_complete = self.seat(entry, cell)
        if self.marks.spoiled and (entry, attempt) in self.marks.spoiled:
            return None
        if not values:
            return self.unmarked
        if self.waits and not is_complete:
            return None
        way = self.choose_way(len(values))
        refusal = find_refusal(self.aspect, values, way)
        if way is None or refusal is not None:
            self._note(refusal, entry, attempt)
            return None
        return self._count(values, way)

    def seat(self, entry: str, cell: Cell) -> tuple[list[Value], bool]:
        """Return the values of the judges on this panel, and whether all of them have marked."""
        judges = self.judges_of(entry)
        if cell.keys() == judges:
            return list(cell.values()), True
        values = [value for judge, value in cell.items() if judge in judges]
        return values, len(values) == len(judges)

    @property
    def unmarked(self) -> Exact | None:
        """Return what this aspect counts without any mark: nothing is missing where it is not required."""
        return None if self.aspect.required else 0

    def choose_way(self, judges: int) -> Way | None:
        """Return how a panel of so many judges is counted; remembered, because most panels are alike."""
        if judges not in self._ways:
            self._ways[judges] = choose_way(self.aspect, judges)
        return self._ways[judges]

    def _count(self, values: list[Value], way: Way) -> Exact:
        points = values if self.points_are_values else [points_of(self.aspect, value) for value in values]
        key = combine(way, cast(list[Exact], points))
        value = self._finished.get(key)
        if value is None:
            value = self._finished[key] = finish(self.aspect, *key)[1]
        return value

    def _note(self, refusal: Refusal | None, entry: str, attempt: int) -> None:
        if refusal is not None:
            where = f"{self.aspect.stage}.{self.aspect.code}/{entry}/{attempt}"
            self.findings.append(Finding(refusal.code, where, refusal.params, "error", refusal.variant))
