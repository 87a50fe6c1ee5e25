"""Occupations of the 2022 Classification, repaired where the package is plainly wrong, and free trades."""

from collections import Counter

import pytest

from tests.catalogue_data.files import by_key, rows_of
from tools.catalogue import trade_rules, trades

STANDARD = [row for row in rows_of("trades") if row["non_standard"] == "0"]


def line(level: str, code: str, name: str) -> dict[str, str]:
    return {"level": level, "code": code, "name": name}


def test_the_source_gives_1630_of_the_1639_occupations():
    assert len(STANDARD) == 1630
    by_major = Counter(row["major"][0] for row in STANDARD)
    assert by_major == {"1": 25, "2": 493, "3": 36, "4": 354, "5": 54, "6": 668}


def test_the_green_marks_are_as_many_as_announced_and_the_digital_ones_two_fewer():
    green, digital = (sum(row[mark] == "1" for row in STANDARD) for mark in ("green", "digital"))
    both = sum(row["green"] == row["digital"] == "1" for row in STANDARD)
    assert (green, digital, both) == (134, 95, 23)  # announced: 134, 97, 23


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("6-18-02-04", "焊工"),
        ("6-18-01-01", "车工"),
        ("6-31-01-03", "电工"),
        ("6-20-01-01", "装配钳工"),
        ("6-17-02-02", "炼钢工"),
        ("6-16-01-05", "井下采矿工"),
        ("6-16-02-07", "石油开采工"),
        ("4-02-02-08", "油气电站操作员"),
        ("6-28-01-10", "光伏发电运维值班员"),
        ("6-28-01-12", "风力发电运维值班员"),
        ("4-08-03-04", "工程测量员"),
        ("6-12-03-00", "药物制剂工"),
        ("6-15-01-01", "水泥生产工"),
        ("6-17-07-06", "贵金属冶炼工"),
    ],
)
def test_well_known_trades_have_their_code(code, name):
    assert by_key("trades")[code]["name_zh"] == name


@pytest.mark.parametrize(
    ("trade", "industries"),
    [
        ("6-16-01-05", {"coal", "gold", "metallurgy", "nonferrous"}),
        ("6-17-02-02", {"metallurgy"}),
        ("4-02-02-08", {"petroleum"}),
        ("6-28-01-12", {"clean-energy", "electricity"}),
        ("4-08-03-04", {"surveying"}),
        ("6-12-03-00", {"medicine"}),
        ("6-15-01-01", {"building-materials"}),
        ("6-17-07-06", {"gold", "nonferrous"}),
        ("6-18-01-01", {"machinery"}),
        ("x-chinese-medicine-craft", {"medicine"}),
        ("x-team-leader", {"machinery", "nonferrous"}),
    ],
)
def test_a_trade_belongs_to_the_industries_that_count_it(trade, industries):
    assert {row["industry"] for row in rows_of("trade_industries") if row["trade"] == trade} == industries


def test_every_industry_of_the_seed_has_trades():
    counted = Counter(row["industry"] for row in rows_of("trade_industries"))
    named = "coal electricity petroleum clean-energy surveying medicine machinery metallurgy nonferrous gold"
    assert min(counted[key] for key in [*named.split(), "building-materials"]) >= 19


def test_a_trade_knows_its_groups():
    groups = by_key("trade_groups")
    welder = by_key("trades")["6-18-02-04"]
    assert (welder["parent"], welder["medium"], welder["major"]) == ("6-18-02-00", "6-18-00-00", "6-00-00-00")
    assert [groups[key]["name_zh"] for key in (welder["parent"], welder["medium"], welder["major"])] == [
        "机械热加工人员",
        "机械制造基础加工人员",
        "生产制造及有关人员",
    ]
    assert all(row["medium"] in groups and row["major"] in groups for row in STANDARD)


def test_groups_have_their_level_by_the_shape_of_the_code():
    groups = by_key("trade_groups")
    assert [groups[key]["level"] for key in ("6-00-00-00", "6-18-00-00", "6-18-02-00")] == ["1", "2", "3"]
    assert all(groups[row["parent"]]["level"] < row["level"] for row in groups.values() if row["parent"])
    assert Counter(row["level"] for row in groups.values()) == {"1": 8, "2": 72, "3": 336}


def test_no_code_is_both_a_group_and_an_occupation():
    assert by_key("trade_groups").keys() & by_key("trades").keys() == set()


def test_the_source_s_slips_are_repaired():
    names = by_key("trades")
    assert "6-11-08-26" not in names  # repeats 6-11-08-25
    assert "6-20-03-00" in by_key("trade_groups")  # marked as an occupation, has three below it
    assert names["2-03-01-00"]["name_zh"] == "土壤肥料技术人员"  # listed twice, once as a group
    # without the stray space after the comma
    assert by_key("trade_groups")["6-28-02-00"]["name_zh"] == "气体生产、处理和输送人员"


def test_marks_go_into_columns_and_not_into_names():
    groups, occupations = trades.split_levels(
        [
            line("1", "6-00-00-00", "生产制造及有关人员"),
            line("4", "6-01-01-01", "甲工L"),
            line("4", "6-01-01-02", "乙工S"),
            line("4", "6-01-01-03", "丙工L/S"),
            line("4", "6-01-01-03", "丙工L/S"),
        ]
    )
    made = trades.make_trades(groups, occupations)[:3]
    assert [(row["name_zh"], row["green"], row["digital"]) for row in made] == [
        ("甲工", "1", "0"),
        ("乙工", "0", "1"),
        ("丙工", "1", "1"),
    ]


def test_a_trade_without_its_small_group_hangs_on_the_next_group_above():
    groups, occupations = trades.split_levels(
        [line("2", "2-01-00-00", "科学研究人员"), line("4", "2-01-04-01", "教育学研究人员")]
    )
    assert trades.make_trades(groups, occupations)[0]["parent"] == "2-01-00-00"


def test_a_translation_of_another_name_is_refused():
    with pytest.raises(ValueError, match="6-18-02-04 is 焊接工 in the source"):
        trades.make_trades({}, {"6-18-02-04": line("4", "6-18-02-04", "焊接工")})


def test_a_rule_that_matches_no_trade_is_refused():
    with pytest.raises(ValueError, match="coal: no trade answers to 2-02-03"):
        trade_rules.make_rows(["6-18-02-04"])


def test_a_prefix_ends_at_a_hyphen(monkeypatch):
    monkeypatch.setattr(trade_rules, "OWN_TRADES", {"surveying": ("6-01-01",)})
    joined = trade_rules.make_rows(["6-01-01-01", "6-01-10-01"])
    assert [row["trade"] for row in joined] == ["6-01-01-01"]
