"""Public boards show finished entries by code; frozen they show that moment, whatever comes afterwards."""

import pytest
from sqlalchemy import select

from core.audit.models import AuditRecord
from scoring.sheets import services
from tests.client import visible
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories.accounts import MOMENT, build_user
from tests.factories.marking import THEORY_AND_PRACTICE, build_event_with, mark, scheme
from tests.factories.scoring import sheet_of
from tests.factories.trust import build_tabulated
from tests.tablet.sending import owner

pytestmark = POSTGRESQL_IN_DEEP


@pytest.fixture
def event(session):
    """Three entrants: A01 and A02 are finished, A03 lacks its practice."""
    event = build_event_with(session, scheme(THEORY_AND_PRACTICE), ("演示甲", "演示乙", "演示丙"))
    for code, points in (("A01", "80"), ("A02", "90")):
        mark(session, event, "J1", code, "T", {"Q1": points})
        mark(session, event, "J1", code, "P", {"P1": points})
    mark(session, event, "J1", "A03", "T", {"Q1": "100"})
    return event


@pytest.fixture
def leader(session, browser, event):
    user = build_user(session, grants=[("organiser", "event", event.id)])
    session.commit()
    return browser(user)


def act(leader, event, kind, status=302):
    leader.post(f"/events/{event.id}/live/lead", {"act": kind}, status)


def shown(stranger, event):
    """Return the lines of the public board: place, code, total."""
    stranger.get(f"/events/{event.id}/live")
    words = visible(stranger.page).split()
    return [words[at - 1 : at + 2] for at, word in enumerate(words) if word in ("A01", "A02", "A03")]


def finish(session, event):
    mark(session, event, "J1", "A03", "P", {"P1": "100"})
    session.commit()


FIRST = [["1", "A02", "90.00"], ["2", "A01", "80.00"]]
THEN = [["1", "A03", "100.00"], ["2", "A02", "90.00"], ["3", "A01", "80.00"]]


def test_only_finished_entries_stand_there_by_code(session, browser, leader, event):
    stranger = browser()
    stranger.get(f"/events/{event.id}/live", 404)
    act(leader, event, "open")
    assert shown(stranger, event) == FIRST
    assert "演示甲" not in stranger.page
    mark(session, event, "J1", "A03", "P", {"P1": "100"}, sign=False)  # entered, not signed
    session.commit()
    assert shown(stranger, event) == FIRST
    sheet = sheet_of(session, event, "J1", "A03", "P")
    signed = services.SheetOperation("sign-at-last", sheet.ref, sheet.version)
    services.sign_sheet(session, event, sheet, signed, MOMENT)
    session.commit()
    assert shown(stranger, event) == THEN


def test_a_frozen_board_keeps_its_moment_until_it_is_thawed(session, browser, leader, event):
    stranger = browser()
    act(leader, event, "open")
    act(leader, event, "freeze")
    finish(session, event)
    assert shown(stranger, event) == FIRST
    assert "已封榜" in visible(stranger.page)
    leader.get(f"/events/{event.id}/live/lead")
    assert "封榜时榜上有 2 项，现在已有 3 项" in visible(leader.page)
    act(leader, event, "thaw")
    assert shown(stranger, event) == THEN
    session.rollback()
    acts = session.scalars(
        select(AuditRecord.action).where(AuditRecord.action.startswith("board:")).order_by(AuditRecord.seq)
    ).all()
    assert acts == ["board:open", "board:freeze", "board:thaw"]


def test_a_frozen_big_screen_keeps_the_progress_of_that_moment(session, leader, event):
    screen = f"/events/{event.id}/progress/screen"
    act(leader, event, "open")
    act(leader, event, "freeze")
    leader.get(f"/events/{event.id}/live/lead")  # what was done is told there once
    leader.get(screen)
    before = visible(leader.page)
    finish(session, event)
    leader.get(screen)
    frozen = visible(leader.page)
    assert "已封榜" in frozen
    assert frozen == before
    leader.get(f"/events/{event.id}/progress")
    assert "已封榜" not in visible(leader.page)  # whoever works here sees how it is
    act(leader, event, "thaw")
    leader.get(screen)
    assert visible(leader.page) != before


def test_the_boards_are_led_in_their_order_and_by_whom_they_concern(session, browser, leader, event):
    act(leader, event, "freeze", 422)
    assert "公开大屏的状态已改变" in visible(leader.page)
    act(leader, event, "nonsense", 400)
    judge = browser(sheet_owner(session, event))
    act(judge, event, "open", 403)
    act(leader, event, "open")
    act(leader, event, "close")
    browser().get(f"/events/{event.id}/live", 404)


def sheet_owner(session, event):
    user = owner(session, sheet_of(session, event, "J1", "A01", "T"))
    session.commit()
    return user


def test_a_tabulated_event_shows_its_version_by_code(session, browser):
    found = build_tabulated(session, "standard")
    organiser = browser(found.users["organiser"])
    act(organiser, found.event, "open")
    stranger = browser()
    assert [line[1] for line in shown(stranger, found.event)] == ["A01", "A02", "A03"]
    assert "演示选手" not in stranger.page
