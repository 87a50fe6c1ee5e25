"""What a result is computed from, and the frozen document of a result version. Pure.

Who sees names: everybody who may see the result, once it is announced. Before that a result shows blind codes
alone. Where the profile has the layers of the draw opened, whoever may see the result sees names from then
on; in `simple` the organiser sees them at once; neither does somebody who marks in this event. Units are as
telling as names and are shown with them.

Source: DESIGN.md section 4 (results are versions), SCHEME.md section 7 (the rows of a package).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from scoring.rules.compute import Outcome, compute
from scoring.rules.findings import Finding
from scoring.rules.inputs import AssignmentInput, DecisionInput, EntryInput, MarkInput, PenaltyInput
from scoring.rules.model import Scheme
from scoring.rules.resulttable import result_header, result_rows
from scoring.rules.scheme import parse_scheme

FORMAT = "result/1"
TIES = frozenset({"UNRESOLVED_TIE", "MISSING_TIEBREAK_VALUE"})
BOUNDARIES = frozenset({"AWARD_BOUNDARY_TIE"})
Table = tuple[Sequence[str], Sequence[Sequence[str]]]
PUBLIC_STATES = frozenset({"announced", "final", "archived"})


class Veto(NamedTuple):
    """Why an entry is ineligible: the day (ISO), the reason in writing, who has established it."""

    entry: str
    on: str
    reason: str
    source: str


@dataclass(frozen=True)
class Inputs:
    """Everything that a result is a function of; `vetoes` say why, and change nothing beside the status."""

    scheme: Scheme
    entries: Sequence[EntryInput]
    marks: Sequence[MarkInput]
    assignments: Sequence[AssignmentInput]
    penalties: Sequence[PenaltyInput]
    decisions: Sequence[DecisionInput]
    vetoes: Sequence[Veto] = ()

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
    header, rows = table_of(inputs, outcome)
    vetoes = {"vetoes": [list(row) for row in inputs.vetoes]} if inputs.vetoes else {}
    return vetoes | {
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
        "header": header,
        "rows": rows,
        "findings": [[finding.code, finding.where] for finding in outcome.findings],
    }


def errors(outcome: Outcome, *, without: frozenset[str] = frozenset()) -> list[Finding]:
    """Return the findings that stand in the way, but for those of the named codes."""
    return [f for f in outcome.findings if f.level == "error" and f.code not in without]


def incomplete(outcome: Outcome) -> list[str]:
    """Return the codes of the entries that have no total because something is missing."""
    return [row.entry for row in outcome.rows if row.status == "incomplete"]


def competing_first(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[Sequence[str]]:
    """Return the rows of a table with whoever still competes before those who do not, for people who read it.

    A frozen table has nobody who is incomplete, and stays as it is. Until then whoever has no total yet is
    still to be ranked; the file format lists these last, and a veto, which keeps its total, before them.
    """
    rank, status = header.index("rank"), header.index("status")
    return sorted(rows, key=lambda row: (not row[rank], not row[rank] and row[status] != "incomplete"))


def tier_number(scheme: Scheme, title: str | None) -> int | None:
    """Return the number of an award tier, from 1 down, or None for no award."""
    titles = [tier.title for tier in scheme.awards.tiers] if scheme.awards else []
    return titles.index(title) + 1 if title in titles else None


def shows_names(state: str, *, sealed: bool, unblinded: bool, organises: bool, marks: bool) -> bool:
    """Say whether a reader of a result sees the names and units behind the codes (the rule stands above).

    `sealed`: the profile has the layers of the draw opened; `unblinded`: all of them are open.
    """
    return state in PUBLIC_STATES or (unblinded if sealed else organises) and not marks


def inputs_of(document: Mapping[str, Any]) -> Inputs | None:
    """Return what a frozen document was computed from, or None for a scheme that today's rules refuse."""
    scheme, findings = parse_scheme(document["scheme"])
    if scheme is None or any(finding.level == "error" for finding in findings):
        return None
    return Inputs(
        scheme=scheme,
        entries=[EntryInput(code, "", unit, status) for code, unit, status in document["entries"]],
        marks=[MarkInput(*row) for row in document["marks"]],
        assignments=[AssignmentInput(*row) for row in document["assignments"]],
        penalties=[PenaltyInput(*row) for row in document["penalties"]],
        decisions=[DecisionInput(*row) for row in document["decisions"]],
        vetoes=[Veto(*row) for row in document.get("vetoes", ())],
    )


def table_of(inputs: Inputs, outcome: Outcome) -> tuple[list[str], list[list[str]]]:
    """Return header and rows of a result as its document freezes them."""
    awards = inputs.scheme.awards is not None
    header = list(result_header(inputs.scheme, awards=awards))
    return header, [list(row) for row in result_rows(outcome, awards=awards)]


class StandingRow(NamedTuple):
    """How one entry stands in a result: what the stored rows of a version keep of its document."""

    entry: str
    rank: int | None
    status: str
    total: str
    award: str
    award_tier: int | None
    position: int


def standing_rows(document: Mapping[str, Any]) -> list[StandingRow]:
    """Return how the entries stand in a frozen document, in its order; today's rules are not asked."""
    awards = document["scheme"].get("awards") or {}
    tiers = {tier["title"]: number for number, tier in enumerate(awards.get("tiers", ()), start=1)}
    named = [dict(zip(document["header"], cells, strict=True)) for cells in document["rows"]]
    return [
        StandingRow(
            entry=row["entry"],
            rank=int(row["rank"]) if row["rank"] else None,
            status=row["status"],
            total=row["total"],
            award=row.get("award", ""),
            award_tier=tiers.get(row.get("award", "")),
            position=position,
        )
        for position, row in enumerate(named, start=1)
    ]


class Change(NamedTuple):
    """One entry that stands differently in two tables; None where it is not in one of them."""

    entry: str
    before: Mapping[str, str] | None
    after: Mapping[str, str] | None


COMPARED = ("rank", "status", "total", "award")


def changes(before: Table, after: Table) -> list[Change]:
    """Return the entries whose rank, status, total or award differ between two tables, in the new order.

    Shape: each table is (header, rows) as a result's document holds it.
    """
    old, new = _by_entry(*before), _by_entry(*after)
    gone = [code for code in old if code not in new]
    return [
        Change(code, old.get(code), new.get(code))
        for code in [*new, *gone]
        if _compared(old.get(code)) != _compared(new.get(code))
    ]


def _by_entry(header: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, dict[str, str]]:
    named = [dict(zip(header, row, strict=True)) for row in rows]
    return {row["entry"]: row for row in named}


def _compared(row: Mapping[str, str] | None) -> tuple[str, ...] | None:
    return None if row is None else tuple(row.get(column, "") for column in COMPARED)
