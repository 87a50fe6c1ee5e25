"""What stands on a page stays while it hears news: a finger or the focus on it is not lost."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from core.database import db
from tests.browser.marking import Marking, fill, open_list, open_sheet, shows, synced
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories.marking import build_event_with, build_organiser, mark, scheme, score, stage
from tests.factories.scoring import build_scoring_event

pytestmark = [pytest.mark.browser, POSTGRESQL_IN_DEEP]


@pytest.fixture
def marking(app):
    with app.app_context():
        found = Marking(app, build_scoring_event(db.session, name="焊工决赛").id)
        db.session.commit()
    return found


@pytest.fixture
def tablet(marking, open_page):
    return open_page(marking.judge("J1"), tablet=True)


def hear(page: Page) -> None:
    """Let the page ask the server for news and show what there is now."""
    with page.expect_response("**/marking/contact"):
        page.evaluate("dispatchEvent(new Event('online'))")


def press(page: Page, link: Locator) -> None:
    """Put a finger on a link, and take it away after the page has heard news."""
    synced(page)
    link.hover()
    page.mouse.down()
    hear(page)
    page.mouse.up()


def test_a_press_on_a_code_opens_its_sheet(marking, tablet):
    open_list(tablet, marking)
    press(tablet, tablet.get_by_role("link", name="A02"))
    shows(tablet, "A02")


def test_a_press_on_a_stage_opens_its_list(tablet):
    tablet.goto("/marking/")
    press(tablet, tablet.locator(".codes__link").first)
    expect(tablet.locator("[data-codes] li")).to_have_count(3)


def test_a_press_in_the_review_leads_to_its_place(marking, tablet):
    open_sheet(tablet, marking, "A01")
    fill(tablet, {"A1-1-a": "40"})
    tablet.locator("[data-review]").click()
    for part in ("tbody", "[data-missing]"):
        tablet.goto(f"/marking/{marking.event_id}/P/#A01/review")
        press(tablet, tablet.locator(part).get_by_role("link").last)
        expect(tablet.locator("#A2-1-a")).to_be_focused()


def test_who_goes_through_the_codes_with_the_keyboard_stays_on_hers(marking, tablet):
    open_list(tablet, marking)
    synced(tablet)
    link = tablet.get_by_role("link", name="A02")
    link.focus()
    hear(tablet)
    expect(link).to_be_focused()


@pytest.fixture
def board(session, open_page):
    """The board of an event of two entries, of which one is marked; and what marks the other meanwhile."""
    event = build_event_with(session, scheme([stage("P", "实操", [score("P1", "作品")])]), ["甲", "乙"])
    mark(session, event, "J1", "A01", "P", {"P1": "80"})
    user = build_organiser(session, event)
    session.commit()
    page = open_page(user)
    page.clock.install()
    page.goto(f"/events/{event.id}/progress")
    expect(page.get_by_role("row", name=re.compile("A02"))).to_contain_text("未评")

    def goes_on():
        mark(session, event, "J1", "A02", "P", {"P1": "70"})
        session.commit()
        page.clock.run_for("00:10")
        expect(page.get_by_role("row", name=re.compile("A02"))).to_contain_text("齐")

    return page, goes_on


def test_a_press_on_the_board_opens_the_entry_while_others_are_marked(board):
    page, goes_on = board
    page.get_by_role("link", name="A01").hover()
    page.mouse.down()
    goes_on()
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"A01"))


def test_the_boards_focus_stays_while_others_are_marked(board):
    page, goes_on = board
    link = page.get_by_role("link", name="A01")
    link.focus()
    link.evaluate("(element) => { element.kept = true; }")
    goes_on()
    expect(link).to_be_focused()
    assert link.evaluate("(element) => element.kept"), "the link was made anew"
