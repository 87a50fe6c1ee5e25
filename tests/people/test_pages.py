"""People in the browser: of the own unions and contests alone, and never with a whole number."""

import pytest
from sqlalchemy import func, select

from competitions.entries.models import Person
from competitions.people.models import PeopleApart, PersonMerge
from core.audit.models import AuditRecord
from tests.client import visible
from tests.factories.accounts import build_user
from tests.factories.events import build_competition, build_event
from tests.factories.organisations import build_union, build_unit
from tests.people.people import add, enter, id_number

NUMBER, PHONE = id_number(701), "13987654777"


@pytest.fixture
def world(session):
    """A union with a unit of two alike people; another union with a unit and a contest of its own."""
    union, other = build_union(session, name="本工会"), build_union(session, name="他工会")
    unit = build_unit(session, name="甲厂", union_id=union.id)
    foreign = build_unit(session, name="乙厂", union_id=other.id)
    event = build_event(session, "registration", competition=build_competition(session, union=union))
    away = build_event(session, "registration", competition=build_competition(session, union=other))
    known = add(session, unit, number=NUMBER, phone=PHONE)
    alike = add(session, unit, phone=PHONE)
    stranger = add(session, foreign, "李演示", number=id_number(702))
    enter(session, known, event)
    enter(session, known, away)
    enter(session, stranger, away)
    return {
        "union": union, "other": other, "event": event, "away": away, "known": known.id, "alike": alike.id,
        "stranger": stranger.id,
    }  # fmt: skip


@pytest.fixture
def organiser(session, browser, world):
    user = build_user(session, grants=[("organiser", "union", world["union"].id)])
    session.commit()
    return browser(user)


def test_an_organiser_sees_the_people_of_the_own_units_and_contests(session, organiser, world):
    organiser.get("/people/")
    assert "张演示" in organiser.page
    assert "李演示" not in organiser.page
    organiser.get(f"/people/{world['stranger']}", 403)
    guest = add(session, build_unit(session), "王演示")
    enter(session, guest, world["event"])
    session.commit()
    organiser.get(f"/people/{guest.id}")
    assert "王演示" in organiser.page


def test_what_others_hold_is_counted_and_not_named(organiser, world):
    organiser.get(f"/people/{world['known']}")
    shown = visible(organiser.page)
    assert "另有 1 项报名属于其他工会的竞赛" in shown


def test_no_page_of_people_shows_a_whole_number(organiser, world):
    page = f"/people/{world['known']}"
    pair = f"{page}/with/{world['alike']}"
    for path in ("/people/", "/people/twins", page, f"{page}/correct", pair):
        organiser.get(path)
        assert NUMBER not in organiser.page
        assert PHONE not in organiser.page
    organiser.post("/people/search", {"text": "张演示"}, 200)
    assert PHONE not in organiser.page
    organiser.get(pair)
    assert "139****4777" in organiser.page
    assert "相同" in visible(organiser.page)


def test_somebody_is_found_by_name_unit_or_whole_number_and_the_search_is_recorded(session, organiser, world):
    looked = {"张演": True, "甲厂": True, NUMBER.lower(): True, NUMBER[:10]: False, "李": False}
    for text, found in looked.items():
        organiser.post("/people/search", {"text": text}, 200)
        assert (f"/people/{world['known']}" in organiser.page) is found, text
    details = session.scalars(
        select(AuditRecord.detail).where(AuditRecord.action == "person:search").order_by(AuditRecord.id)
    ).all()
    assert details == [{"matches": 2}, {"matches": 2}, {"matches": 1}, {"matches": 0}, {"matches": 0}]


def test_whoever_is_entered_elsewhere_too_is_changed_by_the_own_union_alone(session, browser, world):
    """The organiser of the other contest sees the guest; only who stands above all of it may change them."""
    host = build_user(session, grants=[("organiser", "union", world["other"].id)])
    both = build_user(session, grants=[("organiser", "site", 0)])
    session.commit()
    page = browser(host)
    page.get(f"/people/{world['known']}")
    assert "更正" not in visible(page.page)
    page.get(f"/people/{world['known']}/correct", 403)
    page.post(f"/people/{world['known']}/correct", {"name": "x", "reason": "y"}, 403)
    browser(both).get(f"/people/{world['known']}/correct")


def test_an_administrator_a_registrar_and_a_judge_have_no_business_here(session, browser, world):
    places = {"admin": ("site", 0), "registrar": ("site", 0), "judge": ("event", world["event"].id)}
    for role, place in places.items():
        user = build_user(session, grants=[(role, *place)])
        session.commit()
        page = browser(user)
        for path in ("/people/", "/people/twins", f"/people/{world['known']}"):
            page.get(path, 403)


def test_two_records_are_merged_and_parted_again(session, organiser, world):
    pair = f"/people/{world['known']}/with/{world['alike']}"
    organiser.get("/people/twins")
    assert pair in organiser.page
    organiser.post(f"{pair}/merge", {"reason": " "}, 422)
    assert "请填写合并依据" in organiser.page
    organiser.post(f"{pair}/merge", {"reason": "手机号一致，单位已确认"})
    organiser.get(f"/people/{world['known']}")
    assert "手机号一致" in organiser.page
    done = session.scalar(select(PersonMerge.id))
    assert session.scalar(select(func.count(Person.id))) == 2
    session.rollback()
    organiser.post(f"/people/merges/{done}/undo")
    assert session.scalar(select(func.count(Person.id))) == 3
    session.rollback()
    organiser.post(f"/people/merges/{done}/undo", status=409)


def test_two_people_are_kept_apart(session, organiser, world):
    organiser.post(f"/people/{world['known']}/with/{world['alike']}/apart")
    assert session.scalar(select(func.count()).select_from(PeopleApart)) == 1
    session.rollback()
    organiser.get("/people/twins")
    assert "没有疑似同一人的记录" in organiser.page


def test_two_people_of_one_event_cannot_be_merged_and_the_page_says_why(session, organiser, world):
    enter(session, session.get(Person, world["alike"]), world["event"])
    session.commit()
    pair = f"/people/{world['known']}/with/{world['alike']}"
    organiser.get(pair)
    assert "两人都报名了" in organiser.page
    organiser.post(f"{pair}/merge", {"reason": "同一人"}, 422)
    assert "两人都报名了" in organiser.page
    organiser.get(f"/people/{world['known']}/with/{world['known']}")
    organiser.post(f"/people/{world['known']}/with/{world['known']}/merge", {"reason": "同一人"}, 422)
    assert "这是同一条记录" in organiser.page


def test_a_number_that_another_record_has_leads_to_both(organiser, world):
    path = f"/people/{world['alike']}/correct"
    organiser.post(path, {"name": "张演示", "id_number": NUMBER, "reason": "补录"}, 422)
    assert "另一条记录已使用该证件号码" in organiser.page
    assert f"/people/{world['known']}/with/{world['alike']}" in organiser.page
    organiser.post(path, {"name": "张演示", "id_number": "370102", "reason": "补录"}, 422)
    assert "18" in organiser.page
    organiser.post(path, {"name": "张演示", "id_number": id_number(703), "reason": "补录"})
    organiser.get(f"/people/{world['alike']}")
    assert id_number(703) not in organiser.page
    organiser.get("/people/999999", 404)
