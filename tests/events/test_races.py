"""Two people press the same button at once."""

import threading

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from competitions.events import lifecycle, services
from competitions.events.models import Approval, Event, EventStep
from core.database import db
from core.refusals import Refused
from tests.client import apart
from tests.factories.accounts import MOMENT, build_user
from tests.factories.events import build_event

pytestmark = pytest.mark.usefixtures("own_guards")


def test_of_two_who_take_the_same_step_one_wins_and_the_other_is_told_why(app, session, monkeypatch):
    event_id = build_event(session).id
    session.commit()
    both_have_read = threading.Barrier(2, timeout=20)
    outcomes = []

    def press():
        with app.app_context(), Session(db.engines[None]) as own:
            event = own.get(Event, event_id)
            own.rollback()  # the page was read some time ago, in another transaction
            both_have_read.wait()
            try:
                services.take_step(own, event, "open_registration", actor_id=None, now=MOMENT)
                own.commit()
                outcomes.append("taken")
            except Refused as refused:
                own.rollback()
                outcomes.append(refused.refusals[0].code)

    def race():
        threads = [threading.Thread(target=press) for _person in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)

    apart(race)
    assert sorted(outcomes) == ["STATE_GUARD", "taken"]
    assert len(session.scalars(select(EventStep)).all()) == 1


def test_guards_see_the_event_as_it_is_when_the_step_is_taken(session, monkeypatch):
    event = build_event(session)
    seen = []
    lifecycle.register_guard("open_registration", lambda _s, row, _now: seen.append(row.version) or [])
    session.commit()
    services.take_step(session, event, "open_registration", actor_id=None, now=MOMENT)
    assert seen == [1]
    assert event.version == 2


@pytest.mark.parametrize(
    "app", [pytest.param("postgresql", id="postgresql: SQLite has one writer")], indirect=True
)
def test_an_event_that_is_held_lets_others_add_what_only_names_it(app, session):
    """Confirming a draw and a substitution once waited for each other, and the database ended one of them."""
    event, actor = build_event(session), build_user(session).id
    session.commit()
    services.hold(session, event)
    with Session(db.engines[None]) as other:
        other.execute(text("SET LOCAL lock_timeout = '2s'"))
        approval = Approval(
            event_id=event.id, kind="draw:confirmed", by_id=actor, at=MOMENT, subject_hash="0" * 64
        )
        other.add(approval)
        other.flush()
        other.rollback()
    session.rollback()
