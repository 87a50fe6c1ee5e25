"""The judge's sheet in a real browser: what is entered, checked, taken back, reviewed and signed."""

import re

import pytest
from playwright.sync_api import expect

from core.database import db
from tests.browser.marking import (
    Marking,
    badge,
    fill,
    lose_answers,
    open_list,
    open_sheet,
    shows,
    synced,
)
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories.marking import build_event_with, scheme, score, stage
from tests.factories.scoring import build_scoring_event

pytestmark = [pytest.mark.browser, POSTGRESQL_IN_DEEP]
LEVELS = ["低于标准", "达到标准", "部分优于标准", "优秀"]
KINDS = [
    {"code": "L1", "title": "成形", "kind": "judgement", "max": "6", "levels": LEVELS},
    {"code": "L2", "title": "对称", "kind": "judgement", "max": "6", "levels": LEVELS},
    {"code": "L3", "title": "清洁", "kind": "judgement", "max": "6", "levels": LEVELS},
    score("S1", "尺寸", "10", step="0.5"),
    {"code": "W1", "title": "安全", "kind": "measurement", "entry": "pass", "max": "4"},
    {"code": "R1", "title": "用时", "kind": "time"},
]


@pytest.fixture
def marking(app):
    with app.app_context():
        event = build_scoring_event(db.session, name="焊工决赛")
        found = Marking(app, event.id)
        db.session.commit()
    return found


@pytest.fixture
def kinds(app):
    """An event whose sheet has levels, points, yes and no, and a time; three entries, one judge."""
    with app.app_context():
        document = scheme([stage("P", "实操", KINDS)])
        event = build_event_with(db.session, document, ["甲", "乙", "丙"], name="焊工决赛")
        found = Marking(app, event.id)
        db.session.commit()
    return found


@pytest.fixture
def tablet(marking, open_page):
    marking.page = open_page(marking.judge("J1"), tablet=True)
    return marking.page


def test_a_judge_marks_with_the_keypad_checks_and_signs(marking, tablet):
    tablet.goto("/marking/")
    tablet.get_by_role("link", name=re.compile("实操")).click()
    tablet.get_by_role("link", name="下一位：A01").click()
    shows(tablet, "A01")
    for key in ("4", "8", ".", "5"):
        tablet.locator(f"[data-key='{key}']").click()
    tablet.locator("[data-key=next]").click()
    tablet.locator("[data-key='1']").click()
    tablet.locator("[data-key=next]").click()
    expect(tablet.locator("[data-total]")).to_have_text("2 / 2 项")
    expect(tablet.locator("[data-points]")).to_have_text("合计 83.50 分")
    expect(tablet.locator("#aspect-A2-1")).to_contain_text("得 35.00 分")
    marking.has("A01", {"A1/1": "48.5", "A2/1": "1"})
    tablet.locator("[data-review]").click()
    tablet.get_by_role("button", name="确认并锁定").click()
    shows(tablet, "A02")
    marking.until(lambda: marking.state("A01") == "locked")


def test_a_wrong_value_stays_visible_with_its_reason_and_the_old_one_stays_saved(marking, tablet):
    open_sheet(tablet, marking, "A01")
    fill(tablet, {"A1-1-a": "50"})
    for wrong, words in (
        ("60.5", "60"),
        ("-1", "0"),
        ("9.5分", "数字"),
        ("1e1", "数字"),
        ("0.25", "0.5"),
        ("9,5", "数字"),
    ):
        tablet.locator("#A1-1-a").fill(wrong)
        tablet.locator("#A1-1-a").press("Enter")
        expect(tablet.locator("#A1-1-error")).to_contain_text(words)
        expect(tablet.locator("#A1-1-error")).not_to_contain_text("{")
        expect(tablet.locator("#A1-1-a")).to_have_value(wrong)
        expect(tablet.locator("#A1-1-a")).to_have_attribute("aria-invalid", "true")
        expect(tablet.locator("#aspect-A1-1")).to_contain_text("仍保留原值 50")
    marking.has("A01", {"A1/1": "50"})
    fill(tablet, {"A1-1-a": "60"})
    expect(tablet.locator("#A1-1-error")).to_be_hidden()
    marking.has("A01", {"A1/1": "60"})
    assert [operation.body["marks"] for operation in marking.operations()] == [
        [["A1", 1, "50"]],
        [["A1", 1, "60"]],
    ]


def test_a_refused_value_is_not_left_behind_on_the_way_to_sign(marking, tablet):
    open_sheet(tablet, marking, "A01")
    fill(tablet, {"A2-1-a": "0"})
    tablet.locator("#A1-1-a").fill("61")
    tablet.locator("[data-review]").click()
    expect(tablet.locator("#A1-1-a")).to_be_focused()
    expect(tablet.locator("#A1-1-a")).to_have_value("61")
    expect(tablet.locator("#A1-1-error")).to_be_visible()
    fill(tablet, {"A1-1-a": "60"})
    tablet.locator("[data-review]").click()
    expect(tablet.locator("[data-sign]")).to_be_enabled()


def test_full_width_digits_are_taken_as_digits_before_the_judges_eyes(marking, tablet):
    open_sheet(tablet, marking, "A01")
    tablet.locator("#A1-1-a").fill("４８。５")
    expect(tablet.locator("#A1-1-a")).to_have_value("48.5")


def test_answers_lost_twice_do_not_double_a_mark(marking, tablet):
    open_sheet(tablet, marking, "A01")
    synced(tablet)
    sent = lose_answers(tablet, 2)
    fill(tablet, {"A1-1-a": "40"})
    badge(tablet, "offline")
    synced(tablet)
    assert [batch["operations"][0]["op_id"] for batch in sent] == [sent[0]["operations"][0]["op_id"]] * 3
    assert [operation.kind for operation in marking.operations()] == ["save"]


def test_what_is_entered_after_something_was_sent_is_an_operation_of_its_own(marking, tablet):
    """Trap 3: what was ever sent may have been applied; later values never change it."""
    open_sheet(tablet, marking, "A01")
    synced(tablet)
    sent = lose_answers(tablet, 1)
    fill(tablet, {"A1-1-a": "40"})
    badge(tablet, "offline")
    fill(tablet, {"A1-1-a": "41", "A2-1-a": "2"})
    synced(tablet)
    bodies = [operation.body["marks"] for operation in marking.operations()]
    assert bodies == [[["A1", 1, "40"]], [["A1", 1, "41"], ["A2", 1, "2"]]]
    assert sent[0]["operations"][0] == sent[1]["operations"][0]


def test_undo_goes_back_as_far_as_one_likes_also_after_a_reload(marking, tablet):
    open_sheet(tablet, marking, "A01")
    for value in ("40", "41", "42"):
        fill(tablet, {"A1-1-a": value})
    tablet.locator("[data-undo]").click()
    expect(tablet.locator("#A1-1-a")).to_have_value("41")  # the server has a 41 on the way up, too
    marking.has("A01", {"A1/1": "41"})
    tablet.reload()
    shows(tablet, "A01")
    tablet.locator("[data-undo]").click()
    expect(tablet.locator("#A1-1-a")).to_have_value("40")
    tablet.locator("[data-undo]").click()
    expect(tablet.locator("#A1-1-a")).to_have_value("")
    expect(tablet.locator("[data-undo]")).to_be_disabled()
    marking.has("A01", {})


def test_another_judges_sheet_is_not_there(marking, tablet, open_page):
    open_sheet(tablet, marking, "A01")
    fill(tablet, {"A1-1-a": "40"})
    synced(tablet)
    other = open_page(marking.judge("J2"), tablet=True)
    open_sheet(other, marking, "A01")
    expect(other.locator("#A1-1-a")).to_have_value("")


def test_no_name_and_no_unit_is_on_the_judges_pages(marking, tablet):
    open_sheet(tablet, marking, "A01")
    texts = [tablet.content()]
    tablet.get_by_role("link", name="全部编号").click()
    expect(tablet.locator("[data-codes] li")).to_have_count(3)
    texts.append(tablet.content())
    tablet.goto("/marking/")
    expect(tablet.locator(".codes__code")).to_have_count(2)
    texts.append(tablet.content())
    assert not any(word in text for text in texts for word in ("演示选手", "演示重型机械厂"))


def test_enter_does_not_press_another_button(marking, tablet):
    """Trap 5: Enter in a form presses its first button that sends."""
    open_sheet(tablet, marking, "A01")
    fill(tablet, {"A1-1-a": "40"})
    fill(tablet, {"A2-1-a": "3"})
    expect(tablet.locator("#A1-1-a")).to_have_value("40")
    expect(tablet.locator("[data-total]")).to_have_text("2 / 2 项")


TAPS = """() => { for (let n = 0; n < 20; n += 1) {
  const place = document.querySelector(`[data-aspect="L${n % 3 + 1}"]`);
  place.querySelector(`input[value="${n % 4}"]`).click(); } }"""


def test_twenty_taps_in_a_tick_keep_the_last_value_of_each_aspect(kinds, open_page):
    page = open_page(kinds.judge("J1"), tablet=True)
    open_sheet(page, kinds, "A01")
    page.evaluate(TAPS)
    kinds.has("A01", {"L1/1": str(18 % 4), "L2/1": str(19 % 4), "L3/1": str(17 % 4)})


def test_a_tap_belongs_to_the_entry_that_was_shown(kinds, open_page):
    """Trap 1: a mark and the next entry in the same moment."""
    page = open_page(kinds.judge("J1"), tablet=True)
    open_sheet(page, kinds, "A01")
    page.evaluate(
        """() => { document.querySelector('[data-aspect="L1"] input[value="2"]').click();
          location.hash = "A02"; }"""
    )
    shows(page, "A02")
    page.locator('[data-aspect="L1"] .levels__option').nth(3).click()
    kinds.has("A01", {"L1/1": "2"})
    kinds.has("A02", {"L1/1": "3"})


def test_a_value_that_is_still_being_typed_goes_along_when_the_next_entry_is_opened(marking, tablet):
    open_sheet(tablet, marking, "A01")
    tablet.locator("#A1-1-a").fill("44")
    tablet.get_by_role("link", name="下一位").click()
    shows(tablet, "A02")
    expect(tablet.locator("#A1-1-a")).to_have_value("")
    marking.has("A01", {"A1/1": "44"})
    tablet.go_back()
    shows(tablet, "A01")
    expect(tablet.locator("#A1-1-a")).to_have_value("44")


def test_a_whole_sheet_takes_one_tap_or_key_for_each_level(kinds, open_page):
    page = open_page(kinds.judge("J1"))
    open_sheet(page, kinds, "A01")
    for key in ("2", "ArrowRight", "ArrowDown", "3"):
        page.keyboard.press(key)  # an arrow to the side moves the choice and does not go on
    for text in ("9", ".", "5", "Enter", "ArrowRight", "Enter", "1", "Enter", "3", "0", "Enter"):
        page.keyboard.press(text)
    kinds.has("A01", {"L1/1": "2", "L2/1": "1", "L3/1": "3", "S1/1": "9.5", "W1/1": "no", "R1/1": "90"})
    expect(page.locator("[data-review]")).to_be_focused()


def test_the_place_in_hand_is_never_hidden_below_the_bars(kinds, open_page):
    page = open_page(kinds.judge("J1"), tablet=True)
    open_sheet(page, kinds, "A01")
    for level in ("L1", "L2", "L3"):
        page.locator(f'[data-aspect="{level}"] .levels__option').nth(1).click()
        expect(page.locator(".aspect--now")).not_to_have_attribute("id", f"aspect-{level}-1")
    page.wait_for_timeout(700)  # the smooth way
    inside = page.evaluate(
        """() => { const box = document.activeElement.getBoundingClientRect();
          return box.top >= document.querySelector(".identity").getBoundingClientRect().bottom
            && box.bottom <= document.querySelector(".dock").getBoundingClientRect().top; }"""
    )
    assert inside


def test_aspect_by_aspect_goes_from_entry_to_entry(marking, tablet):
    open_list(tablet, marking)
    tablet.get_by_label("评分方式").select_option("A2/1")
    tablet.get_by_role("link", name="下一位：A01").click()
    for code, faults in (("A01", "1"), ("A02", "0"), ("A03", "2")):
        shows(tablet, code)
        expect(tablet.locator("[data-aspect]")).to_have_count(1)
        fill(tablet, {"A2-1-a": faults})
    expect(tablet.locator("[data-codes] li")).to_have_count(3)
    for code, faults in (("A01", "1"), ("A02", "0"), ("A03", "2")):
        marking.has(code, {"A2/1": faults})


def test_a_code_that_is_not_there_is_said_with_one_that_is_alike(marking, tablet):
    open_list(tablet, marking)
    tablet.get_by_label("编码").fill("a10")
    tablet.get_by_label("编码").press("Enter")
    expect(tablet.locator("[data-told]")).to_have_text("没有 A10，您是否要找 A01？")
    tablet.get_by_label("编码").fill("A02")
    tablet.get_by_label("编码").press("Enter")
    shows(tablet, "A02")


def test_blanks_stand_on_top_of_the_review_and_nothing_is_signed_with_them(marking, tablet):
    open_sheet(tablet, marking, "A01")
    fill(tablet, {"A1-1-a": "40"})
    tablet.locator("[data-review]").click()
    expect(tablet.locator("[data-missing]")).to_contain_text("还缺 1 项")
    expect(tablet.locator("[data-sign]")).to_be_disabled()
    expect(tablet.locator("[data-why]")).to_have_text("请补全后再签名。")
    tablet.locator("[data-missing] a").click()
    expect(tablet.locator("#A2-1-a")).to_be_focused()


def test_what_a_colleague_would_ask_has_to_be_answered_before_signing(kinds, open_page):
    page = open_page(kinds.judge("J1"), tablet=True)
    open_sheet(page, kinds, "A01")
    for level in ("L1", "L2", "L3"):
        page.locator(f'[data-aspect="{level}"] .levels__option').nth(2).click()
    fill(page, {"S1-1-a": "5"})
    page.locator('[data-aspect="W1"] .levels__option').first.click()
    fill(page, {"R1-1-a": "1", "R1-1-b": "30"})
    page.locator("[data-review]").click()
    expect(page.locator("[data-questions]")).to_contain_text("所有评价项的级别都相同")
    expect(page.locator("[data-sign]")).to_be_disabled()
    page.get_by_label("已复核，确认无误").check()
    expect(page.locator("[data-sign]")).to_be_enabled()
    expect(page.locator("tbody")).to_contain_text("1:30")


def test_a_tap_that_leaves_the_page_waits_for_the_signature(marking, tablet):
    open_sheet(tablet, marking, "A01")
    fill(tablet, {"A1-1-a": "40", "A2-1-a": "0"})
    tablet.locator("[data-review]").click()
    expect(tablet.locator("[data-sign]")).to_be_enabled()
    tablet.evaluate(
        """() => { const seal = crypto.subtle.encrypt.bind(crypto.subtle);
          const slowly = () => new Promise((go) => setTimeout(go, 600));
          crypto.subtle.encrypt = (...what) => slowly().then(() => seal(...what));
          document.querySelector("[data-sign]").click();
          [...document.querySelectorAll("a")].find((link) => link.pathname === "/marking/").click(); }"""
    )
    expect(tablet).to_have_url(re.compile("/marking/$"))
    marking.until(lambda: marking.state("A01") == "locked")


def test_two_taps_on_sign_are_one_signature(marking, tablet):
    open_sheet(tablet, marking, "A01")
    fill(tablet, {"A1-1-a": "40", "A2-1-a": "0"})
    tablet.locator("[data-review]").click()
    expect(tablet.locator("[data-sign]")).to_be_enabled()
    tablet.evaluate(
        """() => { const sign = document.querySelector("[data-sign]");
          sign.click(); sign.disabled = false; sign.click(); }"""
    )
    marking.until(lambda: marking.state("A01") == "locked")
    synced(tablet)
    assert [operation.kind for operation in marking.operations()].count("sign") == 1
    open_sheet(tablet, marking, "A01")
    expect(tablet.get_by_text("此评分表已签名并锁定")).to_be_visible()
    expect(tablet.locator("#A1-1-a")).to_have_attribute("readonly", "")
