"""Compute a package with the product and with the oracle and compare what they say."""

import io
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

from scoring.recount import main
from tests.oracle.findings import Finding
from tests.oracle.recount import recount

WARNINGS = ["SCALE_NO_SPREAD"]


class Answer(NamedTuple):
    """What one implementation says: sorted (code, where), or results.csv; and codes of warnings."""

    findings: list[Finding]
    results: str
    warnings: list[str]


def ask_oracle(folder: Path, *, awards: bool) -> Answer:
    """Compute the folder with the oracle."""
    outcome = recount(folder, awards=awards)
    return Answer(outcome.findings, outcome.results, [code for code, _ in outcome.warnings])


def ask_product(folder: Path, *, awards: bool) -> Answer:
    """Compute the folder with the program that organisers run, in this process.

    Raises AssertionError where exit status, standard output and findings contradict each other.
    """
    out, err = io.BytesIO(), io.BytesIO()
    with (
        io.TextIOWrapper(out, encoding="utf-8", newline="") as stdout,
        io.TextIOWrapper(err, encoding="utf-8", newline="") as stderr,
        redirect_stdout(stdout),
        redirect_stderr(stderr),
    ):
        status = main([str(folder), *(["--awards"] if awards else [])])
        stdout.flush()
        stderr.flush()
        results, said = out.getvalue().decode(), err.getvalue().decode()
    said_all = sorted(read_findings(said))
    findings = [(code, where) for code, where in said_all if code not in WARNINGS]
    assert (status, bool(findings), bool(results)) in ((0, False, True), (2, True, False)), (status, said)
    return Answer(findings, results, [] if findings else [code for code, _ in said_all])


def read_findings(said: str) -> list[Finding]:
    """Read `CODE<TAB>where<TAB>message` lines."""
    findings = []
    for line in said.splitlines():
        code, where, message = line.split("\t")
        assert message.strip(), line
        findings.append((code, where))
    return findings
