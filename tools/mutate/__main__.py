"""Change the rules in one place at a time and list the changes that no test notices."""

import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tools.children import ROOT
from tools.mutate.equivalents import FILE, Key, read_equivalents, untrue
from tools.mutate.mutants import Mutant, modules, sample
from tools.mutate.trials import Trials

TESTS = ("tests/rules", "tests/recount", "tests/differential")
FLOOR_PERCENT = 95
MOST_PROCESSES = 2
OPTIONS = (
    # These start programs of their own, which no change in this process reaches.
    "--ignore=tests/recount/test_golden.py", "--ignore=tests/recount/test_same_bytes.py",
    "-q", "-s", "--no-header", "--tb=native", "-p", "no:cacheprovider", "-p", "no:xdist",
    "-W", "ignore::pytest.PytestAssertRewriteWarning",  # this program imports hypothesis before pytest does
)  # fmt: skip


def try_mutants(chosen: Sequence[Mutant], reasons: dict[Key, str]) -> Trials:
    """Try the mutants in a session of pytest; each survivor without a reason is printed at once."""

    def report(mutant: Mutant) -> None:
        if mutant.key not in reasons:
            print(show(mutant), flush=True)

    trials = Trials(chosen, min(MOST_PROCESSES, os.cpu_count() or 1), report)
    with tempfile.TemporaryDirectory() as folder:
        kept = ["-o", "tmp_path_retention_policy=none", f"--basetemp={folder}/tests"]
        pytest.main([*OPTIONS, *kept, *TESTS], plugins=[trials])
    return trials


def show(mutant: Mutant, reason: str = "") -> str:
    """Return what is said of a survivor."""
    why = reason or "no reason is listed: a test is missing, or the code is not needed"
    return f"  {mutant.module}:{mutant.line}  {mutant.text}\n    {mutant.change}\n    {why}"


def say_result(chosen: Sequence[Mutant], survivors: Sequence[Mutant], reasons: dict[Key, str]) -> bool:
    """Print the survivors with their reasons and the shares; say whether enough was noticed."""
    equivalent = [mutant for mutant in survivors if mutant.key in reasons]
    print(f"\nSurvivors ({len(survivors)}):")
    for mutant in sorted(survivors):
        print(show(mutant, reasons.get(mutant.key, "")))
    noticed = len(chosen) - len(survivors)
    that_count = max(1, len(chosen) - len(equivalent))
    print(
        f"\n{len(chosen)} changes, {noticed} noticed: {100 * noticed / max(1, len(chosen)):.1f} % of all,"
        f" {100 * noticed / that_count:.1f} % without the {len(equivalent)} that change nothing"
        f" (floor {FLOOR_PERCENT} %)"
    )
    return 100 * noticed >= FLOOR_PERCENT * that_count


def main(arguments: Sequence[str]) -> int:
    """Try all changes, or those that are asked for; return the exit code."""
    count = int(arguments[0]) if arguments else 0
    wanted = [f"scoring.rules.{Path(name).stem}" for name in arguments[1:]] or modules()
    os.chdir(ROOT)
    began, chosen = time.monotonic(), sample(wanted, count)
    reasons = read_equivalents(FILE.read_text(encoding="utf-8"))
    trials = try_mutants(chosen, reasons)
    if trials.failing:
        said = "These tests fail without any change; mend them first:"
        print(said, *trials.failing, sep="\n  ", file=sys.stderr)
        return 1
    enough = say_result(chosen, trials.survivors, reasons)
    problems = [] if count else untrue(reasons, chosen, trials.survivors)
    print(*problems, f"{time.monotonic() - began:.0f} s", sep="\n")
    return int(not enough or bool(problems))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
