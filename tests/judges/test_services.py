"""Judges are appointed with their code, their role and every stage, and no judge decides on the own unit."""

import pytest
from sqlalchemy import select

from accounts.models import Grant, User
from accounts.queries import list_held_grants
from competitions.events.services import take_step
from competitions.judges import checks, guards, places, queries, seats, services
from competitions.judges.places import Place
from competitions.judges.rules import Seat
from competitions.judges.services import JudgeValues
from core.audit.models import AuditRecord
from core.refusals import Refusal, Refused
from tests.factories.accounts import MOMENT, build_user
from tests.factories.entries import build_entry
from tests.factories.events import build_competition, build_event
from tests.factories.judges import build_appointment
from tests.factories.organisations import build_unit

STAGES = [
    Place("T", "理论", 1, (("Q1", "卷面分"),)),
    Place("P", "实操", 3, (("A1", "焊缝成形"), ("A2", "综合评分"))),
]


@pytest.fixture(autouse=True)
def stages(app, monkeypatch):
    """The places of every event of these tests; the application, once made, has registered its own."""
    monkeypatch.setattr(places, "_source", [lambda session, event: list(STAGES)])
    monkeypatch.setattr(checks, "_guards", {})


@pytest.fixture
def event(session):
    """A contest that is open for registration."""
    return build_event(session, "registration")


def appoint(session, event, user=None, **values):
    """Appoint somebody."""
    user = user or build_user(session)
    return services.appoint(session, event, user, JudgeValues(**values), actor_id=None, now=MOMENT)


def codes(caught):
    return [refusal.code for refusal in caught.value.refusals]


def roles(session, judge):
    return sorted((g.role, g.scope_kind, g.scope_id) for g in list_held_grants(session, judge.user_id))


def test_an_appointed_judge_has_a_code_the_role_and_every_stage(session, event):
    first, second = appoint(session, event), appoint(session, event, chief=True)
    assert (first.code, second.code) == ("J1", "J2")
    assert roles(session, first) == [("judge", "event", event.id)]
    assert roles(session, second) == [("chief_judge", "event", event.id)]
    assert queries.seats_of(first) == {Seat("T"), Seat("P")}
    assert queries.seats_of(second) == set()  # a chief judge marks only where somebody has said so


def test_nobody_is_appointed_twice_and_an_event_has_one_chief(session, event):
    judge = appoint(session, event, chief=True)
    for user, values, code in ((judge.user, {}, "JUDGE_TWICE"), (None, {"chief": True}, "CHIEF_TAKEN")):
        with pytest.raises(Refused) as caught:
            appoint(session, event, user, **values)
        assert codes(caught) == [code]


def test_nobody_is_appointed_whose_account_is_disabled_or_once_scoring_has_started(session, event):
    with pytest.raises(Refused) as caught:
        appoint(session, event, build_user(session, disabled_at=MOMENT))
    assert codes(caught) == ["JUDGE_DISABLED"]
    with pytest.raises(Refused) as caught:
        appoint(session, build_event(session, "scoring"))
    assert codes(caught) == ["JUDGES_CLOSED"]


def test_whoever_draws_the_codes_judges_only_in_the_simple_profile(session):
    for profile, refused in (("simple", False), ("standard", True), ("strict", True)):
        event = build_event(session, "registration", competition=build_competition(session, profile=profile))
        user = build_user(session, grants=[("draw_officer", "event", event.id)])
        if not refused:
            appoint(session, event, user)
            continue
        with pytest.raises(Refused) as caught:
            appoint(session, event, user)
        assert codes(caught) == ["ROLE_CONFLICT"]


def test_a_dismissed_judge_loses_the_role_and_gets_the_old_code_again(session, event):
    judge, _other = appoint(session, event), appoint(session, event)
    services.dismiss(session, event, judge, "生病", actor_id=None, now=MOMENT)
    assert roles(session, judge) == []
    assert [j.code for j in queries.list_appointments(session, event.id)] == ["J2"]
    assert appoint(session, event, judge.user).code == "J1"
    assert appoint(session, event).code == "J3"


def test_a_judge_who_has_signed_is_not_dismissed_but_can_be_stopped(session, event):
    judge = appoint(session, event)
    checks.register_dismissal_guard(lambda session, judge: [Refusal("SIGNED_SHEETS")])
    with pytest.raises(Refused) as caught:
        services.dismiss(session, event, judge, "生病", actor_id=None, now=MOMENT)
    assert codes(caught) == ["SIGNED_SHEETS"]
    services.stop_work(session, event, judge, "生病", actor_id=None, now=MOMENT)
    assert roles(session, judge) == []
    assert queries.find_appointment(session, event.id, judge.id) is judge
    services.resume_work(session, event, judge, actor_id=None, now=MOMENT)
    assert roles(session, judge) == [("judge", "event", event.id)]


def test_a_reason_is_needed_to_end_an_appointment(session, event):
    judge = appoint(session, event)
    for act in (services.dismiss, services.stop_work):
        with pytest.raises(Refused) as caught:
            act(session, event, judge, " ", actor_id=None, now=MOMENT)
        assert codes(caught) == ["JUDGE_REASON"]


def test_the_role_follows_when_a_judge_becomes_the_chief(session, event):
    judge = appoint(session, event)
    services.change_judge(session, event, judge, JudgeValues(chief=True), actor_id=1, now=MOMENT)
    assert roles(session, judge) == [("chief_judge", "event", event.id)]
    withdrawn = session.scalars(select(Grant.role).where(Grant.withdrawn_at.is_not(None))).all()
    assert withdrawn == ["judge"]


def test_a_new_judge_gets_an_account_without_a_password_and_a_link(session, event):
    link = services.invite_judge(
        session, event, JudgeValues(), login="XinCaiPan", name="演示新裁判", token="t" * 43, actor_id=1,
        now=MOMENT,
    )  # fmt: skip
    user = session.get(User, link.user_id)
    assert (user.login, user.password_hash, link.purpose) == ("xincaipan", None, "invite")
    (judge,) = queries.list_appointments(session, event.id)
    assert judge.user is user
    renewed = services.renew_link(session, judge, token="u" * 43, actor_id=1, now=MOMENT)
    assert renewed.user_id == user.id
    user.password_hash = "x"
    with pytest.raises(Refused) as caught:
        services.renew_link(session, judge, token="v" * 43, actor_id=1, now=MOMENT)
    assert codes(caught) == ["JUDGE_ACTIVE"]


def test_stages_are_set_for_all_judges_at_once_and_nobody_is_left_idle(session, event):
    first, second = appoint(session, event), appoint(session, event)
    chosen = {first.id: {"T"}, second.id: {"T", "P"}}
    assert seats.assign_stages(session, event, chosen, actor_id=1, now=MOMENT) == 1
    assert queries.seats_of(first) == {Seat("T")}
    assert seats.assign_stages(session, event, chosen, actor_id=1, now=MOMENT) == 0
    for chosen in ({first.id: set(), second.id: {"P"}}, {first.id: {"X"}, second.id: {"P"}}):
        with pytest.raises(Refused) as caught:
            seats.assign_stages(session, event, chosen, actor_id=1, now=MOMENT)
        assert codes(caught) == ["JUDGE_WITHOUT_PLACE"]
    details = session.scalars(select(AuditRecord.detail).where(AuditRecord.action == "judge:assign")).all()
    assert details == [{"code": "J1", "places": ["T"]}]


def test_a_stage_is_narrowed_to_aspects_and_stays_so(session, event):
    first, second = appoint(session, event), appoint(session, event)
    seats.assign_aspects(session, event, "P", {first.id: {"A1", "X"}}, actor_id=1, now=MOMENT)
    assert queries.seats_of(first) == {Seat("T"), Seat("P", "A1")}
    assert queries.seats_of(second) == {Seat("T"), Seat("P")}
    seats.assign_stages(session, event, {first.id: {"P"}, second.id: {"P"}}, actor_id=1, now=MOMENT)
    assert queries.seats_of(first) == {Seat("P", "A1")}
    seats.assign_aspects(session, event, "P", {first.id: {"A1", "A2"}}, actor_id=1, now=MOMENT)
    assert queries.seats_of(first) == {Seat("P")}


# ---------------------------------------------------------------- what the steps ask for


def test_every_stage_needs_its_judges(session, event):
    assert [r.code for r in guards.panels_are_complete(session, event, MOMENT)] == ["JUDGES_NONE"]
    appoint(session, event)
    (refusal,) = guards.panels_are_complete(session, event, MOMENT)
    assert (refusal.code, refusal.params) == ("JUDGES_MISSING", {"stage": "实操", "needed": 3, "judges": 1})
    appoint(session, event)
    appoint(session, event)
    assert guards.panels_are_complete(session, event, MOMENT) == []


def test_the_larger_profiles_need_a_chief(session):
    event = build_event(session, "registration", competition=build_competition(session, profile="standard"))
    for _again in range(3):
        appoint(session, event)
    assert [r.code for r in guards.panels_are_complete(session, event, MOMENT)] == ["CHIEF_MISSING"]


def test_nobody_judges_the_own_unit(session, event):
    unit = build_unit(session, name="演示甲厂")
    judge = appoint(session, event, unit_id=unit.id)
    assert guards.nobody_judges_the_own_unit(session, event, MOMENT) == []
    entry = build_entry(session, event, unit=unit)
    (refusal,) = guards.nobody_judges_the_own_unit(session, event, MOMENT)
    assert refusal.code == "CONFLICT_OF_INTEREST"
    assert refusal.params == {
        "code": "J1", "name": judge.user.name, "why": "所在单位 演示甲厂 有人参赛",
    }  # fmt: skip
    entry.review = "withdrawn"
    session.flush()
    assert guards.nobody_judges_the_own_unit(session, event, MOMENT) == []


def test_a_judge_without_a_place_gets_every_stage_at_the_next_step(session, event):
    judge, narrowed = build_appointment(session, event), build_appointment(session, event, ["P", "OLD"])
    guards.give_places(session, event, None, MOMENT)
    assert queries.seats_of(judge) == {Seat("T"), Seat("P")}
    assert queries.seats_of(narrowed) == {Seat("P")}


def test_the_step_asks_and_then_fills(session, event):
    monkey = [build_appointment(session, event) for _again in range(3)]
    build_entry(session, event)
    with pytest.raises(Refused) as caught:
        take_step(session, event, "close_registration", actor_id=None, now=MOMENT)
    assert not {"JUDGES_NONE", "JUDGES_MISSING", "CONFLICT_OF_INTEREST"} & set(codes(caught))
    assert all(queries.seats_of(judge) == set() for judge in monkey)
