"""The oracle reproduces competitions whose results were published by the people who ran them."""

from pathlib import Path

import pytest

from tests.oracle.recount import recount

GOLDEN = Path(__file__).parents[1] / "golden"
PUBLISHED = sorted(
    path.parent for name in ("isu", "halfpipe") for path in (GOLDEN / name).rglob("expected.csv")
)


def test_all_published_competitions_are_there() -> None:
    assert len(PUBLISHED) == 25


@pytest.mark.parametrize("folder", PUBLISHED, ids=lambda folder: str(folder.relative_to(GOLDEN)))
def test_the_oracle_reproduces_a_published_result(folder: Path) -> None:
    outcome = recount(folder)
    assert outcome.findings == []
    assert sorted(outcome.results.splitlines()) == sorted((folder / "expected.csv").read_text().splitlines())
