"""What stands in a list stays while the page hears news: a finger or the focus on it is not lost."""

import pytest
from playwright.sync_api import Locator, Page, expect

from core.database import db
from tests.browser.marking import Marking, fill, open_list, open_sheet, shows, synced
from tests.databases import POSTGRESQL_IN_DEEP
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
