"""Lists of the results behind a report: whose they are, what stands in them, made as a job."""

import io
import re
from datetime import date

import pytest
from openpyxl import load_workbook

from accounts.models import Grant
from core.jobs import runner
from reports.statistics.lists import plans
from tests.client import visible
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories.accounts import build_user
from tests.factories.events import build_competition
from tests.factories.marking import build_theory_and_practice, take
from tests.factories.organisations import build_union
from tests.jobs.test_jobs import AtOnce

LISTS = "/statistics/lists/"
AWARDS = {"tiers": [{"title": "一等奖", "count": 1}]}


def announce(session, union, scores, **event):
    competition = build_competition(session, union=union, year=2026)
    overrides = {"competition": competition, "starts_on": date(2026, 5, 4), **event}
    found = build_theory_and_practice(session, scores, awards=AWARDS, event=overrides)
    take(session, found, "tabulate", "announce")
    return found


@pytest.fixture
def world(session):
    """Two unions with an announced event each, and an analyst of the first."""
    own, other = build_union(session, name="甲工会"), build_union(session, name="乙工会")
    event = announce(session, own, {"=1+1": ("90", "85"), "钱二": ("80", "81.5")}, name="焊工赛")
    announce(session, other, {"孙三": ("70", "70")}, name="车工赛")
    analyst = build_user(session, grants=[("analyst", "union", own.id)])
    session.commit()
    return {"event": event, "own": own, "other": other, "analyst": analyst}


def work(session):
    assert runner.work(session, pool=lambda _count: AtOnce()) == 1


def files(page):
    return re.findall(rf'href="({LISTS}[0-9a-f]{{32}}/\d+)"', page.get(LISTS).text)


def rows(answer):
    sheet = load_workbook(io.BytesIO(answer.data)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)], sheet


def test_a_list_holds_what_was_announced_in_ones_own_unions(session, world, browser):
    page = browser(world["analyst"])
    assert "1 个已公布成绩的赛项" in visible(page.get(f"{LISTS}?first_year=2026").text)
    page.post(f"{LISTS}?first_year=2026", {})
    assert "等待" in visible(page.get(LISTS).text)
    page.post(LISTS, {}, status=409)  # one after the other
    work(session)
    (link,) = files(page)
    found, sheet = rows(page.get(link))
    competition = world["event"].competition.name
    # 0.3 × 90 + 0.7 × 85 = 86.5; 0.3 × 80 + 0.7 × 81.5 = 81.05
    lines = [(row[0], row[1], row[3], row[8], row[10], row[12], row[13]) for row in found]
    assert lines == [
        (competition, "焊工赛", "甲工会", "=1+1", 1, 86.5, "一等奖"),
        (competition, "焊工赛", "甲工会", "钱二", 2, 81.05, None),
    ]
    assert [cell.data_type for cell in sheet["I"][1:]] == ["s", "s"]
    assert [cell.value.date() for cell in sheet["H"][1:]] == [date(2026, 5, 4)] * 2
    assert page.get(link.rsplit("/", 1)[0] + "/state").json == {
        "state": "done", "done": 2, "total": 2, "files": 1,
    }  # fmt: skip


def test_a_list_is_divided_between_events(session, world, browser, monkeypatch):
    monkeypatch.setattr(plans, "ROWS", 2)
    announce(session, world["own"], {"李四": ("60", "60")}, name="钳工赛", starts_on=date(2026, 6, 1))
    session.commit()
    page = browser(world["analyst"])
    page.post(LISTS, {})
    work(session)
    first, second = (rows(page.get(link))[0] for link in files(page))
    assert [row[8] for row in first] == ["李四"]
    assert [row[8] for row in second] == ["=1+1", "钱二"]


def test_nobody_else_reaches_a_list_nor_its_owner_from_another_union(session, world, browser):
    page = browser(world["analyst"])
    page.post(LISTS, {})
    work(session)
    (link,) = files(page)
    stranger = build_user(session, grants=[("analyst", "union", world["other"].id)])
    judge = build_user(session, grants=[("judge", "event", world["event"].id)])
    session.commit()
    state, cancel = (link.rsplit("/", 1)[0] + end for end in ("/state", "/cancel"))
    for address in (link, state, LISTS + "0" * 32 + "/1", link + "0"):
        browser(stranger).get(address, 404)
    browser(stranger).post(cancel, {}, status=404)
    browser(judge).get(link, 403)
    assert files(browser(stranger)) == []
    session.query(Grant).filter_by(user_id=world["analyst"].id).one().scope_id = world["other"].id
    session.commit()
    page.get(link, 404)
    assert files(page) == []


@POSTGRESQL_IN_DEEP
def test_a_list_can_be_cancelled_once(session, world, browser):
    page = browser(world["analyst"])
    page.post(LISTS, {})
    (cancel,) = re.findall(rf'action="({LISTS}[0-9a-f]{{32}}/cancel)"', page.get(LISTS).text)
    page.post(cancel, {})
    assert "已取消" in visible(page.get(LISTS).text)
    page.post(cancel, {}, status=409)


@POSTGRESQL_IN_DEEP
@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("sex=female", "不能按性别"),
        ("ownership=state", "不能按性别"),
        ("trade=999999", "中没有“999999”"),
        ("first_year=1999&last_year=2000", "没有符合条件"),
    ],
)
def test_what_cannot_be_listed_is_told(session, world, browser, query, told):
    page = browser(world["analyst"])
    assert told in visible(page.get(f"{LISTS}?{query}", 422).text)
    page.post(f"{LISTS}?{query}", {}, status=422)


@POSTGRESQL_IN_DEEP
def test_a_filter_on_another_union_is_refused(session, world, browser):
    page = browser(world["analyst"])
    query = f"union={world['other'].id}"
    page.get(f"{LISTS}?{query}", 403)
    page.post(f"{LISTS}?{query}", {}, status=403)
