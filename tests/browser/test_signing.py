"""Signing on the device: the PIN without a network, five wrong ones, handwriting, two taps."""

import pytest
from playwright.sync_api import expect

from accounts import cards
from competitions.events.models import Event
from core import canonical, clock
from core.database import db
from tests.browser.marking import Marking, fill, open_sheet, ready, shows, synced
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories.scoring import build_scoring_event

pytestmark = [pytest.mark.browser, POSTGRESQL_IN_DEEP]
HASHES = "async (values) => (await import('/static/js/tablet/digest.js')).sha256(values)"
MARKS = [["A1", 1, "48.5"], ["A2", 1, "1"]]


@pytest.fixture
def marking(app):
    with app.app_context():
        event = build_scoring_event(db.session, name="焊工决赛", judges=1)
        found = Marking(app, event.id)
        db.session.commit()
    return found


def ask(marking, way):
    def change(session):
        session.get(Event, marking.event_id).signing = way
        session.commit()

    marking.ask(change)


@pytest.fixture
def pin(marking):
    """Return the PIN of a card with which J1 is let in; `tablet` presents it."""
    judge = marking.judge("J1")

    def issue(session):
        secrets, today = cards.draw_secrets(), clock.today()
        holder = cards.Holder(judge.id, judge.login, marking.event_id)
        cards.issue(session, holder, cards.Days(today, today), secrets, actor_id=judge.id, now=clock.now())
        session.commit()
        return secrets

    return marking.ask(issue)


def scan(page, card):
    """Sign in with the card."""
    page.goto(f"/card#{card.token}")
    page.locator("#pin").fill(card.pin)
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.locator(".codes__code")).to_have_count(2)


@pytest.fixture
def tablet(marking, pin, open_page):
    marking.page = page = open_page(tablet=True)
    scan(page, pin)
    return page


def review(page, marking, code="A01"):
    """Fill a sheet in and go where it is signed."""
    open_sheet(page, marking, code)
    fill(page, {"A1-1-a": "48.5", "A2-1-a": "1"})
    page.locator("[data-review]").click()
    expect(page.locator("[data-signing]")).to_be_visible()


def wrong(card):
    return f"{(int(card.pin) + 1) % 10**6:06d}"


def enter(page, digits):
    page.locator("#signing-pin").fill(digits)
    page.locator("[data-sign]").click()


def test_the_pin_is_checked_without_a_network_and_the_signature_comes_up_later(marking, tablet, pin):
    open_sheet(tablet, marking, "A01")
    synced(tablet)
    ready(tablet)
    tablet.context.set_offline(True)
    review(tablet, marking)
    digest = canonical.digest(MARKS)
    expect(tablet.locator("[data-hash]")).to_have_text(f"{digest[:4]} {digest[4:8]}")
    expect(tablet.locator("[data-why]")).to_have_text("请输入 6 位 PIN 码后签名。")
    enter(tablet, wrong(pin))
    expect(tablet.locator("[data-pin-error]")).to_have_text("PIN 码不正确，还可再试 4 次。")
    expect(tablet.locator("#signing-pin")).to_have_value("")
    for digit in pin.pin:  # by the keys on the page
        tablet.locator(f"[data-keys] [data-key='{digit}']").click()
    tablet.locator("[data-sign]").click()
    shows(tablet, "A02")
    open_sheet(tablet, marking, "A01")
    expect(tablet.get_by_text("此评分表已签名，签名待上传")).to_be_visible()
    tablet.context.set_offline(False)
    marking.until(lambda: marking.state("A01") != "draft")
    (signed,) = [operation for operation in marking.operations() if operation.kind == "sign"]
    assert signed.body["signature"]["hash"] == digest
    assert len(signed.body["signature"]["proof"]) == 64


def test_five_wrong_pins_lock_until_the_card_is_scanned_again(marking, tablet, pin):
    review(tablet, marking)
    for left in (4, 3, 2, 1):
        enter(tablet, wrong(pin))
        expect(tablet.locator("[data-pin-error]")).to_contain_text(f"还可再试 {left} 次")
    tablet.reload()  # which takes no try back
    expect(tablet.locator("[data-signing]")).to_be_visible()
    enter(tablet, wrong(pin))
    locked = "PIN 码已连续输错 5 次。请联网后重新扫裁判证登录，或联系裁判长。"
    expect(tablet.locator("[data-why]")).to_have_text(locked)
    expect(tablet.locator("[data-sign]")).to_be_disabled()
    tablet.reload()
    expect(tablet.locator("[data-why]")).to_have_text(locked)
    scan(tablet, pin)
    open_sheet(tablet, marking, "A01")
    synced(tablet)
    tablet.locator("[data-review]").click()
    enter(tablet, pin.pin)
    shows(tablet, "A02")
    marking.until(lambda: marking.state("A01") != "draft")


def draw(page, points):
    box = page.locator("[data-drawing-field]").bounding_box()
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=4)
    page.mouse.up()


def test_a_drawing_is_a_signature_and_a_dot_is_none(marking, open_page):
    ask(marking, "drawing")
    page = marking.page = open_page(marking.judge("J1"), tablet=True)
    review(page, marking)
    expect(page.locator("[data-why]")).to_have_text("请手写签名，或勾选“不手写，直接签名”。")
    draw(page, [(0.5, 0.5)])
    expect(page.locator("[data-why]")).to_have_text("签名过短，请重新书写。")
    page.locator("[data-clear]").click()
    expect(page.locator("[data-drawing-field] path")).to_have_count(0)
    draw(page, [(0.1, 0.2), (0.5, 0.8), (0.9, 0.2)])
    draw(page, [(0.2, 0.5), (0.8, 0.5)])
    expect(page.locator("[data-sign]")).to_be_enabled()
    page.locator("[data-sign]").click()
    shows(page, "A02")
    marking.until(lambda: marking.state("A01") != "draft")
    (signed,) = [operation for operation in marking.operations() if operation.kind == "sign"]
    first, second = signed.body["signature"]["strokes"]
    assert all(type(number) is int for number in [*first, *second])
    assert (round(sum(first[::2]), -1), round(sum(first[1::2]), -1)) == (900, 60)


def test_nothing_needs_a_drag_with_a_card_its_pin_is_the_other_way(marking, tablet, pin):
    ask(marking, "drawing")
    tablet.goto("/marking/")
    synced(tablet)
    review(tablet, marking)
    expect(tablet.locator("[data-pin]")).to_be_hidden()
    tablet.get_by_label("不手写，直接签名").check()
    tablet.locator("#signing-pin").fill(pin.pin)
    tablet.locator("#signing-pin").press("Enter")
    shows(tablet, "A02")
    marking.until(lambda: marking.state("A01") != "draft")


def test_a_password_signs_where_the_pin_of_a_card_is_asked_for_only_with_the_card(marking, open_page):
    ask(marking, "pin")
    page = open_page(marking.judge("J1"), tablet=True)
    review_locked = "本赛项签名需要裁判证 PIN 码，请用裁判证登录。"
    open_sheet(page, marking, "A01")
    fill(page, {"A1-1-a": "48.5", "A2-1-a": "1"})
    page.locator("[data-review]").click()
    expect(page.locator("[data-why]")).to_have_text(review_locked)
    expect(page.locator("[data-sign]")).to_be_disabled()


def test_two_taps_with_a_pin_are_one_signature(marking, tablet, pin):
    review(tablet, marking)
    tablet.locator("#signing-pin").fill(pin.pin)
    tablet.evaluate(
        """() => { const sign = document.querySelector("[data-sign]");
          sign.click(); sign.disabled = false; sign.click(); }"""
    )
    shows(tablet, "A02")
    synced(tablet)
    assert [operation.kind for operation in marking.operations()].count("sign") == 1


def test_the_device_makes_the_digest_that_the_server_makes(open_page):
    page = open_page(tablet=True)
    page.goto("/accounts/sign-in")
    for rows in ([], MARKS, [["A1", 1, "评" * 40]] * 3, [["A", 1, "x" * size] for size in range(50, 70)]):
        text = canonical.dumps(rows)
        assert page.evaluate(HASHES, text) == canonical.digest(rows)
