"""Declared contests: winners as people type them, days that have been, sums that say how exact they are."""

from datetime import date
from decimal import Decimal

import pytest

from competitions.declared.rules import days_faults, read_winners
from competitions.returns.rules import Figure
from reports.declared.sheet import told

TODAY = date(2026, 11, 23)


def test_winners_are_award_name_and_unit_however_they_are_parted():
    lines = ["一等奖，张三，演示甲厂", "二等奖, 李四 ,演示乙厂", "三等奖\t王五", "优秀组织奖；演示丙厂"]
    found, wrong = read_winners(lines)
    assert wrong == []
    assert found == [
        ("一等奖", "张三", "演示甲厂"), ("二等奖", "李四", "演示乙厂"), ("三等奖", "王五", ""),
        ("优秀组织奖", "演示丙厂", ""),
    ]  # fmt: skip


def test_lines_that_name_nobody_are_told_by_their_numbers():
    assert read_winners(["一等奖", "一,二,三,四", "奖，" + "长" * 81])[1] == [1, 2, 3]


def test_a_line_of_many_spaces_is_read():
    """With the square of its length (40,000 once took 9 seconds) this one would not end in a working day."""
    line = "a" + " " * 4_000_000 + "b"
    assert read_winners([line, "奖 ,, 张 三 ;\t 厂"]) == ([("奖", "张 三", "厂")], [1])


@pytest.mark.parametrize(
    ("starts", "ends", "code"),
    [("2022-05-01", "2022-05-03", []), ("2022-05-03", "2022-05-01", ["DECLARED_DAYS"]),
     ("2026-11-20", "2026-11-24", ["DECLARED_AHEAD"])],
)  # fmt: skip
def test_only_what_has_been_held_is_declared(starts, ends, code):
    found = days_faults(date.fromisoformat(starts), date.fromisoformat(ends), TODAY)
    assert [one for _field, one in found] == code


@pytest.mark.parametrize(
    ("figure", "everywhere", "said"),
    [(Figure(Decimal(25000), "≈"), True, "≈ 25,000"), (Figure(Decimal(3)), False, "3 *"),
     (Figure(Decimal("10.5"), complete=False), True, "10.5 *"), (Figure(Decimal(0)), True, 0),
     (Figure(Decimal(310)), True, 310), (Figure(Decimal("10.50")), True, Decimal("10.5"))],
)  # fmt: skip
def test_a_sum_says_how_exact_and_how_complete_it_is(figure, everywhere, said):
    assert told(figure, everywhere) == said
