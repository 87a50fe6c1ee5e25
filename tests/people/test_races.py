"""A merge beside the entering of the same person: one waits for the other, and nobody competes twice."""

import pytest
from sqlalchemy import func, select

from competitions.entries import services
from competitions.entries.models import EntryMember, Person
from competitions.entries.queries import entered_people
from competitions.events.models import Event
from competitions.people import merging
from core.database import db
from tests.entries.tables import asked, id_number, table
from tests.entries.test_races import at_once
from tests.factories.accounts import MOMENT, build_user
from tests.factories.events import build_event
from tests.factories.organisations import build_unit
from tests.people.people import add, enter


@pytest.fixture
def world(session):
    """Two records of one person, the second entered already; an event that is open."""
    unit, event = build_unit(session, name="演示甲厂"), build_event(session, "registration")
    kept, gone = add(session, unit, "张演示", number=id_number(801)), add(session, unit, "张演示")
    user = build_user(session)
    enter(session, gone, event)
    session.commit()
    return {"kept": kept.id, "gone": gone.id, "event": event.id, "user": user.id}


def merging_both(world, kept="kept", gone="gone"):
    def act():
        merging.merge_people(
            db.session, world[kept], world[gone], "同一人", actor_id=world["user"], now=MOMENT
        )

    return act


def entering(world):
    def act():
        event, row = db.session.get(Event, world["event"]), ("张演示", "演示甲厂", id_number(801))
        services.add_entries(db.session, event, table(row), asked(event), actor_id=world["user"], now=MOMENT)

    return act


def test_of_a_merge_and_an_entry_of_the_same_person_one_wins(session, app, world):
    results = at_once(app, merging_both(world), entering(world))
    assert results in (["done", "DUPLICATE_ENTRY"], ["DUPLICATE_ENTRY", "done"], ["PEOPLE_CHANGED", "done"])
    session.expire_all()
    entered = entered_people(session, world["event"])
    people = session.scalar(select(func.count(Person.id)))
    memberships = session.scalar(select(func.count(EntryMember.id)))
    assert (len(entered), people, memberships) in ((1, 1, 1), (2, 2, 2))


def test_of_two_merges_into_each_other_one_wins(session, app, world):
    results = at_once(app, merging_both(world), merging_both(world, "gone", "kept"))
    assert sorted(results) == ["PERSON_GONE", "done"]
    assert session.scalar(select(func.count(Person.id))) == 1
