"""A return goes from union to union: filled, checked, submitted, sent back, accepted, added up above."""

import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from competitions.returns.models import UnionReturn
from competitions.returns.rules import Figure
from tests.client import visible
from tests.factories.accounts import build_user
from tests.factories.organisations import build_union
from tests.factories.returns import build_accepted, build_period, build_return


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
    assert sheet.cell(rows["C01"], 7).value == 3
    sheet.cell(rows["C05"], 7).value = 25000
    sheet.cell(rows["C05"], 8).value = ">"
    sheet.cell(rows["C05"], 9).value = "不完全统计"
    sheet.cell(rows["C06"], 10).value = "=1+1 不是公式"
    sheet.cell(rows["C06"], 10).data_type = "s"
    sheet["B3"].value = "演示新主席"
    bring(page, tree, works, book, 302)
    given = stored(session, works)
    assert given.head == "演示新主席"
    assert given.figures["C05"] == {
        "value": "25000", "qualifier": ">", "complete": False, "own": None, "remark": ""
    }  # fmt: skip
    assert given.figures["C06"]["remark"] == "=1+1 不是公式"


def test_a_form_with_errors_is_told_all_of_them_and_nothing_is_saved(session, tree, browser):
    works = tree["works"][0]
    page = browser(tree["people"]["works"])
    book = load_workbook(io.BytesIO(page.get(address(tree, works, "/form.xlsx")).data))
    sheet = book["统计报表"]
    rows = {sheet.cell(row, 1).value: row for row in range(7, sheet.max_row + 1)}
    sheet.cell(rows["C05"], 7).value = "两万"
    sheet.cell(rows["C01"], 9).value = "差不多"
    sheet.cell(rows["C17"], 1).value = "C99"
    bring(page, tree, works, book, 422)
    text = visible(page.page)
    for words in (f"第 {rows['C05']} 行", "“两万”不是数字", f"I{rows['C01']}", "“C99”不是本表的编号"):
        assert words in text
    assert stored(session, works) is None


def bring(page, tree, union, book, status):
    target = io.BytesIO()
    book.save(target)
    version = "1" if status == 302 else "0"
    data = {"version": version, "file": (io.BytesIO(target.getvalue()), "return.xlsx")}
    page.post(address(tree, union, "/form"), data, status=status, content_type="multipart/form-data")


def test_a_period_is_opened_for_the_own_union_with_days_that_can_be(session, tree, browser):
    page = browser(tree["people"]["province"])
    wanted = {"union_id": tree["province"].id, "title": "演示年报", "first_day": "2025-10-01"}
    page.post("/returns/", wanted | {"last_day": "2025-09-30"}, status=422)
    assert "截止日早于起始日" in visible(page.page)
    page.post("/returns/", wanted | {"last_day": "2026-09-30", "union_id": tree["top"].id}, status=422)
    page.post("/returns/", wanted | {"last_day": "2026-09-30"})
    page.get("/returns/")
    assert "演示年报" in page.page
