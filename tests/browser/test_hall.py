"""What a hall sees in a real browser: a result that is uncovered, and boards that are frozen."""

import pytest
from playwright.sync_api import expect

from core import clock
from scoring.boards import services as boards
from scoring.ceremonies import services as ceremonies
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories.accounts import MOMENT, build_user
from tests.factories.marking import (
    build_event_with,
    build_organiser,
    build_theory_and_practice,
    mark,
    scheme,
    score,
    stage,
    take,
)

pytestmark = [pytest.mark.browser, POSTGRESQL_IN_DEEP]
SCORES = {"演示甲": ("90", "90"), "演示乙": ("80", "80"), "演示丙": ("70", "70"), "演示丁": ("60", "60")}
PRIZES = {"awards": {"tiers": [{"title": "一等奖", "count": 1}, {"title": "二等奖", "count": 2}]}}


def prepared(session, manner, *steps):
    """Return the address of a new screen, its organiser and its event, which is taken these steps."""
    event = build_theory_and_practice(session, SCORES, **PRIZES)
    take(session, event, "tabulate", *steps)
    user = build_organiser(session, event)
    made = ceremonies.prepare(session, event, manner, 1, ref=clock.new_ref(), actor_id=user.id, now=MOMENT)
    session.commit()
    return f"/events/{event.id}/ceremony/{made.ref}", user, event


def shows(page, heading, *names):
    """Expect a heading with these names on the screen, and nobody else's anywhere in the page."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    assert [name for name in SCORES if name in page.content()] == list(names)


def test_a_published_result_is_uncovered_prize_by_prize_with_a_key(session, open_page):
    screen, leader, event = prepared(session, "award", "announce")
    page = open_page(leader)
    page.goto(screen)
    shows(page, event.name)
    page.keyboard.press("Space")
    shows(page, "二等奖", "演示乙", "演示丙")
    page.keyboard.press("ArrowRight")
    shows(page, "一等奖 · 第 1 名", "演示甲")
    page.keyboard.press("ArrowLeft")
    shows(page, "二等奖", "演示乙", "演示丙")
    page.keyboard.press("ArrowRight")
    shows(page, "一等奖 · 第 1 名", "演示甲")
    page.keyboard.press("ArrowRight")
    shows(page, "光荣榜", "演示甲", "演示乙", "演示丙")


def test_a_sealed_result_is_uncovered_from_the_last_and_a_second_screen_follows(session, open_page):
    screen, leader, event = prepared(session, "rank")
    hall = build_user(session, grants=[("supervisor", "event", event.id)])
    session.commit()
    page, other = open_page(leader), open_page(hall)
    for one in (page, other):
        one.goto(screen)
    page.get_by_role("button", name="揭晓").click()
    for one in (page, other):
        shows(one, "第 2 至 4 名", "演示乙", "演示丙", "演示丁")
    page.route("**/ceremony/*", lambda route: route.abort())
    page.get_by_role("button", name="揭晓").click()
    expect(page.get_by_text("网络已断开，未能揭晓，请重试。")).to_be_visible()
    page.unroute("**/ceremony/*")
    page.get_by_role("button", name="揭晓").click()
    for one in (page, other):
        shows(one, "第 1 名", "演示甲")


@pytest.fixture
def follow(session):
    """Return the address of an open board, and what changes it: marks, and acts of whoever leads it."""
    event = build_event_with(session, scheme([stage("P", "实操", [score("P1", "作品")])]), ["甲", "乙", "丙"])
    leader = build_organiser(session, event)

    def do(kind="", code="", points=""):
        if kind:
            boards.act(session, event, kind, actor_id=leader.id, now=MOMENT)
        else:
            mark(session, event, "J1", code, "P", {"P1": points})
        session.commit()

    do(code="A01", points="80")
    do("open")
    return f"/events/{event.id}/live", do


def stands(page, *codes):
    """Expect these codes, from the first place on, after the page has asked again."""
    with page.expect_response("**/live/rows*"):
        page.clock.run_for("00:06")
    expect(page.locator("td.code")).to_have_text(list(codes))


def test_a_frozen_board_that_is_open_in_the_hall_stays_as_it_was_until_it_is_thawed(follow, open_page):
    address, do = follow
    hall, late = open_page(), open_page()
    hall.clock.install()
    hall.goto(f"{address}?screen=1")
    do(code="A02", points="90")
    stands(hall, "A02", "A01")
    do("freeze")
    stands(hall, "A02", "A01")
    expect(hall.get_by_text("已封榜")).to_be_visible()
    do(code="A03", points="100")
    stands(hall, "A02", "A01")
    late.goto(address)
    expect(late.locator("td.code")).to_have_text(["A02", "A01"])
    do("thaw")
    stands(hall, "A03", "A02", "A01")
    expect(hall.get_by_text("已封榜")).to_have_count(0)
