"""The lists say what the standards and the union reports say."""

import re
from collections import Counter

import pytest

from tests.catalogue_data.files import by_key, rows_of
from tools.catalogue import sources, trade_rules
from tools.catalogue.table import to_csv


def test_gbt_4754_has_twenty_sections_and_ninety_seven_divisions():
    rows = rows_of("gbt4754")
    assert Counter(row["level"] for row in rows) == {"section": 20, "division": 97}
    assert "".join(row["key"] for row in rows if row["level"] == "section") == "ABCDEFGHIJKLMNOPQRST"
    divisions = [row["key"][1:] for row in rows if row["level"] == "division"]
    assert divisions == [f"{number:02d}" for number in range(1, 98)]


def test_a_division_stands_in_the_section_of_its_letter():
    assert all(row["parent"] == row["key"][0] for row in rows_of("gbt4754") if row["level"] == "division")


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("B06", "煤炭开采和洗选业"),
        ("B07", "石油和天然气开采业"),
        ("B11", "开采专业及辅助性活动"),  # 2011: 开采辅助活动
        ("C15", "酒、饮料和精制茶制造业"),
        ("C25", "石油、煤炭及其他燃料加工业"),  # 2011: 石油加工、炼焦和核燃料加工业
        ("C31", "黑色金属冶炼和压延加工业"),
        ("D44", "电力、热力生产和供应业"),
        ("G58", "多式联运和运输代理业"),  # 2011: 装卸搬运和运输代理业
        ("M74", "专业技术服务业"),
        ("N79", "土地管理业"),  # not in the 2011 edition, which has 96 divisions
        ("T97", "国际组织"),
    ],
)
def test_divisions_are_those_of_the_2017_edition(key, name):
    assert by_key("gbt4754")[key]["name_zh"] == name


def test_there_are_thirty_four_provinces_the_corps_and_the_prefectures():
    assert Counter(row["level"] for row in rows_of("regions")) == {"province": 35, "prefecture": 333}
    provinces = by_key("regions")
    assert [provinces[code]["name_zh"] for code in ("110000", "710000", "810000", "820000")] == [
        "北京市",
        "台湾省",
        "香港特别行政区",
        "澳门特别行政区",
    ]
    assert all(row["name_en"] for row in provinces.values() if row["level"] == "province")


def test_a_prefecture_lies_in_the_province_of_its_first_two_digits():
    prefectures = [row for row in rows_of("regions") if row["level"] == "prefecture"]
    assert all(row["parent"] == row["code"][:2] + "0000" for row in prefectures)
    assert all(re.fullmatch(r"\d{4}00", row["code"]) for row in prefectures)


def test_the_corps_is_named_without_a_code():
    assert by_key("regions")["xpcc"]["name_zh"] == "新疆生产建设兵团"


def test_levels_and_classes_are_those_that_contests_announce():
    assert [row["name_zh"] for row in rows_of("levels")] == [
        "国家级",
        "国家级一类",
        "国家级二类",
        "行业级",
        "省级",
        "市级",
        "市级一类",
        "市级二类",
        "县区级",
        "企业级",
    ]
    assert {row["level"] for row in rows_of("levels")} == {
        "national",
        "industry",
        "province",
        "city",
        "county",
        "enterprise",
    }


@pytest.mark.parametrize(
    ("kind", "needs_trade", "entry_kinds"),
    [
        ("LABOUR_PROJECT", "no", "unit team"),
        ("SKILL_TRADE", "yes", "person team"),
        ("SKILL_ROLE", "no", "person team"),
        ("SAFETY_CUP", "no", "unit team"),
        ("ONLINE_QUIZ", "optional", "person"),
        ("INNOVATION", "optional", "work"),
        ("WORLDSKILLS", "optional", "person team"),
    ],
)
def test_a_kind_of_activity_says_who_enters_and_whether_it_needs_a_trade(kind, needs_trade, entry_kinds):
    row = by_key("activity_kinds")[kind]
    assert (row["needs_trade"], row["entry_kinds"]) == (needs_trade, entry_kinds)


def test_kinds_use_only_the_known_words():
    rows = rows_of("activity_kinds")
    assert {row["needs_trade"] for row in rows} == {"yes", "no", "optional"}
    assert {row["scored"] for row in rows} == {"yes", "no"}
    entry_kinds = {kind for row in rows for kind in row["entry_kinds"].split(" ")}
    assert entry_kinds == {"person", "team", "unit", "work"}


def test_the_two_reporting_unions_have_the_industries_they_report():
    names: dict[str, list[str]] = {}
    for row in rows_of("industries"):
        names.setdefault(row["union"], []).append(row["name_zh"])
    assert names["energy"][:6] == ["煤炭", "电力", "石油石化", "清洁能源", "测绘地理信息", "医药"]
    assert names["machinery"] == ["机械", "冶金（钢铁）", "有色金属", "建材", "黄金"]


def test_every_union_has_an_industry_and_every_industry_a_union():
    assert {row["union"] for row in rows_of("industries")} == set(by_key("national_unions"))


def test_an_industry_names_only_divisions_that_exist():
    divisions = by_key("gbt4754")
    for row in rows_of("industries"):
        codes = row["gbt4754"].split()
        assert all(divisions[code]["level"] == "division" for code in codes)
        assert row["code_state"] == ("sourced" if codes else "pending")


def test_the_trade_and_industry_joins_follow_from_the_written_rule():
    joins = trade_rules.make_rows(row["key"] for row in rows_of("trades"))
    assert joins == rows_of("trade_industries")
    assert {row["industry"] for row in joins} <= set(by_key("industries"))


def test_the_sources_are_the_pinned_ones():
    assert to_csv(sources.HEADER, sources.SOURCES) == to_csv(sources.HEADER, rows_of("sources"))
