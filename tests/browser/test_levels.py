"""Rules of entry, a unit's draft, two levels of reviewing: who says what to whom, in the browser."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from competitions.entries.models import Entry
from core.database import db
from tests.browser.steps import confirm
from tests.databases import POSTGRESQL_IN_DEEP
from tests.entries.tables import id_number
from tests.factories.accounts import build_user
from tests.factories.eligibility import build_unit_below
from tests.factories.events import build_competition, build_event

pytestmark = [pytest.mark.browser, POSTGRESQL_IN_DEEP]


@pytest.fixture
def contest(app):
    """A provincial contest, a unit below a grass-roots union, and who registers and decides."""

    class Contest:
        pass

    with app.app_context():
        session = db.session
        session().expire_on_commit = False
        unit, unions = build_unit_below(session, "演示甲厂", ("grassroots", "provincial"))
        event = build_event(
            session, "registration", competition=build_competition(session, union=unions[1])
        )
        Contest.organiser = build_user(session, grants=[("organiser", "union", unions[1].id)])
        Contest.union = build_user(session, grants=[("organiser", "union", unions[0].id)])
        Contest.registrar = build_user(session, grants=[("registrar", "unit", unit.id)])
        Contest.path = f"/events/{event.id}"
        session.commit()
    return Contest


def say_the_rules(page, contest):
    page.goto(f"{contest.path}/entry-rules/")
    page.get_by_role("link", name="修改").click()
    page.get_by_label("最小年龄").fill("16")
    page.get_by_label("每单位名额").fill("1")
    page.get_by_role("checkbox", name="单位工会").check()
    page.get_by_role("button", name="保存").click()
    expect(page.locator("main")).to_contain_text("审核：单位工会 → 主办方")


def keep_a_draft_and_hand_it_in(page, contest):
    page.goto(f"{contest.path}/entries/new")
    page.get_by_label("姓名").fill("演示选手")
    page.get_by_label("身份证号").fill(id_number(1, "20120101"))
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("alert")).to_contain_text("要求年满 16 周岁")
    page.get_by_label("身份证号").fill(id_number(1))
    page.get_by_role("button", name="存为草稿").click()
    page.get_by_role("button", name="提交全部草稿").click()
    expect(page.locator("#entries")).to_contain_text("单位工会")


def give_it_back(page):
    page.goto("/registration/review")
    page.get_by_role("table").get_by_role("link").first.click()
    page.get_by_role("link", name="演示选手").click()
    page.get_by_text("退回……").click()
    page.locator("#return-reason").fill("缺手机号")
    page.get_by_role("button", name="退回", exact=True).click()
    expect(page.locator("#entries")).to_contain_text("退回单位")


def correct_it(page):
    page.reload()
    page.get_by_role("link", name="演示选手").click()
    page.get_by_role("link", name="修改").click()
    page.get_by_label("手机号").fill("13812345678")
    page.get_by_role("button", name="提交").click()
    expect(page.locator("main")).to_contain_text("缺手机号")


def approve(page, contest):
    page.goto(f"{contest.path}/entries/")
    page.get_by_role("button", name="全部通过").click()
    confirm(page)
    expect(page.locator(".flashes")).to_be_visible()


def test_from_the_rules_to_the_second_approval(app, open_page, contest):
    organiser, unit, union = map(open_page, (contest.organiser, contest.registrar, contest.union))
    say_the_rules(organiser, contest)
    keep_a_draft_and_hand_it_in(unit, contest)
    give_it_back(union)
    correct_it(unit)
    approve(union, contest)
    approve(organiser, contest)
    with app.app_context():
        assert db.session.scalars(select(Entry.review)).all() == ["approved"]
