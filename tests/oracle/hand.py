"""The packages worked by hand in tests/golden/hand, and what each of them expects."""

from pathlib import Path
from typing import NamedTuple

from tests.oracle.findings import Finding

HAND = Path(__file__).parents[1] / "golden" / "hand"


class Worked(NamedTuple):
    """One package: what it is run with, and the findings or the result it must give."""

    folder: Path
    awards: bool
    findings: list[Finding]
    results: str


def list_worked() -> list[Worked]:
    """Return every package worked by hand."""
    return [read_worked(path.parent) for path in sorted(HAND.glob("*/HAND.md"))]


def read_worked(folder: Path) -> Worked:
    """Read the expectation of one package."""
    run_with = (folder / "HAND.md").read_text(encoding="utf-8").splitlines()[2]
    refused, accepted = folder / "expected-findings.txt", folder / "expected.csv"
    findings: list[Finding] = []
    if refused.exists():
        for line in refused.read_text(encoding="utf-8").splitlines():
            code, where = line.split("\t")
            findings.append((code, where))
    results = accepted.read_bytes().decode() if accepted.exists() else ""
    return Worked(folder, run_with == "Run with: `--awards`", findings, results)
