"""A final through the pages: whom a preliminary sends, with which totals, to certificates and statistics."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from competitions.draw.models import EntryCode
from competitions.entries.models import Entry, EntryMember
from competitions.events.models import Event
from core.database import db
from tests.browser.hands import MOST, counted
from tests.browser.steps import confirm, open_tab, pdf_text, take_step
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories import catalogue
from tests.factories.accounts import build_user
from tests.factories.entries import build_person
from tests.factories.events import build_competition
from tests.factories.marking import build_theory_and_practice, mark, take
from tests.factories.organisations import build_union

pytestmark = [pytest.mark.browser, POSTGRESQL_IN_DEEP]
SCORES = {"演示甲": ("90", "95"), "演示乙": ("80", "90"), "演示丙": ("70", "85")}
# 0.3 × 93.50 + 0.2 × 80 + 0.5 × 90 and 0.3 × 87.00 + 0.2 × 80 + 0.5 × 90
TOTALS = {"演示甲": "89.05", "演示乙": "87.10"}


@pytest.fixture
def organiser(app):
    """An organiser above, below whose union a preliminary was announced."""
    with app.app_context():
        db.session().expire_on_commit = False
        above = build_union(db.session, name="演示省级工会")
        below = build_union(db.session, name="演示市级工会", parent_id=above.id)
        contest = build_competition(db.session, union=below, name="演示初赛")
        source = build_theory_and_practice(db.session, SCORES, event={"competition": contest, "name": "焊工"})
        for entry in db.session.scalars(select(Entry).where(Entry.event_id == source.id)):
            person = build_person(db.session, entry.name, unit_id=entry.unit_id)
            db.session.add(EntryMember(entry_id=entry.id, person_id=person.id, position=1))
        take(db.session, source, "tabulate", "announce")
        catalogue.build_level(db.session)
        build_user(db.session, "judge1")
        found = build_user(db.session, "organiser", [("organiser", "union", above.id)])
        db.session.commit()
        return found


def test_from_a_preliminary_to_the_certificates_of_the_final(app, organiser, open_page, tmp_path):
    page = open_page(organiser)
    with counted() as hands:
        set_up(page)
    assert (0 < hands.clicks <= MOST, 0 < hands.fields <= MOST) == (True, True), hands
    take_step(page, "截止报名")
    take_step(page, "开始评分")
    carry_totals(page)
    mark_the_rest(app)
    for step in ("统分", "公布成绩", "确认成绩"):
        take_step(page, step)
    open_tab(page, "成绩")
    for name, total in TOTALS.items():
        expect(page.locator("tbody tr", has_text=name).first).to_contain_text(total)
    open_tab(page, "证书")
    page.get_by_role("button", name="颁发证书").click()
    confirm(page)
    assert "演示甲" in pdf_text(page, "全部证书（PDF）", tmp_path)
    page.goto("/statistics/")
    expect(page.locator("tfoot")).to_contain_text("5")  # three in the preliminary, two in the final


def set_up(page: Page) -> None:
    page.goto("/competitions/new")
    page.get_by_label("竞赛名称").fill("2026年演示决赛")
    page.get_by_label("活动类别").select_option("职业技能竞赛（按工种）")
    page.get_by_label("级别与类别").select_option("省级")
    page.get_by_label("所属工会").select_option("演示省级工会")
    page.get_by_label("机械", exact=True).check()
    page.get_by_role("button", name="保存").click()
    page.get_by_role("link", name="新增赛项").first.click()
    page.get_by_label("赛项名称").fill("焊工决赛")
    page.get_by_label("工种").fill("6-18-02-04")
    page.get_by_role("button", name="保存").click()
    open_tab(page, "评分方案")
    page.get_by_role("link", name="从方案库开始").click()
    page.get_by_role("button", name="选用此方案：决赛（带入初赛成绩）").click()
    take_step(page, "开放报名")
    let_qualify(page)


def let_qualify(page: Page) -> None:
    open_tab(page, "参赛名单")
    page.get_by_role("link", name="晋级").click()
    page.get_by_label("上一级赛项").select_option("演示初赛 · 焊工")
    page.get_by_label("晋级人数").fill("2")
    page.get_by_label("带入上一级成绩的阶段").select_option("初赛成绩")
    page.get_by_role("button", name="保存规则").click()
    page.get_by_role("button", name="录入晋级的 2 项报名").click()
    open_tab(page, "裁判")
    page.get_by_role("link", name="聘请裁判").first.click()
    page.locator("#old-who").fill("judge1")
    page.get_by_role("button", name="聘请", exact=True).click()


def carry_totals(page: Page) -> None:
    """Bring the earlier totals to the desk, look at them, enter them as a whole."""
    open_tab(page, "参赛名单")
    page.get_by_role("link", name="晋级").click()
    page.get_by_role("button", name="带入上一级成绩").click()
    expect(page.locator("main")).to_contain_text("93.50")
    page.get_by_role("button", name="写入 2 个分数").click()
    expect(page.locator("main")).to_contain_text("已写入")


def mark_the_rest(app) -> None:
    with app.app_context():
        event = db.session.scalars(select(Event).where(Event.name == "焊工决赛")).one()
        for code in db.session.scalars(select(EntryCode.code).where(EntryCode.event_id == event.id)):
            mark(db.session, event, "J1", code, "T", {"Q1": "80"})
            mark(db.session, event, "J1", code, "P", {"A1": "90"})
        db.session.commit()
