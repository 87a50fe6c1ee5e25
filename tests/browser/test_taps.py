"""Fast entry, counted: a sheet of eight aspects in eight taps and its digits, without scrolling by hand."""

import pytest
from playwright.sync_api import Page, expect

from core.database import db
from tests.browser.marking import Marking, open_sheet, synced
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories.marking import build_event_with, scheme, score, stage

pytestmark = [pytest.mark.browser, POSTGRESQL_IN_DEEP]
LEVELS = ["低于标准", "达到标准", "部分优于标准", "优秀"]
ASPECTS = [
    *({"code": f"L{n}", "title": f"外观 {n}", "kind": "judgement", "max": "6", "levels": LEVELS}
      for n in range(5)),
    {"code": "W1", "title": "安全", "kind": "measurement", "entry": "pass", "max": "4"},
    score("S1", "尺寸", "10", step="0.5"),
    score("S2", "用料", "10", step="0.5"),
]  # fmt: skip
# Where to put the finger now: in the middle of what is shown, if it stands clear of both bars and at rest.
CLEAR = """async (selector) => {
  const found = document.querySelector(selector);
  const at = () => found?.getBoundingClientRect();
  const before = at();
  await new Promise((resolve) => { setTimeout(resolve, 60); });
  const { left, top, width, height } = at() ?? {};
  const low = document.querySelector(".dock").getBoundingClientRect().top;
  const high = document.querySelector(".identity").getBoundingClientRect().bottom;
  const inDock = Boolean(found?.closest(".dock, .keypad"));
  const clear = found && before.top === top && (inDock || (top >= high && top + height <= low));
  return clear ? [left + width / 2, top + height / 2] : null; }"""


@pytest.fixture
def marking(app):
    with app.app_context():
        document = scheme([stage("P", "实操", ASPECTS)])
        event = build_event_with(db.session, document, ["甲", "乙"], name="焊工决赛")
        found = Marking(app, event.id)
        db.session.commit()
    return found


def tap(page: Page, selector: str) -> None:
    """Put a finger where something stands now; nothing is scrolled for it."""
    for _attempt in range(100):
        place = page.evaluate(CLEAR, selector)
        if place:
            page.touchscreen.tap(*place)
            return
    raise AssertionError(f"{selector} does not come under the finger by itself")


def test_a_sheet_of_eight_aspects_takes_eight_taps_and_its_digits(marking, open_page):
    page = open_page(marking.judge("J1"), tablet=True)
    open_sheet(page, marking, "A01")
    page.evaluate(
        """() => { globalThis.taps = 0;
          addEventListener("pointerdown", ({ target }) => {
            const digit = /^[0-9.]$/.test(target.closest("[data-key]")?.dataset.key);
            if (!digit) globalThis.taps += 1; }, true); }"""
    )
    for aspect in ("L0", "L1", "L2", "L3", "L4"):
        tap(page, f'.aspect--now [data-aspect="{aspect}"] .levels__option:nth-of-type(3)')
    tap(page, '.aspect--now [data-aspect="W1"] .levels__option:nth-of-type(1)')
    for aspect, digits in (("S1", "9.5"), ("S2", "7")):
        expect(page.locator(f'.aspect--now [data-aspect="{aspect}"]')).to_be_visible()
        for key in (*digits, "next"):
            tap(page, f"[data-key='{key}']")
    assert page.evaluate("taps") == 8
    levels = {f"L{number}/1": "2" for number in range(5)}
    marking.has("A01", levels | {"W1/1": "yes", "S1/1": "9.5", "S2/1": "7"})
    expect(page.locator("[data-review]")).to_be_focused()
    synced(page)
