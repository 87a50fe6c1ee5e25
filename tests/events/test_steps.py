"""Each step of an event's life: refused with its code, taken with its record."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from competitions.events import queries, rules, services
from competitions.events.models import Approval, Event, EventStep
from core import clock
from core.audit.models import AuditRecord
from core.refusals import Refused
from tests.factories.accounts import MOMENT
from tests.factories.catalogue import build_activity_kind
from tests.factories.events import build_competition, build_event

pytestmark = pytest.mark.usefixtures("own_guards")


def step(session, event, name, *, now=MOMENT, reason="", by=None):
    return services.take_step(session, event, name, actor_id=by, now=now, reason=reason)


def refused(session, event, name, **settings):
    with pytest.raises(Refused) as caught:
        step(session, event, name, **settings)
    return [refusal.code for refusal in caught.value.refusals]


def test_every_step_is_refused_from_every_state_that_is_not_its_own(session):
    event = build_event(session)
    for state in (*rules.STATES, rules.CANCELLED):
        event.state = state
        session.flush()
        for known in rules.STEPS.values():
            if state not in known.sources:
                assert refused(session, event, known.name, reason="x") == ["STATE_GUARD"]
    assert session.scalars(select(EventStep)).all() == []


def test_a_step_leaves_who_when_and_why_and_an_audit_record(session, user, event):
    step(session, event, "open_registration", by=user.id)
    step(session, event, "reopen_draft", by=user.id, reason="  日期有误  ", now=MOMENT + timedelta(days=1))
    rows = session.scalars(select(EventStep).order_by(EventStep.id)).all()
    assert [(r.from_state, r.to_state, r.by_id, r.reason) for r in rows] == [
        ("draft", "registration", user.id, ""),
        ("registration", "draft", user.id, "日期有误"),
    ]
    assert [row.at for row in rows] == [MOMENT, MOMENT + timedelta(days=1)]
    records = session.scalars(select(AuditRecord).where(AuditRecord.chain == f"event:{event.id}")).all()
    assert [record.detail for record in records] == [
        {"from": "draft", "to": "registration", "reason": ""},
        {"from": "registration", "to": "draft", "reason": "日期有误"},
    ]


@pytest.mark.parametrize("name", ["reopen_draft", "reopen_registration", "reopen_scoring", "cancel"])
def test_a_way_back_or_out_needs_a_reason(session, event, name):
    event.state = rules.STEPS[name].sources[0]
    assert refused(session, event, name, reason=" \n ") == ["REASON_MISSING"]
    assert refused(session, event, name, reason="x" * 501) == ["REASON_TOO_LONG"]
    assert step(session, event, name, reason="x" * 500).state == rules.STEPS[name].target


def test_cancelling_is_audited_as_such(session, event):
    step(session, event, "cancel", reason="人数不足")
    record = session.scalars(select(AuditRecord)).one()
    assert (record.action, record.detail) == ("event:cancel", {"from": "draft", "reason": "人数不足"})


def test_registration_opens_only_for_an_industry(session):
    event = build_event(session, competition=build_competition(session, industries=[]))
    assert refused(session, event, "open_registration") == ["INDUSTRY_MISSING"]


def test_registration_of_a_trade_competition_opens_only_with_a_trade(session):
    event = build_event(session, trade_id=None)
    assert refused(session, event, "open_registration") == ["KIND_FIELD"]


def test_registration_of_a_project_competition_opens_only_without_a_trade_and_for_units(session):
    project = build_competition(session, kind=build_activity_kind(session, "LABOUR_PROJECT"))
    event = build_event(session, competition=project)
    assert refused(session, event, "open_registration") == ["KIND_FIELD", "KIND_FIELD"]
    event.trade, event.entry_kind = None, "unit"
    assert step(session, event, "open_registration").state == "registration"


def test_the_announcement_and_the_confirmation_keep_their_moments(session):
    event = build_event(session, "tabulated")
    step(session, event, "announce", now=MOMENT)
    assert event.announced_at == MOMENT
    step(session, event, "finalise", now=MOMENT + timedelta(minutes=1))
    assert event.finalised_at == MOMENT + timedelta(minutes=1)
    assert event.announced_at == MOMENT


def test_the_result_is_confirmed_only_after_the_time_for_appeals(session):
    event = build_event(session, "announced", announced_at=MOMENT, appeal_minutes=120)
    late = MOMENT + timedelta(minutes=119, seconds=59)
    assert refused(session, event, "finalise", now=late) == ["APPEAL_WINDOW"]
    assert step(session, event, "finalise", now=MOMENT + timedelta(minutes=120)).state == "final"


def test_the_result_is_confirmed_only_after_the_public_notice(session):
    # Announced at 9:00 on 2 March in Beijing; the notice is 3 to 7 March, and over at 0:00 on 8 March.
    event = build_event(session, "announced", announced_at=MOMENT, notice_days=5)
    over = MOMENT.astimezone(clock.LOCAL).replace(day=8, hour=0)
    assert over.date() == date(2026, 3, 8)
    assert refused(session, event, "finalise", now=over - timedelta(seconds=1)) == ["NOTICE_PERIOD"]
    assert step(session, event, "finalise", now=over).state == "final"


def test_the_smallest_field_is_waived_in_writing_and_for_this_number_only(session, user):
    event = build_event(session, "registration", minimum_field=20)
    with pytest.raises(Refused, match="REASON_MISSING"):
        services.waive_field_size(session, event, entries=6, reason=" ", actor_id=user.id, now=MOMENT)
    services.waive_field_size(session, event, entries=6, reason="仅六家单位", actor_id=user.id, now=MOMENT)
    waiver = queries.find_field_waiver(session, event)
    assert (waiver.by_id, waiver.at, waiver.reason) == (user.id, MOMENT, "仅六家单位")
    record = session.scalars(select(AuditRecord)).one()
    assert record.detail == {"reason": "仅六家单位", "minimum": 20, "entries": 6}
    with pytest.raises(Refused, match="WAIVER_UNNEEDED"):
        services.waive_field_size(session, event, entries=6, reason="再来", actor_id=user.id, now=MOMENT)
    event.minimum_field = 30
    assert queries.find_field_waiver(session, event) is None


def test_a_field_that_is_large_enough_needs_no_waiver(session, user):
    event = build_event(session, "registration", minimum_field=20)
    with pytest.raises(Refused, match="WAIVER_UNNEEDED"):
        services.waive_field_size(session, event, entries=20, reason="x", actor_id=user.id, now=MOMENT)
    with pytest.raises(Refused, match="STATE_GUARD"):
        services.waive_field_size(
            session, build_event(session, "scoring"), entries=1, reason="x", actor_id=user.id, now=MOMENT
        )
    assert session.scalars(select(Approval)).all() == []


def test_a_refused_step_changes_nothing(session):
    event = build_event(session, "announced", announced_at=MOMENT, appeal_minutes=120, notice_days=5)
    session.commit()
    assert refused(session, event, "finalise") == ["APPEAL_WINDOW", "NOTICE_PERIOD"]
    session.rollback()
    session.expire_all()
    assert session.get(Event, event.id).state == "announced"
    assert session.scalars(select(AuditRecord)).all() == []
