"""What every page promises, shown on the gallery of components in a real browser."""

import hashlib
import json
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests import axe
from tools.gallery import ROOT

pytestmark = pytest.mark.browser
# The pages that people open are looked at in both languages each time (tests/browser/test_pages.py).
LANGUAGES = pytest.mark.parametrize("language", ["zh", pytest.param("en", marks=pytest.mark.deep)])

RULES = [*axe.RULES, "best-practice"]
PAGES = sorted(path.stem for path in (ROOT / "tools" / "gallery_pages").glob("*.html"))
WINDOWS = {"desk": (1280, 800), "tablet": (1024, 1180), "narrow": (320, 640)}
SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")]
  .filter((control) => !control.closest("p, .skip") && control.getBoundingClientRect().width > 0)
  .filter((control) => getComputedStyle(control, "::after").position !== "absolute")
  .filter((control) => Math.max(control.getBoundingClientRect().height,
    control.closest("label")?.getBoundingClientRect().height ?? 0) < 43.5)
  .map((control) => control.outerHTML.slice(0, 120))"""

COUNT_SENT = """document.addEventListener("submit", (event) => {
  event.preventDefault();
  window.sent = (window.sent ?? 0) + 1;
})"""


@pytest.fixture(params=list(WINDOWS))
def window(request, chromium):
    """Open a window of one of the three widths."""
    width, height = WINDOWS[request.param]
    context = chromium.new_context(viewport={"width": width, "height": height})
    yield context
    context.close()


def _open(window, address: str) -> tuple[Page, list[str]]:
    page, complaints = window.new_page(), []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    return page, complaints


@LANGUAGES
def test_no_page_scrolls_sideways_and_everything_can_be_pressed(window, gallery_address, language):
    faults = []
    for name in PAGES:
        page, complaints = _open(window, f"{gallery_address}/{language}/{name}.html")
        too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        small = page.evaluate(SMALL_TARGETS)
        if too_wide > 0 or small or complaints:
            faults.append((name, too_wide, small, complaints))
        page.close()
    assert faults == []


@LANGUAGES
def test_axe_finds_nothing(chromium, gallery_address, language):
    context = chromium.new_context(viewport={"width": 1024, "height": 1180})
    axe.bring(context)
    found = {}
    for name in PAGES:
        page, _complaints = _open(context, f"{gallery_address}/{language}/{name}.html")
        if faults := axe.violations(page, RULES):
            found[name] = faults
        page.close()
    context.close()
    assert found == {}


def test_a_confirmed_button_sends_its_form_once_and_a_refused_one_not_at_all(chromium, gallery_address):
    context = chromium.new_context()
    page, _complaints = _open(context, f"{gallery_address}/zh/results.html")
    page.evaluate(COUNT_SENT)
    page.get_by_role("button", name="确认成绩").click()
    assert page.locator("#confirm button[value=yes]").inner_text() == "确认成绩"
    page.get_by_role("button", name="取消").click()
    assert page.evaluate("window.sent ?? 0") == 0
    page.get_by_role("button", name="确认成绩").click()
    page.locator("#confirm button[value=yes]").click()
    page.wait_for_function("window.sent === 1")
    context.close()


def test_the_text_size_is_kept_on_the_next_page(chromium, gallery_address):
    context = chromium.new_context()
    page, _complaints = _open(context, f"{gallery_address}/zh/event.html")
    page.get_by_role("button", name="特大").click()
    page.goto(f"{gallery_address}/zh/form.html")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "24px"
    assert page.evaluate("document.activeElement.className") == "errors"
    context.close()


def test_the_list_narrows_to_the_rows_that_hold_every_word(chromium, gallery_address):
    context = chromium.new_context()
    page, _complaints = _open(context, f"{gallery_address}/zh/entries.html")
    page.get_by_label("查找").fill("选手 0021")
    assert page.locator("#entrants tbody tr:visible").count() == 1
    assert page.get_by_text("显示 1 / 3").is_visible()
    context.close()


def test_the_menu_of_a_narrow_window_opens_and_closes_by_keyboard(chromium, gallery_address):
    context = chromium.new_context(viewport={"width": 390, "height": 800})
    page, _complaints = _open(context, f"{gallery_address}/zh/event.html")
    assert page.get_by_role("link", name="统计").is_hidden()
    page.get_by_role("button", name="菜单").press("Enter")
    assert page.get_by_role("link", name="统计").is_visible()
    page.keyboard.press("Escape")
    assert page.get_by_role("link", name="统计").is_hidden()
    context.close()


def test_the_checker_is_the_one_that_was_vendored():
    manifest = json.loads((axe.FOLDER / "MANIFEST.json").read_text(encoding="utf-8"))
    assert manifest["files"] == {name: _digest(axe.FOLDER / name) for name in ("LICENSE", "axe.min.js")}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
