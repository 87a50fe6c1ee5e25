"""What the result would be under other weights, another rule, another mark, or without a judge. Pure.

Nothing here is kept: wishes turn what a result was computed from into what another one is computed from.
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from scoring.results import rules
from scoring.results.rules import Inputs
from scoring.rules.compute import Outcome
from scoring.rules.findings import Finding, has_errors
from scoring.rules.inputs import AssignmentInput, MarkInput
from scoring.rules.model import Scheme
from scoring.rules.scheme import parse_scheme


class MarkWish(NamedTuple):
    """Another value for one mark; an empty value takes the mark away."""

    stage: str
    aspect: str
    entry: str
    judge: str
    attempt: int
    value: str


@dataclass(frozen=True)
class Wishes:
    """What is to be otherwise; what is empty stays as it is.

    Shape: `weights` holds one text for each stage, empty for no change; `places` names aspects as
    (stage, aspect), none meaning all whose panels do not agree on one value; `document` is a whole scheme
    instead of the real one.
    """

    weights: tuple[str, ...] = ()
    method: str = ""
    drop: int = 1
    places: tuple[tuple[str, str], ...] = ()
    share: bool | None = None
    left_out: frozenset[str] = frozenset()
    marks: tuple[MarkWish, ...] = ()
    document: Mapping[str, Any] | None = None


class Answer(NamedTuple):
    """The other result, or the findings that leave none."""

    outcome: Outcome | None
    table: rules.Table | None
    findings: Sequence[Finding]


def answer(inputs: Inputs, document: Mapping[str, Any], wishes: Wishes) -> Answer:
    """Return the result that the wishes lead to; `document` is the scheme of `inputs`."""
    scheme, findings = parse_scheme(rewritten(wishes.document or document, inputs.scheme, wishes))
    if scheme is None or has_errors(findings):
        return Answer(None, None, findings)
    other = replace(
        inputs,
        scheme=scheme,
        marks=list(_marks(inputs.marks, scheme, wishes)),
        assignments=list(_assignments(inputs.assignments, scheme, wishes)),
    )
    outcome = other.outcome()
    return Answer(outcome, rules.table_of(other, outcome), outcome.findings)


def rewritten(document: Mapping[str, Any], scheme: Scheme, wishes: Wishes) -> dict[str, Any]:
    """Return a scheme document with the wished weights, panels and sharing of ranks."""
    made: dict[str, Any] = deepcopy(dict(document))
    stages = made.get("stages") if isinstance(made.get("stages"), list) else []
    for stage, weight in zip(stages or [], wishes.weights, strict=False):
        if isinstance(stage, dict) and weight:
            stage["weight"] = weight
    if wishes.method:
        wanted = set(wishes.places or free_panels(scheme))
        for stage, aspect in _aspects(made):
            if (stage.get("code"), aspect.get("code")) in wanted:
                aspect["panel"] = _panel(aspect.get("panel"), wishes)
    if wishes.share is not None:
        ranking = made.get("ranking")
        made["ranking"] = {**(ranking if isinstance(ranking, dict) else {}), "share": wishes.share}
    return made


def free_panels(scheme: Scheme) -> list[tuple[str, str]]:
    """Return the aspects that several judges mark apart: there another way of combining makes sense."""
    return [
        (stage.code, aspect.code)
        for stage in scheme.stages
        for aspect in stage.aspects
        if aspect.panel.method != "agreed" and aspect.kind != "judgement"
    ]


def _aspects(document: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for stage in _objects(document, "stages"):
        for criterion in _objects(stage, "criteria"):
            for aspect in _objects(criterion, "aspects"):
                yield stage, aspect


def _objects(node: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    items = node.get(key)
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _panel(panel: Any, wishes: Wishes) -> dict[str, Any]:
    """Return a panel that combines otherwise; a smallest size that would be too small goes up with it.

    Where a judge is to be left out as well, the size that the rules ask for is the one thing that has to go.
    """
    made = dict(panel) if isinstance(panel, dict) else {}
    made["method"] = wishes.method
    made.pop("drop", None)
    if wishes.left_out:
        made.pop("min_judges", None)
    if wishes.method == "trimmed_mean":
        made["drop"] = wishes.drop
        if "min_judges" in made:
            made["min_judges"] = max(made["min_judges"], 2 * wishes.drop + 1)
    return made


def _marks(marks: Sequence[MarkInput], scheme: Scheme, wishes: Wishes) -> Iterator[MarkInput]:
    changed = {_key(wish): wish for wish in wishes.marks}
    wished = [MarkInput(*wish) for wish in wishes.marks if wish.value]
    agreed = set(_agreed(scheme))
    for mark in [*(mark for mark in marks if _key(mark) not in changed), *wished]:
        if mark.judge not in wishes.left_out or (mark.stage, mark.aspect) in agreed:
            yield mark


def _assignments(
    rows: Sequence[AssignmentInput], scheme: Scheme, wishes: Wishes
) -> Iterator[AssignmentInput]:
    for row in rows:
        if row.judge not in wishes.left_out:
            yield row
            continue
        for stage, aspect in _agreed(scheme):
            if row.stage == stage and row.aspect in ("", aspect):
                yield row._replace(aspect=aspect)


def _agreed(scheme: Scheme) -> list[tuple[str, str]]:
    """Return the aspects whose value is the panel's own: it stays, whoever typed it in for the panel."""
    return [
        (stage.code, aspect.code)
        for stage in scheme.stages
        for aspect in stage.aspects
        if aspect.panel.method == "agreed"
    ]


def _key(mark: MarkInput | MarkWish) -> tuple[str, str, str, str, int]:
    return mark.stage, mark.aspect, mark.entry, mark.judge, int(mark.attempt or 1)


class Pair(NamedTuple):
    """One entry in both tables: (real, wished) rank, total and award, and how many places it moved up."""

    entry: str
    rank: tuple[str, str]
    status: tuple[str, str]
    total: tuple[str, str]
    award: tuple[str, str]
    moved: int

    @property
    def changed(self) -> bool:
        """Say whether anything is otherwise."""
        return any(before != after for before, after in (self.rank, self.status, self.total, self.award))


def side_by_side(real: rules.Table, wished: rules.Table) -> list[Pair]:
    """Return every entry as it stands and as it would stand, in the order of the wished table."""
    before = {row["entry"]: row for row in _rows(real)}
    return [_pair(before.get(row["entry"], {}), row) for row in _rows(wished)]


def _rows(table: rules.Table) -> list[dict[str, str]]:
    header, rows = table
    return [dict(zip(header, row, strict=True)) for row in rows]


def _pair(before: Mapping[str, str], after: Mapping[str, str]) -> Pair:
    both = {name: (before.get(name, ""), after.get(name, "")) for name in rules.COMPARED}
    first, second = both["rank"]
    moved = int(first) - int(second) if first and second else 0
    return Pair(after["entry"], both["rank"], both["status"], both["total"], both["award"], moved)
