"""The most points that a scheme can give: what no penalty may exceed."""

import pytest

from scoring.schemes.sums import most_points
from tests.factories.marking import THEORY_AND_PRACTICE, scheme, score, stage

TIMED = stage("R", "用时", [{"code": "R1", "title": "用时", "kind": "time"}])


@pytest.mark.parametrize(
    ("document", "most"),
    [
        (scheme(THEORY_AND_PRACTICE), 100_000_000),  # 0.3 × 100 + 0.7 × 100
        (scheme(THEORY_AND_PRACTICE, total={"max": "60"}), 60_000_000),
        (scheme([stage("P", "实操", [score("P1", "作品", "40")])]), 40_000_000),
        (scheme([stage("P", "实操", [score("P1", "作品", "40")], max="30")]), 30_000_000),
        (scheme([stage("P", "实操", [score("P1", "作品", "40")], weight="0.5"), TIMED], weights="plain"),
         20_000_000),
        (scheme([TIMED], ranking={"order": "asc", "share": True}), None),
    ],
)  # fmt: skip
def test_the_most_points_of_a_scheme(document, most):
    assert most_points(document) == most
