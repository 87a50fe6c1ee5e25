"""The board with tablets, calls and nudges, and a round that is not closed while something is open."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from competitions.draw.models import EntryCode
from competitions.events import lifecycle
from competitions.events.models import Event
from core import clock
from core.audit.models import AuditRecord
from scoring.devices import rules
from scoring.devices.models import Call, Device
from tests.client import apart, visible
from tests.devices.coming_by import call, come_by
from tests.factories.accounts import build_user
from tests.factories.devices import build_call, build_device, build_held
from tests.factories.scoring import build_scoring_event, sheet_of
from tests.statements import statements_of
from tests.tablet.sending import owner, save, send


@pytest.fixture
def event(session):
    event = build_scoring_event(session)
    session.commit()
    return event


@pytest.fixture
def judge(session, event):
    return owner(session, sheet_of(session, event, "J1", "A01", "P"))


@pytest.fixture
def chief(session, event, browser):
    user = build_user(session, name="演示裁判长", grants=[("chief_judge", "event", event.id)])
    session.commit()
    return browser(user)


@pytest.fixture
def organiser(session, event, browser):
    user = build_user(session, grants=[("organiser", "event", event.id)])
    session.commit()
    return browser(user)


def board(page, event, etag="", **asked):
    headers = {"If-None-Match": f'W/"{etag}"'} if etag else {}
    path, asked = f"/events/{event.id}/progress/board", {"stage": "P"} | asked
    return apart(page.client.get, path, query_string=asked, headers=headers)


def test_the_board_says_of_each_tablet_what_it_told_last(session, browser, event, judge, chief):
    come_by(browser(judge), judge.id, facts={"battery": 17, "persisted": False, "skew": -90}, unsent={"1": 3})
    text = visible(board(chief, event).text)
    assert re.search(r"J1 \S+ 0 / 6 7F3A 在线 3 10 % 旧版本 存储未受保护 时钟不准", text), text
    assert re.search(r"J2 \S+ 0 / 3 今天没有平板连接", text)


def test_who_was_not_there_for_a_while_is_offline_since_then(session, event, chief):
    now = clock.now()
    build_device(session, event, "J1", now - timedelta(minutes=14))
    session.commit()
    since = (now - timedelta(minutes=14)).astimezone(clock.LOCAL)
    assert f"离线（{since:%H:%M} 起）" in visible(board(chief, event).text)


def test_a_contact_that_changes_nothing_on_the_board_costs_a_304(app, session, browser, event, judge, chief):
    tablet = browser(judge)
    come_by(tablet, judge.id)
    first = board(chief, event)
    etag = first.get_etag()[0]
    come_by(tablet, judge.id, facts={"battery": 84, "free": 700})
    found = statements_of(app, board, chief, event, etag)
    assert board(chief, event, etag).status_code == 304
    assert sum(found.values()) <= NOT_MODIFIED, found.most_common()
    come_by(tablet, judge.id, unsent={str(event.id): 1})
    assert board(chief, event, etag).status_code == 200


NOT_MODIFIED = 12


def test_the_filters_narrow_the_board_and_the_page_keeps_them(session, event, chief):
    sheet = sheet_of(session, event, "J2", "A02", "P")
    sheet.state = "returned"
    session.commit()
    text = visible(board(chief, event, show="returned").text)
    assert re.search(r"J1 J2 实操 A02 未评 已退回", text)
    assert "A01 未评" not in text
    text = visible(board(chief, event, judge="J2").text)
    assert re.search(r"J2 实操 A01 未评 ", text)
    opened = chief.get(f"/events/{event.id}/progress?show=returned&judge=J2").text
    assert "show=returned" in re.search(r'data-board="([^"]*)"', opened)[1]
    chief.get(f"/events/{event.id}/progress?show=nonsense&judge=J99&page=x&stage=%00")


def test_a_call_says_the_batch_where_there_are_several(session, browser, event, judge, chief):
    code = session.scalars(select(EntryCode).where(EntryCode.code == "A02")).one()
    code.batch = 2
    session.commit()
    sheet = sheet_of(session, event, "J1", "A02", "P")
    come_by(browser(judge), judge.id, calls=[call("call-00001", event.id, sheet.ref, "equipment")])
    assert "J1 · A02 · 工位 第 2 批 2 号 设备、器材" in visible(board(chief, event).text)


def test_the_big_screen_has_neither_names_nor_marks(session, browser, event, judge, chief):
    sheet = sheet_of(session, event, "J1", "A01", "P")
    tablet = browser(judge)
    come_by(tablet, judge.id)
    send(tablet, judge.id, save("one-00001", sheet.ref, 0, ["A1", 1, "47.5"]))
    whole = chief.get(f"/events/{event.id}/progress/screen?stage=P").text
    for page in (whole, board(chief, event, screen="1").text):
        text = visible(page)
        assert "A01 评分中 未评" in text
        assert "47.5" not in page
        assert "1 / 2" not in text
        assert "演示" not in text.replace("演示裁判长", "")
        assert "在线平板 1 / 1" in text


def test_a_call_says_who_where_and_why_and_its_judge_hears_the_answer(session, browser, event, judge, chief):
    sheet, tablet = sheet_of(session, event, "J1", "A02", "P"), browser(judge)
    made = call("call-00001", event.id, sheet.ref, "equipment")
    assert come_by(tablet, judge.id, calls=[made])["calls"] == [{"id": "call-00001", "state": "open"}]
    assert "J1 · A02 · 工位 2 设备、器材" in visible(board(chief, event).text)
    number = session.scalars(select(Call.id)).one()
    chief.post(f"/events/{event.id}/progress/calls/{number}/coming")
    assert come_by(tablet, judge.id, calls=[made])["calls"] == [{"id": "call-00001", "state": "coming"}]
    assert "正在赶来" in visible(board(chief, event).text)
    chief.post(f"/events/{event.id}/progress/calls/{number}/done")
    chief.post(f"/events/{event.id}/progress/calls/{number}/done")
    assert come_by(tablet, judge.id, calls=[made])["calls"] == [{"id": "call-00001", "state": "done"}]
    session.rollback()
    acts = select(AuditRecord.action).where(AuditRecord.action.startswith("call:")).order_by(AuditRecord.id)
    assert list(session.scalars(acts)) == ["call:make", "call:answer", "call:done", "call:repeat"]


def test_who_stopped_is_reported_by_the_judge_and_recorded_by_another(session, browser, event, judge, chief):
    ref = sheet_of(session, event, "J1", "A02", "P").ref
    session.commit()
    come_by(browser(judge), judge.id, calls=[call("call-00001", event.id, ref, "stopped")])
    where = f"/events/{event.id}/progress/entries/A02"
    assert f'href="{where}?status=dnf#status-status"' in board(chief, event).text
    assert '<option selected value="dnf">' in chief.get(f"{where}?status=dnf").text
    assert '<option selected value="valid">' not in chief.get(f"{where}?status=valid").text


def test_nobody_calls_for_another_event_or_sheet_and_a_flood_of_calls_is_bounded(
    session, browser, event, judge
):
    elsewhere = build_scoring_event(session)
    theirs = sheet_of(session, event, "J2", "A01", "P")
    session.commit()
    wrong = [call("call-00001", elsewhere.id), call("call-00002", event.id, theirs.ref)]
    many = [call(f"many-{number:05d}", event.id) for number in range(rules.MOST_CALLS + 2)]
    told = come_by(browser(judge), judge.id, calls=[*wrong, *many])["calls"]
    states = [row["state"] for row in told]
    assert states == ["refused"] * 2 + ["open"] * rules.MOST_CALLS + ["refused"] * 2


def test_a_judge_is_asked_by_the_tablet_until_it_was_seen(session, browser, event, judge, organiser):
    tablet = browser(judge)
    come_by(tablet, judge.id)
    where = f"/events/{event.id}/progress/judges/J1"
    organiser.post(f"{where}/nudges", {"message": "nonsense"}, 422)
    assert come_by(tablet, judge.id)["nudges"] == []
    organiser.post(f"{where}/nudges", {"message": "finish"})
    (asked,) = come_by(tablet, judge.id)["nudges"]
    assert (asked["event"], asked["message"]) == (event.id, "finish")
    assert re.search(r"\d\d:\d\d 已提醒", visible(organiser.get(where).text))
    assert come_by(tablet, judge.id, seen=[asked["id"]])["nudges"] == []
    assert "已看" in visible(organiser.get(where).text)
    organiser.post(f"/events/{event.id}/progress/judges/J77/nudges", {"message": "finish"}, 404)


def test_a_tablet_is_taken_out_of_service_with_a_reason(session, browser, event, judge, organiser):
    tablet = browser(judge)
    come_by(tablet, judge.id)
    number = session.scalars(select(Device.id)).one()
    where = f"/events/{event.id}/progress/tablets/{number}/withdraw"
    assert "7F3A" in visible(organiser.get(where).text)
    organiser.post(where, {"reason": " "}, 422)
    organiser.post(where, {"reason": "在赛场丢失"})
    assert "停用" in visible(board(organiser, event).text)
    come_by(tablet, judge.id, 401)
    organiser.post(where, {"reason": "再来一次"}, 422)
    other = build_scoring_event(session)
    session.commit()
    organiser.get(f"/events/{other.id}/progress/tablets/{number}/withdraw", 403)


def refusals(session, event):
    session.expire_all()
    found = lifecycle.missing(session, session.get(Event, event.id), "tabulate", clock.now())
    return {refusal.code: refusal.params["count"] for refusal in found if refusal.code.startswith("ROUND")}


def test_a_round_is_not_closed_while_something_is_open_but_by_the_chief_with_a_reason(
    session, event, chief, organiser
):
    assert refusals(session, event) == {}
    now = clock.now()
    build_device(session, event, "J1", now - timedelta(days=2), unsent=3)
    build_call(session, event, "J2", now)
    build_held(session, event, sheet_of(session, event, "J1", "A01", "P"), now, [["A1", 1, "4"]])
    session.commit()
    assert refusals(session, event) == {"ROUND_UNSENT": 3, "ROUND_HELD": 1, "ROUND_CALLS": 1}
    where = f"/events/{event.id}/progress/round"
    assert "只有裁判长" in visible(organiser.get(where).text)
    organiser.post(where, {"reason": "平板损坏"}, 403)
    chief.get(where)
    chief.post(where, {"reason": ""}, 422)
    chief.post(where, {"reason": "平板损坏，已用纸质表补录"})
    assert refusals(session, event) == {}
    build_call(session, event, "J1", now, "safety")
    session.commit()
    assert refusals(session, event) == {"ROUND_CALLS": 1}, "what comes later is not covered"
    chief.post(where, {"reason": "已当面处理"})
    assert refusals(session, event) == {}
    chief.post(where, {"reason": "已当面处理"}, 422)


POISONS = [
    {"more": 1}, {"facts": {"battery": 101}}, {"facts": {"skew": "2"}}, {"facts": {"secure": 1}},
    {"facts": {"extra": True}}, {"unsent": {"x": 1}}, {"unsent": {"1": -1}}, {"unsent": []},
    {"calls": [{}]}, {"calls": [call("short", 1)]}, {"calls": [call("call-00001", 1, reason="boredom")]},
    {"calls": [call("call-00001", 1, "x" * 32)]}, {"seen": ["1"]}, {"proof": "short"}, {"device": "空" * 9},
    {"checked": 1},
]  # fmt: skip


def test_what_no_device_of_ours_says_is_refused_as_a_whole(session, browser, event, judge):
    tablet = browser(judge)
    for wrong in POISONS:
        come_by(tablet, judge.id, 422, **wrong)
    session.rollback()
    assert session.scalars(select(Device)).all() == []


def test_a_judge_who_makes_up_devices_is_stopped(session, browser, event, judge, monkeypatch):
    monkeypatch.setattr(rules, "MOST_DEVICES", 2)
    tablet = browser(judge)
    for number, status in enumerate((200, 200, 409)):
        come_by(tablet, judge.id, status, device=f"made-up-{number}")
