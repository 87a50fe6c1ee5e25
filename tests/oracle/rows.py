"""Section 7: the rows of the tables, checked against scheme and entries."""

from fractions import Fraction
from typing import Any, NamedTuple

from tests.oracle.arithmetic import is_number, is_whole
from tests.oracle.files import Files, Row
from tests.oracle.findings import Finding
from tests.oracle.scheme import Node, all_aspects
from tests.oracle.values import Value, read_value

STATUSES = ["valid", "absent", "dnf", "ineligible", "dsq", "exhibition"]
Key = tuple[str, str, str, int]  # stage, aspect, entry, attempt


class Package(NamedTuple):
    """Everything a computation needs."""

    scheme: Node
    entries: dict[str, Row]
    marks: dict[Key, dict[str, Value]]
    assigned: list[Row] | None
    penalties: dict[str, Fraction]
    decisions: list[Row]

    def status(self, entry: str) -> str:
        """Return the status the organiser gave."""
        return self.entries[entry]["status"] or "valid"

    def decided(self, kind: str, entry: str) -> str | None:
        """Return the value of a decision about one entry, if there is one."""
        found = [row["value"] for row in self.decisions if row["kind"] == kind and row["entry"] == entry]
        return found[-1] if found else None


def read_rows(scheme: Node, files: Files) -> tuple[Package, list[Finding]]:
    """Read all tables; the findings name the row."""
    entries, findings = read_entries(files.tables["entries.csv"] or [])
    aspects = {(s["code"], a["code"]): (s, a) for s in scheme["stages"] for _, a in all_aspects(s)}
    marks, wrong = read_marks(files.tables["marks.csv"] or [], entries, aspects)
    penalties, negative = read_penalties(files.tables["penalties.csv"] or [], entries)
    assigned, decisions = files.tables["assignments.csv"], files.tables["decisions.csv"] or []
    findings += wrong + negative
    findings += named(assigned or [], entries, aspects) + named(decisions, entries, aspects)
    return Package(scheme, entries, marks, assigned, penalties, decisions), findings


def read_entries(rows: list[Row]) -> tuple[dict[str, Row], list[Finding]]:
    """Read the entries by code."""
    entries: dict[str, Row] = {}
    findings = []
    for row in rows:
        if row["entry"] in entries:
            findings.append(("DUPLICATE_ENTRY", row.where))
        if (row["status"] or "valid") not in STATUSES:
            findings.append(("UNKNOWN_STATUS", row.where))
        entries.setdefault(row["entry"], row)
    return entries, findings


def read_marks(
    rows: list[Row], entries: dict[str, Row], aspects: dict[tuple[str, str], tuple[Node, Node]]
) -> tuple[dict[Key, dict[str, Value]], list[Finding]]:
    """Read the marks by aspect, entry, attempt and judge; the rows of a deduction add up."""
    marks: dict[Key, dict[str, Value]] = {}
    findings: list[Finding] = []
    for row in rows:
        value, codes = read_mark(row, entries, aspects)
        findings += [(code, row.where) for code in codes]
        if codes:
            continue
        _, aspect = aspects[row["stage"], row["aspect"]]
        cell = marks.setdefault((row["stage"], row["aspect"], row["entry"], int(row["attempt"] or "1")), {})
        if row["judge"] not in cell:
            cell[row["judge"]] = value
        elif aspect["kind"] == "deduction":
            cell[row["judge"]] += value
        else:
            findings.append(("DUPLICATE_MARK", row.where))
    return marks, findings


def read_mark(row: Row, entries: dict[str, Row], aspects: Any) -> tuple[Value, list[str]]:
    """Read one row of the marks."""
    codes = [] if row["entry"] in entries else ["UNKNOWN_ENTRY"]
    if (row["stage"], row["aspect"]) not in aspects:
        return None, [*codes, "UNKNOWN_ASPECT"]
    stage, aspect = aspects[row["stage"], row["aspect"]]
    attempt = row["attempt"] or "1"
    if not is_whole(attempt) or not 1 <= int(attempt) <= stage.get("attempts", 1):
        codes.append("ATTEMPT")
    value, wrong = read_value(aspect, row["value"])
    return value, codes + wrong


def read_penalties(rows: list[Row], entries: dict[str, Row]) -> tuple[dict[str, Fraction], list[Finding]]:
    """Add up the penalties of each entry."""
    total: dict[str, Fraction] = {}
    findings = []
    for row in rows:
        if row["entry"] not in entries:
            findings.append(("UNKNOWN_ENTRY", row.where))
        if not is_number(row["points"]):
            findings.append(("SCORE_FORMAT", row.where))
        elif Fraction(row["points"]) < 0:
            findings.append(("SCORE_RANGE", row.where))
        else:
            total[row["entry"]] = total.get(row["entry"], Fraction(0)) + Fraction(row["points"])
    return total, findings


def named(rows: list[Row], entries: dict[str, Row], aspects: Any) -> list[Finding]:
    """Check that assignments and decisions name entries and aspects that are there."""
    findings = []
    stages = {stage for stage, _ in aspects}
    for row in rows:
        if row["entry"] and row["entry"] not in entries:
            findings.append(("UNKNOWN_ENTRY", row.where))
        known = (row["stage"], row["aspect"]) in aspects if row["aspect"] else row["stage"] in {*stages, ""}
        if not known or (row.where.startswith("assignments") and not row["stage"]):
            findings.append(("UNKNOWN_ASPECT", row.where))
    return findings
