"""The judge's sheet in a real browser on a tablet."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from accounts.models import User
from competitions.judges.models import Appointment
from core.database import db
from scoring.sheets import queries
from scoring.sheets.models import LedgerOperation
from scoring.sheets.rules import MarkKey
from tests.factories.scoring import build_scoring_event, sheet_of

pytestmark = pytest.mark.browser


@pytest.fixture
def event(app):
    with app.app_context():
        event = build_scoring_event(db.session, name="焊工决赛")
        event_id = event.id
        db.session.commit()
    return event_id


def judge(app, event_id, code):
    with app.app_context():
        user = db.session.scalar(
            select(User)
            .join(Appointment, Appointment.user_id == User.id)
            .where(Appointment.event_id == event_id, Appointment.code == code)
        )
        db.session.expunge(user)
        return user


def stored(app, event_id, judge_code, code, stage):
    with app.app_context():
        from competitions.events.models import Event

        event = db.session.get(Event, event_id)
        sheet = sheet_of(db.session, event, judge_code, code, stage)
        return queries.marks_of(db.session, sheet.id), sheet.state


def saved(page):
    expect(page.locator("#sync")).to_have_text(re.compile("已全部保存"))


def open_sheet(page, code, stage="实操"):
    page.goto("/marking/")
    page.get_by_role("link", name=re.compile(stage)).click()
    page.get_by_role("link", name=re.compile(code)).first.click()
    expect(page.locator(".aspect--now")).to_be_visible()  # the script has taken over


def test_a_judge_marks_with_the_keypad_checks_and_signs(app, event, open_page):
    page = open_page(judge(app, event, "J1"), tablet=True)
    open_sheet(page, "A01")
    for key in ("4", "8", ".", "5"):
        page.locator(f"[data-key='{key}']").click()
    page.locator("[data-key=next]").click()
    page.locator("[data-key='1']").click()
    page.locator("[data-key=next]").click()
    saved(page)
    expect(page.locator("[data-total]")).to_have_text("2 / 2 项")
    expect(page.locator("#aspect-A2-1")).to_contain_text("得 35.00 分")
    assert stored(app, event, "J1", "A01", "P") == (
        {MarkKey("A1", 1): "48.5", MarkKey("A2", 1): "1"},
        "draft",
    )
    page.locator("#review").click()
    page.get_by_role("button", name="确认并锁定").click()
    expect(page.locator(".identity__code")).to_have_text("A02")
    assert stored(app, event, "J1", "A01", "P")[1] == "locked"


def test_a_wrong_value_stays_visible_with_its_reason_and_is_not_stored(app, event, open_page):
    page = open_page(judge(app, event, "J1"), tablet=True)
    open_sheet(page, "A01")
    page.locator("#A1-1-a").fill("60.5")
    page.locator("#A1-1-a").press("Enter")
    expect(page.locator("#A1-1-error")).to_contain_text("60")
    expect(page.locator("#A1-1-a")).to_have_value("60.5")
    expect(page.locator("#sync")).to_have_text("被服务器退回")
    assert stored(app, event, "J1", "A01", "P")[0] == {}
    page.locator("#A1-1-a").fill("60")
    page.locator("#A1-1-a").press("Enter")
    saved(page)
    assert stored(app, event, "J1", "A01", "P")[0] == {MarkKey("A1", 1): "60"}


def test_full_width_digits_are_taken_as_digits_before_the_judges_eyes(app, event, open_page):
    page = open_page(judge(app, event, "J1"), tablet=True)
    open_sheet(page, "A01")
    page.locator("#A1-1-a").fill("４８。５")
    expect(page.locator("#A1-1-a")).to_have_value("48.5")


def test_an_answer_lost_on_the_way_does_not_double_the_mark(app, event, open_page):
    page = open_page(judge(app, event, "J1"), tablet=True)
    open_sheet(page, "A01")
    lost = []

    def lose_first(route):
        if lost:
            return route.continue_()
        lost.append(route.fetch())
        return route.abort()

    page.route("**/operations", lose_first)
    page.locator("#A1-1-a").fill("40")
    page.locator("#A1-1-a").press("Enter")
    saved(page)
    assert lost[0].status == 200
    with app.app_context():
        kinds = db.session.scalars(
            select(LedgerOperation.kind).where(LedgerOperation.event_id == event)
        ).all()
    assert kinds == ["save"]


def test_two_tablets_show_both_values_and_the_judge_chooses(app, event, open_page):
    first, second = (open_page(judge(app, event, "J1"), tablet=True) for _number in range(2))
    for page in (first, second):
        open_sheet(page, "A01")
    first.locator("#A1-1-a").fill("40")
    first.locator("#A1-1-a").press("Enter")
    saved(first)
    second.locator("#A1-1-a").fill("50")
    second.locator("#A1-1-a").press("Enter")
    expect(second.locator("#conflict")).to_contain_text("用服务器的：40")
    assert stored(app, event, "J1", "A01", "P")[0] == {MarkKey("A1", 1): "40"}
    second.get_by_role("button", name="用我的：50").click()
    saved(second)
    assert stored(app, event, "J1", "A01", "P")[0] == {MarkKey("A1", 1): "50"}


def test_undo_takes_the_last_value_back(app, event, open_page):
    page = open_page(judge(app, event, "J1"), tablet=True)
    open_sheet(page, "A01")
    for value in ("40", "41"):
        page.locator("#A1-1-a").fill(value)
        page.locator("#A1-1-a").press("Enter")
        saved(page)
    page.locator("#undo").click()
    saved(page)
    assert stored(app, event, "J1", "A01", "P")[0] == {MarkKey("A1", 1): "40"}


def test_another_judges_sheet_is_not_there(app, event, open_page):
    page = open_page(judge(app, event, "J1"), tablet=True)
    open_sheet(page, "A01")
    address = page.url
    other = open_page(judge(app, event, "J2"), tablet=True)
    assert other.goto(address).status == 404


def test_no_name_and_no_unit_is_on_the_judges_pages(app, event, open_page):
    page = open_page(judge(app, event, "J1"), tablet=True)
    page.goto("/marking/")
    texts = [page.content()]
    page.get_by_role("link", name=re.compile("实操")).click()
    texts.append(page.content())
    page.get_by_role("link", name=re.compile("A01")).first.click()
    texts.append(page.content())
    assert not any(word in text for text in texts for word in ("演示选手", "演示重型机械厂"))
