"""What comes from a withdrawn device, card or judge waits for the chief judge: never lost, never counted."""

import re

import pytest
from sqlalchemy import select

from accounts import cards, identity
from accounts import services as accounts
from accounts.models import User
from accounts.queries import find_grant
from competitions.judges import services as judges
from core import clock
from core.audit.models import AuditRecord
from scoring.devices import queries, rules, services
from scoring.devices.models import Device, HeldOperation
from scoring.sheets import ledger
from scoring.sheets.models import LedgerOperation
from scoring.sheets.queries import marks_of
from scoring.sheets.rules import MarkKey
from tests.client import Browser, visible
from tests.devices.coming_by import REF, come_by, hand_in
from tests.factories.accounts import build_user
from tests.factories.scoring import build_judge, build_scoring_event, sheet_of
from tests.tablet.sending import owner, save, sign

SHOWN = ("version", "shown")
GOOD = [["A1", 1, "40"], ["A2", 1, "1"]]


@pytest.fixture
def event(session):
    event = build_scoring_event(session)
    session.commit()
    return event


@pytest.fixture
def sheet(session, event):
    return sheet_of(session, event, "J1", "A01", "P")


@pytest.fixture
def judge(session, sheet):
    return owner(session, sheet)


@pytest.fixture
def chief(session, event):
    user = build_user(session, grants=[("chief_judge", "event", event.id)])
    session.commit()
    return user


@pytest.fixture
def tablet(browser, judge):
    found = browser(judge)
    come_by(found, judge.id)
    return found


def send(browser, user_id, *operations, status=200):
    body = {"judge": identity.who(user_id), "device": REF, "operations": list(operations)}
    return browser.post_json("/marking/operations", body, status)


def withdraw(session, event, actor):
    device = session.scalars(select(Device)).one()
    services.revoke_device(session, device, "丢失", event_id=event.id, actor_id=actor.id, now=clock.now())
    session.commit()


def held(session):
    session.rollback()
    return list(session.scalars(select(HeldOperation).order_by(HeldOperation.id)))


def written(session):
    session.rollback()
    marked = select(LedgerOperation).where(LedgerOperation.kind.in_(("save", "sign")))
    return list(session.scalars(marked.order_by(LedgerOperation.seq)))


def decide(browser, event, sheet, decision, reason="裁判当面确认", status=302, **changes):
    """Open the page and decide about what it shows, as the form does."""
    opened = browser.get(f"/events/{event.id}/progress/quarantine").text
    prefix = f"s{sheet.ref[:8]}-"
    fields = {name: re.search(rf'name="{prefix}{name}"[^>]*value="([^"]*)"', opened)[1] for name in SHOWN}
    data = {f"{prefix}{name}": value for name, value in (fields | {"reason": reason} | changes).items()}
    return browser.post(f"/events/{event.id}/progress/quarantine/{sheet.ref}/{decision}", data, status)


def test_a_withdrawn_tablet_is_signed_out_and_hands_in_what_it_holds(
    session, event, sheet, judge, chief, tablet
):
    withdraw(session, event, chief)
    operations = [save("one-00001", sheet.ref, 0, *GOOD), sign("one-00002", sheet.ref, 1, *GOOD)]
    send(tablet, judge.id, *operations, status=401)
    told = hand_in(tablet, judge.id, *operations)
    assert told["reason"] == "device_revoked"
    assert told["verdicts"] == [
        {"op_id": f"one-0000{number}", "outcome": "held", "reason": "device_revoked"} for number in (1, 2)
    ]
    assert [(row.operation_id, row.stated) for row in held(session)] == [
        (operation["op_id"], operation) for operation in operations
    ]
    assert written(session) == []
    assert marks_of(session, sheet.id) == {}
    for _again in range(3):
        assert hand_in(tablet, judge.id, *operations) == told
    assert len(held(session)) == 2


def test_the_device_needs_no_cookie_and_a_wrong_secret_opens_nothing(
    app, session, event, sheet, judge, chief, tablet
):
    operation = save("one-00001", sheet.ref, 0, *GOOD)
    stranger = Browser(app)
    assert hand_in(stranger, judge.id, operation, status=401) == {"outcome": "sign_in"}, "it stands"
    withdraw(session, event, chief)
    hand_in(stranger, judge.id, operation, status=401, proof="6" * 64)
    assert held(session) == []
    assert hand_in(stranger, judge.id, operation)["verdicts"][0]["outcome"] == "held"


def test_who_signs_in_again_on_a_withdrawn_device_adds_to_the_quarantine_as_well(
    session, browser, event, sheet, judge, chief, tablet
):
    withdraw(session, event, chief)
    again = browser(judge)
    assert come_by(again, judge.id)["revoked"] is True
    (told,) = send(again, judge.id, save("one-00001", sheet.ref, 0, *GOOD))["verdicts"]
    assert (told["outcome"], told["reason"]) == ("held", "device_revoked")
    assert written(session) == []


def test_what_was_applied_before_keeps_its_first_answer(session, event, sheet, judge, chief, tablet):
    operation = save("one-00001", sheet.ref, 0, *GOOD)
    (first,) = send(tablet, judge.id, operation)["verdicts"]
    withdraw(session, event, chief)
    assert hand_in(tablet, judge.id, operation)["verdicts"] == [first]
    assert held(session) == []
    changed = save("one-00001", sheet.ref, 0, ["A1", 1, "41"])
    assert hand_in(tablet, judge.id, changed)["verdicts"][0]["outcome"] == "reused"
    assert held(session) == []


def test_the_chief_judge_takes_over_as_witness_and_the_marks_are_the_judges(
    session, browser, event, sheet, judge, chief, tablet
):
    withdraw(session, event, chief)
    operations = [
        save("one-00001", sheet.ref, 0, *GOOD), save("one-00002", sheet.ref, 1, ["A1", 1, "42.5"]),
        sign("one-00003", sheet.ref, 2, ["A1", 1, "42.5"], ["A2", 1, "1"]),
    ]  # fmt: skip
    told = hand_in(tablet, judge.id, *operations)
    page = browser(chief)
    text = visible(page.get(f"/events/{event.id}/progress/quarantine").text)
    assert "J1 · A01" in text
    assert "综合评分 42.5 —" in text
    decide(page, event, sheet, "take")
    entered = written(session)
    assert [(row.operation_id, row.kind, row.actor_id) for row in entered] == [
        ("one-00001", "save", judge.id), ("one-00002", "save", judge.id), ("one-00003", "sign", judge.id),
    ]  # fmt: skip
    assert all(row.body["desk"]["witness"] == chief.id for row in entered)
    assert entered[0].body["desk"]["reason"] == "裁判当面确认"
    assert ledger.first_broken(session, event.id) is None
    assert marks_of(session, sheet.id) == {MarkKey("A1", 1): "42.5", MarkKey("A2", 1): "1"}
    session.refresh(sheet)
    assert sheet.state == "locked"
    assert hand_in(tablet, judge.id, *operations) == told, "the same verdict for ever"
    assert len(written(session)) == 3


def test_what_is_dismissed_stays_on_record_with_its_reason(
    session, browser, event, sheet, judge, chief, tablet
):
    withdraw(session, event, chief)
    hand_in(tablet, judge.id, save("one-00001", sheet.ref, 0, *GOOD))
    page = browser(chief)
    decide(page, event, sheet, "dismiss", reason=" ", status=422)
    decide(page, event, sheet, "dismiss", reason="误录")
    (row,) = held(session)
    assert (row.state, row.decision, row.stated["marks"]) == ("dismissed", "误录", GOOD)
    assert written(session) == []
    told = visible(page.get(f"/events/{event.id}/progress/quarantine").text)
    assert "J1 · A01 · 实操 综合评分：40 咬边：1 " in told
    assert f"平板 {rules.short_name(REF)} 不予采纳" in told
    assert "误录" in told
    action = select(AuditRecord.action).where(AuditRecord.action.startswith("quarantine:"))
    assert list(session.scalars(action.order_by(AuditRecord.id))) == ["quarantine:hold", "quarantine:dismiss"]


def test_nobody_decides_about_what_has_changed_since_or_what_was_not_shown(
    session, browser, event, sheet, judge, chief, tablet
):
    withdraw(session, event, chief)
    hand_in(tablet, judge.id, save("one-00001", sheet.ref, 0, *GOOD))
    page = browser(chief)
    decide(page, event, sheet, "take", version="5", status=422)
    assert "已有变化" in visible(page.page)
    decide(page, event, sheet, "take", shown="999", status=422)
    assert written(session) == []
    other = browser(judge)
    body = {"judge": identity.who(judge.id), "device": "another-tablet", "operations": [
        save("two-00001", sheet.ref, 0, *GOOD), sign("two-00002", sheet.ref, 1, *GOOD)]}  # fmt: skip
    other.post_json("/marking/operations", body)
    decide(page, event, sheet, "take", status=422)  # signed meanwhile, from a tablet that is in service
    assert "退回" in visible(page.page)
    assert [row.state for row in held(session)] == ["open"]


def test_a_judge_whose_work_was_stopped_hands_in_and_after_resuming_nothing_is_doubled(
    session, browser, event, sheet, judge, chief, tablet
):
    grant = find_grant(session, judge.id, "judge", "event", event.id)
    accounts.withdraw_grant(session, session.get(User, judge.id), grant, actor_id=chief.id, now=clock.now())
    session.commit()
    operation = save("one-00001", sheet.ref, 0, *GOOD)
    send(tablet, judge.id, operation, status=403)
    assert hand_in(tablet, judge.id, operation)["reason"] == "appointment_ended"
    user = session.get(User, judge.id)
    accounts.give_grant(session, user, "judge", ("event", event.id), actor_id=chief.id, now=clock.now())
    session.commit()
    assert send(tablet, judge.id, operation)["verdicts"][0]["outcome"] == "held", "it waits where it is"
    decide(browser(chief), event, sheet, "take")
    assert len(written(session)) == 1


def test_who_still_judges_elsewhere_needs_no_door_and_a_dismissed_judges_marks_cannot_count(
    session, browser, event, sheet, judge, chief, tablet
):
    elsewhere = build_scoring_event(session, judges=0)
    build_judge(session, elsewhere, 1, user=judge)
    accounts.give_grant(session, judge, "judge", ("event", elsewhere.id), actor_id=chief.id, now=clock.now())
    session.flush()
    appointed = next(row for row in judges.queries.list_appointments(session, event.id) if row.code == "J1")
    judges.dismiss(session, event, appointed, "退出", actor_id=chief.id, now=clock.now())
    session.commit()
    (told,) = send(tablet, judge.id, save("one-00001", sheet.ref, 0, *GOOD))["verdicts"]
    assert (told["outcome"], told["reason"]) == ("held", "appointment_ended")
    page = browser(chief)
    decide(page, event, sheet, "take", status=422)
    assert "不再评" in visible(page.page)
    decide(page, event, sheet, "dismiss")
    assert written(session) == []


def test_a_revoked_card_leads_to_the_door_and_a_new_one_back_to_the_ordinary_way(
    app, session, event, sheet, judge, chief
):
    today = clock.today()
    secrets, holder = cards.draw_secrets(), cards.Holder(judge.id, judge.login, event.id)
    days = cards.Days(today, today)
    cards.issue(session, holder, days, secrets, actor_id=chief.id, now=clock.now())
    session.commit()
    tablet = Browser(app)
    tablet.post("/card", {"code": secrets.token, "pin": secrets.pin})
    come_by(tablet, judge.id)
    renewed = cards.draw_secrets()
    cards.issue(session, holder, days, renewed, actor_id=chief.id, now=clock.now())
    session.commit()
    first, second = (save(f"one-0000{number}", sheet.ref, number - 1, *GOOD) for number in (1, 2))
    assert hand_in(tablet, judge.id)["reason"] == "card_revoked"
    (told,) = hand_in(tablet, judge.id, first)["verdicts"]
    assert (told["outcome"], told["reason"]) == ("held", "card_revoked")
    tablet.post("/card", {"code": renewed.token, "pin": renewed.pin})
    come_by(tablet, judge.id)
    hand_in(tablet, judge.id, second, status=401)
    assert send(tablet, judge.id, second | {"base": 0})["verdicts"][0]["outcome"] == "applied"


def test_a_flood_is_bounded_and_what_is_refused_stays_on_the_device(
    session, event, sheet, judge, chief, tablet, monkeypatch
):
    withdraw(session, event, chief)
    monkeypatch.setattr(rules, "MOST_HELD", 2)
    operations = [save(f"one-{number:05d}", sheet.ref, 0, *GOOD) for number in range(4)]
    told = [row["outcome"] for row in hand_in(tablet, judge.id, *operations)["verdicts"]]
    assert told == ["held", "held", "full", "full"]
    records = len(list(session.scalars(select(AuditRecord.id))))
    nonsense = [{"op_id": "nonsense"}, save("far-00001", "f" * 32, 0, *GOOD), *operations]
    told = [row["outcome"] for row in hand_in(tablet, judge.id, *nonsense)["verdicts"]]
    assert told == ["unreadable", "not_yours", "held", "held", "full", "full"]
    session.rollback()
    assert len(list(session.scalars(select(AuditRecord.id)))) == records, "a repetition leaves no record"
    assert queries.held_already(session, judge.id)[0] == 2


def test_only_the_chief_judge_sees_what_waits(session, browser, event, judge):
    organiser = build_user(session, grants=[("organiser", "event", event.id)])
    session.commit()
    for user in (organiser, judge):
        browser(user).get(f"/events/{event.id}/progress/quarantine", 403)
