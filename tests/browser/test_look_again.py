"""Looking again on the device: what is asked and nothing else, with a reason, also without a network."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from competitions.events.models import Event
from core.database import db
from scoring.sheets.models import SecondLook
from tests.browser.marking import Marking, open_list, open_sheet, ready, shows, synced
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories.marking import build_event_with, mark, scheme, stage
from tests.sheets.test_looks import JUDGED

pytestmark = [pytest.mark.browser, POSTGRESQL_IN_DEEP]


@pytest.fixture
def marking(app):
    with app.app_context():
        document = scheme([stage("P", "实操", JUDGED)])
        event = build_event_with(db.session, document, ["甲", "乙"], judges=3, name="焊工决赛")
        for judge, level in (("J2", "2"), ("J3", "3")):
            mark(db.session, event, judge, "A01", "P", {"L1": level, "L2": "2"})
        found = Marking(app, event.id)
        db.session.commit()
    return found


def hand_in(marking, level):
    def act(session):
        mark(session, session.get(Event, marking.event_id), "J1", "A01", "P", {"L1": level, "L2": "2"})
        session.commit()

    marking.ask(act)


def test_a_judge_looks_again_at_what_is_asked_and_keeps_it_without_a_network(marking, open_page):
    hand_in(marking, "1")
    page = marking.page = open_page(marking.judge("J1"), tablet=True)
    open_list(page, marking)
    expect(page.locator("[data-codes] li").first).to_contain_text("请复核")
    synced(page)
    ready(page)
    page.context.set_offline(True)
    open_sheet(page, marking, "A01")
    expect(page.get_by_text("请复核以下评分")).to_be_visible()
    expect(page.locator("[data-aspect]")).to_have_count(1)
    expect(page.locator('[data-aspect="L1"] input[value="1"]')).to_be_checked()
    page.locator("[data-review]").click()
    expect(page.locator("[data-why]")).to_have_text("请先写明维持或更改的理由，再签名。")
    expect(page.locator("[data-sign]")).to_be_disabled()
    page.get_by_role("button", name="已复核，维持原评分").click()
    page.locator("[data-sign]").click()
    shows(page, "A02")
    open_sheet(page, marking, "A01")
    expect(page.get_by_text("此评分表已签名，签名待上传")).to_be_visible()
    page.context.set_offline(False)
    marking.until(lambda: marking.state("A01") == "locked")
    assert looks(marking) == [("kept", "1", "1", "已复核，维持原评分"), ("", "3", "", "")]


def test_a_request_that_comes_while_the_sheet_is_open_shows_at_once_and_a_change_is_an_answer(
    marking, open_page
):
    page = marking.page = open_page(marking.judge("J1"), tablet=True)
    open_sheet(page, marking, "A01")
    synced(page)
    hand_in(marking, "0")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_text("请复核以下评分")).to_be_visible()
    expect(page.locator("[data-aspect]")).to_have_count(1)
    page.locator('[data-aspect="L1"] .levels__option').nth(2).click()
    page.locator("[data-review]").click()
    page.get_by_role("button", name="此前看错，予以更正").click()
    page.locator("[data-sign]").click()
    marking.until(lambda: marking.state("A01") == "locked")
    assert looks(marking)[0] == ("changed", "0", "2", "此前看错，予以更正")


def looks(marking):
    statement = select(SecondLook).order_by(SecondLook.sheet_id)
    rows = marking.ask(lambda session: list(session.scalars(statement)))
    return [(row.outcome, row.before, row.after, row.note) for row in rows]
