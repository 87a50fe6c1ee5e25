"""What a column means is known from its heading, or guessed and asked about; a choice is remembered."""

import pytest

from competitions.entries import columns, mapping
from competitions.entries.reading import read_grid
from core.refusals import Refused
from tests.entries.tables import workbook


def suggested(headings, kind="person", remembered=None, row=None):
    grid = read_grid("名单.xlsx", workbook([row or ["值"] * len(headings)] * 2, headings), kind)
    return mapping.suggest(grid, kind, remembered or {})


def ways(headings, *args):
    return [(match.field, match.how) for match in suggested(headings, *args)]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("参赛者所在单位全称", "unit"),
        ("单位联系电话", "phone"),
        ("参赛选手居民身份证号码", "id_number"),
        ("现持有的职业技能等级", "skill_level"),
        ("Competitor's full name", "name"),
        ("服装尺码", None),
        ("准考证编号", None),
    ],
)
def test_a_heading_is_guessed_from_its_last_words(heading, field):
    assert columns.guess(heading) == field


def test_usual_headings_need_no_question():
    matches = suggested(("序号", "选手姓名*", "工作单位（全称）", "备注", "错误说明"))
    assert [match.field for match in matches] == ["mark", "name", "unit", "", ""]
    assert not mapping.doubtful(matches, "person")


def test_a_guess_is_asked_about_and_never_takes_what_a_usual_heading_has():
    assert ways(("监护人姓名", "姓名", "参赛者所在单位")) == [
        ("", "unknown"), ("name", "known"), ("unit", "guessed"),
    ]  # fmt: skip
    assert mapping.doubtful(suggested(("姓名", "参赛者所在单位")), "person")


def test_an_unknown_heading_is_asked_about_once():
    headings = ("姓名", "单位", "服装尺码")
    assert mapping.doubtful(suggested(headings), "person")
    assert ways(headings, "person", {"服装尺码": ""})[2] == ("", "remembered")
    assert not mapping.doubtful(suggested(headings, "person", {"服装尺码": ""}), "person")


def test_a_second_column_for_one_thing_is_asked_about_and_refused():
    matches = suggested(("姓名", "单位", "选手姓名"))
    assert (matches[2].field, matches[2].how) == ("", "twice")
    data = workbook([("张三", "甲厂", "张三")], ("姓名", "单位", "选手姓名"))
    grid = read_grid("名单.xlsx", data, "person")
    with pytest.raises(Refused) as caught:
        mapping.table_of(grid, {0: "name", 1: "unit", 2: "name"}, "person")
    (refusal,) = caught.value.refusals
    assert (refusal.code, refusal.where) == ("HEADER_TWICE", "2")
    assert refusal.params == {"first": "姓名", "second": "选手姓名"}


def test_what_a_kind_of_entry_has_no_use_for_is_passed_over():
    assert ways(("姓名", "单位", "班组"))[2] == ("", "unread")
    assert ways(("姓名", "单位", "班组"), "team")[2] == ("group", "known")


def test_a_list_without_any_usual_heading_is_still_read():
    headings = ("甲", "乙", "丙")
    matches = suggested(headings, "person", None, ("张三", "演示甲厂", "13800000000"))
    assert [match.how for match in matches] == ["unknown"] * 3
    assert matches[0].samples == ("张三",)
    grid = read_grid("a.xlsx", workbook([("张三", "演示甲厂"), ("李四", "演示甲厂")], headings), "person")
    table = mapping.table_of(grid, {0: "name", 1: "unit"}, "person")
    assert [line.cell("name").text for line in table.lines] == ["张三", "李四"]
