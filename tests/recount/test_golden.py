"""Published results of real competitions come out byte for byte."""

from pathlib import Path

import pytest

from tests.recount.build import run

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
PACKAGES = sorted(
    path.parent for path in [*GOLDEN.glob("halfpipe/expected.csv"), *GOLDEN.glob("isu/*/*/expected.csv")]
)


def test_all_twenty_five_competitions_are_here() -> None:
    assert len(PACKAGES) == 25


@pytest.mark.parametrize("path", PACKAGES, ids=lambda path: "/".join(path.relative_to(GOLDEN).parts))
def test_the_recount_gives_the_published_result(path: Path) -> None:
    done = run(str(path))
    assert (done.returncode, done.stderr) == (0, b"")
    assert sorted(done.stdout.splitlines(keepends=True)) == sorted(
        (path / "expected.csv").read_bytes().splitlines(keepends=True)
    )
