"""The rows that a result is computed from, and the checks of all rows but the marks (SCHEME.md section 7).

`where` is what a finding about the row says; the recount gives file and line, the product may leave it out.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from scoring.rules.findings import Finding, error
from scoring.rules.model import Scheme
from scoring.rules.numbers import parse_decimal

STATUSES = ("valid", "absent", "dnf", "ineligible", "dsq", "exhibition")
INCOMPLETE = "incomplete"
T = TypeVar("T")

DECISION_KINDS = ("order", "award", "absent_judge", "checked_in")


class EntryInput(NamedTuple):
    """One entry by its blind code; an empty status is `valid`."""

    entry: str
    name: str = ""
    unit: str = ""
    status: str = "valid"
    where: str = ""


class MarkInput(NamedTuple):
    """One judge's value for one aspect of one entry in one attempt; an empty attempt is the first."""

    stage: str
    aspect: str
    entry: str
    judge: str
    attempt: int | str
    value: str


class AssignmentInput(NamedTuple):
    """One judge who has to mark; an empty aspect or entry means all of them."""

    stage: str
    aspect: str
    entry: str
    judge: str
    where: str = ""


class PenaltyInput(NamedTuple):
    """Points taken off the total of one entry."""

    entry: str
    points: str
    reason: str = ""
    where: str = ""


class DecisionInput(NamedTuple):
    """A decision in writing; `kind` is one of DECISION_KINDS."""

    kind: str
    entry: str
    stage: str = ""
    aspect: str = ""
    judge: str = ""
    value: str = ""
    reason: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Penalty:
    """One checked penalty in millionths."""

    points: int
    reason: str


@dataclass(slots=True)
class Decisions:
    """The decisions that hold, by what they decide and for which entry."""

    order: dict[str, int] = field(default_factory=dict)
    award: dict[str, str] = field(default_factory=dict)
    checked_in: dict[str, bool] = field(default_factory=dict)
    absent: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)

    def absent_judges(self, entry: str, stage: str, aspect: str) -> set[str]:
        """Return the judges taken out of the panel of one aspect of one entry."""
        return {
            judge
            for in_stage, in_aspect, judge in self.absent.get(entry, ())
            if in_stage in ("", stage) and in_aspect in ("", aspect)
        }


@dataclass(slots=True)
class Field:
    """Who takes part: entries by code in code order, and those whose rows were refused."""

    entries: dict[str, EntryInput] = field(default_factory=dict)
    penalties: dict[str, list[Penalty]] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)


def check_entries(entries: Iterable[EntryInput], findings: list[Finding]) -> Field:
    """Return the field of entries; of entries with one code the first stays."""
    found: dict[str, EntryInput] = {}
    refused: set[str] = set()
    for row in entries:
        where = row.where or row.entry
        if not row.entry:
            findings.append(error("FILE_FORMAT", "entry_empty", row.where or "entries.csv"))
            continue
        if row.entry in found:
            findings.append(error("DUPLICATE_ENTRY", "entry", where, entry=row.entry))
        found.setdefault(row.entry, row)
        if (row.status or "valid") not in STATUSES:
            refused.add(row.entry)
            params = {"status": row.status, "options": ", ".join(STATUSES)}
            findings.append(error("UNKNOWN_STATUS", "status", where, **params))
    return Field({code: found[code] for code in sorted(found)}, {}, refused)


def check_penalties(rows: Iterable[PenaltyInput], field_of: Field, findings: list[Finding]) -> None:
    """Add the penalties to the field; an entry with a refused penalty gets no total."""
    for row in rows:
        where = row.where or row.entry
        points = parse_decimal(row.points)
        if row.entry not in field_of.entries:
            findings.append(error("UNKNOWN_ENTRY", "entry", where, entry=row.entry))
        if points is None:
            findings.append(error("SCORE_FORMAT", "penalty", where, value=row.points))
        elif points < 0:
            findings.append(error("SCORE_RANGE", "penalty", where, value=row.points))
        if points is None or points < 0:
            field_of.refused.add(row.entry)
        elif row.entry in field_of.entries:
            field_of.penalties.setdefault(row.entry, []).append(Penalty(points, row.reason))


def check_decisions(
    rows: Iterable[DecisionInput], scheme: Scheme, field_of: Field, findings: list[Finding]
) -> Decisions:
    """Return the decisions that hold; two that contradict each other are refused, whatever their order."""
    decisions = Decisions()
    known = known_aspects(scheme)
    known |= {("", aspect) for _, aspect in known}
    for row in rows:
        problems = list(_decision_problems(row, known, field_of))
        if problems:
            findings.extend(problems)
            continue
        _record_decision(row, decisions, findings)
    return decisions


def _decision_problems(row: DecisionInput, known: set[tuple[str, str]], field_of: Field) -> Iterable[Finding]:
    where = row.where or row.entry
    if row.kind not in DECISION_KINDS:
        options = ", ".join(DECISION_KINDS)
        yield error("FILE_FORMAT", "decision_kind", where, value=row.kind, options=options)
    if row.entry not in field_of.entries:
        yield error("UNKNOWN_ENTRY", "entry", where, entry=row.entry)
    if (row.stage, row.aspect) not in known:
        yield error("UNKNOWN_ASPECT", "aspect", where, stage=row.stage, aspect=row.aspect)
    if row.kind == "order" and parse_decimal(row.value) is None:
        yield error("SCORE_FORMAT", "order", where, value=row.value)
    if row.kind == "checked_in" and row.value not in ("yes", "no"):
        yield error("FILE_FORMAT", "yes_no", where, value=row.value)


def _record_decision(row: DecisionInput, decisions: Decisions, findings: list[Finding]) -> None:
    if row.kind == "absent_judge":
        decisions.absent.setdefault(row.entry, []).append((row.stage, row.aspect, row.judge))
    elif row.kind == "order":
        _record_once(decisions.order, row, parse_decimal(row.value) or 0, findings)
    elif row.kind == "checked_in":
        _record_once(decisions.checked_in, row, row.value == "yes", findings)
    else:
        _record_once(decisions.award, row, row.value, findings)


def _record_once(found: dict[str, T], row: DecisionInput, value: T, findings: list[Finding]) -> None:
    if found.setdefault(row.entry, value) != value:
        where = row.where or row.entry
        findings.append(error("FILE_FORMAT", "decision_twice", where, kind=row.kind, entry=row.entry))


def known_aspects(scheme: Scheme) -> set[tuple[str, str]]:
    """Return what a row may name as stage and aspect; an empty aspect means all of the stage."""
    named = {(stage.code, aspect.code) for stage in scheme.stages for aspect in stage.aspects}
    return named | {(stage.code, "") for stage in scheme.stages}


class Assignments:
    """Who has to mark which aspect of which entry; `named` is False where no assignments were handed in."""

    def __init__(self, rows: Iterable[AssignmentInput] | None) -> None:
        self.named = rows is not None
        self.for_all: dict[tuple[str, str], set[str]] = {}
        self.by_entry: dict[tuple[str, str, str], set[str]] = {}
        for row in rows or ():
            if row.entry:
                self.by_entry.setdefault((row.stage, row.aspect, row.entry), set()).add(row.judge)
            else:
                self.for_all.setdefault((row.stage, row.aspect), set()).add(row.judge)

    def of_all(self, stage: str, aspect: str) -> frozenset[str]:
        """Return the judges named for every entry."""
        return frozenset().union(*(self.for_all.get((stage, code), ()) for code in ("", aspect)))

    def of_entry(self, stage: str, aspect: str, entry: str) -> frozenset[str]:
        """Return the judges named for this entry beyond those named for every entry."""
        return frozenset().union(*(self.by_entry.get((stage, code, entry), ()) for code in ("", aspect)))


def check_assignments(
    rows: Iterable[AssignmentInput] | None, scheme: Scheme, field_of: Field, findings: list[Finding]
) -> Assignments:
    """Return the assignments; a row that names nothing is a finding."""
    if rows is None:
        return Assignments(None)
    kept = []
    known_pairs = known_aspects(scheme)
    for row in rows:
        where = row.where or f"{row.stage}.{row.aspect}/{row.entry}"
        known = (row.stage, row.aspect) in known_pairs
        if not known:
            findings.append(error("UNKNOWN_ASPECT", "aspect", where, stage=row.stage, aspect=row.aspect))
        if row.entry and row.entry not in field_of.entries:
            findings.append(error("UNKNOWN_ENTRY", "entry", where, entry=row.entry))
        elif known:
            kept.append(row)
    return Assignments(kept)
