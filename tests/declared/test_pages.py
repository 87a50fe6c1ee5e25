"""Declared contests through their pages: recorded, corrected, withdrawn, shown beside computed figures."""

import io

import pytest
from sqlalchemy import select

from competitions.declared.models import DeclaredContest
from core.audit.models import AuditRecord
from tests.client import visible
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories.accounts import build_user
from tests.factories.catalogue import build_activity_kind, build_level
from tests.factories.organisations import build_union
from tests.files.samples import PDF

pytestmark = POSTGRESQL_IN_DEEP
NEW, YEARS = "/statistics/declared/new", "/statistics/declared-years/"


@pytest.fixture
def place(session):
    """A union with one below it, an analyst of it, and one of another union."""

    class Place:
        union = build_union(session, name="演示产业工会")
        below = build_union(session, name="演示基层工会", parent_id=union.id)
        analyst = build_user(session, grants=[("analyst", "union", union.id)])
        stranger = build_user(session, grants=[("analyst", "union", build_union(session).id)])
        said = {
            "name": "演示行业电工技能竞赛", "union_id": below.id, "kind_id": build_activity_kind(session).id,
            "level_id": build_level(session).id, "trade": "电工", "starts_on": "2022-05-01",
            "ends_on": "2022-05-03", "C05.value": "2.5万", "C05.qualifier": "≈", "C06.value": "18000",
            "winners": "一等奖，张三，演示甲厂\n二等奖，李四", "source": "行业工会年报",
        }  # fmt: skip

    session.commit()
    return Place


def one(session):
    session.rollback()
    return session.scalars(select(DeclaredContest)).one()


def test_it_is_recorded_corrected_and_withdrawn(session, browser, place):
    page = browser(place.analyst)
    page.post(NEW, place.said)
    kept = one(session)
    path = f"/statistics/declared/{kept.ref}"
    page.get(path)
    assert "≈ 25,000 人次" in visible(page.page)
    page.post(path + "/edit", place.said | {"C05.value": "26000", "version": "1"})
    page.post(path + "/edit", place.said | {"version": "1"}, status=422)  # somebody else was first
    page.post(path + "/files", {"file": (io.BytesIO(PDF), "名单.pdf")})
    page.post(path + "/files", {"file": (io.BytesIO(PDF), "又一份.pdf")}, status=422)
    stored = one(session).files[0].file
    assert page.post(f"{path}/files/{stored.ref}", status=200).get_data() == PDF
    taken = session.scalars(select(AuditRecord).where(AuditRecord.action == "declared:fetch")).one()
    assert (taken.actor_id, taken.detail["sha256"]) == (place.analyst.id, stored.sha256)
    page.get(YEARS)
    assert "≈ 26,000" in visible(page.page)
    page.post(path + "/withdraw", {"reason": ""}, status=422)
    page.post(path + "/withdraw", {"reason": "与系统内竞赛重复"})
    page.post(path + "/edit", place.said | {"version": "3"}, status=422)
    page.get(YEARS)
    assert "26,000" not in visible(page.page)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"name": ""}, "请填写"),
        ({"starts_on": ""}, "请填写"),
        ({"starts_on": " "}, "请填写"),
        ({"ends_on": "\u3000" * 9}, "请填写"),
        ({"ends_on": "2022-04-30"}, "早于"),
        ({"starts_on": "2999-01-01", "ends_on": "2999-01-02"}, "年份"),
        ({"C06.value": "30000"}, "30,000"),
        ({"C05.value": "二万余"}, "二万余"),
        ({"C05.qualifier": "~"}, "~"),
        ({"C04.value": "-1"}, "-1"),
        ({"winners": "张三"}, "第 1 行"),
        ({"kind_id": "999999"}, "请从列表中选择"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_kept(session, browser, place, change, told):
    page = browser(place.analyst)
    page.post(NEW, place.said | change, status=422)
    assert told in visible(page.page)
    session.rollback()
    assert session.scalars(select(DeclaredContest)).all() == []


def test_a_line_that_is_too_long_is_told_once_and_looked_at_no_further(browser, place, monkeypatch):
    monkeypatch.setattr("competitions.declared.rules.read_winners", lambda lines: pytest.fail("looked at"))
    page = browser(place.analyst)
    page.post(NEW, place.said | {"winners": "一等奖，张三\na" + " " * 100_000 + "b"}, status=422)
    assert "第 2 行" in visible(page.page)


def test_for_other_unions_it_does_not_exist(session, browser, place):
    browser(place.analyst).post(NEW, place.said)
    path = f"/statistics/declared/{one(session).ref}"
    page = browser(place.stranger)
    page.get(path, status=404)
    page.post(path + "/withdraw", {"reason": "x"}, status=404)
    page.post(NEW, place.said, status=422)  # the union is not offered
    page.get("/statistics/declared/")
    assert "演示行业电工技能竞赛" not in visible(page.page)


def test_the_contests_and_the_years_are_tables_for_programs(browser, place):
    page = browser(place.analyst)
    page.post(NEW, place.said)
    page.get("/statistics/declared/")
    assert "/statistics/declared-years/contests.csv" in page.page
    told = page.get(f"{YEARS}contests.json").get_json()
    assert [(row["union"], row["key"], row["value"], row["qualifier"]) for row in told["rows"]] == [
        ("演示基层工会", "C05", 25000, "≈"), ("演示基层工会", "C06", 18000, "="),
    ]  # fmt: skip
    assert "张三" not in page.get(f"{YEARS}contests.csv").get_data(as_text=True)
    years = page.get(f"{YEARS}declared.json").get_json()["rows"]
    said = {row["key"]: (row["computed"], row["declared"], row["qualifier"]) for row in years}
    assert (said["C01"], said["C05"]) == ((None, 1, "="), (None, 25000, "≈"))  # nothing is recorded
    lines = page.get(f"{YEARS}declared.csv").get_data(as_text=True).splitlines()
    assert [line for line in lines if ",C05," in line] == ["2022,C05,参赛人次,人次,,25000,approx,True"]
    assert browser(place.stranger).get(f"{YEARS}contests.json").get_json()["rows"] == []
