"""The judge's app without a network, and with a bad one: nothing is lost, doubled or silently overwritten.

Source: the table of UX.md 1.2 and its traps. Each test is a row of it, against the real pages.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from accounts import services as accounts
from competitions.events.models import Event
from core import clock
from core.database import db
from scoring.sheets import services
from scoring.sheets.rules import MarkKey
from scoring.sheets.services import SheetOperation
from scoring.tablet import assets
from tests.browser.conftest import cookie_of
from tests.browser.marking import (
    Marking,
    badge,
    fill,
    kept,
    open_list,
    open_sheet,
    ready,
    shows,
    synced,
)
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories.accounts import MOMENT
from tests.factories.scoring import build_scoring_event, sheet_of

pytestmark = [pytest.mark.browser, POSTGRESQL_IN_DEEP]


@pytest.fixture
def marking(app):
    with app.app_context():
        event = build_scoring_event(db.session, name="焊工决赛")
        found = Marking(app, event.id)
        db.session.commit()
    return found


@pytest.fixture
def tablet(marking, open_page):
    marking.page = page = open_page(marking.judge("J1"), tablet=True)
    open_sheet(page, marking, "A01")
    synced(page)
    return page


def go_offline(page: Page) -> None:
    """Cut the network once the app could open without it."""
    ready(page)
    page.context.set_offline(True)


def elsewhere(marking: Marking, code: str, values: dict[str, str], *, sign: bool = False) -> None:
    """Let another device of the same judge save on a sheet, and sign."""

    def act(session):
        event = session.get(Event, marking.event_id)
        sheet = sheet_of(session, event, "J1", code, "P")
        marks = {MarkKey(place, 1): value for place, value in values.items()}
        name = f"other-{code}-{sheet.version}"
        services.save_marks(
            session,
            event,
            sheet,
            SheetOperation(name, sheet.ref, sheet.version, marks, "", "other"),
            MOMENT,
        )
        if sign:
            services.sign_sheet(
                session, event, sheet, SheetOperation(f"{name}-s", sheet.ref, sheet.version), MOMENT
            )
        session.commit()

    marking.ask(act)


def test_an_entry_marked_without_a_network_survives_a_reload_and_comes_up(marking, tablet):
    go_offline(tablet)
    fill(tablet, {"A1-1-a": "48.5", "A2-1-a": "1"})
    kept(tablet, 2)
    tablet.reload()
    shows(tablet, "A01")
    expect(tablet.locator("#A1-1-a")).to_have_value("48.5")
    tablet.goto(f"/marking/{marking.event_id}/P/#A03")
    shows(tablet, "A03")
    fill(tablet, {"A1-1-a": "33"})
    tablet.get_by_role("link", name="全部任务").click()  # everywhere, also to a page not looked at before
    expect(tablet.locator(".codes__code")).to_have_count(2)
    kept(tablet, 3)
    tablet.get_by_role("link", name=re.compile("理论")).click()
    expect(tablet.locator("[data-codes] li")).to_have_count(3)
    assert marking.operations() == []
    tablet.context.set_offline(False)
    synced(tablet)
    marking.has("A01", {"A1/1": "48.5", "A2/1": "1"})
    marking.has("A03", {"A1/1": "33"})
    assert sorted(sum((operation.body["marks"] for operation in marking.operations()), [])) == [
        ["A1", 1, "33"], ["A1", 1, "48.5"], ["A2", 1, "1"],
    ]  # fmt: skip


def test_a_sheet_signed_without_a_network_is_locked_here_and_then_there(marking, tablet):
    go_offline(tablet)
    fill(tablet, {"A1-1-a": "48.5", "A2-1-a": "1"})
    tablet.locator("[data-review]").click()
    tablet.locator("[data-sign]").click()
    shows(tablet, "A02")
    open_sheet(tablet, marking, "A01")
    expect(tablet.get_by_text("此评分表已签名，签名待上传")).to_be_visible()
    expect(tablet.locator("#A1-1-a")).to_have_attribute("readonly", "")
    tablet.context.set_offline(False)
    marking.until(lambda: marking.state("A01") == "locked")
    kinds = [operation.kind for operation in marking.operations()]
    assert kinds[-1] == "sign"
    assert kinds.count("sign") == 1


def conflict(marking, tablet):
    go_offline(tablet)
    fill(tablet, {"A1-1-a": "50"})
    kept(tablet, 1)
    elsewhere(marking, "A01", {"A1": "40", "A2": "3"})
    open_sheet(tablet, marking, "A02")
    fill(tablet, {"A1-1-a": "22"})
    tablet.context.set_offline(False)
    badge(tablet, "conflict")


def test_two_devices_show_both_values_and_hold_up_no_other_sheet(marking, tablet):
    conflict(marking, tablet)
    marking.has("A02", {"A1/1": "22"})
    marking.has("A01", {"A1/1": "40", "A2/1": "3"})
    tablet.reload()
    badge(tablet, "conflict")
    open_list(tablet, marking)
    tablet.get_by_role("link", name=re.compile("A01.*有冲突")).click()
    rows = tablet.locator("[data-rows] fieldset")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("50")
    expect(rows.first).to_contain_text("40")
    expect(rows.first).to_contain_text("不同")
    expect(tablet.locator("[data-resolve]")).to_be_disabled()
    rows.first.locator("label").first.click()
    tablet.locator("[data-resolve]").click()
    shows(tablet, "A01")
    synced(tablet)
    marking.has("A01", {"A1/1": "50", "A2/1": "3"})
    saved = [operation.body["marks"] for operation in marking.operations()]
    assert saved[-1] == [["A1", 1, "50"]], "a new operation on the server's version"


@pytest.mark.deep
def test_a_third_change_meanwhile_is_shown_anew(marking, tablet):
    conflict(marking, tablet)
    open_sheet(tablet, marking, "A01")
    elsewhere(marking, "A01", {"A1": "45"})
    tablet.goto(f"/marking/{marking.event_id}/P/#A01/conflict")
    tablet.get_by_role("button", name="全部采用本机的").click()
    tablet.locator("[data-resolve]").click()
    shows(tablet, "A01")
    badge(tablet, "conflict")
    tablet.goto(f"/marking/{marking.event_id}/P/#A01/conflict")
    expect(tablet.locator("[data-rows]")).to_contain_text("45")
    tablet.get_by_role("button", name="全部采用服务器的").click()
    tablet.locator("[data-resolve]").click()
    synced(tablet)
    marking.has("A01", {"A1/1": "45", "A2/1": "3"})


def test_what_comes_too_late_is_named_stays_on_record_and_goes_when_it_was_read(marking, tablet):
    go_offline(tablet)
    fill(tablet, {"A1-1-a": "50"})
    kept(tablet, 1)
    elsewhere(marking, "A01", {"A1": "40", "A2": "3"}, sign=True)
    tablet.context.set_offline(False)
    badge(tablet, "refused")
    tablet.locator("#sync").click()
    expect(tablet.locator("[data-rows]")).to_contain_text("未采纳：此评分表已签名或评分已结束")
    tablet.get_by_role("button", name="知道了，移除").click()
    expect(tablet.get_by_text("全部评分都已在服务器上。")).to_be_visible()
    synced(tablet)
    open_sheet(tablet, marking, "A01")
    expect(tablet.locator("#A1-1-a")).to_have_value("40")


def test_who_has_been_signed_out_keeps_the_marks_and_uploads_them_after_signing_in(
    app, server, marking, tablet
):
    end_sessions(marking)
    fill(tablet, {"A1-1-a": "40"})
    badge(tablet, "login")
    expect(tablet.locator("#sync")).to_have_text("需重新登录（成绩已存本机）")
    tablet.locator("#sync").click()
    expect(tablet.get_by_role("link", name="需重新登录")).to_be_visible()
    assert marking.marks("A01") == {}
    tablet.context.add_cookies([{**cookie_of(app, marking.judge("J1"), "zh"), "url": server}])
    tablet.get_by_role("button", name="立即上传").click()
    synced(tablet)
    marking.has("A01", {"A1/1": "40"})


def end_sessions(marking):
    def act(session):
        accounts.end_sessions(session, marking.judge("J1").id, clock.now())
        session.commit()

    marking.ask(act)


def test_a_value_that_only_the_server_refuses_is_shown_at_its_place_and_replaced(marking, tablet):
    """A forged or outdated client: the limits of its shell are wider than the scheme's."""
    tablet.evaluate(
        """() => { const place = document.querySelector('[data-aspect="A1"]');
          document.getElementById("sheet-view").content.querySelector('[data-aspect="A1"]').dataset.rule =
            place.dataset.rule.replace('"max":"60000000"', '"max":"900000000"'); location.hash = "A02"; }"""
    )
    shows(tablet, "A02")
    fill(tablet, {"A1-1-a": "800", "A2-1-a": "2"})
    badge(tablet, "refused")
    expect(tablet.locator("#A1-1-error")).to_contain_text("60")
    expect(tablet.locator("#A1-1-a")).to_have_value("800")
    marking.has("A02", {"A2/1": "2"})
    fill(tablet, {"A1-1-a": "55"})
    synced(tablet)
    marking.has("A02", {"A1/1": "55", "A2/1": "2"})


def test_a_bundle_from_before_an_answer_undoes_nothing(marking, tablet):
    """Trap 4: a list that was on its way while marks were taken over."""
    held = []
    tablet.route("**/marking/bundle", lambda route: held.append((route, route.fetch())))
    elsewhere(marking, "A03", {"A1": "1"})
    tablet.evaluate("() => dispatchEvent(new Event('online'))")
    marking.until(lambda: len(held) == 1)
    fill(tablet, {"A1-1-a": "40"})
    route, old = held[0]
    route.fulfill(response=old)
    tablet.unroute("**/marking/bundle")
    marking.has("A01", {"A1/1": "40"})
    synced(tablet)
    expect(tablet.locator("#A1-1-a")).to_have_value("40")
    tablet.reload()
    shows(tablet, "A01")
    expect(tablet.locator("#A1-1-a")).to_have_value("40")


def test_a_value_entered_while_another_is_on_its_way_follows_at_once(marking, tablet):
    """Traps 6 and 8: nothing asks again for half a minute, and the badge counts what is unconfirmed."""
    held = []
    tablet.route(
        "**/marking/operations", lambda route: route.continue_() if held else held.append(route)
    )
    fill(tablet, {"A1-1-a": "40"})
    marking.until(lambda: len(held) == 1)
    badge(tablet, "sending")
    fill(tablet, {"A2-1-a": "2"})
    expect(tablet.locator("#sync")).to_have_text("正在上传 2 项")
    held[0].continue_()
    marking.has("A01", {"A1/1": "40", "A2/1": "2"})
    synced(tablet)


BUSY_ONCE = """() => { const real = fetch; let busy = 1; globalThis.asked = [];
  globalThis.fetch = (url, given) => {
    asked.push(url);
    if (!url.endsWith("/operations") || busy-- < 1) return real(url, given);
    const busyFor = { status: 503, headers: { "Retry-After": "1" } };
    return Promise.resolve(new Response('{"outcome": "busy"}', busyFor));
  }; }"""


def test_a_server_with_others_at_work_is_no_broken_network(marking, tablet):
    tablet.evaluate(BUSY_ONCE)
    fill(tablet, {"A1-1-a": "40"})
    badge(tablet, "kept")
    marking.has("A01", {"A1/1": "40"})
    synced(tablet)
    asked = tablet.evaluate("asked.filter((url) => /bundle|operations/.test(url))")
    assert asked == ["/marking/operations"] * 2, "the list is not fetched once more for it"


def test_two_tabs_send_each_operation_once(marking, tablet):
    other = tablet.context.new_page()
    open_sheet(other, marking, "A02")
    synced(other)
    fill(tablet, {"A1-1-a": "40"})
    fill(other, {"A1-1-a": "41"})
    marking.has("A01", {"A1/1": "40"})
    marking.has("A02", {"A1/1": "41"})
    synced(tablet)
    synced(other)
    assert len(marking.operations()) == 2
    other.get_by_role("link", name="上一位").click()
    shows(other, "A01")
    expect(other.locator("#A1-1-a")).to_have_value("40")


def test_a_dead_handle_of_the_database_is_opened_anew(marking, tablet):
    """Trap 9: WebKit kills idle connections; whoever keeps the dead handle loses marks silently."""
    tablet.evaluate(
        """() => { const real = IDBDatabase.prototype.transaction; let dead = 1;
          IDBDatabase.prototype.transaction = function (...given) {
            if (dead-- > 0) this.close();
            return real.apply(this, given); }; }"""
    )
    fill(tablet, {"A1-1-a": "40"})
    marking.has("A01", {"A1/1": "40"})
    expect(tablet.locator("#band-broken")).to_be_hidden()


def test_a_device_that_cannot_save_says_so_and_takes_nothing_more(marking, tablet):
    tablet.evaluate(
        """() => {
          IDBObjectStore.prototype.add = () => { throw new DOMException("", "QuotaExceededError"); }; }"""
    )
    fill(tablet, {"A1-1-a": "40"})
    expect(tablet.locator("#band-broken")).to_contain_text("改用纸质评分表")
    expect(tablet.locator("#A2-1-a")).to_have_attribute("readonly", "")
    assert marking.operations() == []


KEPT = """async () => {
  const open = indexedDB.open("marking");
  const handle = await new Promise((resolve) => { open.onsuccess = () => resolve(open.result); });
  const all = [];
  for (const name of handle.objectStoreNames) {
    const store = handle.transaction(name).objectStore(name);
    const got = store.getAll();
    const rows = await new Promise((resolve) => { got.onsuccess = () => resolve(got.result); });
    all.push(...rows.map((row) => JSON.stringify(row, (key, value) =>
      value instanceof ArrayBuffer ? new TextDecoder("latin1").decode(value)
        : value instanceof CryptoKey ? `key ${value.extractable}` : value)));
  }
  handle.close();
  return all; }"""


def test_what_lies_on_the_device_names_nobody_and_cannot_be_read(marking, tablet):
    fill(tablet, {"A1-1-a": "43.5"})
    synced(tablet)
    go_offline(tablet)
    fill(tablet, {"A1-1-a": "44.5"})
    kept(tablet, 1)
    found = tablet.evaluate(KEPT)
    assert [row for row in found if row.startswith('"key')] == ['"key false"']
    text = "\n".join(found) + tablet.evaluate(
        "() => JSON.stringify(localStorage) + JSON.stringify(sessionStorage)"
    )
    for word in ("A01", "44.5", "43.5", "演示", "焊工", "A1/1"):
        assert word not in text, word
    cached = tablet.evaluate(
        """async () => { let text = "";
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const request of await cache.keys()) text += await (await cache.match(request)).text();
          }
          return text; }"""
    )
    for word in ("A01", "A02", "演示选手", 'csrf_token" value="I'):
        assert word not in cached, word


def test_nobody_signs_out_while_something_is_unsent_and_then_the_device_is_wiped(marking, tablet):
    go_offline(tablet)
    fill(tablet, {"A1-1-a": "40"})
    tablet.get_by_role("link", name="全部任务").click()
    tablet.get_by_role("button", name="退出登录").click()
    expect(tablet.locator("#band-unsent")).to_be_visible()
    expect(tablet.locator("[data-rows]")).to_contain_text("A01")
    expect(tablet.locator("[data-total]")).to_have_text("未上传 1 条")
    tablet.context.set_offline(False)
    synced(tablet)
    tablet.get_by_role("button", name="退出登录").click()
    expect(tablet.get_by_role("button", name="登录", exact=True)).to_be_visible()
    found = tablet.evaluate(KEPT)
    assert len(found) == 2, found  # the number of the device and the mark of its database
    assert "who" not in {cookie["name"] for cookie in tablet.context.cookies()}


def test_any_other_page_refuses_to_sign_out_as_well(marking, tablet):
    tablet.route("**/marking/operations", lambda route: route.abort())
    fill(tablet, {"A1-1-a": "40"})
    badge(tablet, "offline")
    tablet.goto("/accounts/me")
    tablet.get_by_role("button", name="退出登录").click()
    expect(tablet.locator("#band-unsent")).to_be_visible()
    expect(tablet.locator("[data-rows]")).to_contain_text("A01")


def test_a_second_judge_sees_only_the_own_and_is_told_what_waits_for_the_first(
    app, server, marking, tablet
):
    tablet.route("**/marking/operations", lambda route: route.abort())
    fill(tablet, {"A1-1-a": "40"})
    badge(tablet, "offline")
    use(app, server, marking, "J2")
    open_sheet(tablet, marking, "A01")
    expect(tablet.locator("#A1-1-a")).to_have_value("")
    expect(tablet.locator("#note")).to_contain_text("J2")
    expect(tablet.locator("#band-others")).to_contain_text("J1 未上传的评分 1 条")
    tablet.unroute("**/marking/operations")
    fill(tablet, {"A1-1-a": "20"})
    marking.has("A01", {"A1/1": "20"}, judge="J2")
    assert marking.marks("A01") == {}
    use(app, server, marking, "J1")
    open_sheet(tablet, marking, "A01")
    marking.has("A01", {"A1/1": "40"})


def use(app, server, marking, code):
    """Sign somebody in on this device as the sign-in page does: a new session, and another judge."""
    page = marking.page
    page.goto("/accounts/me")
    page.context.clear_cookies()
    page.context.add_cookies([{**cookie_of(app, marking.judge(code), "zh"), "url": server}])


def test_a_new_version_waits_until_nothing_is_unsent_and_the_judge_says_so(marking, tablet, monkeypatch):
    go_offline(tablet)
    tablet.context.set_offline(False)
    tablet.reload()  # under the worker
    shows(tablet, "A01")
    synced(tablet)
    old = tablet.locator("#app").get_attribute("data-version")
    tablet.route("**/marking/operations", lambda route: route.abort())
    fill(tablet, {"A1-1-a": "40"})
    badge(tablet, "offline")
    monkeypatch.setattr(assets, "version", lambda: "0123456789abcdef")
    tablet.evaluate("() => navigator.serviceWorker.getRegistration().then((found) => found.update())")
    tablet.wait_for_function(
        "() => navigator.serviceWorker.getRegistration().then((found) => Boolean(found.waiting))"
    )
    expect(tablet.locator("#band-update")).to_be_hidden()
    tablet.reload()
    shows(tablet, "A01")
    expect(tablet.locator("#app")).to_have_attribute("data-version", old)
    expect(tablet.locator("#A1-1-a")).to_have_value("40")
    tablet.unroute("**/marking/operations")
    synced(tablet)
    marking.has("A01", {"A1/1": "40"})
    tablet.get_by_role("button", name="点此更新").click()
    expect(tablet.locator("#app")).to_have_attribute("data-version", "0123456789abcdef")
    shows(tablet, "A01")
    expect(tablet.locator("#A1-1-a")).to_have_value("40")


def test_an_update_that_fails_half_way_leaves_the_old_version(marking, tablet, monkeypatch):
    ready(tablet)
    old = tablet.locator("#app").get_attribute("data-version")
    monkeypatch.setattr(assets, "version", lambda: "0123456789abcdef")
    monkeypatch.setattr(assets, "names", lambda: ("css/base.css", "css/not-there.css"))
    tablet.evaluate("() => navigator.serviceWorker.getRegistration().then((found) => found.update())")
    tablet.wait_for_function(
        "() => navigator.serviceWorker.getRegistration().then((found) => !found.installing && !found.waiting)"
    )
    tablet.context.set_offline(True)
    tablet.reload()
    shows(tablet, "A01")
    expect(tablet.locator("#app")).to_have_attribute("data-version", old)
    fill(tablet, {"A1-1-a": "40"})
    kept(tablet, 1)


def test_another_language_is_taken_over_by_every_kept_page(marking, tablet):
    ready(tablet)
    tablet.reload()
    tablet.get_by_role("link", name="全部任务").click()
    synced(tablet)
    tablet.get_by_role("button", name="English").click()
    expect(tablet.locator("#code")).to_have_text("My marking")
    badge(tablet, "synced")
    ready(tablet)
    open_sheet(tablet, marking, "A01")
    expect(tablet.locator("[data-review]")).to_have_text("Check and sign")
    tablet.context.set_offline(True)
    tablet.reload()
    expect(tablet.locator("[data-review]")).to_have_text("Check and sign")


def test_nothing_asks_for_a_file_that_is_not_kept(marking, tablet):
    go_offline(tablet)
    failed = []
    tablet.on("requestfailed", lambda request: failed.append(request.url))
    tablet.reload()
    shows(tablet, "A01")
    badge(tablet, "offline-empty")
    assert {re.sub(r"^.*?//[^/]+", "", url) for url in failed} <= {"/marking/bundle", "/marking/sw.js"}


def test_over_plain_http_the_app_works_and_says_what_it_cannot(app, marking, server, chromium):
    """No worker, no locks, no randomUUID, no key: an address that is no secure context."""
    address = server.replace("127.0.0.1", "tablet.test")
    context = chromium.new_context(base_url=address, locale="zh-CN")
    context.add_cookies([{**cookie_of(app, marking.judge("J1"), "zh"), "url": address}])
    page = context.new_page()
    open_sheet(page, marking, "A01")
    assert (
        page.evaluate("() => [isSecureContext, 'serviceWorker' in navigator, Boolean(crypto.randomUUID)]")
        == [False] * 3
    )
    expect(page.locator("#band-insecure")).to_contain_text("不支持离线打开")
    fill(page, {"A1-1-a": "40"})
    marking.has("A01", {"A1/1": "40"})
    page.context.set_offline(True)
    fill(page, {"A1-1-a": "41"})
    kept(page, 1)
    page.context.set_offline(False)
    marking.has("A01", {"A1/1": "41"})
    context.close()


@pytest.mark.deep
def test_thirty_six_values_on_twelve_sheets_come_up_as_one_operation_a_sheet(app, open_page):
    with app.app_context():
        event = build_scoring_event(db.session, entries=12)
        found = Marking(app, event.id)
        db.session.commit()
    page = open_page(found.judge("J1"), tablet=True)
    open_list(page, found)
    synced(page)
    go_offline(page)
    codes = [f"A{number:02d}" for number in range(1, 13)]
    for code in codes:
        open_sheet(page, found, code)
        fill(page, {"A1-1-a": "40", "A2-1-a": "1"})
        fill(page, {"A1-1-a": "41.5"})
    kept(page, 24)
    page.context.set_offline(False)
    synced(page)
    for code in codes:
        found.has(code, {"A1/1": "41.5", "A2/1": "1"})
    operations = found.operations()
    assert len(operations) <= 13, "what was never sent becomes one operation of its sheet"
    assert len({operation.operation_id for operation in operations}) == len(operations)
