"""Everybody can use each state of the app: axe, 60 px, 320 px, large text, one language."""

import pytest
from playwright.sync_api import expect

from core.database import db
from tests import axe
from tests.browser import gates
from tests.browser.marking import Marking, badge, fill, kept, open_list, open_sheet, ready, synced
from tests.browser.test_offline import elsewhere
from tests.browser.test_sheet import KINDS
from tests.browser.world import entered
from tests.factories.marking import build_event_with, mark, scheme, stage
from tests.sheets.test_looks import JUDGED

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("app", ["sqlite"], indirect=True),
]


@pytest.fixture
def marking(app):
    with app.app_context():
        document = scheme([stage("P", "实操", KINDS)])
        event = build_event_with(
            db.session, document, ["甲", "乙", "丙"], name="焊工决赛", name_en="Welding"
        )
        found = Marking(app, event.id)
        db.session.commit()
    return found


@pytest.mark.parametrize("locale", ["zh", pytest.param("en", marks=pytest.mark.deep)])
def test_every_state_can_be_used_by_everybody(app, marking, open_page, locale):
    page = open_page(marking.judge("J1"), locale=locale)
    axe.bring(page.context)
    with app.app_context():
        tongue = gates.tongues(entered(db.session))[locale]
        db.session.rollback()
    found = []
    for state in (tasks, check, entries, sheet, call, review, uploads, conflict):
        state(page, marking)
        faults = gates.faults(page, locale, tongue, axe=locale == "zh") + in_large_text(page)
        found += [f"{state.__name__}: {fault}" for fault in faults]
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("locale", ["zh", pytest.param("en", marks=pytest.mark.deep)])
def test_what_is_to_be_looked_at_again_can_be_used_by_everybody(app, open_page, locale):
    with app.app_context():
        document = scheme([stage("P", "实操", JUDGED)])
        event = build_event_with(db.session, document, ["甲"], judges=3, name="焊工决赛", name_en="Welding")
        for judge, level in (("J1", "1"), ("J2", "2"), ("J3", "3")):
            mark(db.session, event, judge, "A01", "P", {"L1": level, "L2": "2"})
        marking = Marking(app, event.id)
        db.session.commit()
        tongue = gates.tongues(entered(db.session))[locale]
        db.session.rollback()
    page, found = open_page(marking.judge("J1"), locale=locale), []
    axe.bring(page.context)
    for part in ("", "/review"):
        page.goto(f"/marking/{marking.event_id}/P/#A01{part}")
        expect(page.locator('[data-notice="asked"]:visible, [data-reason]:visible').first).to_be_visible()
        found += gates.faults(page, locale, tongue, axe=locale == "zh") + in_large_text(page)
    assert found == [], "\n".join(found)


def in_large_text(page):
    page.evaluate("() => { document.documentElement.dataset.textSize = '150'; }")
    found = [f"large text, {fault}" for fault in gates.too_wide(page)]
    page.evaluate("() => { delete document.documentElement.dataset.textSize; }")
    return found


def tasks(page, marking):
    page.goto("/marking/")
    expect(page.locator(".codes__code")).to_have_count(1)


def check(page, marking):
    page.goto("/marking/#check")
    expect(page.locator(".check").first).to_be_visible()


def call(page, marking):
    """What one calls for, and what is reported of an entry."""
    page.locator("#call").click()
    expect(page.locator("#call-entry")).to_be_visible()


def entries(page, marking):
    open_list(page, marking)


def sheet(page, marking):
    """A sheet with levels, and with a value that is refused."""
    open_sheet(page, marking, "A01")
    synced(page)
    for level in ("L1", "L2", "L3"):
        page.locator(f'[data-aspect="{level}"] .levels__option').nth(2).click()
    page.locator("#S1-1-a").fill("10.2")
    page.locator("#S1-1-a").press("Enter")
    expect(page.locator("#S1-1-error")).to_be_visible()


def review(page, marking):
    page.keyboard.press("Escape")
    fill(page, {"S1-1-a": "10"})
    page.goto(f"/marking/{marking.event_id}/P/#A01/review")
    expect(page.locator("[data-missing]")).to_be_visible()


def uploads(page, marking):
    synced(page)
    ready(page)
    page.context.set_offline(True)
    open_sheet(page, marking, "A02")
    fill(page, {"S1-1-a": "5"})
    kept(page, 1)
    page.locator("#sync").click()
    expect(page.locator("[data-rows] li")).to_have_count(1)


def conflict(page, marking):
    elsewhere(marking, "A02", {"S1": "6"})
    page.context.set_offline(False)
    badge(page, "conflict")
    page.goto(f"/marking/{marking.event_id}/P/#A02/conflict")
    expect(page.locator("[data-rows] fieldset")).to_have_count(1)
