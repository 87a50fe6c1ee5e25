"""A tablet out of service, a call for the chief judge, a nudge: the judge's app against the real server."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from core import clock
from core.database import db
from scoring.devices import services
from scoring.devices.models import Call, Device, HeldOperation, Nudge
from tests.browser.conftest import cookie_of
from tests.browser.marking import Marking, badge, fill, kept, open_sheet, ready, synced
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories.accounts import build_user
from tests.factories.scoring import build_scoring_event

pytestmark = [pytest.mark.browser, POSTGRESQL_IN_DEEP]


@pytest.fixture
def marking(app):
    with app.app_context():
        event = build_scoring_event(db.session, name="焊工决赛")
        user = build_user(db.session, grants=[("chief_judge", "event", event.id)])
        found = Marking(app, event.id)
        db.session.commit()
        db.session.refresh(user)
        db.session.expunge(user)
        found.chief = user
    return found


@pytest.fixture
def tablet(marking, open_page):
    marking.page = page = open_page(marking.judge("J1"), tablet=True)
    open_sheet(page, marking, "A01")
    synced(page)
    return page


def rows(marking, model):
    return marking.ask(lambda session: list(session.scalars(select(model).order_by(model.id))))


def now(page):
    """Let the app ask the server now, and not within half a minute."""
    page.evaluate("dispatchEvent(new Event('online'))")


def test_a_withdrawn_tablet_hands_in_by_itself_is_told_so_and_may_be_cleared(marking, tablet):
    marking.until(lambda: rows(marking, Device) != [])
    ready(tablet)
    tablet.context.set_offline(True)
    fill(tablet, {"A1-1-a": "48.5", "A2-1-a": "1"})
    kept(tablet, 2)

    def withdraw(session):
        device = session.scalars(select(Device)).one()
        event, chief = marking.event_id, marking.chief.id
        services.revoke_device(session, device, "丢失", event_id=event, actor_id=chief, now=clock.now())
        session.commit()

    marking.ask(withdraw)
    tablet.context.set_offline(False)
    badge(tablet, "withdrawn")
    marking.until(lambda: handed_in(marking) == [["A1", 1, "48.5"], ["A2", 1, "1"]])
    assert marking.marks("A01") == {}
    expect(tablet.locator("#band-withdrawn")).to_contain_text("交由裁判长处理")
    expect(tablet.locator("#A1-1-a")).to_have_attribute("readonly", "")
    tablet.locator("#sync").click()
    expect(tablet.locator("[data-rows]")).to_contain_text("待裁判长处理")
    tablet.get_by_role("button", name="清空本机").click()
    expect(tablet).to_have_url(re.compile("/accounts/sign-in"))
    left = tablet.evaluate("() => indexedDB.databases().then((all) => all.length)")
    assert left == 1
    assert tablet.evaluate(COUNT) == 0


def handed_in(marking):
    return [mark for row in rows(marking, HeldOperation) for mark in row.stated["marks"]]


COUNT = """async () => {
  const open = indexedDB.open("marking");
  const handle = await new Promise((resolve) => { open.onsuccess = () => resolve(open.result); });
  let count = 0;
  for (const name of handle.objectStoreNames) {
    const got = handle.transaction(name).objectStore(name).getAllKeys();
    const keys = await new Promise((resolve) => { got.onsuccess = () => resolve(got.result); });
    count += keys.filter((key) => key !== "born").length; // the mark of an empty database
  }
  handle.close();
  return count; }"""


def test_a_call_made_without_a_network_survives_a_reload_and_is_answered_on_the_sheet(
    marking, tablet, open_page
):
    ready(tablet)
    tablet.context.set_offline(True)
    tablet.locator("#call").click()
    tablet.get_by_role("button", name="设备、器材").click()
    expect(tablet.locator("#call-told")).to_contain_text("恢复网络后发出")
    tablet.reload()
    expect(tablet.locator("#call-told")).to_contain_text("恢复网络后发出")
    assert rows(marking, Call) == []
    tablet.context.set_offline(False)
    marking.until(lambda: len(rows(marking, Call)) == 1)
    (made,) = rows(marking, Call)
    assert (made.reason, made.state, made.sheet_id is not None) == ("equipment", "open", True)
    expect(tablet.locator("#call-told")).to_have_text(re.compile("已呼叫裁判长"))

    def answer(state):
        def act(session):
            services.answer_call(
                session, session.get(Call, made.id), state, actor_id=marking.chief.id, now=clock.now()
            )
            session.commit()

        marking.ask(act)
        now(tablet)

    answer("coming")
    expect(tablet.locator("#call-told")).to_contain_text("裁判长正在赶来")
    answer("done")
    expect(tablet.locator("#band-call")).to_be_hidden()


def test_a_judge_takes_a_call_back_and_sees_what_is_asked_once(marking, tablet):
    tablet.locator("#call").click()
    tablet.get_by_role("button", name="中途退赛").click()
    expect(tablet.locator("#call-told")).to_contain_text("A01 中途退赛：")
    marking.until(lambda: len(rows(marking, Call)) == 1)
    assert rows(marking, Call)[0].reason == "stopped"
    tablet.get_by_role("button", name="不需要了").click()
    marking.until(lambda: rows(marking, Call)[0].state == "taken_back")
    expect(tablet.locator("#band-call")).to_be_hidden()

    def ask(session):
        judge, chief = marking.judge("J1").id, marking.chief.id
        services.nudge(session, marking.event_id, judge, "finish", actor_id=chief, now=clock.now())
        session.commit()

    marking.ask(ask)
    now(tablet)
    expect(tablet.locator("#nudge-told")).to_contain_text("签署尚未完成的评分表")
    tablet.get_by_role("button", name="知道了").click()
    expect(tablet.locator("#band-nudge")).to_be_hidden()
    marking.until(lambda: marking.ask(seen))
    tablet.reload()
    synced(tablet)
    expect(tablet.locator("#band-nudge")).to_be_hidden()


def seen(session):
    return session.scalars(select(Nudge)).one().seen_at is not None


def rows_of(page):
    found = page.locator("[data-check]").all()
    return {row.get_attribute("data-check"): row.get_attribute("data-state") for row in found}


def test_the_first_time_a_tablet_is_checked_and_the_board_knows(marking, tablet):
    tablet.goto("/marking/")
    expect(tablet.locator("#band-check")).to_be_visible()
    ready(tablet)
    tablet.get_by_role("link", name="设备检查").last.click()
    expect(tablet.locator("[data-check=worker]")).to_have_attribute("data-state", "ok")
    found = rows_of(tablet)
    assert {name: found[name] for name in ("secure", "worker", "free", "clock", "tasks")} == dict.fromkeys(
        ("secure", "worker", "free", "clock", "tasks"), "ok"
    )
    assert found["installed"] == "bad"
    expect(tablet.locator("[data-check=installed]")).to_contain_text("添加到主屏幕")
    assert "certificate" not in found, "this server does not know one"
    marking.until(lambda: rows(marking, Device)[0].checked_at is not None)
    (device,) = rows(marking, Device)
    assert (device.facts["secure"], device.facts["tasks"], device.facts["current"]) == (True, 6, True)
    tablet.get_by_role("link", name="返回").click()
    expect(tablet.locator(".codes__code").first).to_be_visible()
    expect(tablet.locator("#band-check")).to_be_hidden()


def test_over_plain_http_the_check_says_what_does_not_work_then(app, marking, server, chromium):
    address = server.replace("127.0.0.1", "tablet.test")
    context = chromium.new_context(base_url=address, locale="zh-CN")
    context.add_cookies([{**cookie_of(app, marking.judge("J1"), "zh"), "url": address}])
    page = context.new_page()
    page.goto("/marking/#check")
    expect(page.locator("[data-check=secure]")).to_have_attribute("data-state", "bad")
    expect(page.locator("[data-check=secure]")).to_contain_text("断网后本页打不开")
    assert rows_of(page)["worker"] == "bad"
    marking.until(lambda: [row.facts["secure"] for row in rows(marking, Device)] == [False])
    context.close()


def test_an_old_browser_gets_the_list_of_supported_ones_and_no_half_working_page(marking, open_page):
    page = open_page(marking.judge("J1"), tablet=True)
    page.add_init_script("delete AbortSignal.timeout")
    page.goto("/marking/")
    expect(page.locator("#band-old")).to_contain_text("Chromium 103")
    expect(page.locator("#sync")).to_be_hidden()
    page.wait_for_timeout(500)
    assert page.locator("#view").inner_html() == ""
    assert rows(marking, Device) == []
