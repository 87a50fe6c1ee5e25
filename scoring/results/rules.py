"""What a result is computed from, and the frozen document of a result version. Pure.

Source: DESIGN.md section 4 (results are versions), SCHEME.md section 7 (the rows of a package).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scoring.rules.compute import Outcome, compute
from scoring.rules.findings import Finding
from scoring.rules.inputs import AssignmentInput, DecisionInput, EntryInput, MarkInput, PenaltyInput
from scoring.rules.model import Scheme
from scoring.rules.resulttable import result_header, result_rows

FORMAT = "result/1"
TIES = frozenset({"UNRESOLVED_TIE", "MISSING_TIEBREAK_VALUE"})
BOUNDARIES = frozenset({"AWARD_BOUNDARY_TIE"})


@dataclass(frozen=True)
class Inputs:
    """Everything that a result is a function of."""

    scheme: Scheme
    entries: Sequence[EntryInput]
    marks: Sequence[MarkInput]
    assignments: Sequence[AssignmentInput]
    penalties: Sequence[PenaltyInput]
    decisions: Sequence[DecisionInput]

    def outcome(self) -> Outcome:
        """Return the result, awards included where the scheme has any."""
        return compute(
            self.scheme,
            self.entries,
            self.marks,
            self.assignments,
            self.penalties,
            self.decisions,
            awards=self.scheme.awards is not None,
        )


def document(inputs: Inputs, outcome: Outcome, scheme_document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the frozen document of a result: its inputs, its table and the rules, all as exact text.

    Names are left out: a document refers to blind codes, so that it can outlive the personal data.
    """
    awards = inputs.scheme.awards is not None
    return {
        "format": FORMAT,
        "scheme": dict(scheme_document),
        "entries": [[row.entry, row.unit, row.status] for row in inputs.entries],
        "marks": [list(row) for row in inputs.marks],
        "assignments": [[row.stage, row.aspect, row.entry, row.judge] for row in inputs.assignments],
        "penalties": [[row.entry, row.points, row.reason] for row in inputs.penalties],
        "decisions": [
            [row.kind, row.entry, row.stage, row.aspect, row.judge, row.value, row.reason]
            for row in inputs.decisions
        ],
        "header": list(result_header(inputs.scheme, awards=awards)),
        "rows": [list(row) for row in result_rows(outcome, awards=awards)],
        "findings": [[finding.code, finding.where] for finding in outcome.findings],
    }


def errors(outcome: Outcome, *, without: frozenset[str] = frozenset()) -> list[Finding]:
    """Return the findings that stand in the way, but for those of the named codes."""
    return [f for f in outcome.findings if f.level == "error" and f.code not in without]


def incomplete(outcome: Outcome) -> list[str]:
    """Return the codes of the entries that have no total because something is missing."""
    return [row.entry for row in outcome.rows if row.status == "incomplete"]


def tier_number(scheme: Scheme, title: str | None) -> int | None:
    """Return the number of an award tier, from 1 down, or None for no award."""
    titles = [tier.title for tier in scheme.awards.tiers] if scheme.awards else []
    return titles.index(title) + 1 if title in titles else None
