"""An innovation award through the pages: set up with few acts, disputed, marked, awarded, counted."""

import pytest
from playwright.sync_api import FilePayload, Page, expect
from sqlalchemy import select

from competitions.draw.models import EntryCode
from competitions.entries.models import Entry
from competitions.events.models import Event
from core.database import db
from tests.browser.hands import MOST, counted
from tests.browser.steps import confirm, open_tab, pdf_text, take_step
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories import catalogue
from tests.factories.accounts import build_user
from tests.factories.marking import mark
from tests.factories.organisations import build_union, build_unit

pytestmark = [pytest.mark.browser, POSTGRESQL_IN_DEEP]
UNITS = ("演示甲厂", "演示乙厂")
EXPERTS = ("expert1", "expert2", "expert3", "expert4", "expert5")
WORKS = ("夹具快换结构", "托辊巡检小车")


@pytest.fixture
def people(app):
    """An organiser, experts who have accounts, and registrars of two units."""
    with app.app_context():
        db.session().expire_on_commit = False
        union = build_union(db.session, name="演示机械冶金工会")
        units = [build_unit(db.session, name=name, union_id=union.id) for name in UNITS]
        catalogue.build_activity_kind(db.session, "INNOVATION")
        catalogue.build_level(db.session)
        catalogue.build_industry(db.session)
        found = {
            "organiser": build_user(db.session, "organiser", [("organiser", "union", union.id)]),
            **{login: build_user(db.session, login) for login in EXPERTS},
        }
        for name, unit in zip(("first", "second"), units, strict=True):
            found[name] = build_user(db.session, name, [("registrar", "unit", unit.id)])
        db.session.commit()
        return found


def test_from_the_call_to_the_certificates_and_the_figures(app, people, open_page, tmp_path):
    organiser = open_page(people["organiser"])
    with counted() as hands:
        set_up(organiser)
    assert 0 < hands.clicks <= MOST, hands
    assert 0 < hands.fields <= MOST, hands
    event = organiser.url.rstrip("/").split("/")[-2 if "works" in organiser.url else -1]
    for number, name in enumerate(("first", "second")):
        hand_in(open_page(people[name]), event, number)
    organiser.goto(f"/events/{event}/entries/")
    organiser.get_by_role("button", name="全部通过").click()
    confirm(organiser)
    take_step(organiser, "截止报名")
    take_step(organiser, "开始评分")
    look_as_expert(open_page(people["expert1"], tablet=True), app, int(event))
    dispute(open_page(people["second"]), event)
    organiser.goto(f"/events/{event}/")
    expect(organiser.locator("main")).to_contain_text("争议没有裁定")
    decide(organiser, event)
    for step in ("统分", "公布成绩", "确认成绩"):
        take_step(organiser, step)
    open_tab(organiser, "证书")
    organiser.get_by_role("button", name="颁发证书").click()
    confirm(organiser)
    text = pdf_text(organiser, "全部证书（PDF）", tmp_path)
    assert WORKS[0] in text
    organiser.goto("/statistics/works/")
    expect(organiser.locator("tbody tr")).to_contain_text("86.5")


def set_up(page: Page) -> None:
    page.goto("/competitions/start/")
    page.get_by_role("link", name="选择：创新成果、合理化建议、“五小”评选").click()
    page.get_by_label("竞赛名称").fill("2026年职工创新成果评选")
    page.get_by_label("级别与类别").select_option("省级")
    page.get_by_label("所属工会").select_option("演示机械冶金工会")
    page.get_by_label("机械", exact=True).check()
    page.get_by_role("button", name="建立").click()
    take_step(page, "开放报名")
    open_tab(page, "裁判")
    page.get_by_role("link", name="聘请裁判").first.click()
    for place, login in enumerate(EXPERTS):
        if place:
            page.get_by_role("link", name="聘请裁判").first.click()
        page.locator("#old-who").fill(login)
        page.get_by_role("button", name="聘请", exact=True).click()
    open_tab(page, "参赛名单")
    page.get_by_role("link", name="成果评审").click()
    page.get_by_label("评审截止时间").fill("2099-12-31T17:00")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("评审方式已保存。")).to_be_visible()


def hand_in(page: Page, event: str, number: int) -> None:
    page.goto(f"/events/{event}/entries/new")
    page.get_by_label("作品名称").fill(WORKS[number])
    page.get_by_label("作品类别").fill("节能降耗")
    page.locator("#people-0-name").fill(f"演示作者{number}")
    page.get_by_role("button", name="提交").click()
    page.get_by_role("link", name=WORKS[number]).click()
    page.get_by_role("link", name="填写成果情况").click()
    page.get_by_label("成果类型").select_option("技术革新")
    page.get_by_label("已实施").check()
    page.get_by_label("开始实施日期").fill("2026-01-10")
    if number == 0:
        page.get_by_label("直接经济效益").fill("86.5")
        page.get_by_label("效益的计算依据").fill("同比节约")
    page.get_by_role("button", name="保存").click()
    page.locator("#file-file").set_input_files(
        FilePayload(name=f"演示作者{number}.txt", mimeType="text/plain", buffer="说明".encode())
    )
    page.get_by_role("button", name="添加").click()
    expect(page.locator("#files")).to_contain_text(f"演示作者{number}")


def look_as_expert(page: Page, app, event: int) -> None:
    """Open the first work from its sheet; the marks themselves come through the same door as a tablet's."""
    page.goto("/marking/")
    expect(page.get_by_text("评分截止：2099年12月31日 17:00")).to_be_visible()
    page.get_by_role("link", name="专家评审").click()
    page.get_by_role("link", name="A01 未评").click()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="查看成果").click()
    expect(opened.value.get_by_text("材料 1")).to_be_visible()
    expect(opened.value.locator("body")).not_to_contain_text("演示")
    with app.app_context():
        names = select(EntryCode.code, Entry.name).join(Entry, Entry.id == EntryCode.entry_id)
        for code, name in db.session.execute(names).all():
            points = "20" if name == WORKS[0] else "15"
            stage = dict.fromkeys(("A1", "A2", "A3", "A4"), points)
            for judge in ("J1", "J2", "J3", "J4", "J5"):
                mark(db.session, db.session.get_one(Event, event), judge, code, "R", stage)
        db.session.commit()


def dispute(page: Page, event: str) -> None:
    page.goto(f"/events/{event}/disputes/new")
    page.get_by_label("成果编号或名称").fill(WORKS[0])
    page.get_by_label("成果权属（作者、单位、权利）").check()
    page.get_by_label("事实和依据").fill("该方案在我单位 2024 年立项书中已有记载。")
    page.get_by_label("提出人姓名").fill("演示异议人")
    page.get_by_label("电话或电子邮箱").fill("13800000000")
    page.get_by_role("button", name="提交争议").click()
    expect(page.get_by_text("第 1 号争议已受理登记")).to_be_visible()


def decide(page: Page, event: str) -> None:
    page.goto(f"/events/{event}/disputes/1")
    page.get_by_label("不成立：成果继续参评").check()
    page.get_by_label("理由").fill("立项书所载为另一结构。")
    page.get_by_role("button", name="作出裁决").click()
    expect(page.get_by_text("裁定已记录。")).to_be_visible()
