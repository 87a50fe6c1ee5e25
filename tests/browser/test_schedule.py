"""A day of a contest planned, printed and held by its organiser, in the browser."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from competitions.schedule.models import Sitting
from core.database import db
from reports.statistics import facts
from tests.databases import POSTGRESQL_IN_DEEP
from tests.documents import poppler
from tests.factories.accounts import MOMENT
from tests.factories.events import build_competition
from tests.factories.marking import build_organiser, build_theory_and_practice, take

pytestmark = [pytest.mark.browser, POSTGRESQL_IN_DEEP]
SCORES = {"演示赵一": ("90", "80"), "演示钱二": ("70", "60")}


@pytest.fixture
def contest(app):
    """Return an event whose two entrants are marked, and its organiser."""
    with app.app_context():
        db.session().expire_on_commit = False
        competition = build_competition(db.session, name="演示机械竞赛")
        named = {"competition": competition, "name": "焊工决赛"}
        event = build_theory_and_practice(db.session, SCORES, event=named)
        organiser = build_organiser(db.session, event)
        db.session.commit()
        return event, organiser


def test_a_day_is_planned_printed_and_held(app, contest, open_page, tmp_path):
    event, organiser = contest
    page = open_page(organiser)
    page.goto(f"/events/{event.id}/")
    page.get_by_role("link", name="日程", exact=True).click()
    expect(page.get_by_text("尚未编排日程")).to_be_visible()
    plan_three_batches(page)
    add_the_paper(page)
    move(page, "10")
    day = page.get_by_role("table", name="2026年5月20日 星期三").locator("tbody tr")
    expect(day).to_have_count(4)
    expect(day.nth(0)).to_contain_text("08:10–09:40")
    expect(day.nth(3)).to_contain_text("第 3 批")

    text = printed(page, tmp_path)
    for words in ("焊工决赛", "2026年5月20日星期三", "08:10–09:40理论不分批理论考场", "第3批一号车间"):
        assert words in text, words
    assert "演示赵一" not in text

    hold_one(page, event)
    finish(app, event)
    record_the_rest(page, event)
    assert held(app) == {("T", 0): "held", ("P", 1): "held", ("P", 2): "planned", ("P", 3): "planned"}
    with app.app_context():
        assert sum(fact.sittings for fact in facts.load(db.session, {("site", 0)}).events) == 2


def printed(page: Page, folder) -> str:
    """Download the timetable from the papers; return its words without blanks."""
    page.get_by_role("link", name="打印日程表").click()
    row = page.get_by_role("row").filter(has_text="张贴用")
    with page.expect_download() as started:
        row.get_by_role("link", name="PDF").click()
    started.value.save_as(folder / "timetable.pdf")
    return "".join(poppler.text_of((folder / "timetable.pdf").read_bytes(), folder, "-layout").split())


def plan_three_batches(page: Page) -> None:
    page.get_by_role("link", name="批量编排").first.click()
    page.get_by_label("阶段").select_option("实操")
    page.get_by_label("结束批次").fill("3")
    page.get_by_label("场地", exact=False).first.fill("一号车间")
    page.get_by_label("开始日期").fill("2026-05-20")
    page.get_by_label("每天开始").fill("10:00")
    page.get_by_role("button", name="排入日程").click()
    expect(page.get_by_text("已编排 3 场。")).to_be_visible()


def add_the_paper(page: Page) -> None:
    page.get_by_role("link", name="新增一场").click()
    page.get_by_label("阶段").select_option("理论")
    page.get_by_label("场地").fill("理论考场")
    page.get_by_label("日期").fill("2026-05-20")
    page.get_by_label("开始").fill("9:30")
    page.get_by_label("结束").fill("08:00")
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".errors")).to_contain_text("结束时间不晚于开始时间")
    page.get_by_label("开始").fill("8:00")
    page.get_by_label("结束").fill("9:30")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已排入日程。")).to_be_visible()


def move(page: Page, minutes: str) -> None:
    page.get_by_label("分钟数").fill(minutes)
    page.get_by_role("button", name="调整", exact=True).click()
    expect(page.get_by_text("已调整 4 场的时间。")).to_be_visible()


def hold_one(page: Page, event) -> None:
    page.goto(f"/events/{event.id}/schedule/")
    page.get_by_role("row").filter(has_text="理论考场").get_by_role("button", name="登记为已举行").click()
    expect(page.get_by_text("该场已登记为已举行。")).to_be_visible()


def finish(app, event) -> None:
    """Tabulate and announce, as the other tests of the path do in the browser."""
    with app.app_context():
        take(db.session, db.session.merge(event), "tabulate", "announce", now=MOMENT)


def record_the_rest(page: Page, event) -> None:
    """What is marked and not recorded is offered: everybody competed in the first batch."""
    page.goto(f"/events/{event.id}/")
    page.get_by_role("link", name="查看日程").click()
    notice = page.locator(".notice").filter(has_text="有 1 场待登记为已举行")
    expect(notice).to_contain_text("实操 · 第 1 批 · 一号车间")
    notice.get_by_role("button", name="全部登记为已举行").click()
    expect(page.get_by_text("1 场已登记为已举行。")).to_be_visible()


def held(app) -> dict[tuple[str, int], str]:
    with app.app_context():
        return {(one.stage, one.batch): one.state for one in db.session.scalars(select(Sitting))}
