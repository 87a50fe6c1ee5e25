"""Two at once: one wins whole, the other is refused whole."""

import threading

import pytest
from sqlalchemy import func, select

from competitions.entries import deciding, services
from competitions.entries.models import Entry, EntryMember, ImportBatch, Person
from competitions.entries.services import Source
from competitions.events.models import Event
from competitions.events.services import take_step
from core.database import db
from core.refusals import Refused
from tests.entries.tables import asked, id_number, table
from tests.factories.accounts import MOMENT
from tests.factories.eligibility import build_rules
from tests.factories.events import build_event
from tests.factories.organisations import build_unit

ROWS = [(f"张{number}三", "演示甲厂", id_number(number)) for number in range(1, 30)]


@pytest.fixture
def event(session):
    """A contest that is open for registration."""
    event = build_event(session, "registration")
    build_unit(session, name="演示甲厂")
    session.commit()
    return event


def at_once(app, *acts):
    """Do several things in threads of their own that start together; return what became of each."""
    barrier, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        with app.app_context():
            barrier.wait()
            try:
                act()
                db.session.commit()
                results[place] = "done"
            except Refused as refused:
                db.session.rollback()
                results[place] = refused.refusals[0].code
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def importing(event_id, rows=ROWS):
    def act():
        event = db.session.get(Event, event_id)
        source = Source("名单.xlsx", "0" * 64)
        services.import_entries(
            db.session, event, table(*rows), asked(event), source, actor_id=None, now=MOMENT
        )

    return act


def test_of_two_imports_of_one_file_one_wins(session, app, event):
    results = at_once(app, importing(event.id), importing(event.id))
    assert sorted(results) == ["DUPLICATE_ENTRY", "done"]
    counts = [session.scalar(select(func.count()).select_from(m)) for m in (Entry, EntryMember, Person)]
    assert counts == [len(ROWS)] * 3
    assert session.scalar(select(func.count()).select_from(ImportBatch)) == 1


def test_the_same_people_entered_in_two_events_at_once_are_known_once(session, app, event):
    other = build_event(session, "registration")
    session.commit()
    assert at_once(app, importing(event.id), importing(other.id)) == ["done", "done"]
    assert session.scalar(select(func.count()).select_from(Person)) == len(ROWS)


def test_nobody_slips_in_while_the_event_goes_back_to_draft(session, app, event):
    def going_back():
        found = db.session.get(Event, event.id)
        take_step(db.session, found, "reopen_draft", actor_id=None, now=MOMENT, reason="更正规程")

    results = at_once(app, importing(event.id), going_back)
    assert results[1] == "done"
    assert results[0] in {"done", "REG_CLOSED"}
    entered = session.scalar(select(func.count()).select_from(Entry))
    assert entered == (len(ROWS) if results[0] == "done" else 0)


def adding(event_id, number):
    def act():
        event = db.session.get(Event, event_id)
        row = (f"演示选手{number}", "演示甲厂", id_number(number))
        services.add_entries(db.session, event, table(row), asked(event), actor_id=None, now=MOMENT)

    return act


def test_of_two_registrars_one_takes_the_last_place_of_the_unit(session, app, event):
    build_rules(session, event, unit_quota=1)
    session.commit()
    assert sorted(at_once(app, adding(event.id, 1), adding(event.id, 2))) == ["UNIT_QUOTA", "done"]
    assert session.scalar(select(func.count()).select_from(Entry)) == 1


def test_two_drafts_handed_in_at_once_do_not_share_a_place(session, app, event):
    rows = table(*(ROWS[:2]))
    drafts = services.add_entries(
        session, event, rows, asked(event, draft=True), actor_id=None, now=MOMENT
    )
    build_rules(session, event, unit_quota=1)
    event_id = event.id
    session.commit()

    def handing_in(entry_id):
        def act():
            found = db.session.get(Event, event_id)
            deciding.submit_entries(db.session, found, [entry_id], actor_id=None, now=MOMENT)

        return act

    assert at_once(app, *map(handing_in, drafts)) == ["done", "done"]  # one of them handed in, one left
    states = session.scalars(select(Entry.review).order_by(Entry.review)).all()
    assert states == ["draft", "submitted"]


def test_nobody_is_entered_in_two_events_at_once_where_one_is_allowed(session, app, event):
    other = build_event(session, "registration", competition=event.competition)
    build_rules(session, event, one_event=True)
    session.commit()
    assert sorted(at_once(app, adding(event.id, 1), adding(other.id, 1))) == ["DUPLICATE_ENTRY", "done"]
