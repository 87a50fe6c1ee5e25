"""Somebody takes another's place until the draw: by whom, judged by the same rules, kept with its reason."""

import pytest
from sqlalchemy import select

from competitions.draw.services import make_draw
from competitions.eligibility.models import EntryRulesRow
from competitions.eligibility.rules import FORMAT
from competitions.entries import deciding, services, substitutions
from competitions.entries.models import Entry, Person, Substitution
from competitions.entries.services import NotEnterable
from competitions.entries.substitutions import Coming
from core.audit.models import AuditRecord
from core.refusals import Refused
from tests.entries.tables import FIELDS, asked, id_number, table
from tests.factories.accounts import MOMENT, build_user
from tests.factories.events import build_event
from tests.factories.organisations import build_unit

TEAM = ("group", "unit", "role", "name")
NEW = Coming(name="孙新", id_number=id_number(9))


@pytest.fixture
def event(session):
    """A contest with 张三 (No. 1) and 李四 (No. 2) of 演示甲厂, both approved."""
    build_unit(session, name="演示甲厂")
    event = build_event(session, "registration")
    rows = [(name, "演示甲厂", id_number(number)) for number, name in enumerate(("张三", "李四"), start=1)]
    return entered(session, event, rows, FIELDS)


@pytest.fixture
def team_event(session):
    """A contest with the team 一队 of 甲, 乙 and the substitute 丙."""
    build_unit(session, name="演示甲厂")
    event = build_event(session, "registration", entry_kind="team")
    session.add(EntryRulesRow(event_id=event.id, document={"format": FORMAT, "substitutes": 1}))
    rows = [("一队", "演示甲厂", role, name) for role, name in (("", "甲"), ("", "乙"), ("替补", "丙"))]
    return entered(session, event, rows, TEAM)


def entered(session, event, rows, fields):
    actor = build_user(session).id
    services.add_entries(
        session, event, table(*rows, fields=fields), asked(event), actor_id=actor, now=MOMENT
    )
    deciding.approve_all(session, event, deciding.AS_ORGANISER, actor_id=actor, now=MOMENT)
    return event


def replace(session, event, name, coming=NEW, reason="生病", decides=True):
    entry = session.scalars(select(Entry).where(Entry.event_id == event.id).order_by(Entry.number)).first()
    ref = next(member.person.ref for member in entry.members if member.person.name == name)
    question = asked(event, ignoring=entry.id) if entry.kind == "person" else asked(event, updating=True)
    return substitutions.substitute(
        session, event, entry.id, ref, coming, reason, question, decides=decides,
        actor_id=build_user(session).id, now=MOMENT,
    )  # fmt: skip


def refused(call, *arguments, **settings):
    with pytest.raises(Refused) as caught:
        call(*arguments, **settings)
    return [refusal.code for refusal in caught.value.refusals]


def names(session, event):
    session.expire_all()
    entry = session.scalars(select(Entry).where(Entry.event_id == event.id).order_by(Entry.number)).first()
    return entry, [(member.person.name, member.role) for member in entry.members]


def test_whom_the_organiser_puts_in_counts_as_vetted(session, event):
    row = replace(session, event, "张三")
    entry, people = names(session, event)
    assert (entry.name, entry.review, people) == ("孙新", "approved", [("孙新", "member")])
    kept = session.scalars(select(Substitution)).one()
    assert (kept.left_name, kept.came_name, kept.reason, kept.review) == ("张三", "孙新", "生病", "approved")
    assert row.came_ref == entry.members[0].person.ref
    assert session.scalars(select(Person.name).order_by(Person.name)).all() == ["孙新", "李四"]
    record = session.scalars(select(AuditRecord).where(AuditRecord.action == "entry:substitute")).one()
    assert record.detail == {"entry": 1, "place": 1, "reason": "生病"}


def test_what_a_unit_does_is_decided_anew(session, event):
    assert replace(session, event, "张三", decides=False).review == "submitted"


def test_the_same_rules_apply_as_to_an_entry(session, event):
    with pytest.raises(NotEnterable) as caught:
        replace(session, event, "张三", Coming(name="李四", id_number=id_number(2)))
    assert [finding.code for finding in caught.value.proposal.errors] == ["DUPLICATE_ENTRY"]
    with pytest.raises(NotEnterable) as caught:
        replace(session, event, "张三", Coming(name="孙新", id_number="110105194912310021"))
    assert [finding.code for finding in caught.value.proposal.errors] == ["ID_CHECKSUM"]
    session.add(EntryRulesRow(event_id=event.id, document={"format": FORMAT, "age_most": 30}))
    session.flush()
    with pytest.raises(NotEnterable) as caught:
        replace(session, event, "张三")
    assert [finding.code for finding in caught.value.proposal.errors] == ["AGE_OUT_OF_RANGE"]


def test_a_reason_is_needed_and_another_person(session, event):
    assert refused(replace, session, event, "张三", reason=" ") == ["ENTRY_REASON"]
    same = Coming(name="张三", id_number=id_number(1))
    assert refused(replace, session, event, "张三", same) == ["SUBSTITUTION_SAME"]


def test_after_the_closing_only_the_organiser_and_after_the_draw_nobody(session, event):
    event.state = "ready"
    session.flush()
    assert refused(replace, session, event, "张三", decides=False) == ["SUBSTITUTION_BY_ORGANISER"]
    assert replace(session, event, "张三").came_name == "孙新"
    make_draw(session, event, seed="0" * 64, actor_id=None, now=MOMENT)
    other = Coming(name="周新", id_number=id_number(10))
    assert refused(replace, session, event, "孙新", other) == ["SUBSTITUTION_DRAWN"]
    event.state = "scoring"
    session.flush()
    assert refused(replace, session, event, "孙新", other) == ["SUBSTITUTION_DRAWN"]


def test_a_substitute_of_the_team_takes_the_place_of_a_member(session, team_event):
    entry, _people = names(session, team_event)
    reserve = next(member.person.ref for member in entry.members if member.role == "substitute")
    replace(session, team_event, "甲", Coming(ref=reserve))
    assert names(session, team_event)[1] == [("丙", "member"), ("乙", "member")]


def test_somebody_new_takes_the_place_and_the_role(session, team_event):
    replace(session, team_event, "丙")
    assert names(session, team_event)[1] == [("甲", "member"), ("乙", "member"), ("孙新", "substitute")]
    gone = Coming(ref="f" * 32)
    assert refused(replace, session, team_event, "甲", gone) == ["SUBSTITUTION_GONE"]


def test_a_rejected_entry_and_a_unit_have_nobody_to_replace(session, event):
    entry, _people = names(session, event)
    entry.review = "rejected"
    session.flush()
    assert refused(replace, session, event, "张三") == ["SUBSTITUTION_ENDED"]


def test_with_the_entry_its_substitutions_are_deleted(session, event):
    replace(session, event, "张三", decides=False)
    entry, _people = names(session, event)
    actor = build_user(session).id
    services.remove_entry(session, event, entry.id, "重复报名", actor_id=actor, now=MOMENT)
    assert session.scalars(select(Substitution)).all() == []
