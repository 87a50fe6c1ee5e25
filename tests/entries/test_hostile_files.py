"""Each hostile file is refused with its own word, quickly, in little memory; it never is a fault of ours."""

import time
import tracemalloc

import pytest

from core.refusals import Refused
from core.tables import archive
from tests.entries import hostile
from tests.entries.hostile import CORPUS
from tests.entries.tables import read_table

SECONDS, MEMORY = 2, 150 * 1024 * 1024
SLOW_WHEN_WATCHED = {"two million cells", "two million tags deep", "100,000 rows"}


@pytest.mark.parametrize("name", CORPUS)
def test_a_hostile_file_is_refused_quickly_and_by_name(name):
    filename, make, code = CORPUS[name]
    data = make()
    started = time.process_time()
    with pytest.raises(Refused) as caught:
        read_table(filename, data, "person")
    assert [refusal.code for refusal in caught.value.refusals] == [code]
    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.deep] * (name in SLOW_WHEN_WATCHED)) for name in CORPUS]
)
def test_a_hostile_file_takes_little_memory(name):
    filename, make, _code = CORPUS[name]
    data = make()
    tracemalloc.start()
    try:
        with pytest.raises(Refused):
            read_table(filename, data, "person")
        assert tracemalloc.get_traced_memory()[1] < MEMORY
    finally:
        tracemalloc.stop()


def test_a_lie_about_the_size_of_a_sheet_is_not_believed():
    found = read_table("a.xlsx", hostile.lying_dimension(), "person")
    assert [line.cell("name").text for line in found.lines] == ["张三"]


def test_cells_far_to_the_right_are_not_read():
    with pytest.raises(Refused) as caught:
        read_table("a.xlsx", hostile.wide_rows(), "person")
    assert caught.value.refusals[0].code == "TABLE_EMPTY"


def test_a_true_file_of_the_largest_size_is_read():
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>张三</t></is></c></row>' for n in range(2, 3_002)
    )
    assert len(read_table("a.xlsx", hostile.sheet(hostile.HEADER_ROW + rows), "person").lines) == 3_000
    assert archive.ROWS == 60_000
