"""Whoever knows somebody's ID number rewrites nothing of a person whom the own unit has entered elsewhere."""

import pytest

from competitions.entries import identity, services
from competitions.entries.models import Entry, Person
from competitions.entries.proposals import propose
from tests.entries.tables import asked, id_number, table
from tests.factories.accounts import MOMENT
from tests.factories.eligibility import build_rules
from tests.factories.events import build_event
from tests.factories.organisations import build_unit


@pytest.fixture
def place(session):
    class Place:
        ours, theirs = build_unit(session, name="演示甲厂"), build_unit(session, name="演示乙厂")
        first, second = build_event(session, "registration"), build_event(session, "registration")

    enter(session, Place.first, Place.ours, "演示甲厂", "13800000001", "高级工")
    session.commit()
    return Place


def enter(session, event, unit, name, phone, level):
    """Enter the one person for a unit, as its registrar does, and return what is said of it."""
    rows = table(("王演示", name, id_number(1), phone, level))
    who = asked(event, units=frozenset({unit.id}))
    told = [(finding.code, finding.note) for finding in propose(session, who, rows).findings]
    services.add_entries(session, event, rows, who, actor_id=None, now=MOMENT)
    session.commit()
    session.expire_all()
    return told


def kept(session):
    (person,) = session.query(Person).all()
    return person.unit_id, identity.whole_contact(person).phone, person.skill_level


def test_another_units_list_leaves_unit_phone_and_level_as_they_are_and_says_so(session, place):
    told = enter(session, place.second, place.theirs, "演示乙厂", "13900000009", "学徒工")
    assert told == [("PERSON_KEPT", True)]
    assert kept(session) == (place.ours.id, "13800000001", "高级工")


def test_what_is_kept_is_what_the_rules_judge(session, place):
    """So nobody makes the other unit's entry break the rules of its event, nor an own one keep them."""
    build_rules(session, place.second, level_least="技师")
    session.commit()
    rows = table(("王演示", "演示乙厂", id_number(1), "", "技师"))
    who = asked(place.second, units=frozenset({place.theirs.id}))
    codes = [finding.code for finding in propose(session, who, rows).findings]
    assert sorted(codes) == ["PERSON_KEPT", "SKILL_LEVEL"]


@pytest.mark.parametrize(("field", "state"), [("state", "final"), ("review", "withdrawn")])
def test_whoever_has_no_entry_of_the_own_unit_any_more_moves_on(session, place, field, state):
    entry = session.query(Entry).one()
    setattr(place.first if field == "state" else entry, field, state)
    session.commit()
    assert enter(session, place.second, place.theirs, "演示乙厂", "13900000009", "技师") == []
    assert kept(session) == (place.theirs.id, "13900000009", "技师")


def test_the_own_unit_says_anew_what_is_known(session, place):
    assert enter(session, place.second, place.ours, "演示甲厂", "13900000009", "技师") == []
    assert kept(session) == (place.ours.id, "13900000009", "技师")
