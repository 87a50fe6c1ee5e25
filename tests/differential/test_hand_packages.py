"""The product agrees with every package worked by hand and every published competition."""

from pathlib import Path

import pytest

from tests.differential.compare import ask_product
from tests.oracle.hand import Worked, list_worked
from tests.oracle.test_golden import GOLDEN, PUBLISHED


@pytest.mark.parametrize("worked", list_worked(), ids=lambda worked: worked.folder.name)
def test_the_product_agrees_with_the_hand(worked: Worked) -> None:
    answer = ask_product(worked.folder, awards=worked.awards)
    assert (answer.findings, answer.results) == (worked.findings, worked.results)
    assert answer.warnings == (["SCALE_NO_SPREAD"] if worked.folder.name == "scale-2" else [])


@pytest.mark.parametrize("folder", PUBLISHED, ids=lambda folder: str(folder.relative_to(GOLDEN)))
def test_the_product_reproduces_a_published_result(folder: Path) -> None:
    answer = ask_product(folder, awards=False)
    assert answer.findings == []
    assert sorted(answer.results.splitlines()) == sorted((folder / "expected.csv").read_text().splitlines())
