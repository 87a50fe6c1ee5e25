"""What people were is taken down once: no correction is overwritten by it, and it is what is counted."""

import threading

import pytest
from sqlalchemy import select, text

from competitions.entries import taking_part
from competitions.entries.models import EntryMember, Person
from competitions.people import correcting
from competitions.people.correcting import Correction
from core import database
from reports.statistics import keeping
from tests.factories.accounts import MOMENT, build_user
from tests.factories.events import build_event
from tests.factories.organisations import build_unit
from tests.people.people import add, enter, id_number
from tests.statistics.test_keeping import figures_by


@pytest.fixture
def woman(session):
    """The number of a woman of 41, a skilled worker of a unit of the state, in an announced event."""
    event, unit = build_event(session, "announced"), build_unit(session, ownership="state")
    person = add(session, unit, "演示", id_number(2, "19850110"), skill_level="高级工")
    enter(session, person, event)
    session.commit()
    return person.id


def people_by(session, attribute):
    return {value: one.people for value, one in figures_by(session, attribute).items()}


def test_an_id_number_corrected_meanwhile_is_not_overwritten(app, session, woman):
    """He is a man of 23; the worker begins while the correction is not committed yet."""
    actor_id = build_user(session, grants=[("admin", "site", 0)]).id
    session.commit()
    corrected = threading.Event()

    def correct():
        with app.app_context(), database.writing_session() as own:
            person = own.get_one(Person, woman)
            new = Correction(person.name, id_number(3, "20030110"), cleared=False)
            correcting.correct_person(
                own, person, new, "核对证件", actor_id=actor_id, now=MOMENT, today=MOMENT.date()
            )
            own.flush()
            corrected.set()
            threading.Event().wait(0.5)  # time enough for the worker to read what will be old
            own.commit()

    thread = threading.Thread(target=correct)
    thread.start()
    assert corrected.wait(10)
    for _time in range(2):
        with database.writing_session() as own:
            keeping.refresh(own)
    thread.join(10)
    session.expire_all()
    assert people_by(session, "sex") == {"male": 1}
    assert people_by(session, "age") == {"-25": 1}


def test_what_was_taken_down_is_what_is_counted(session, woman, monkeypatch):
    """A promotion between the two: she competed as what was taken down, and a rebuild says the same."""
    count_event = keeping.count_event

    def promoted_first(own, event_id):
        own.execute(text("UPDATE person SET skill_level = '技师'"))
        own.execute(text("UPDATE unit SET ownership = 'private'"))
        return count_event(own, event_id)

    monkeypatch.setattr(keeping, "count_event", promoted_first)
    keeping.refresh(session)
    monkeypatch.undo()
    for _count in ("kept", "rebuilt"):
        assert people_by(session, "skill") == {"高级工": 1}
        assert people_by(session, "ownership") == {"state": 1}
        list(keeping.rebuild(session))


def test_a_member_who_is_gone_meanwhile_does_not_stop_the_worker(session, woman, monkeypatch):
    read = taking_part._with_sex_and_age

    def gone_then(own, event_id, rows):
        found = read(own, event_id, rows)
        own.execute(text("DELETE FROM entry_member"))
        return found

    monkeypatch.setattr(taking_part, "_with_sex_and_age", gone_then)
    keeping.refresh(session)
    assert session.scalars(select(EntryMember)).all() == []
