"""The link of an invited judge: copied with one click, also over plain http, where there is no clipboard."""

import pytest
from playwright.sync_api import expect

from core.database import db
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories.accounts import build_user
from tests.factories.events import build_event

pytestmark = [pytest.mark.browser, POSTGRESQL_IN_DEEP]
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: undefined})"


@pytest.fixture
def invite(app, open_page):
    """Return the page that shows the link of a judge who was just invited."""
    with app.app_context():
        event = build_event(db.session, "registration")
        organiser = build_user(db.session, grants=[("organiser", "union", event.competition.union_id)])
        db.session.commit()
        db.session.refresh(organiser)
        db.session.expunge(organiser)
        path = f"/events/{event.id}/judges/new"

    def invited(script=""):
        page = open_page(organiser)
        if script:
            page.add_init_script(script)
        page.goto(path)
        page.locator("[name=new-name]").fill("演示新裁判")
        page.locator("[name=new-login]").fill("xincaipan")
        page.locator("[name=new-login]").press("Enter")
        return page

    return invited


@pytest.mark.parametrize("script", ["", NO_CLIPBOARD], ids=["clipboard", "plain-http"])
def test_the_link_is_copied_and_the_button_says_so(invite, script):
    page = invite(script)
    page.get_by_role("button", name="复制").click()
    expect(page.locator("[data-copy]")).to_have_text("已复制")
    chosen = page.evaluate("getSelection().toString() || document.activeElement.value")
    assert "/accounts/link#" in chosen
