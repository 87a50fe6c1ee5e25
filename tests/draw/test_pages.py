"""The page of the draw: codes for everybody concerned, names only for those who may open the map."""

import json
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from competitions.draw import queries
from competitions.events.models import Event
from core.audit.models import AuditRecord
from tests.client import visible
from tests.factories.accounts import build_user
from tests.factories.entries import build_entry
from tests.factories.events import build_competition, build_event

ROLES = ("organiser", "draw_officer", "supervisor", "chief_judge", "judge", "tabulator", "registrar")


@pytest.fixture
def place(session):
    """A simple contest whose field is closed, and somebody in each role."""
    event = build_event(session, "ready")
    for name in "甲乙丙":
        build_entry(session, event, f"演示选手{name}")
    users = {role: build_user(session, grants=[(role, "event", event.id)]) for role in ROLES}
    session.commit()
    return SimpleNamespace(event=event, path=f"/events/{event.id}/draw", users=users)


def acts(session, action):
    session.rollback()
    found = list(session.scalars(select(AuditRecord.detail).where(AuditRecord.action == action)))
    session.rollback()
    return found


def test_before_and_after_the_draw(session, browser, place):
    page = browser(place.users["organiser"])
    page.get(f"{place.path}/")
    assert "尚未抽签加密" in page.page
    page.post(f"{place.path}/")
    page.get(f"{place.path}/")
    shown = visible(page.page)
    assert all(code in shown for code in ("A01", "A02", "A03"))
    assert "种子指纹" in shown
    page.post(f"{place.path}/", status=409)
    assert len(acts(session, "draw:make")) == 1
    assert "批次 出场序 工位号 加密编号 1 1" in shown


@pytest.mark.parametrize(
    ("profile", "sentence"),
    [
        ("simple", "简易模式下，组织者在成绩页可看到编号对应的选手"),
        ("standard", "组织者看不到编号对应的选手"),
    ],
)
def test_an_organiser_reads_how_the_map_is_kept_and_cannot_open_it(
    session, browser, place, profile, sentence
):
    place.event.competition.profile = profile
    session.commit()
    browser(place.users["draw_officer"]).post(f"{place.path}/")
    page = browser(place.users["organiser"])
    page.get(f"{place.path}/")
    assert "演示选手" not in page.page
    assert sentence in page.page
    page.post(f"{place.path}/map", status=403)


@pytest.mark.parametrize("role", ["draw_officer", "supervisor"])
def test_whoever_may_opens_the_sealed_map_and_each_opening_is_recorded(session, browser, place, role):
    browser(place.users["draw_officer"]).post(f"{place.path}/")
    page = browser(place.users[role])
    page.get(f"{place.path}/")
    assert "演示选手" not in page.page
    page.post(f"{place.path}/map", {"order": "number"}, 200)
    shown = visible(page.page)
    rows = queries.list_codes(session, place.event.id)
    session.rollback()
    assert all(row.code in shown and row.name in shown for row in rows)
    page.post(f"{place.path}/map", {"order": "nonsense"}, 200)
    assert acts(session, "draw:open_map") == [{"entries": 3}] * 2


def test_nobody_else_comes_near_the_map(session, browser, place):
    browser(place.users["draw_officer"]).post(f"{place.path}/")
    for role in ("chief_judge", "judge", "tabulator", "registrar"):
        browser(place.users[role]).get(f"{place.path}/", 403)
        browser(place.users[role]).post(f"{place.path}/map", status=403)
        browser(place.users[role]).post(f"{place.path}/", status=403)
    browser(place.users["supervisor"]).post(f"{place.path}/", status=403)
    assert acts(session, "draw:open_map") == []


def test_whoever_marks_never_opens_the_map_whatever_other_role_they_hold(session, browser, place):
    both = build_user(session, grants=[(role, "event", place.event.id) for role in ("draw_officer", "judge")])
    session.commit()
    page = browser(both)
    page.post(f"{place.path}/")
    page.get(f"{place.path}/")
    page.post(f"{place.path}/map", status=409)
    assert "演示选手" not in page.page
    assert acts(session, "draw:open_map") == []


def test_there_is_no_map_before_the_draw(browser, place):
    browser(place.users["draw_officer"]).post(f"{place.path}/map", status=409)


def test_in_the_larger_profiles_a_draw_officer_draws(session, browser):
    event = build_event(session, "ready", competition=build_competition(session, profile="standard"))
    build_entry(session, event)
    organiser, officer = (
        build_user(session, grants=[(role, "event", event.id)]) for role in ("organiser", "draw_officer")
    )
    session.commit()
    browser(organiser).get(f"/events/{event.id}/draw/")
    browser(organiser).post(f"/events/{event.id}/draw/", status=409)
    browser(officer).post(f"/events/{event.id}/draw/")


def test_earlier_draws_are_told_with_who_when_and_why_they_were_undone(session, browser, place):
    """Drawing until the codes please somebody would leave its traces here, for organiser and supervisor."""
    organiser = browser(place.users["organiser"])
    organiser.get(f"{place.path}/")
    assert "以前的抽签" not in organiser.page
    for reason in ("漏报一人", "再抽一次"):
        organiser.post(f"{place.path}/")
        organiser.post(f"/events/{place.event.id}/steps/reopen_registration", {"reason": reason})
        session.get(Event, place.event.id, populate_existing=True).state = "ready"
        session.commit()
    for role in ("organiser", "supervisor", "draw_officer"):
        page = browser(place.users[role])
        page.get(f"{place.path}/")
        text = visible(page.page)
        assert "以前的抽签 2 次" in text
        assert "漏报一人" in text
        assert "再抽一次" in text
        assert text.count(place.users["organiser"].name) >= 4  # who drew, and who undid it, twice
    organiser.post(f"{place.path}/")
    organiser.get(f"{place.path}/")
    text = visible(organiser.page)
    assert "以前的抽签 2 次" in text  # the draw that stands is not an earlier one
    first = session.query(AuditRecord).filter_by(action="draw:make").order_by(AuditRecord.id).first()
    assert first.detail["seed_sha256"][:8] in text


CHOSEN = {
    "layers": "1", "prefix": "w", "entrant_prefix": "C", "width": "3", "stations": "２",
    "batches": "stations", "amount": "0", "order": "lot", "apart": "y",
}  # fmt: skip


def test_how_it_is_drawn_is_decided_on_its_page_and_told_before_and_after(session, browser, place):
    page = browser(place.users["organiser"])
    page.get(f"{place.path}/")
    assert "A01 – A03" in visible(page.page)
    page.get(f"{place.path}/settings")
    page.post(f"{place.path}/settings", CHOSEN)
    page.get(f"{place.path}/")
    text = visible(page.page)
    assert "W001 – W003" in text
    assert "2 批，每批 1 至 2 项" in text
    (kept,) = acts(session, "draw:settings")
    assert json.loads(kept["settings"])["apart"] is True
    page.post(f"{place.path}/")
    page.get(f"{place.path}/")
    assert "W003" in visible(page.page)
    page.post(f"{place.path}/settings", CHOSEN, 422)
    assert "已经抽过签" in visible(page.page)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"prefix": ""}, "必填"),
        ({"prefix": "J"}, "单独一个 J 代表裁判"),
        ({"stations": "x"}, "0 至 9999"),
        ({"batches": "number", "amount": "0"}, "至少为 1"),
        ({"batches": "all"}, "列表"),
        ({"layers": "2", "entrant_prefix": "W"}, "两种编号须用不同的字母"),
    ],
)
def test_what_cannot_be_is_said_at_the_form_with_what_was_typed(session, browser, place, changed, sentence):
    page = browser(place.users["draw_officer"])
    page.post(f"{place.path}/settings", CHOSEN | changed, 422)
    assert sentence in visible(page.page)
    assert acts(session, "draw:settings") == []


def test_settings_that_do_not_fit_the_field_are_said_on_the_page(session, browser, place):
    page = browser(place.users["organiser"])
    page.post(f"{place.path}/settings", CHOSEN | {"batches": "number", "amount": "4"})
    page.get(f"{place.path}/")
    assert "3 项报名分不成 4 批" in visible(page.page)
    page.post(f"{place.path}/", status=409)


@pytest.mark.parametrize("role", ["supervisor", "chief_judge", "judge", "tabulator", "registrar"])
def test_nobody_else_decides_or_confirms(browser, place, role):
    page = browser(place.users[role])
    page.get(f"{place.path}/settings", 403)
    page.post(f"{place.path}/settings", CHOSEN, 403)
    page.post(f"{place.path}/confirm", status=403)


def test_the_draw_officer_confirms_and_the_page_says_who_and_when(session, browser, place):
    place.event.competition.profile = "standard"
    session.commit()
    officer, organiser = browser(place.users["draw_officer"]), browser(place.users["organiser"])
    officer.post(f"{place.path}/confirm", status=409)
    officer.post(f"{place.path}/")
    organiser.post(f"{place.path}/confirm", status=409)
    officer.get(f"{place.path}/")
    assert "每项已通过的报名都抽到且只抽到一次" in visible(officer.page)
    officer.post(f"{place.path}/confirm")
    organiser.get(f"{place.path}/")
    assert f"确认人：{place.users['draw_officer'].name}" in visible(organiser.page)
    (kept,) = acts(session, "draw:confirm")
    assert kept["entries"] == 3


def test_each_layer_is_opened_by_itself_and_recorded_with_its_number(session, browser, place):
    officer, supervisor = browser(place.users["draw_officer"]), browser(place.users["supervisor"])
    officer.post(f"{place.path}/settings", CHOSEN | {"layers": "3", "apart": ""})
    officer.post(f"{place.path}/")
    officer.get(f"{place.path}/")
    text = visible(officer.page)
    assert "第三层：赛位号 → 作品编号" in text
    assert "W001" not in text  # beside the place it would be the third layer's map
    for layer, told in (("3", "1-"), ("2", "C001"), ("1", "演示选手")):
        supervisor.post(f"{place.path}/layer", {"layer": layer}, 200)
        assert told in supervisor.page
        assert ("演示选手" in supervisor.page) is (layer == "1")
    assert acts(session, "draw:open_layer") == [{"entries": 3, "layer": layer} for layer in (3, 2, 1)]
    supervisor.post(f"{place.path}/layer", {"layer": "4"}, 409)
    supervisor.post(f"{place.path}/map", status=409)
    for paper in ("draw-record.pdf", "check-in.xlsx"):  # neither does a paper open all layers at once
        supervisor.post(f"/events/{place.event.id}/papers/sealed/{paper}", status=409)
    browser(place.users["organiser"]).post(f"{place.path}/layer", {"layer": "1"}, 403)


def test_a_draw_is_handed_out_without_names_and_that_is_recorded(session, browser, place):
    officer = browser(place.users["draw_officer"])
    officer.post(f"{place.path}/replay.json", status=409)
    officer.post(f"{place.path}/")
    answer = officer.post(f"{place.path}/replay.json", status=200)
    assert "演示" not in answer.text
    assert len(answer.get_json()["drawn"]) == 3
    assert acts(session, "draw:export") == [{"entries": 3}]
    browser(place.users["organiser"]).post(f"{place.path}/replay.json", status=403)
