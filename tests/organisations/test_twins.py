"""Units registered twice: what follows when they are made one, what never changes, and the way back."""

import pytest
from sqlalchemy import select

from accounts.models import Grant
from competitions.eligibility.models import UnitQuota
from competitions.entries import services as entries
from competitions.entries.models import Entry, Person
from competitions.events import services as events
from competitions.judges import guards
from competitions.judges.models import Appointment
from competitions.organisations import retiring
from competitions.organisations.models import Unit
from competitions.organisations.twins import merging, queries, rules
from competitions.organisations.twins.models import UnitMerge
from core.audit.models import AuditRecord
from core.database import metadata
from core.refusals import Refused
from reports.certificates import services as certificates
from tests.client import visible
from tests.entries.tables import asked, id_number, table
from tests.factories.accounts import MOMENT, build_user
from tests.factories.entries import build_entry
from tests.factories.events import build_event
from tests.factories.judges import build_appointment, build_profile
from tests.factories.organisations import build_contact, build_union, build_unit
from tests.factories.scoring import build_scoring_event
from tests.results.test_versions import mark_all

CODE = "91370100DEMA000019"
FROZEN = ("result_version", "result_row", "certificate", "ledger_operation", "notice_version")


@pytest.fixture
def organiser(session):
    return build_user(session, grants=[("organiser", "site", 0)])


def by(organiser):
    return {"actor_id": organiser.id, "now": MOMENT}


def merge(session, kept, gone, organiser, reason="同一执照"):
    return merging.merge_units(session, kept.id, gone.id, reason, **by(organiser))


def state(session):
    """Return all that names a unit, and what the units say."""
    session.expire_all()
    rows = {
        name: session.execute(select(metadata.tables[name])).all()
        for name in ("unit", "entry", "person", "appointment", "judge_profile", "organisation_contact")
    }
    held = select(Grant.user_id, Grant.role, Grant.scope_id).where(Grant.withdrawn_at.is_(None))
    return {name: sorted(found, key=str) for name, found in rows.items()} | {
        "grants": sorted(map(tuple, session.execute(held)))
    }


def test_everything_that_names_a_unit_follows_it_and_the_way_back_restores_all(session, organiser):
    union = build_union(session)
    kept = build_unit(session, name="演示第一重机厂", union_id=union.id)
    gone = build_unit(session, name="演示第一重机厂有限公司", credit_code=CODE, ownership="state")
    event = build_event(session, "registration")
    entry = build_entry(session, event, unit=gone)
    build_contact(session, unit_id=gone.id)
    registrar = build_user(session, grants=[("registrar", "unit", gone.id)])
    judge = build_appointment(session, event, unit_id=gone.id)
    build_profile(session, judge.user, unit_id=gone.id)
    before = state(session)
    done = merge(session, kept, gone, organiser)
    session.expire_all()
    assert (kept.credit_code, kept.ownership, gone.credit_code) == (CODE, "state", None)
    assert gone.retired_at == MOMENT
    for model in (Entry, Person, Appointment):
        assert {row.unit_id for row in session.scalars(select(model))} == {kept.id}
    held = session.scalars(select(Grant).where(Grant.user_id == registrar.id, Grant.withdrawn_at.is_(None)))
    assert [(grant.role, grant.scope_id) for grant in held] == [("registrar", kept.id)]
    assert entry.unit_id == kept.id
    with pytest.raises(Refused, match="UNIT_MERGED"):
        retiring.restore(session, gone, **by(organiser))
    merging.undo_merge(session, done.id, **by(organiser))
    assert state(session) == before
    acts = session.scalars(select(AuditRecord.action).where(AuditRecord.subject == f"unit:{kept.id}"))
    assert list(acts) == ["unit:merge", "unit:merge_undo"]


def test_a_judge_of_the_twin_has_to_stand_back_from_the_unit_once_both_are_one(session, organiser):
    kept, gone = build_unit(session), build_unit(session)
    event = build_event(session, "registration")
    build_entry(session, event, unit=kept)
    build_appointment(session, event, unit_id=gone.id)
    assert guards.nobody_judges_the_own_unit(session, event, MOMENT) == []
    merge(session, kept, gone, organiser)
    assert len(guards.nobody_judges_the_own_unit(session, event, MOMENT)) == 1


def test_results_certificates_and_notices_stay_byte_for_byte(session, organiser):
    event = build_scoring_event(session, name="焊工决赛")
    mark_all(session, event)
    for step in ("tabulate", "announce", "finalise"):
        events.take_step(session, event, step, actor_id=organiser.id, now=MOMENT)
    assert certificates.issue(session, event, actor_id=organiser.id, now=MOMENT)
    gone = session.scalars(select(Entry)).first().unit

    def frozen():
        session.flush()
        return [session.execute(select(metadata.tables[name])).all() for name in FROZEN]

    before = frozen()
    done = merge(session, build_unit(session), gone, organiser)
    assert frozen() == before
    merging.undo_merge(session, done.id, **by(organiser))
    assert frozen() == before


def test_what_stands_against_being_one_unit_is_said_at_once(session, organiser):
    kept = build_unit(session, credit_code=CODE)
    gone = build_unit(session, credit_code="91370100DEMA00002C")
    event = build_event(session, "registration", entry_kind="unit")
    for unit in (kept, gone):
        build_entry(session, event, unit=unit, kind="unit")
        session.add(UnitQuota(event_id=event.id, unit_id=unit.id, places=1))
    session.flush()
    with pytest.raises(Refused) as refused:
        merge(session, kept, gone, organiser, reason="")
    assert {refusal.code for refusal in refused.value.refusals} == {
        "UNIT_MERGE_REASON", "UNITS_TWO_CODES", "UNITS_BOTH_ENTERED", "UNITS_BOTH_QUOTAS",
    }  # fmt: skip
    with pytest.raises(Refused, match="UNITS_SAME"):
        merge(session, kept, kept, organiser)


def test_what_came_later_stays_and_what_moved_on_keeps_the_merge(session, organiser):
    first, second, third = (build_unit(session) for _number in range(3))
    event = build_event(session, "registration")
    old = build_entry(session, event, unit=second)
    one = merge(session, first, second, organiser)
    late = build_entry(session, event, unit=first)
    two = merge(session, third, first, organiser)
    with pytest.raises(Refused, match="UNIT_MERGE_CHANGED"):
        merging.undo_merge(session, one.id, **by(organiser))
    assert queries.list_merged(session) == {first.id: third.id, second.id: third.id}
    merging.undo_merge(session, two.id, **by(organiser))
    merging.undo_merge(session, one.id, **by(organiser))
    with pytest.raises(Refused, match="UNIT_MERGE_UNDONE"):
        merging.undo_merge(session, one.id, **by(organiser))
    session.expire_all()
    assert (old.unit_id, late.unit_id) == (second.id, first.id)


def test_a_list_with_the_old_name_enters_people_for_the_unit_that_it_became(session, organiser):
    kept, gone = build_unit(session, name="演示重机厂"), build_unit(session, name="演示第一重型机器厂")
    merge(session, kept, gone, organiser)
    event = build_event(session, "registration")
    rows = table(("演示甲", gone.name, id_number(1), ""))
    entries.add_entries(session, event, rows, asked(event), actor_id=organiser.id, now=MOMENT)
    assert session.scalars(select(Entry)).one().unit_id == kept.id


def test_two_units_are_compared_by_whoever_manages_both_even_by_two_roles(session, browser):
    one, other = (build_unit(session, union_id=build_union(session).id) for _number in range(2))
    roles = [("organiser", "union", unit.union_id) for unit in (one, other)]
    of_one, of_both = build_user(session, grants=roles[:1]), build_user(session, grants=roles)
    session.commit()
    for first, second in ((one, other), (other, one)):
        path = f"/organisations/units/{first.id}/twin/{second.id}"
        browser(of_one).get(path, 403)
        browser(of_both).get(path)


def test_names_that_differ_in_their_legal_form_alone_are_suggested_until_somebody_tells_them_apart(
    session, browser
):
    assert rules.groups([(1, "甲厂有限公司"), (2, "甲厂"), (3, "乙厂")]) == [[1, 2]]
    union = build_union(session)
    names = ("演示甲厂", "演示甲厂有限公司")
    one, two = (build_unit(session, name=name, union_id=union.id) for name in names)
    elsewhere = build_unit(session, name="演示甲厂股份有限公司", union_id=build_union(session).id)
    user = build_user(session, grants=[("organiser", "union", union.id)])
    session.commit()
    page, pair = browser(user), f"/organisations/units/{one.id}/twin/{two.id}"
    page.get("/organisations/units/twins")
    assert "演示甲厂有限公司" in visible(page.page)
    assert elsewhere.name not in visible(page.page)
    page.get(f"/organisations/units/{one.id}/twin/{elsewhere.id}", 403)
    page.get(pair)
    page.post(pair, {"reason": ""}, 422)
    page.post(pair, {"reason": "同一执照"})
    page.get(f"/organisations/units/{one.id}")
    assert "并入本单位" in visible(page.page)
    done = session.scalars(select(UnitMerge)).one()
    page.post(f"/organisations/unit-merges/{done.id}/undo")
    page.post(f"{pair}/apart")
    page.get("/organisations/units/twins")
    assert "没有疑似重复的单位" in visible(page.page)
    assert session.get(Unit, two.id, populate_existing=True).retired_at is None
