"""The recount package as texts: what its files hold, what is wrong with them, and the result they give.

Nothing here opens a file; `scoring.recount` reads and writes folders and zips.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TypeVar

from scoring.rules.compute import Outcome, compute
from scoring.rules.csvtext import CsvFile, decode
from scoring.rules.findings import Finding, error
from scoring.rules.inputs import (
    AssignmentInput,
    DecisionInput,
    EntryInput,
    PenaltyInput,
    check_entries,
    check_penalties,
)
from scoring.rules.model import Scheme
from scoring.rules.resulttable import AWARD, result_header
from scoring.rules.scheme import load_document, parse_scheme

SCHEME = "scheme.json"
ENTRIES = "entries.csv"
MARKS = "marks.csv"
ASSIGNMENTS = "assignments.csv"
PENALTIES = "penalties.csv"
DECISIONS = "decisions.csv"
RESULTS = "results.csv"
MANIFEST = "manifest.json"
FILES = (SCHEME, MANIFEST, ENTRIES, MARKS, ASSIGNMENTS, PENALTIES, DECISIONS, RESULTS)
NEEDED = (SCHEME, ENTRIES, MARKS)

COLUMNS = {
    ENTRIES: ("entry", "name", "unit", "status"),
    MARKS: ("stage", "aspect", "entry", "judge", "attempt", "value"),
    ASSIGNMENTS: ("stage", "aspect", "entry", "judge"),
    PENALTIES: ("entry", "points", "reason"),
    DECISIONS: ("kind", "entry", "stage", "aspect", "judge", "value", "reason"),
}
MAY_BE_LEFT_OUT = ("name", "unit", "reason", "attempt")

# What follows from rows that could not be read is no finding of its own.
PANELS = ("PANEL_SIZE", "PANEL_SPREAD", "PANEL_DISAGREES")
TIES = ("UNRESOLVED_TIE", "MISSING_TIEBREAK_VALUE", "AWARD_BOUNDARY_TIE")

T = TypeVar("T")


@dataclass
class Package:
    """A package that has been read: its rows, and the findings about the form of its files.

    The marks stay text until `recount` reads them, so that a large package needs little memory.
    `published` is None without results.csv; its header may leave out the award column.
    """

    scheme: Scheme | None = None
    entries: list[EntryInput] = field(default_factory=list)
    assignments: list[AssignmentInput] | None = None
    penalties: list[PenaltyInput] = field(default_factory=list)
    decisions: list[DecisionInput] = field(default_factory=list)
    marks: str | None = None
    published_header: tuple[str, ...] = ()
    published: list[tuple[str, tuple[str, ...]]] | None = None
    findings: list[Finding] = field(default_factory=list)


def parse_package(files: Mapping[str, bytes]) -> Package:
    """Return the package that these files are, with every finding about their form.

    Shape: file names of section 7 to their bytes; other names are ignored.
    """
    package = Package()
    findings = package.findings
    texts = {name: decode(name, files[name], findings) for name in FILES if name in files}
    missing = [name for name in NEEDED if name not in files]
    findings.extend(error("FILE_FORMAT", "missing_file", name, file=name) for name in missing)
    package.scheme = _read_scheme(texts.get(SCHEME), findings)
    _check_manifest(texts.get(MANIFEST), files, findings)
    package.entries = _read(texts, ENTRIES, findings, EntryInput._make) or []
    package.assignments = _read(texts, ASSIGNMENTS, findings, AssignmentInput._make)
    package.penalties = _read(texts, PENALTIES, findings, PenaltyInput._make) or []
    package.decisions = _read(texts, DECISIONS, findings, DecisionInput._make) or []
    package.marks = texts.get(MARKS)
    _read_published(package, texts.get(RESULTS))
    return package


def _read_scheme(text: str | None, findings: list[Finding]) -> Scheme | None:
    if text is None:
        return None
    if not text.strip():
        findings.append(error("FILE_FORMAT", "empty", f"{SCHEME}:1", file=SCHEME))
        return None
    document, problems = load_document(text)
    scheme = None
    if not problems:
        scheme, problems = parse_scheme(document)
    findings.extend(problems)
    return scheme


def _read(
    texts: Mapping[str, str | None],
    name: str,
    findings: list[Finding],
    make: Callable[[Iterable[str]], T],
) -> list[T] | None:
    text = texts.get(name)
    if text is None:
        return None
    file = CsvFile(name, text, COLUMNS[name], MAY_BE_LEFT_OUT, findings)
    return [make([*row, file.locate(row)]) for row in file.rows()]


def _check_manifest(text: str | None, files: Mapping[str, bytes], findings: list[Finding]) -> None:
    if text is None:
        return
    document, problems = load_document(text, MANIFEST)
    findings.extend(problems)
    hashes = document.get("files") if isinstance(document, dict) else None
    if not isinstance(hashes, dict):
        if not problems:
            findings.append(error("FILE_FORMAT", "manifest", f"{MANIFEST}:/files"))
        return
    for name in FILES:
        if name in hashes and name != MANIFEST:
            given = str(hashes[name]).lower()
            if name not in files or sha256(files[name]).hexdigest() != given:
                variant = "hash" if name in files else "absent"
                findings.append(error("MANIFEST", variant, name, file=name))


def _read_published(package: Package, text: str | None) -> None:
    if text is None or package.scheme is None:
        return
    columns = result_header(package.scheme, awards=True)
    file = CsvFile(RESULTS, text, columns, (AWARD,), package.findings)
    package.published = [(file.locate(row), tuple(row)) for row in file.rows()]
    package.published_header = file.header


def recount(package: Package, *, awards: bool = False) -> tuple[Outcome | None, list[Finding]]:
    """Return the result of a package and every finding about it, in the order of its files.

    The outcome is None where the scheme cannot be read; a result with an error is not for publishing.
    """
    findings: list[Finding] = []
    if package.scheme is None:
        _check_without_scheme(package, findings)
        return None, _in_file_order(package.findings + _of_their_own(package.findings, findings))
    form: list[Finding] = []
    marks = CsvFile(MARKS, package.marks or "", COLUMNS[MARKS], MAY_BE_LEFT_OUT, form)
    outcome = compute(
        package.scheme,
        package.entries,
        marks.rows() if package.marks is not None else (),
        package.assignments,
        package.penalties,
        package.decisions,
        awards=awards,
        locate=marks.locate,
    )
    form = package.findings + form
    return outcome, _in_file_order(form + _of_their_own(form, outcome.findings))


def _check_without_scheme(package: Package, findings: list[Finding]) -> None:
    field_of = check_entries(package.entries, findings)
    check_penalties(package.penalties, field_of, findings)
    if package.marks is not None:
        marks = CsvFile(MARKS, package.marks, COLUMNS[MARKS], MAY_BE_LEFT_OUT, package.findings)
        for _ in marks.rows():
            pass


def _of_their_own(form: list[Finding], findings: Iterable[Finding]) -> list[Finding]:
    """Leave out what only follows from rows that could not be read, or from weights that are wrong."""
    spoiling = [finding for finding in form if finding.code != "MANIFEST"]
    broken = {finding.where.partition(":")[0] for finding in spoiling} - {MANIFEST, RESULTS}
    hidden: set[str] = set()
    if ENTRIES in broken:
        hidden.add("UNKNOWN_ENTRY")
    if broken - {SCHEME}:
        hidden.update(PANELS)
    if broken:
        hidden.update(TIES)
    return [finding for finding in findings if finding.code not in hidden]


def _in_file_order(findings: list[Finding]) -> list[Finding]:
    """Sort findings by file and line, those about panels and ties after them in their order.

    A warning is about a result; where errors refuse it, there is none to warn about.
    """

    def place(finding: Finding) -> tuple[int, int]:
        name, _, rest = finding.where.partition(":")
        number = int(rest) if rest.isdecimal() else 0
        return (FILES.index(name) if name in FILES else len(FILES)), number

    shown = [finding for finding in findings if finding.level == "error"] or findings
    return sorted(shown, key=place)
