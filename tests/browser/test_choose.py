"""A long choice is narrowed while one types; without a script it is there whole."""

import pytest
from playwright.sync_api import expect

from core.database import db
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories.accounts import build_user
from tests.factories.organisations import build_union

pytestmark = [pytest.mark.browser, POSTGRESQL_IN_DEEP]


@pytest.fixture
def unions(app):
    """Return an organiser of fifteen unions, and the number of the thirteenth."""
    with app.app_context():
        top = build_union(db.session, name="演示省总工会", kind="provincial")
        names = [f"演示第{number}市总工会" for number in range(1, 15)]
        rows = [build_union(db.session, name=name, kind="municipal", parent_id=top.id) for name in names]
        organiser = build_user(db.session, grants=[("organiser", "union", top.id)])
        db.session.commit()
        db.session.refresh(organiser)
        db.session.expunge(organiser)
        return organiser, str(rows[12].id)


def test_a_part_of_the_name_and_enter_choose_without_sending_the_form(open_page, unions):
    organiser, wanted = unions
    page = open_page(organiser)
    page.goto("/organisations/units/new")
    choice, search = page.locator("[name=union_id]"), page.locator(".choose input").first
    before = choice.input_value()
    search.fill("第13")
    expect(choice.locator("option")).to_have_count(2)  # what fits, and what is chosen so far
    assert choice.input_value() == before
    search.press("Enter")
    assert choice.input_value() == wanted
    expect(choice.locator("option")).to_have_count(16)  # the fifteen, and: choose one
    search.fill("没有这个工会")
    search.press("Escape")
    assert (search.input_value(), choice.input_value()) == ("", wanted)
    page.locator("[name=name]").fill("演示新厂")
    page.locator("main form [type=submit]").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("组织")
