"""A return goes from union to union: filled, checked, submitted, sent back, accepted, added up above."""

import io
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from competitions.returns.models import ReturnPeriod, UnionReturn
from competitions.returns.rules import Figure
from tests.client import visible
from tests.factories.accounts import build_user
from tests.factories.organisations import build_union
from tests.factories.returns import build_accepted, build_period, build_return

BLANKS = pytest.mark.parametrize("blank", ["", " ", "\u3000", " " * 40])


@pytest.fixture
def tree(session):
    """A national union, a province below it with two unions below that, and another national union."""
    top = build_union(session, name="演示全国工会")
    province = build_union(session, name="演示某省工会", parent_id=top.id)
    works = [build_union(session, name=f"演示{one}厂工会", parent_id=province.id) for one in "甲乙"]
    period = build_period(session, top)
    people = {
        "top": build_user(session, grants=[("organiser", "union", top.id)]),
        "province": build_user(session, grants=[("organiser", "union", province.id)]),
        "works": build_user(session, grants=[("organiser", "union", works[0].id)]),
        "analyst": build_user(session, grants=[("analyst", "union", works[1].id)]),
        "other": build_user(session, grants=[("organiser", "union", build_union(session).id)]),
    }
    session.commit()
    return {"top": top, "province": province, "works": works, "period": period, "people": people}


def address(tree, union, tail=""):
    return f"/returns/{tree['period'].ref}/unions/{union.id}{tail}"


def stored(session, union):
    session.expire_all()
    return session.scalar(select(UnionReturn).where(UnionReturn.union_id == union.id))


def test_who_submits_or_accepts_figures_that_were_not_on_the_page_is_told(session, tree, browser):
    """The page says 100; a colleague makes it 777, and later, sent back and submitted again, 999,999."""
    works = tree["works"][0]
    below, above = browser(tree["people"]["works"]), browser(tree["people"]["province"])
    page, typed = address(tree, works), {"head": "演示主席", "C05.value": "100"}

    def version():
        return stored(session, works).version

    below.post(page, typed | {"version": "0"})
    seen = version()
    below.post(page, typed | {"version": seen, "C05.value": "777"})
    below.post(page + "/submit", {"version": seen}, status=422)
    assert "这些数据已被他人修改" in visible(below.page)
    assert stored(session, works).state == "draft"
    below.post(page + "/submit", {"version": version()})
    seen = version()
    above.post(page + "/send-back", {"reason": "请核实"})
    below.post(page, typed | {"version": version(), "C05.value": "999999"})
    below.post(page + "/submit", {"version": version()})
    above.post(page + "/accept", {"version": seen}, status=422)
    assert stored(session, works).state == "submitted"
    above.get(page)
    assert f'name="version" value="{version()}"' in above.page
    above.post(page + "/accept", {"version": version()})
    assert stored(session, works).state == "accepted"


@pytest.mark.parametrize("version", ["x", "", "-1", "1.0", "9" * 5_000])
def test_a_version_that_is_none_was_not_seen(session, tree, browser, version):
    works = tree["works"][0]
    build_return(session, tree["period"], works, C01=Figure(Decimal(3), complete=False))
    session.commit()
    below, above = browser(tree["people"]["works"]), browser(tree["people"]["province"])
    below.post(address(tree, works, "/submit"), {"version": version}, status=422)
    assert "这些数据已被他人修改" in visible(below.page)
    below.post(address(tree, works, "/submit"))
    for step in ("/accept", "/send-back"):
        above.post(address(tree, works, step), {"version": version, "reason": "请核实"}, status=422)
        assert "这些数据已被他人修改" in visible(above.page)
    assert stored(session, works).state == "submitted"


def test_who_sends_figures_back_that_were_not_on_the_page_is_told_and_keeps_the_reason(
    session, tree, browser
):
    works = tree["works"][0]
    given = build_return(session, tree["period"], works, C01=Figure(Decimal(3), complete=False))
    session.commit()
    below, above = browser(tree["people"]["works"]), browser(tree["people"]["province"])
    seen = given.version
    below.post(address(tree, works, "/submit"))
    above.post(address(tree, works, "/send-back"), {"version": seen, "reason": "请核实场次"}, status=422)
    text = visible(above.page)
    assert "这些数据已被他人修改" in text
    assert "请核实场次" in text
    said = {"version": stored(session, works).version, "reason": "请核实场次"}
    assert above.page.count(f'name="version" value="{said["version"]}"') == 2  # to accept, to send back
    above.post(address(tree, works, "/send-back"), said)
    assert stored(session, works).state == "sent_back"


@BLANKS
@pytest.mark.parametrize("day", ["first_day", "last_day"])
def test_a_period_whose_day_is_spaces_alone_is_told_at_its_field(tree, browser, blank, day):
    page = browser(tree["people"]["top"])
    said = {"union_id": tree["top"].id, "title": "季报", "first_day": "2026-01-01", "last_day": "2026-03-31"}
    for path in ("/returns/", f"/returns/{tree['period'].ref}"):
        page.post(path, said | {day: blank}, status=422)
        assert "请填写" in visible(page.page)


def test_a_return_is_filled_submitted_sent_back_and_accepted(session, tree, browser):
    works = tree["works"][0]
    below, above = browser(tree["people"]["works"]), browser(tree["people"]["province"])
    page = address(tree, works)
    typed = {"version": "0", "head": "演示主席", "C05.value": "2.5万", "C06.value": "26000"}
    typed["C05.qualifier"] = ">"
    below.post(page, typed)
    below.post(page + "/submit", status=302)  # more than 25 000 participations of 26 000 people can be
    above.post(page + "/send-back", {"reason": ""}, status=422)
    above.post(page + "/send-back", {"reason": "人数请核实"})
    below.get(page)
    assert "人数请核实" in visible(below.page)
    below.post(page, typed | {"version": "3", "C05.qualifier": "="})
    below.post(page + "/submit", status=422)
    told = visible(below.page)
    assert "“参赛人数”为 26,000，而“参赛人次”为 25,000：前者不能大于后者。" in told
    below.post(page, typed | {"version": "4", "C05.qualifier": "=", "C06.value": "18,000"})
    below.post(page + "/submit")
    above.post(page + "/accept")
    given = stored(session, works)
    assert (given.state, given.figures["C05"]["value"]) == ("accepted", "25000")
    assert [step.state for step in given.steps] == ["submitted", "sent_back", "submitted", "accepted"]
    above.get(page + "/steps/1")
    assert "26,000" in visible(above.page)


def test_nobody_accepts_the_own_return_and_the_top_has_nobody_above(session, tree, browser):
    works, top = tree["works"][0], tree["top"]
    for union in (works, top):
        build_return(session, tree["period"], union, C01=Figure(Decimal(3), complete=False))
    session.commit()
    below = browser(tree["people"]["works"])
    below.post(address(tree, works, "/submit"))
    below.post(address(tree, works, "/accept"), status=403)
    browser(tree["people"]["top"]).post(address(tree, top, "/submit"))
    assert stored(session, top).state == "accepted"


def test_accepted_returns_are_added_up_one_level_above_beside_what_is_computed(session, tree, browser):
    for union, count, people in zip(tree["works"], (300, 450), (200, 260), strict=True):
        build_accepted(session, tree["period"], union, C05=count, C06=people)
    session.commit()
    page = browser(tree["people"]["province"])
    page.get(address(tree, tree["province"], "/edit"))
    text = visible(page.page)
    assert "750" in text  # participations may be added
    assert "460" not in text  # people may not
    typed = {"version": "0", "head": "演示主席", "C05.own": "50", "C06.value": "310"}
    page.post(address(tree, tree["province"]), typed)
    assert stored(session, tree["province"]).figures["C05"]["value"] == "800"
    page.post(address(tree, tree["province"], "/submit"))
    # What was taken into a submitted return above cannot be sent back below it.
    page.post(address(tree, tree["works"][0], "/send-back"), {"reason": "再核"}, status=422)
    assert "演示某省工会" in visible(page.page)


def test_what_is_another_unions_is_not_there(tree, browser):
    """Another union's return by its address is 404, not 403: it is not even said that it exists."""
    works, province = tree["works"][0], tree["province"]
    second = tree["works"][1]
    for name, union in (("other", works), ("analyst", works), ("works", province), ("works", second)):
        page = browser(tree["people"][name])
        for tail in ("", "/edit", "/form.xlsx", "/return.xlsx", "/steps/1"):
            page.get(address(tree, union, tail), status=404)
        page.post(address(tree, union), {"version": "0"}, status=404)
    browser(tree["people"]["other"]).get(f"/returns/{tree['period'].ref}", status=404)
    page = browser(tree["people"]["works"])
    page.get(f"/returns/{tree['period'].ref}")
    assert "演示乙厂工会" not in page.page
    page.get("/returns/")
    assert tree["period"].title in page.page


def test_two_people_who_fill_in_at_once_do_not_overwrite_each_other(session, tree, browser):
    page, typed = browser(tree["people"]["works"]), {"version": "0", "C01.value": "3"}
    page.post(address(tree, tree["works"][0]), typed)
    page.post(address(tree, tree["works"][0]), typed | {"C01.value": "4"}, status=409)
    assert "刚被他人修改" in visible(page.page)
    assert stored(session, tree["works"][0]).figures["C01"]["value"] == "3"


def test_what_is_no_number_is_told_at_its_field_and_nothing_is_saved(session, tree, browser):
    page = browser(tree["people"]["works"])
    typed = {"version": "0", "C05.value": "二万余", "C15.value": "3万", "C01.value": "７"}
    page.post(address(tree, tree["works"][0]), typed, status=422)
    text = visible(page.page)
    assert "“二万余”不是数字" in text
    assert "计量单位已是“万”" in text
    assert 'value="二万余"' in page.page
    assert stored(session, tree["works"][0]) is None


def test_the_form_goes_out_as_a_workbook_and_comes_back(session, tree, browser):
    works = tree["works"][0]
    build_return(session, tree["period"], works, C01=3)
    session.commit()
    page = browser(tree["people"]["works"])
    book = load_workbook(io.BytesIO(page.get(address(tree, works, "/form.xlsx")).data))
    sheet = book["统计报表"]
    rows = {sheet.cell(row, 1).value: row for row in range(7, sheet.max_row + 1)}
    assert sheet.cell(rows["C01"], 8).value == 3
    sheet.cell(rows["C05"], 8).value = 25000
    sheet.cell(rows["C05"], 9).value = ">"
    sheet.cell(rows["C05"], 10).value = "不完全统计"
    sheet.cell(rows["C06"], 11).value = "=1+1 不是公式"
    sheet.cell(rows["C06"], 11).data_type = "s"
    sheet["B3"].value = "演示新主席"
    bring(page, tree, works, book, 200)
    text = visible(page.page)
    assert "将变动 2 项数据，并使 0 项变为空" in text
    assert stored(session, works).figures.keys() == {"C01"}  # nothing is saved before it was seen
    page.post(address(tree, works), typed_on(page.page))
    given = stored(session, works)
    assert given.head == "演示新主席"
    assert given.figures["C05"] == {
        "value": "25000", "qualifier": ">", "complete": False, "own": None, "remark": ""
    }  # fmt: skip
    assert given.figures["C06"]["remark"] == "=1+1 不是公式"


@pytest.mark.parametrize(
    ("locale", "head", "columns", "explained"),
    [("zh", 8, "系统计算", 8), ("en", len("Head of the union"), "Computed by the system", 22)],
)
def test_no_heading_of_a_form_is_cut(tree, browser, locale, head, columns, explained):
    """A Chinese character is as wide as two letters."""
    page = browser(tree["people"]["works"], locale=locale)
    answer = page.get(address(tree, tree["works"][0], "/form.xlsx"))
    sheet, notes = load_workbook(io.BytesIO(answer.data)).worksheets
    assert sheet.column_dimensions["A"].width > head
    headings = {cell.value: cell.column_letter for cell in sheet[8]}
    (found,) = (letter for heading, letter in headings.items() if columns in heading)
    assert sheet.column_dimensions[found].width > explained
    assert notes.column_dimensions["A"].width > explained


def test_a_form_with_errors_is_told_all_of_them_and_nothing_is_saved(session, tree, browser):
    works = tree["works"][0]
    page = browser(tree["people"]["works"])
    book = load_workbook(io.BytesIO(page.get(address(tree, works, "/form.xlsx")).data))
    sheet = book["统计报表"]
    rows = {sheet.cell(row, 1).value: row for row in range(7, sheet.max_row + 1)}
    sheet.cell(rows["C05"], 8).value = "两万"
    sheet.cell(rows["C01"], 10).value = "差不多"
    sheet.cell(rows["C17"], 1).value = "C99"
    bring(page, tree, works, book, 422)
    text = visible(page.page)
    for words in (f"第 {rows['C05']} 行", "“两万”不是数字", f"J{rows['C01']}", "“C99”不是本表的编号"):
        assert words in text
    assert stored(session, works) is None


def test_a_remark_that_is_too_long_is_told_at_its_row_and_not_cut(session, tree, browser):
    works, long = tree["works"][0], "注" * 201
    page = browser(tree["people"]["works"])
    book, sheet, rows = form_of(page, tree, works)
    sheet.cell(rows["C05"], 8).value, sheet.cell(rows["C05"], 11).value = "3", long
    sheet.cell(rows["C06"], 11).value = "注" * 200
    bring(page, tree, works, book, 422)
    told = "“参赛人次”：备注有 201 个字，最多 200 个字，请缩短"
    assert f"第 {rows['C05']} 行：{told}" in visible(page.page)
    assert f"第 {rows['C06']} 行" not in visible(page.page)
    page.post(address(tree, works), {"version": "0", "C05.value": "3", "C05.remark": long}, status=422)
    assert told in visible(page.page)
    assert long in page.page
    assert stored(session, works) is None
    page.post(address(tree, works), {"version": "0", "C05.value": "3", "C05.remark": f" {long[1:]} "})
    assert stored(session, works).figures["C05"]["remark"] == long[1:]


BESIDE = 6  # the column of last year's figures


class Typed(HTMLParser):
    """Collects what the fields of a page hold, as a browser would send them."""

    def __init__(self):
        super().__init__()
        self.fields, self._select = {}, ""

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        name = given.get("name")
        if tag == "input" and name and (given.get("type") != "checkbox" or "checked" in given):
            self.fields[name] = given.get("value", "")
        self._select = name if tag == "select" else self._select
        if tag == "option" and "selected" in given:
            self.fields[self._select] = given["value"]


def typed_on(page):
    found = Typed()
    found.feed(page)
    return {name: value for name, value in found.fields.items() if name != "csrf_token"}


def form_of(page, tree, union):
    """Return the form of a return as it is handed out, its sheet and the row of each figure."""
    book = load_workbook(io.BytesIO(page.get(address(tree, union, "/form.xlsx")).data))
    sheet = book["统计报表"]
    return book, sheet, {sheet.cell(row, 1).value: row for row in range(7, sheet.max_row + 1)}


def test_the_form_of_another_union_or_period_is_refused_naming_both(session, tree, browser):
    works, second = tree["works"]
    build_return(session, tree["period"], works, C01=3)
    other = build_period(session, tree["top"], title="演示上年报表", first_day=date(2023, 10, 1),
                         last_day=date(2024, 9, 30))
    session.commit()
    page = browser(tree["people"]["province"])
    book, _sheet, _rows = form_of(page, tree, second)
    bring(page, tree, works, book, 422)
    text = visible(page.page)
    assert "这张表属于另一份报表：演示乙厂工会" in text
    assert "本页是：演示甲厂工会" in text
    book, sheet, _rows = form_of(page, tree | {"period": other}, works)
    bring(page, tree, works, book, 422)
    assert "演示上年报表（2023年10月1日至2024年9月30日）" in visible(page.page)
    sheet.cell(6, 2).value = None
    bring(page, tree, works, book, 422)
    assert "文件中没有表号" in visible(page.page)
    assert stored(session, works).figures["C01"]["value"] == "3"


def test_an_empty_cell_of_a_form_is_shown_before_it_wipes_a_figure(session, tree, browser):
    works = tree["works"][0]
    build_return(session, tree["period"], works, C01=3, C05=25000, C12a=9)
    session.commit()
    page = browser(tree["people"]["works"])
    book, sheet, rows = form_of(page, tree, works)
    sheet.cell(rows["C01"], 8).value = 4
    sheet.cell(rows["C05"], 8).value = sheet.cell(rows["C12a"], 8).value = None
    bring(page, tree, works, book, 200)
    assert "将变动 1 项数据，并使 2 项变为空" in visible(page.page)
    assert stored(session, works).figures["C05"]["value"] == "25000"
    page.post(address(tree, works), typed_on(page.page))
    assert stored(session, works).figures.keys() == {"C01"}


def test_all_that_is_wrong_in_a_form_is_told_at_once_also_beside_what_cannot_be_read(session, tree, browser):
    works = tree["works"][0]
    page = browser(tree["people"]["works"])
    book, sheet, rows = form_of(page, tree, works)
    typed = {"C05": -3, "C03": 3.5, "C08a": "abc", "C12a": 100, "C12b": 101, "C01": "=1+1"}
    for key, value in typed.items():
        sheet.cell(rows[key], 8).value = value  # openpyxl writes no value of a formula
    bring(page, tree, works, book, 422)
    text = visible(page.page)
    for told in (
        f"第 {rows['C05']} 行：“参赛人次”为 -3，不能为负数",
        f"第 {rows['C03']} 行：“举办单位数”为 3.5，最多保留 0 位小数",
        "“abc”不是数字",
        f"第 {rows['C12b']} 行：“合理化建议（实施）”为 101，而“合理化建议（提出）”为 100",
        f"H{rows['C01']} 是公式",
    ):
        assert told in text
    assert stored(session, works) is None


def test_the_page_tells_everything_at_once_and_keeps_nothing_that_cannot_be(session, tree, browser):
    works = tree["works"][0]
    page = browser(tree["people"]["works"])
    typed = {"version": "0", "C01.value": "十二", "C05.value": "-5", "C03.value": "10.5"}
    page.post(address(tree, works), typed, status=422)
    text = visible(page.page)
    for told in ("“十二”不是数字", "“参赛人次”为 -5", "“举办单位数”为 10.5"):
        assert told in text
    assert 'href="#C05-value"' in page.page
    page.post(address(tree, works), typed | {"C01.value": "12"}, status=422)
    assert stored(session, works) is None


def test_what_returns_below_carry_is_asked_for_and_taken_over_by_a_wish_alone(session, tree, browser):
    """8 860 and 40 participations and 12 events below; nothing in the records; 10 events at the own level."""
    build_accepted(session, tree["period"], tree["works"][0], C01=12, C05=Figure(Decimal(8860), ">"), C06=500)
    build_accepted(session, tree["period"], tree["works"][1], C05=Figure(Decimal(40)))
    build_return(session, tree["period"], tree["province"], C01=Figure(Decimal(22), own=Decimal(10)))
    session.commit()
    page, province = browser(tree["people"]["province"]), address(tree, tree["province"])
    page.get(province)
    text = visible(page.page)
    assert "“参赛人次”未填，而已接收的下级报表合计为 8,900" in text
    assert "“参赛人数”未填，而已接收的下级报表中有此项（最大为 500）" in text
    assert "/edit#C05-value" in page.page
    assert f"{province}/submit" not in page.page
    assert "空项填入下级合计（1 项）" in text
    page.get(province + "/edit?take=below")
    typed = typed_on(page.page)
    assert (typed["C05.value"], typed["C05.qualifier"], typed["C06.value"]) == ("8,900", ">", "")
    assert (typed["C01.value"], typed["C01.own"]) == ("22", "10")
    assert "C05" not in stored(session, tree["province"]).figures
    page.post(province, typed | {"C06.remark": "下级有交叉，尚在核对"})
    page.get(province)
    assert "没有完成" not in visible(page.page)
    assert f"{province}/submit" in page.page


def test_what_is_typed_and_not_yet_saved_stays_when_something_is_taken_over(session, tree, browser):
    """12 events and 8 900 participations below; typed: 7 events, a text for people, a remark; not saved."""
    build_accepted(session, tree["period"], tree["works"][0], C01=12, C05=8900, C06=500)
    session.commit()
    page, province = browser(tree["people"]["province"]), address(tree, tree["province"])
    page.get(province + "/edit")
    asked = typed_on(page.page) | {
        "C01.value": "7", "C06.value": "约五百", "C05.remark": "含线上", "C02.value": "1,2345", "head": "某人"
    }  # fmt: skip
    page.post(province + "/taken", asked | {"take": "below"}, status=200)
    typed, text = typed_on(page.page), visible(page.page)
    assert (typed["C05.value"], typed["C05.remark"]) == ("8,900", "含线上")
    assert (typed["C01.value"], typed["C06.value"], typed["C02.value"]) == ("7", "约五百", "1,2345")
    assert (typed["head"], typed["version"]) == ("某人", "0")
    assert "“约五百”不是数字" in text
    assert stored(session, tree["province"]) is None
    page.post(province + "/taken", asked | {"take": "elsewhere"}, status=400)
    for answer in ("/taken", "/form"):  # asked for again, as the switch of languages does
        assert page.get(province + answer, status=302).location.endswith("/edit")


def test_after_saving_with_errors_what_comes_next_is_to_correct_them(session, tree, browser):
    page, works = browser(tree["people"]["works"]), address(tree, tree["works"][0])
    page.post(works, {"version": "0", "C12a.value": "1", "C12b.value": "2"})
    page.get(works)
    text = visible(page.page)
    assert "已保存为草稿，但提交前还有 2 处需要改正" in text  # the head is not named either
    assert "/edit#C12b-value" in page.page
    assert "/edit#head" in page.page
    assert f"{works}/submit" not in page.page
    assert page.page.count("待改正") == 1


def test_sending_back_is_not_offered_while_the_own_return_builds_on_it(session, tree, browser):
    build_accepted(session, tree["period"], tree["works"][0], C05=300)
    build_accepted(session, tree["period"], tree["works"][1], C05=450)
    build_accepted(session, tree["period"], tree["province"], C05=750)
    session.commit()
    page, works = browser(tree["people"]["province"]), address(tree, tree["works"][0])
    page.get(works)
    assert f"{works}/send-back" not in page.page
    assert "演示某省工会的报表已汇总本表并提交，须先退回该表" in visible(page.page)


def test_last_years_accepted_figure_stands_beside_and_is_compared_with(session, tree, browser):
    days = {"first_day": date(2023, 10, 1), "last_day": date(2024, 9, 30)}
    past = build_period(session, tree["top"], title="演示上年报表", **days)
    build_accepted(session, past, tree["works"][0], C05=Figure(Decimal(25000), ">"))
    build_return(session, tree["period"], tree["works"][0], C05=3)
    session.commit()
    page = browser(tree["people"]["works"])
    page.get(address(tree, tree["works"][0]))
    text = visible(page.page)
    assert "“参赛人次”为 3，上年同期为 25,000，相差约一万倍" in text
    assert "&gt; 25,000" in page.page
    _book, sheet, rows = form_of(page, tree, tree["works"][0])
    beside = sheet.cell(rows["C05"], BESIDE)
    assert (beside.value, beside.number_format) == (25000, '"> "#,##0')


def test_what_is_sent_upward_shows_the_same_period_last_year_with_its_growth(session, tree, browser):
    """8 900 against 8 000 is +11.25 %, told to a tenth half up; "over" and below ten tell no growth."""
    days = {"first_day": date(2023, 10, 1), "last_day": date(2024, 9, 30)}
    past = build_period(session, tree["top"], title="演示上年报表", **days)
    works = tree["works"][0]
    build_accepted(session, past, works, C01=8, C02=Figure(Decimal(30), ">"), C05=8000, C06=1000)
    build_return(session, tree["period"], works, C01=16, C02=40, C05=8900, C06=855)
    session.commit()
    answer = browser(tree["people"]["works"]).get(address(tree, works, "/return.xlsx"))
    sheet = load_workbook(io.BytesIO(answer.data))["上年同期"]
    found = {row[0].value: [cell.value for cell in row[3:6]] for row in sheet.iter_rows()}
    assert found["C05"] == [8900, 8000, 0.113]
    assert found["C06"] == [855, 1000, -0.145]
    assert found["C01"] == [16, 8, None]
    assert found["C02"] == [40, "> 30", None]


def test_documents_show_signs_wherever_a_figure_stands_and_are_named_after_union_and_period(
    session, tree, browser
):
    below, above = (Figure(Decimal(one), ">", complete=False) for one in (3860, 25000))
    build_accepted(session, tree["period"], tree["works"][0], C05=below)
    build_return(session, tree["period"], tree["province"], C05=above)
    session.commit()
    page = browser(tree["people"]["province"])
    answer = page.get(address(tree, tree["province"], "/return.xlsx"))
    book = load_workbook(io.BytesIO(answer.data))
    for sheet, shown in (("申报数与系统计算数", "> 25,000 *"), ("按下级工会", "> 3,860 *")):
        values = [cell.value for row in book[sheet].iter_rows() for cell in row]
        assert shown in values
        assert "≈ 约（近），> 超过（余），≥ 不少于（以上）；* 不完全统计。" in values
    assert named(answer) == f"演示某省工会_{tree['period'].title}.xlsx"
    answer = page.get(address(tree, tree["province"], "/form.xlsx"))
    assert named(answer) == f"演示某省工会_{tree['period'].title}_填报表.xlsx"


def named(answer):
    return unquote(answer.headers["Content-Disposition"].split("filename*=UTF-8''")[1])


def bring(page, tree, union, book, status):
    target = io.BytesIO()
    book.save(target)
    data = {"file": (io.BytesIO(target.getvalue()), "return.xlsx")}
    page.post(address(tree, union, "/form"), data, status=status, content_type="multipart/form-data")


ASKED = {"title": "演示年报", "first_day": "2025-10-01", "last_day": "2026-09-30"}


def test_the_same_days_are_not_asked_for_twice_and_may_be_changed_or_withdrawn_before_a_submission(
    session, tree, browser
):
    page = browser(tree["people"]["province"])
    page.post("/returns/", ASKED | {"union_id": tree["province"].id})
    page.post("/returns/", ASKED | {"union_id": tree["province"].id, "title": "再次"}, status=422)
    assert "同一统计期已布置过统计报表：“演示年报”" in visible(page.page)
    ref = session.scalar(select(ReturnPeriod.ref).where(ReturnPeriod.title == "演示年报"))
    page.get(f"/returns/{ref}/edit")
    page.post(f"/returns/{ref}", ASKED | {"last_day": "2025-09-30"}, status=422)
    page.post(f"/returns/{ref}", ASKED | {"title": "演示年报（改）", "due_on": "2026-01-31"})
    page.get(f"/returns/{ref}")
    assert "演示年报（改）" in visible(page.page)
    assert visible(page.page).count("逾期未报") == 4  # the heading of the number, and three unions
    browser(tree["people"]["works"]).post(f"/returns/{ref}/withdraw", status=404)
    page.post(f"/returns/{ref}/withdraw")
    page.get(f"/returns/{ref}")
    assert visible(page.page).count("逾期未报") == 1
    works = f"/returns/{ref}/unions/{tree['works'][0].id}"
    browser(tree["people"]["works"]).post(works, {"version": "0", "C01.value": "3"}, status=409)
    page.post("/returns/", ASKED | {"union_id": tree["province"].id, "title": "再次"})


def test_the_list_of_periods_says_how_far_the_own_return_and_those_below_are(session, tree, browser):
    """Two unions below a province: one is accepted, one begun; the province itself is late with its own."""
    build_accepted(session, tree["period"], tree["works"][0], C01=3)
    build_return(session, tree["period"], tree["works"][1], C01=4)
    tree["period"].due_on = date(2025, 12, 31)
    session.commit()

    def told(who):
        page = browser(tree["people"][who])
        page.get("/returns/")
        return " ".join(visible(page.page).split())

    assert "已接收 1 · 填报中 1" in told("province")
    assert "未填报 逾期未报" in told("province")
    assert "已接收" in told("works")
    assert "逾期未报" not in told("works")
    assert "填报中 逾期未报" in told("analyst")
    page = browser(tree["people"]["works"])
    page.get("/returns/")
    assert address(tree, tree["works"][0]) in page.page
    assert address(tree, tree["works"][1]) not in page.page


def test_what_is_asked_for_stays_once_a_return_was_submitted(session, tree, browser):
    build_accepted(session, tree["period"], tree["works"][0], C01=3)
    session.commit()
    page, ref = browser(tree["people"]["top"]), tree["period"].ref
    page.get(f"/returns/{ref}")
    assert f"{ref}/withdraw" not in page.page
    page.get(f"/returns/{ref}/edit", status=409)
    page.post(f"/returns/{ref}/withdraw", status=409)
    page.post(f"/returns/{ref}", ASKED, status=422)
    assert "已有工会提交报表" in visible(page.page)


def test_a_period_is_opened_for_the_own_union_with_days_that_can_be(session, tree, browser):
    page = browser(tree["people"]["province"])
    wanted = {"union_id": tree["province"].id, "title": "演示年报", "first_day": "2025-10-01"}
    page.post("/returns/", wanted | {"last_day": "2025-09-30"}, status=422)
    assert "截止日早于起始日" in visible(page.page)
    page.post("/returns/", wanted | {"last_day": "2026-09-30", "union_id": tree["top"].id}, status=422)
    page.post("/returns/", wanted | {"last_day": "2026-09-30"})
    page.get("/returns/")
    assert "演示年报" in page.page
