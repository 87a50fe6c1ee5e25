"""Objections to a notice: who may hand one in and when, what is kept of whom, what waits for the answer."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from competitions.events import lifecycle
from competitions.notices.objections import services
from competitions.notices.objections.models import Objection
from competitions.notices.objections.queries import list_objections
from competitions.notices.objections.rules import MOST, Said
from competitions.notices.objections.services import Sender
from core import clock
from core.audit.models import AuditRecord
from core.refusals import Refused
from tests.client import visible
from tests.factories.accounts import MOMENT, build_user
from tests.factories.events import build_competition, build_event
from tests.factories.notices import TODAY, build_objection, build_published

SAID = Said("演示王芳", "演示甲厂", "13800138000", "第 3 号选手今年五月已调离本单位，请核实。")
SENDER = Sender("192.0.2.7", None)


@pytest.fixture
def world(session):
    event = build_event(session, "registration", competition=build_competition(session))
    organiser = build_user(session, grants=[("organiser", "competition", event.competition_id)])
    notice = build_published(
        session, event.competition, organiser, kind="entrants", event_id=event.id, starts_on=TODAY,
        ends_on=TODAY + timedelta(days=7), contact="组委会办公室 010-00000000",
    )  # fmt: skip
    return event, notice, organiser


def hand_in(session, notice, said=SAID, sender=SENDER, today=TODAY, now=MOMENT):
    return services.file_objection(session, notice, said, sender, ref=clock.new_ref(), today=today, now=now)


def codes(session, event, step):
    return [refusal.code for refusal in lifecycle.missing(session, event, step, MOMENT)]


@pytest.mark.parametrize("days", [-1, 8])
def test_objections_are_taken_from_the_first_to_the_last_day_of_the_period(session, world, days):
    _event, notice, _organiser = world
    with pytest.raises(Refused, match="OBJECTION_CLOSED"):
        hand_in(session, notice, today=TODAY + timedelta(days=days))
    assert [hand_in(session, notice, today=TODAY + timedelta(days=d)).number for d in (0, 7)] == [1, 2]


def test_everything_that_is_missing_is_said_at_once(session, world):
    with pytest.raises(Refused) as refused:
        hand_in(session, world[1], Said("", "", "内线", "不公平"))
    assert [(r.code, r.where) for r in refused.value.refusals] == [
        ("OBJECTION_NAME", "name"), ("OBJECTION_CONTACT", "contact"), ("OBJECTION_REASON", "reason"),
    ]  # fmt: skip


def test_one_address_hands_in_so_many_an_hour_and_others_are_not_kept_waiting(session, world):
    _event, notice, _organiser = world
    for _number in range(MOST):
        hand_in(session, notice)
    with pytest.raises(Refused, match="OBJECTION_WAIT"):
        hand_in(session, notice)
    assert hand_in(session, notice, sender=Sender("192.0.2.8", None)).number == MOST + 1
    assert hand_in(session, notice, now=MOMENT + timedelta(hours=1)).number == MOST + 2


def test_what_somebody_says_of_oneself_is_kept_sealed_and_in_no_record(session, world):
    objection = hand_in(session, world[1])
    assert "王芳".encode() not in objection.said
    assert b"13800138000" not in objection.said
    assert objection.address_digest != SENDER.address
    (record,) = session.scalars(select(AuditRecord).where(AuditRecord.action == "objection:file"))
    assert record.detail == {"number": 1}
    assert services.masked(objection)[:3] == ("演*", "演示甲厂", "138******00")


def test_an_open_objection_to_the_list_of_entrants_holds_up_closing_and_marking_until_it_is_answered(
    session, world
):
    event, notice, organiser = world
    other = build_event(session, "registration", competition=event.competition)
    objection = hand_in(session, notice)
    for step in ("close_registration", "start_scoring"):
        assert "OBJECTION_OPEN" in codes(session, event, step)
    assert "OBJECTION_OPEN" not in codes(session, event, "finalise")
    assert "OBJECTION_OPEN" not in codes(session, other, "close_registration")
    by = {"actor_id": organiser.id, "now": MOMENT}
    services.decide(session, notice, objection, "upheld", "已核实，更正名单。", **by)
    assert "OBJECTION_OPEN" not in codes(session, event, "close_registration")
    with pytest.raises(Refused, match="OBJECTION_DECIDED"):
        services.decide(session, notice, objection, "dismissed", "改判。", **by)


def test_a_stranger_hands_in_and_reads_the_answer_under_the_receipt(session, world, browser, monkeypatch):
    _event, notice, organiser = world
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    session.commit()
    stranger, path = browser(), f"/notices/{notice.ref}"
    stranger.get(path)
    assert "提出书面异议" in visible(stranger.page)
    stranger.get(f"{path}/object")
    stranger.post(f"{path}/object", {"name": "演示王芳"}, 422)
    answer = stranger.post(f"{path}/object", SAID._asdict())
    receipt = answer.headers["Location"]
    stranger.get(receipt)
    page, own = browser(organiser), f"/competitions/{notice.competition_id}/notices/{notice.ref}/objections"
    page.get(own)
    assert "演示王芳" not in page.page
    page.get(f"{own}/1")
    assert [word for word in ("演示王芳", "13800138000") if word in page.page] == []
    page.post(f"{own}/1/open", {}, 200)
    assert "13800138000" in page.page
    page.post(f"{own}/1", {"decision": "upheld", "answer": ""}, 422)
    page.post(f"{own}/1", {"decision": "upheld", "answer": "已核实，将更正名单。"})
    stranger.get(receipt)
    shown = visible(stranger.page)
    assert "已核实，将更正名单。" in shown
    assert "王芳" not in stranger.page


def test_sent_again_after_a_lost_answer_it_has_the_same_receipt(session, world, browser, monkeypatch):
    _event, notice, _organiser = world
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    session.commit()
    stranger, sent = browser(), SAID._asdict() | {"once": "5f" * 16}
    receipts = {stranger.post(f"/notices/{notice.ref}/object", sent).headers["Location"] for _time in "12"}
    session.rollback()
    assert len(receipts) == len(list_objections(session, notice)) == 1


def test_who_may_not_see_the_notices_of_a_competition_sees_no_objection(session, world, browser):
    _event, notice, _organiser = world
    build_objection(session, notice)
    judge = build_user(session, grants=[("judge", "competition", notice.competition_id)])
    session.commit()
    path = f"/competitions/{notice.competition_id}/notices/{notice.ref}/objections"
    browser(judge).get(path, 403)
    browser(judge).post(f"{path}/1/open", {}, 403)
    session.expire_all()
    assert session.scalars(select(Objection)).one().decided_at is None
