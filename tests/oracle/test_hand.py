"""The oracle agrees with the arithmetic written out in each package worked by hand."""

from collections import Counter

import pytest

from tests.oracle.hand import HAND, Worked, list_worked
from tests.oracle.recount import recount

WORKED = list_worked()
RULES = [
    "score", "judgement", "measurement-points", "measurement-pass", "measurement-value", "measurement-bands",
    "measurement-nominal", "count", "deduction", "time", "indicator",
    "agreed", "mean", "trimmed_mean", "median", "sum", "fallback", "exclude", "max_spread",
    "tie-stage", "tie-criterion", "tie-aspect", "tie-kind", "tie-penalties", "tie-manual",
    "award-count", "award-percent", "award-ranks", "award-top_fraction", "award-threshold", "award-place",
    "award-decide", "award-extend", "award-shrink", "award-per_unit",
    "attempts-best", "attempts-mean", "attempts-sum", "attempts-last",
    "clamp", "places-null", "asc", "weights-plain", "scale",
]


@pytest.mark.parametrize("worked", WORKED, ids=lambda worked: worked.folder.name)
def test_the_oracle_agrees_with_the_hand(worked: Worked) -> None:
    outcome = recount(worked.folder, awards=worked.awards)
    assert outcome.findings == worked.findings
    assert outcome.results == worked.results


def test_every_rule_has_three_packages_or_more() -> None:
    packages = Counter(worked.folder.name.rpartition("-")[0] for worked in WORKED)
    assert [rule for rule in RULES if packages[rule] < 3] == []


@pytest.mark.parametrize("worked", WORKED, ids=lambda worked: worked.folder.name)
def test_every_package_says_how_it_was_worked(worked: Worked) -> None:
    lines = (worked.folder / "HAND.md").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ")
    assert lines[2] in ("Run with: `--awards`", "Run with: `no flag`")
    assert len(lines) > 4
    refused = (worked.folder / "expected-findings.txt").exists()
    assert refused != (worked.folder / "expected.csv").exists()


def test_no_package_lies_there_unread() -> None:
    assert len(WORKED) == sum(path.is_dir() for path in HAND.iterdir())
