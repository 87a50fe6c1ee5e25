"""The organiser's board and ranking in a real browser: true without reloading, opened in place."""

import re

import pytest
from playwright.sync_api import expect

from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories.marking import build_event_with, build_organiser, mark, scheme, score, stage

pytestmark = [pytest.mark.browser, POSTGRESQL_IN_DEEP]


@pytest.fixture
def event(session):
    event = build_event_with(session, scheme([stage("P", "实操", [score("P1", "作品")])]), ["甲", "乙"])
    mark(session, event, "J1", "A01", "P", {"P1": "80"})
    session.commit()
    return event


@pytest.fixture
def organiser(session, event):
    user = build_organiser(session, event)
    session.commit()
    return user


def test_the_board_follows_what_judges_do_without_being_loaded_anew(session, event, organiser, open_page):
    page = open_page(organiser)
    page.clock.install()
    page.goto(f"/events/{event.id}/progress")
    expect(page.get_by_role("row", name=re.compile("A02"))).to_contain_text("未评")
    mark(session, event, "J1", "A02", "P", {"P1": "70"})
    session.commit()
    page.clock.run_for("00:10")
    expect(page.get_by_role("row", name=re.compile("A02"))).to_contain_text("齐")
    expect(page.get_by_text("已经评齐")).to_be_visible()
    page.route("**/progress/board*", lambda route: route.abort())
    page.clock.run_for("00:10")
    expect(page.get_by_text("连接中断")).to_be_visible()
    page.unroute("**/progress/board*")
    page.clock.run_for("00:10")
    expect(page.get_by_text("连接中断")).to_have_count(0)


def test_a_row_opens_in_place_and_closes_again(event, organiser, open_page):
    page = open_page(organiser)
    page.goto(f"/events/{event.id}/results")
    link = page.get_by_role("link", name="A01")
    link.click()
    expect(page.locator(".table__more")).to_contain_text("作品 80.00")
    expect(link).to_have_attribute("aria-expanded", "true")
    assert page.url.endswith("/results")
    link.click()
    expect(page.locator(".table__more")).to_have_count(0)
