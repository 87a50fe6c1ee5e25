"""Declared conflicts of interest: whom they stop, where they may be overridden, what judges are not told."""

import pytest
from sqlalchemy import select

from competitions.judges import conflicts, guards
from competitions.judges.conflicts import Declaration
from competitions.judges.models import Assignment, DeclaredConflict
from core.audit.models import AuditRecord
from core.refusals import Refused
from tests.client import visible
from tests.factories.accounts import MOMENT, build_user
from tests.factories.entries import build_entry
from tests.factories.events import build_competition, build_event
from tests.factories.judges import build_appointment
from tests.factories.organisations import build_unit
from tests.factories.scoring import build_coded_entry, build_scheme


def build(session, profile="standard"):
    event = build_event(session, "ready", competition=build_competition(session, profile=profile))
    build_scheme(session, event)
    return event, build_appointment(session, event, ["P"])


def declare(session, event, judge, unit=None, number=None, kind="coach"):
    what = Declaration(kind, unit, number, "师傅带徒弟")
    return conflicts.declare(session, event, judge, what, actor_id=judge.user_id, now=MOMENT)


def refusals(session, event):
    return guards.nobody_judges_the_own_unit(session, event, MOMENT)


def test_a_declared_unit_stops_the_judge_as_soon_as_it_takes_part(session):
    event, judge = build(session)
    unit = build_unit(session, name="演示甲厂")
    declare(session, event, judge, unit)
    assert refusals(session, event) == []
    entry = build_entry(session, event, unit=unit)
    (refusal,) = refusals(session, event)
    assert (refusal.code, refusal.params["code"]) == ("CONFLICT_OF_INTEREST", "J1")
    assert "演示甲厂" in refusal.params["why"]
    entry.review = "withdrawn"
    session.flush()
    assert refusals(session, event) == []


def test_a_declared_entry_stops_the_judge_and_its_neighbour_does_not(session):
    event, judge = build(session)
    unit = build_unit(session)
    build_entry(session, event, "演示甲", unit=unit)
    other = build_entry(session, event, "演示乙", unit=unit)
    declare(session, event, judge, number=other.number, kind="relative")
    (refusal,) = refusals(session, event)
    assert "演示乙" in refusal.params["why"]


def test_an_override_with_a_reason_counts_in_simple_and_is_refused_elsewhere(session):
    for profile, left in (("simple", 0), ("standard", 1), ("strict", 1)):
        event, judge = build(session, profile)
        entry = build_entry(session, event)
        row = declare(session, event, judge, number=entry.number)
        known = {"actor_id": judge.user_id, "now": MOMENT}
        if profile == "simple":
            conflicts.override(session, event, judge, row, "只此一名裁判", **known)
        else:
            with pytest.raises(Refused, match="CONFLICT_STANDS"):
                conflicts.override(session, event, judge, row, "只此一名裁判", **known)
        assert len(refusals(session, event)) == left, profile


def test_an_override_needs_a_reason(session):
    event, judge = build(session, "simple")
    row = declare(session, event, judge, number=build_entry(session, event).number)
    with pytest.raises(Refused, match="JUDGE_REASON"):
        conflicts.override(session, event, judge, row, " ", actor_id=judge.user_id, now=MOMENT)


def test_a_withdrawn_declaration_stops_nobody_and_stays_on_record(session):
    event, judge = build(session)
    row = declare(session, event, judge, number=build_entry(session, event).number)
    conflicts.withdraw(session, event, judge, row, "登记有误", actor_id=judge.user_id, now=MOMENT)
    assert refusals(session, event) == []
    acts = session.scalars(select(AuditRecord.action).order_by(AuditRecord.id)).all()
    assert acts[-2:] == ["judge:conflict", "judge:conflict_withdraw"]
    assert session.get(DeclaredConflict, row.id) is not None


def test_a_conflict_counts_at_whatever_stations_the_judge_works(session):
    """Otherwise trying out stations would tell where an entrant competes, whom codes are to hide."""
    event, judge = build(session)
    build_coded_entry(session, event, 7)
    declare(session, event, judge, number=7)
    for stations in ("", "7", "1-5"):
        session.scalar(select(Assignment)).stations = stations
        session.flush()
        session.expire_all()
        assert len(refusals(session, event)) == 1


@pytest.mark.parametrize(
    ("unit", "number", "code"), [(True, 1, "CONFLICT_UNIT_OR_ENTRY"), (False, None, "CONFLICT_UNIT_OR_ENTRY"),
                                 (False, 99, "CONFLICT_NO_ENTRY")],
)  # fmt: skip
def test_a_declaration_names_one_thing_that_exists(session, unit, number, code):
    event, judge = build(session)
    with pytest.raises(Refused, match=code):
        declare(session, event, judge, build_unit(session) if unit else None, number)


def test_the_page_declares_and_the_chief_judge_is_told_nothing(session, browser):
    event, judge = build(session)
    chief = build_appointment(session, event, chief=True)
    entry = build_entry(session, event, "演示王芳")
    organiser = build_user(session, grants=[("organiser", "event", event.id)])
    session.commit()
    page, path = browser(organiser), f"/events/{event.id}/judges"
    data = {"conflict-kind": "relative", "conflict-entry": str(entry.number)}
    page.post(f"{path}/{judge.id}/conflicts", {**data, "conflict-entry": "甲"}, 422)
    page.post(f"{path}/{judge.id}/conflicts", {**data, "conflict-unit": "没有的单位"}, 422)
    page.post(f"{path}/{judge.id}/conflicts", data)
    page.get(f"{path}/{judge.id}")
    assert "演示王芳" in visible(page.page)
    page.get(f"{path}/")
    assert "以下裁判须回避" in visible(page.page)
    leader = browser(chief.user)
    leader.get(f"{path}/")
    assert [word for word in ("演示王芳", "回避") if word in visible(leader.page)] == []
    leader.get(f"{path}/{judge.id}", 403)
    leader.get(f"/events/{event.id}/")
    assert [word for word in ("演示王芳", "回避") if word in visible(leader.page)] == []
    page.get(f"/events/{event.id}/")
    assert "须回避" in visible(page.page)


def test_what_a_judge_declares_stops_the_steps_until_an_organiser_has_looked_into_it(session, browser):
    """Worked by hand: a name that no unit has counts at once; a registered unit once it takes part."""
    event, judge = build(session)
    unit = build_unit(session, name="演示甲厂")
    organiser = build_user(session, grants=[("organiser", "event", event.id)])
    session.commit()
    own, path = browser(judge.user), f"/judges/own/{event.id}/conflicts"
    said = {f"event-{event.id}-kind": "relative", f"event-{event.id}-note": "表弟"}
    own.post(path, said, 422)
    own.post(path, said | {f"event-{event.id}-named": "演示乙车间的李四"})
    own.post(path, said | {f"event-{event.id}-named": unit.name})
    session.expire_all()
    first, second = session.scalars(select(DeclaredConflict).order_by(DeclaredConflict.id))
    assert (first.unit_id, first.named, second.unit_id) == (None, "演示乙车间的李四", unit.id)
    (refusal,) = refusals(session, event)
    assert "演示乙车间的李四" in refusal.params["why"]
    page = browser(organiser)
    page.get(f"/events/{event.id}/judges/{judge.id}")
    assert "裁判本人申报" in visible(page.page)
    page.post(
        f"/events/{event.id}/judges/{judge.id}/conflicts/{first.id}/withdraw",
        {f"conflict-{first.id}-reason": "与参赛者无关"},
    )
    assert refusals(session, event) == []
    build_entry(session, event, unit=unit)
    assert len(refusals(session, event)) == 1


def test_the_own_page_of_a_judge_is_the_same_whoever_takes_part(session, browser):
    event, judge = build(session)
    unit, organiser = build_unit(session, name="演示甲厂"), build_user(session)
    what = Declaration("coach", unit, None, "师傅带徒弟")
    conflicts.declare(session, event, judge, what, actor_id=organiser.id, now=MOMENT)
    session.commit()
    own = browser(judge.user)
    own.post(f"/judges/own/{event.id}/conflicts", {
        f"event-{event.id}-kind": "coach", f"event-{event.id}-named": unit.name,
    })  # fmt: skip
    own.get("/judges/own/")
    own.get("/judges/own/")
    before = visible(own.page)
    build_entry(session, event, unit=unit)
    session.commit()
    own.get("/judges/own/")
    assert visible(own.page) == before
    assert "师傅带徒弟" not in before, "what the organiser has declared is not the judge's to read"


def test_nobody_declares_for_an_event_that_is_not_the_own_one(session, browser):
    event, judge = build(session)
    other, stranger = build_appointment(session, build_event(session, "ready")), build_user(session)
    session.commit()
    browser(judge.user).post(f"/judges/own/{other.event_id}/conflicts", {}, 404)
    browser(stranger).get("/judges/own/")
