"""A ceremony uncovers what was frozen: nothing too early, nothing twice, each step on record."""

import re

import pytest
from sqlalchemy import select

from core.audit.models import AuditRecord
from scoring.ceremonies.models import Ceremony, Uncovered
from scoring.results.queries import list_versions
from scoring.results.services import correct
from scoring.sheets.decisions import Act, set_status
from tests.client import visible
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories.accounts import MOMENT, build_user
from tests.factories.marking import build_theory_and_practice, entry_of, take
from tests.factories.trust import build_tabulated

pytestmark = POSTGRESQL_IN_DEEP
SCORES = {"演示甲": ("90", "90"), "演示乙": ("80", "80"), "演示丙": ("70", "70"), "演示丁": ("60", "60")}
NAMES = list(SCORES)
PRIZES = {"awards": {"tiers": [{"title": "一等奖", "count": 1}, {"title": "二等奖", "count": 2}]}}


@pytest.fixture
def event(session):
    event = build_theory_and_practice(session, SCORES, **PRIZES)
    take(session, event, "tabulate", "announce")
    return event


@pytest.fixture
def leader(session, browser, event):
    user = build_user(session, grants=[("organiser", "event", event.id)])
    session.commit()
    return browser(user)


def prepared(session, leader, event, manner="rank", singly="3"):
    """Return the address of the screen of a new ceremony."""
    leader.post(f"/events/{event.id}/ceremony", {"manner": manner, "singly": singly})
    session.rollback()
    ref = session.scalars(select(Ceremony.ref).order_by(Ceremony.id.desc())).first()
    session.rollback()
    return f"/events/{event.id}/ceremony/{ref}"


def test_a_form_that_is_sent_twice_prepares_one_ceremony(session, leader, event):
    for _time in range(2):
        leader.post(f"/events/{event.id}/ceremony", {"manner": "rank", "singly": "3", "once": "5f" * 16})
    session.rollback()
    assert len(session.scalars(select(Ceremony)).all()) == 1


def names_in(page):
    return [name for name in NAMES if name in page]


def test_a_name_is_in_no_page_before_its_step_is_uncovered(session, leader, event):
    screen = prepared(session, leader, event)
    for uncovered in range(5):
        leader.get(screen)
        shown = names_in(leader.page)
        assert shown == ([NAMES[4 - uncovered]] if uncovered else [])
        for earlier in range(uncovered + 1):
            leader.get(f"{screen}?step={earlier}")
            assert names_in(leader.page) == ([NAMES[4 - earlier]] if earlier else [])
        if uncovered < 4:
            leader.get(f"{screen}?step={uncovered + 1}", 404)
            leader.post(screen, {"number": uncovered + 1})
    leader.get(f"{screen}?step=5")
    assert names_in(leader.page) == NAMES  # the list of honours, when everything is uncovered


def test_every_step_is_on_record_and_a_lost_answer_uncovers_nothing_more(session, leader, event):
    screen = prepared(session, leader, event)
    for number in (1, 1, 2):
        leader.post(screen, {"number": number})
    leader.post(screen, {"number": 4}, 422)
    assert "现在不能揭晓这一项" in visible(leader.page)
    session.rollback()
    steps = session.scalars(select(Uncovered).order_by(Uncovered.number)).all()
    assert [step.number for step in steps] == [1, 2]
    acts = session.execute(
        select(AuditRecord.action, AuditRecord.detail).where(AuditRecord.action.startswith("ceremony:"))
        .order_by(AuditRecord.seq)
    ).all()  # fmt: skip
    assert [act.action for act in acts] == [
        "ceremony:prepare", "ceremony:uncover", "ceremony:repeat", "ceremony:uncover"
    ]  # fmt: skip
    assert acts[1].detail["entries"] == ["A04"]


def test_prizes_come_from_the_lowest_to_the_highest(session, leader, event):
    screen = prepared(session, leader, event, "award", "0")
    told = []
    for number in (1, 2):
        leader.post(screen, {"number": number})
        leader.get(screen)
        told.append((re.search(r"<h1[^>]*>(.*?)</h1>", leader.page)[1], names_in(leader.page)))
    assert told == [("二等奖", ["演示乙", "演示丙"]), ("一等奖 · 第 1 名", ["演示甲"])]


def test_after_a_correction_nothing_more_of_the_old_result_is_uncovered(session, leader, event):
    screen = prepared(session, leader, event)
    leader.post(screen, {"number": 1})
    assert len(list_versions(session, event.id)) == 1
    set_status(session, event, entry_of(session, event, "A01"), "dsq", Act("late", None, "违纪核实", MOMENT))
    correct(session, event, "违纪核实，取消成绩", actor_id=build_user(session).id, now=MOMENT)
    assert len(list_versions(session, event.id)) == 2
    session.commit()
    leader.post(screen, {"number": 2}, 422)
    assert "请按第 2 版重新准备" in visible(leader.page)
    leader.get(screen)
    assert names_in(leader.page) == ["演示丁"]


def test_a_sealed_result_is_uncovered_only_when_nothing_else_forbids_to_announce_it(session, browser):
    found = build_tabulated(session, "strict")
    organiser = browser(found.users["organiser"])
    session.commit()
    organiser.post(f"/events/{found.event.id}/ceremony", {"manner": "rank", "singly": "3"}, 422)
    page = visible(organiser.page)
    assert "尚未复核" in page
    assert "解密" in page
    session.rollback()
    assert session.scalars(select(Ceremony)).all() == []


def test_a_tabulated_result_of_a_simple_event_can_be_uncovered_before_it_is_announced(session, browser):
    event = build_theory_and_practice(session, SCORES)
    take(session, event, "tabulate")
    user = build_user(session, grants=[("organiser", "event", event.id)])
    session.commit()
    organiser = browser(user)
    screen = prepared(session, organiser, event)
    organiser.post(screen, {"number": 1})
    organiser.get(screen)
    assert names_in(organiser.page) == ["演示丁"]


def test_without_a_result_there_is_nothing_to_prepare(session, browser):
    event = build_theory_and_practice(session, SCORES)
    user = build_user(session, grants=[("organiser", "event", event.id)])
    session.commit()
    organiser = browser(user)
    organiser.get(f"/events/{event.id}/ceremony")
    assert "还没有可揭晓的成绩" in visible(organiser.page)
    organiser.post(f"/events/{event.id}/ceremony", {"manner": "rank", "singly": "3"}, 409)


@pytest.mark.parametrize(
    ("manner", "singly", "told"),
    [
        ("rank", "x", "0 至 30"), ("rank", "31", "0 至 30"), ("", "3", "请选择揭晓方式"),
        ("award", "3", "无人可揭晓"),
    ],
)
def test_what_cannot_be_prepared_says_why(session, browser, manner, singly, told):
    event = build_theory_and_practice(session, SCORES)  # without prizes
    take(session, event, "tabulate", "announce")
    user = build_user(session, grants=[("organiser", "event", event.id)])
    session.commit()
    organiser = browser(user)
    organiser.post(f"/events/{event.id}/ceremony", {"manner": manner, "singly": singly}, 422)
    assert told in visible(organiser.page)


def test_a_supervisor_leads_a_ceremony_but_prepares_none(session, leader, browser, event):
    screen = prepared(session, leader, event)
    user = build_user(session, grants=[("supervisor", "event", event.id)])
    session.commit()
    supervisor = browser(user)
    supervisor.post(screen, {"number": 1})
    supervisor.post(f"/events/{event.id}/ceremony", {"manner": "rank", "singly": "3"}, 403)
