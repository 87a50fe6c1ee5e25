"""The sentences of DOMAIN.md section 6.2, worked by hand on the rules that the system starts from."""

import pytest

from scoring.promotions import offers
from scoring.promotions.rules import read_document, standings_of_table
from scoring.rules.promotion import Standing, field_size, find_rule

HEADER = ("rank", "entry", "status", "total", "T", "P", "T.A", "P.A", "award")


def rules_of(key):
    read = read_document(offers.LIBRARY.find_document(key))
    assert read.findings == ()
    return read.rules


def stands(rank, award="", theory="80", practice="80"):
    row = (str(rank), f"A{rank:02d}", "valid", "80", theory, practice, theory, practice, award)
    return standings_of_table(HEADER, [row])[0]


def proposed(key, standing, level, base=30):
    rule = find_rule(rules_of(key).rules, standing, level, base)
    return None if rule is None else rule.levels[level]


@pytest.mark.parametrize("offer", list(offers.LIBRARY), ids=lambda offer: offer.key)
def test_every_rule_book_is_in_order_and_names_its_source(offer):
    assert rules_of(offer.key).source


@pytest.mark.parametrize("award", ["金牌", "银牌", "铜牌", "优胜奖"])
def test_national_merit_prize_and_above_is_technician_and_technicians_are_senior(award):
    assert proposed("national", stands(9, award), "高级工") == "技师"
    assert proposed("national", stands(9, award), "技师") == "高级技师"
    assert proposed("national", stands(9, award), "高级技师") is None
    assert proposed("national", stands(9), "高级工") is None


@pytest.mark.parametrize(("rank", "level"), [(1, "技师"), (6, "技师"), (7, None)])
def test_zhoushan_top_six_are_technicians(rank, level):
    assert proposed("zhoushan", stands(rank), "中级工") == level
    assert proposed("zhoushan", stands(rank), "技师") is None


@pytest.mark.parametrize(
    ("rank", "base", "level"),
    [
        (3, 40, None), (4, 40, "高级工"), (20, 40, "高级工"), (21, 40, None), (20, 41, "高级工"),
        (21, 41, None),
    ],
)  # fmt: skip
def test_lueliang_from_the_fourth_to_half_of_the_field_are_senior_workers(rank, base, level):
    assert proposed("lvliang", stands(rank), "中级工", base) == level
    assert proposed("lvliang", stands(rank), "高级工", base) is None


def test_lueliang_counts_who_checked_in():
    rows = [("", f"A{n:02d}", "absent", "", "", "", "", "", "") for n in range(5)]
    rows += [(str(n), f"B{n:02d}", "valid", "80", "80", "80", "80", "80", "") for n in range(1, 9)]
    assert field_size(standings_of_table(HEADER, rows), rules_of("lvliang").base) == 8  # half: to rank 4


def test_chongqing_prize_winners_are_technicians_and_who_passes_both_parts_a_senior_worker():
    winner, passed = stands(1, "三等奖"), stands(9, theory="60", practice="60")
    failed = stands(9, theory="59.99", practice="90")
    assert [proposed("chongqing", winner, level) for level in ("高级工", "技师")] == ["技师", None]
    assert [proposed("chongqing", passed, level) for level in ("中级工", "高级工")] == ["高级工", None]
    assert proposed("chongqing", failed, "中级工") is None
    assert proposed("chongqing", stands(1, "一等奖", theory="20"), "中级工") == "技师"


@pytest.mark.parametrize(
    ("rank", "held", "level"),
    [
        (2, "高级工", "技师"), (10, "高级工", "技师"), (2, "初级工", "高级工"), (10, "无等级", "高级工"),
        (5, "技师", None),
        (11, "高级工", "技师"), (11, "初级工", "中级工"), (25, "技师", "高级技师"), (1, "中级工", "高级工"),
    ],
)  # fmt: skip
def test_shijiazhuang_second_to_tenth_and_all_others_who_passed(rank, held, level):
    assert proposed("shijiazhuang-2010", stands(rank), held) == level
    assert proposed("shijiazhuang-2010", stands(rank, practice="59.5"), held) is None


@pytest.mark.parametrize(
    ("award", "held", "level"),
    [
        ("金牌", "初级工", "技师"), ("铜牌", "技师", "高级技师"), ("优胜奖", "中级工", "高级工"),
        ("优胜奖", "高级工", "技师"), ("优胜奖", "技师", None), ("", "初级工", None),
    ],
)  # fmt: skip
def test_hainan_medals_and_merit_prize(award, held, level):
    assert proposed("hainan", stands(4, award), held) == level


def test_a_table_is_read_as_it_was_published():
    rows = [("1", "A01", "valid", "88.30", "90.00", "", "90.00", "", "一等奖"), ("", "A02", "dsq", *[""] * 6)]
    assert standings_of_table(HEADER, rows) == [
        Standing("A01", 1, "valid", "一等奖", {"T": 90_000_000, "P": None}),
        Standing("A02", None, "dsq", "", {"T": None, "P": None}),
    ]
    without = standings_of_table(HEADER[:-1], [row[:-1] for row in rows])
    assert [standing.award for standing in without] == ["", ""]


def test_a_stage_may_be_called_like_a_column():
    header = ("rank", "entry", "status", "total", "total", "award", "total.A", "award.A")
    row = ("1", "A01", "valid", "150.00", "70.00", "80.00", "70.00", "80.00")
    stages = {"total": 70_000_000, "award": 80_000_000}
    assert standings_of_table(header, [row]) == [Standing("A01", 1, "valid", "", stages)]
