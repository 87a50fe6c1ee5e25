"""A judge card in a real browser: printed, scanned from its picture, opened by its PIN, blocked, revoked."""

import re

import pytest
from playwright.sync_api import expect

from core.database import db
from tests.browser.marking import badge, shows, synced
from tests.databases import POSTGRESQL_IN_DEEP
from tests.documents import poppler
from tests.factories.accounts import build_user
from tests.factories.scoring import build_scoring_event
from tests.papers.test_cards import scan

pytestmark = [pytest.mark.browser, POSTGRESQL_IN_DEEP]


@pytest.fixture
def organiser(app, open_page):
    """Return the page of judge cards as its organiser sees it."""
    with app.app_context():
        event = build_scoring_event(db.session, name="焊工决赛", judges=1)
        user = build_user(db.session, grants=[("organiser", "event", event.id)])
        db.session.commit()
        db.session.refresh(user)
        db.session.expunge(user)
        path = f"/events/{event.id}/judges/cards/"
    page = open_page(user)
    page.goto(path)
    return page


def printed(page, tmp_path):
    """Print the ticked card; return what its QR code says, its typed code and its PIN."""
    with page.expect_download() as started:
        page.get_by_role("button", name="打印所选裁判证").click()
    sheet = tmp_path / "sheet.pdf"
    started.value.save_as(sheet)
    (address,) = scan(sheet.read_bytes(), tmp_path)
    text = poppler.text_of(sheet.read_bytes(), tmp_path, "-layout")
    pin = re.search(r"PIN 码\s*([0-9]{3}) ([0-9]{3})", text)
    return address, re.search(r"\b[0-9A-Z]{5} [0-9A-Z]{5}\b", text)[0], pin[1] + pin[2]


def enter(page, pin):
    page.locator("#pin").fill(pin)
    page.get_by_role("button", name="登录").click()


def marks_on_and_may_hand_in(judge):
    """The tablet says at once that its card was revoked, and keeps what is entered all the same."""
    expect(judge.locator("#band-withdrawn")).to_contain_text("裁判证已作废")
    judge.locator("#A2-1-a").fill("1")  # what is entered now is kept, and can be handed in
    judge.locator("#A2-1-a").press("Enter")
    expect(judge.get_by_role("button", name="交裁判长处理")).to_be_visible()
    judge.locator("#sync").click()
    expect(judge.locator("[data-what]")).to_have_text("咬边：1")


def test_a_judge_scans_enters_the_pin_and_marks_until_the_card_is_revoked(organiser, open_page, tmp_path):
    address, _typed, pin = printed(organiser, tmp_path)
    judge = open_page(tablet=True)
    judge.goto(address)
    expect(judge.get_by_text("已读取裁判证")).to_be_visible()
    expect(judge.locator("#code")).to_be_hidden()
    assert "#" not in judge.url  # the secret does not stay in the address
    enter(judge, pin)
    expect(judge).to_have_url(re.compile("/marking/$"))
    judge.get_by_role("link", name=re.compile("实操")).click()
    judge.get_by_role("link", name=re.compile("A01")).first.click()
    shows(judge, "A01")
    for key in ("4", "8"):
        judge.locator(f"[data-key='{key}']").click()
    judge.locator("[data-key=next]").click()
    synced(judge)
    organiser.reload()
    expect(organiser.locator("table")).to_contain_text("使用中")
    organiser.get_by_role("button", name="作废").click()
    organiser.locator("dialog button[value=yes]").click()
    expect(organiser.locator("table")).to_contain_text("尚无裁判证")
    judge.evaluate("dispatchEvent(new Event('online'))")  # it asks now, and not within half a minute
    badge(judge, "login")
    marks_on_and_may_hand_in(judge)
    assert "/accounts/sign-in" in judge.request.get("/marking/bundle").url


def test_five_wrong_pins_block_the_card_and_the_typed_code_is_the_same_card(organiser, open_page, tmp_path):
    _address, typed, pin = printed(organiser, tmp_path)
    wrong = f"{(int(pin) + 1) % 10**6:06d}"
    judge = open_page(tablet=True)
    judge.goto("/accounts/sign-in")
    judge.get_by_role("link", name="手工输入裁判证").click()
    for left in (4, 3, 2, 1):
        judge.locator("#code").fill(typed.lower())
        enter(judge, wrong)
        expect(judge.locator("main")).to_contain_text(f"还可再试 {left} 次")
    enter(judge, wrong)
    expect(judge.locator("main")).to_contain_text("已被锁定")
    enter(judge, pin)
    expect(judge.locator("main")).to_contain_text("已被锁定")
    organiser.reload()
    expect(organiser.locator("table")).to_contain_text("已锁定")


def test_the_next_judges_card_may_be_scanned_into_the_open_page(organiser, open_page, tmp_path):
    address, _typed, pin = printed(organiser, tmp_path)
    judge = open_page(tablet=True)
    judge.goto("/card")
    judge.evaluate("secret => { location.hash = secret }", address.partition("#")[2])
    expect(judge.get_by_text("已读取裁判证")).to_be_visible()
    enter(judge, pin)
    expect(judge).to_have_url(re.compile("/marking/$"))
