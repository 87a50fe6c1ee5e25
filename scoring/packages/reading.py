"""Read a recount package whole: every finding refuses it, and so does a published result that is wrong."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from core import canonical
from scoring import recount
from scoring.packages.rules import judge_code
from scoring.rules.compute import Outcome
from scoring.rules.csvtext import BYTE_ORDER_MARK, CsvFile
from scoring.rules.findings import Finding, has_errors
from scoring.rules.inputs import AssignmentInput, DecisionInput, EntryInput, MarkInput, PenaltyInput
from scoring.rules.messages import comparison_lines, render_line
from scoring.rules.model import Scheme
from scoring.rules.package import COLUMNS, MANIFEST, MARKS, MAY_BE_LEFT_OUT, SCHEME, parse_package
from scoring.rules.resulttable import Difference

REFUSED, DIFFERS = recount.REFUSED, recount.DIFFERS


class PackageRefused(Exception):
    """A package with findings, or whose published result is not what it recounts to."""

    def __init__(self, findings: Sequence[Finding] = (), differences: Sequence[Difference] = ()) -> None:
        super().__init__(", ".join(finding.code for finding in findings) or "RESULTS_DIFFER")
        self.findings = list(findings)
        self.differences = list(differences)

    @property
    def exit_code(self) -> int:
        """Return what the recount would end with."""
        return REFUSED if self.findings else DIFFERS

    def lines(self, language: Literal["en", "zh"] = "en") -> list[str]:
        """Return the lines that the recount would print."""
        if self.findings:
            return [render_line(finding, language) for finding in self.findings]
        return comparison_lines(self.differences, language)


@dataclass(frozen=True)
class Incoming:
    """A package in order: its rows, its scheme as document, its result; `sha256` names its content."""

    document: dict[str, Any]
    scheme: Scheme
    entries: list[EntryInput]
    marks: list[MarkInput]
    assignments: list[AssignmentInput] | None
    penalties: list[PenaltyInput]
    decisions: list[DecisionInput]
    outcome: Outcome
    sha256: str


def load_package(path: str | Path) -> Incoming:
    """Return the package in a folder or a zip.

    Raises: PackageRefused with every finding, or with where its published result differs.
    """
    files, findings = recount.read_files(path)
    if has_errors(findings):
        raise PackageRefused(findings)
    return load_files(files)


def load_files(files: dict[str, bytes]) -> Incoming:
    """Return the package that these files are; names as SCHEME.md section 7 has them.

    Raises: PackageRefused as `load_package`.
    """
    package = parse_package(files)
    outcome, findings = recount.recount(package, awards=False)
    errors = [finding for finding in findings if finding.level == "error"]
    if errors or outcome is None:
        raise PackageRefused(errors)
    differences = recount.compare_published(package, outcome, awards=False)
    if differences:
        raise PackageRefused(differences=differences)
    return Incoming(
        document=canonical.loads(files[SCHEME].decode().removeprefix(BYTE_ORDER_MARK)),
        scheme=outcome.scheme,
        entries=package.entries,
        marks=_marks(package.marks or ""),
        assignments=None if package.assignments is None else _named_judges(package.assignments),
        penalties=package.penalties,
        decisions=[row._replace(judge=_absent_judge(row)) for row in package.decisions],
        outcome=outcome,
        sha256=content_digest(files),
    )


def content_digest(files: dict[str, bytes]) -> str:
    """Return the digest of what a package says; its manifest says nothing of its own."""
    return canonical.digest(
        {name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name != MANIFEST}
    )


def _marks(text: str) -> list[MarkInput]:
    file = CsvFile(MARKS, text, COLUMNS[MARKS], MAY_BE_LEFT_OUT, [])
    return [
        MarkInput(stage, aspect, entry, judge_code(judge), int(attempt or 1), value)
        for stage, aspect, entry, judge, attempt, value in file.rows()
    ]


def _named_judges(rows: list[AssignmentInput]) -> list[AssignmentInput]:
    return [row._replace(judge=judge_code(row.judge)) for row in rows]


def _absent_judge(row: DecisionInput) -> str:
    return judge_code(row.judge) if row.kind == "absent_judge" else row.judge
