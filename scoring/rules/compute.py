"""Compute a result: from a scheme and rows to ranks, findings and everything an explanation needs.

A result is always whole, even while marks are still arriving: an entry with something missing is
`incomplete`, entries that nothing separates share their rank, and the findings say what stands in the way of
publishing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from scoring.rules.allocation import AwardOutcome, allocate
from scoring.rules.comparators import Tally
from scoring.rules.findings import SCHEME_FILE, Finding, has_errors, warning
from scoring.rules.inputs import (
    INCOMPLETE,
    STATUSES,
    AssignmentInput,
    DecisionInput,
    EntryInput,
    PenaltyInput,
    check_assignments,
    check_decisions,
    check_entries,
    check_penalties,
)
from scoring.rules.marks import Locate, MarkBook, Row, collect_marks, locate_by_code
from scoring.rules.model import Scheme, Stage
from scoring.rules.numbers import Exact
from scoring.rules.panels import AspectPanels
from scoring.rules.ranking import Group, rank_entries
from scoring.rules.scale import MIDDLE, median700
from scoring.rules.stages import StageResult, StageSums, total_value
from scoring.rules.standing import Standing

WITHOUT_TOTAL = ("absent", "dsq")
STATUS_ORDER = {status: number for number, status in enumerate((*STATUSES, INCOMPLETE))}


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One line of the result; amounts in millionths, None where there is none.

    `stages` and `criteria` follow the scheme; `criteria` holds one tuple per stage.
    """

    rank: int | None
    entry: str
    name: str
    unit: str
    status: str
    total: Exact | None
    stages: tuple[Exact | None, ...]
    criteria: tuple[tuple[Exact | None, ...], ...]
    scale: int | None = None
    award: str | None = None


@dataclass(frozen=True)
class Outcome:
    """A whole result: the rows in their final order and what is wrong with it.

    `groups` are the shared ranks from the best down; `awards` is None where none were asked for; `tally` is
    what `explain` and the tie chain look back into.
    """

    scheme: Scheme
    findings: tuple[Finding, ...]
    rows: tuple[ResultRow, ...]
    groups: tuple[Group, ...]
    awards: AwardOutcome | None
    tally: Tally = field(repr=False, compare=False)

    @property
    def has_errors(self) -> bool:
        """Say whether a finding forbids publishing this result."""
        return has_errors(self.findings)


def compute(
    scheme: Scheme,
    entries: Iterable[EntryInput],
    marks: Iterable[Row],
    assignments: Iterable[AssignmentInput] | None,
    penalties: Iterable[PenaltyInput] = (),
    decisions: Iterable[DecisionInput] = (),
    *,
    awards: bool = False,
    locate: Locate = locate_by_code,
) -> Outcome:
    """Return the whole result of an event with every finding about its rows, panels, ties and awards.

    Shape: the rows in any order; `marks` may be MarkInput or six texts; `assignments` None means that every
    judge who marked an aspect at all sits on its panel.
    Source: SCHEME.md sections 2 to 6.
    """
    findings: list[Finding] = []
    field_of = check_entries(entries, findings)
    book = collect_marks(scheme, field_of, marks, findings, locate)
    assigned = check_assignments(assignments, scheme, field_of, findings)
    check_penalties(penalties, field_of, findings)
    decided = check_decisions(decisions, scheme, field_of, findings)
    tally = Tally(scheme, field_of, decided, {}, {}, {})
    for stage in scheme.stages:
        for aspect in stage.aspects:
            tally.panels[aspect.path] = AspectPanels(book.of_aspect(aspect), assigned, decided, [])
        tally.stages[stage.code] = _count_stage(stage, tally, book)
        for aspect in stage.aspects:
            findings.extend(sorted(tally.panels[aspect.path].findings, key=lambda finding: finding.where))
    _count_totals(tally)
    return _conclude(tally, findings, awards=awards)


def _count_stage(stage: Stage, tally: Tally, book: MarkBook) -> dict[str, StageResult]:
    panels = [tally.panels[aspect.path] for aspect in stage.aspects]
    attempts = {number for aspect in stage.aspects for number in book.of_aspect(aspect).by_attempt}
    values = {number: [panel.values(number) for panel in panels] for number in attempts}
    sums = StageSums(stage, values, tally.scheme.ranking.order)
    return {entry: sums.result(entry) for entry in tally.field_of.entries}


def _count_totals(tally: Tally) -> None:
    results = [tally.stages[stage.code] for stage in tally.scheme.stages]
    for code, entry in tally.field_of.entries.items():
        if entry.status in WITHOUT_TOTAL or code in tally.field_of.refused:
            tally.totals[code] = None
        else:
            scores = [by_entry[code].score for by_entry in results]
            tally.totals[code] = total_value(tally.scheme, scores, tally.penalty_sum(code))


def _conclude(tally: Tally, findings: list[Finding], *, awards: bool) -> Outcome:
    statuses = {code: _final_status(tally, code) for code in tally.field_of.entries}
    ranked = [code for code, status in statuses.items() if status == "valid"]
    can_award = not has_errors(findings)
    groups = rank_entries(tally, ranked, findings)
    scale = _scale_scores(tally, groups, findings)
    award_outcome = None
    if awards and tally.scheme.awards is not None:
        award_outcome = allocate(tally.scheme.awards, make_standing(tally, groups, statuses, scale))
        findings.extend(award_outcome.findings if can_award else ())
    titles = award_outcome.titles if award_outcome else {}
    rows = [
        _make_row(tally, code, rank, statuses[code], scale, titles)
        for code, rank in _in_order(groups, statuses)
    ]
    return Outcome(tally.scheme, tuple(findings), tuple(rows), tuple(groups), award_outcome, tally)


def _final_status(tally: Tally, code: str) -> str:
    status = tally.field_of.entries[code].status or "valid"
    if code in tally.field_of.refused or (status == "valid" and tally.totals[code] is None):
        return INCOMPLETE
    return status


def _scale_scores(tally: Tally, groups: Sequence[Group], findings: list[Finding]) -> dict[str, int]:
    totals = _ranked_totals(tally, groups)
    if tally.scheme.scale is None or not totals:
        return {}
    scores = median700(list(totals.values()))
    if scores is None:
        findings.append(warning("SCALE_NO_SPREAD", "scale", f"{SCHEME_FILE}:/scale"))
        return dict.fromkeys(totals, MIDDLE)
    return dict(zip(totals, scores, strict=True))


def _ranked_totals(tally: Tally, groups: Sequence[Group]) -> dict[str, Exact]:
    """Return the totals of the ranked entries by place."""
    totals = ((entry, tally.totals[entry]) for group in groups for entry in group.entries)
    return {entry: total for entry, total in totals if total is not None}


def make_standing(
    tally: Tally, groups: Sequence[Group], statuses: dict[str, str], scale: dict[str, int]
) -> Standing:
    """Return what the award rules need to know of a ranking."""
    return Standing(
        groups=tuple(groups),
        totals=_ranked_totals(tally, groups),
        scale=scale,
        statuses=statuses,
        units={code: entry.unit for code, entry in tally.field_of.entries.items()},
        checked_in=tally.decisions.checked_in,
        decided=tally.decisions.award,
        largest_first=tally.scheme.ranking.order == "desc",
    )


def _in_order(groups: Sequence[Group], statuses: dict[str, str]) -> list[tuple[str, int | None]]:
    ranked: list[tuple[str, int | None]] = [(code, group.rank) for group in groups for code in group.entries]
    places = {code for code, _ in ranked}
    others = [code for code in statuses if code not in places]
    others.sort(key=lambda code: (STATUS_ORDER[statuses[code]], code))
    return ranked + [(code, None) for code in others]


def _make_row(
    tally: Tally, code: str, rank: int | None, status: str, scale: dict[str, int], titles: dict[str, str]
) -> ResultRow:
    entry = tally.field_of.entries[code]
    results = [tally.stages[stage.code][code] for stage in tally.scheme.stages]
    return ResultRow(
        rank=rank,
        entry=code,
        name=entry.name,
        unit=entry.unit,
        status=status,
        total=tally.totals[code],
        stages=tuple([result.score for result in results]),
        criteria=tuple([result.criteria for result in results]),
        scale=scale.get(code),
        award=titles.get(code),
    )
