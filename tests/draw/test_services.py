"""The draw is made once, after the field is closed, and its record proves it later."""

import hashlib
import threading

import pytest
from sqlalchemy import func, select

from competitions.draw import queries, rules, services
from competitions.draw.models import Draw, EntryCode
from competitions.draw.setup import draw_if_nobody_has, forget_draw, needs_draw
from competitions.entries.models import Entry
from competitions.events.models import Event
from competitions.events.services import hold
from core.audit.models import AuditRecord
from core.database import db
from core.refusals import Refused
from tests.factories.accounts import MOMENT
from tests.factories.entries import build_entry
from tests.factories.events import build_competition, build_event


def ready(session, entries=3, **overrides):
    """Return an event whose field is closed."""
    event = build_event(session, "ready", **overrides)
    for _again in range(entries):
        build_entry(session, event)
    return event


def draw(session, event, seed="2026-11-22"):
    """Draw with a seed."""
    return services.make_draw(session, event, seed=seed, actor_id=None, now=MOMENT)


def codes(caught):
    return [refusal.code for refusal in caught.value.refusals]


def test_every_approved_entry_gets_a_code_and_a_station(session):
    event = ready(session)
    build_entry(session, event, review="rejected")
    build_entry(session, event, review="withdrawn")
    draw(session, event)
    assert [row.code for row in queries.list_codes(session, event.id)] == ["A01", "A02", "A03"]
    assert sorted(station for _code, station in queries.list_stations(session, event.id)) == [1, 2, 3]


def test_a_kept_draw_can_be_replayed_from_its_seed(session):
    event = ready(session, 8)
    kept = draw(session, event, "seed of a witness")
    refs = dict(session.execute(select(Entry.id, Entry.ref)).all())
    stored = {(refs[c.entry_id], c.code, c.station) for c in session.scalars(select(EntryCode))}
    assert stored == {tuple(row) for row in rules.draw(kept.seed, refs.values())}


def test_the_record_holds_the_fingerprint_of_the_seed_and_not_the_seed(session):
    event = ready(session)
    kept = draw(session, event, "a secret seed")
    record = session.scalar(select(AuditRecord).where(AuditRecord.action == "draw:make"))
    fingerprint = hashlib.sha256(b"a secret seed").hexdigest()
    assert record.detail == {"entries": 3, "seed_sha256": fingerprint}
    assert services.fingerprint(kept) == fingerprint


@pytest.mark.parametrize(
    ("state", "entries", "code"),
    [("registration", 3, "DRAW_TOO_EARLY"), ("scoring", 3, "DRAW_TOO_EARLY"), ("ready", 0, "DRAW_EMPTY")],
)
def test_when_there_is_no_draw(session, state, entries, code):
    event = build_event(session, state)
    for _again in range(entries):
        build_entry(session, event)
    with pytest.raises(Refused) as caught:
        draw(session, event)
    assert codes(caught) == [code]


def test_a_draw_is_made_once(session):
    event = ready(session)
    draw(session, event)
    with pytest.raises(Refused) as caught:
        draw(session, event, "another seed")
    assert codes(caught) == ["DRAW_DONE"]


def test_the_larger_profiles_have_it_drawn_by_hand_and_the_start_draws_for_the_simple_one(session):
    event = ready(session)
    assert needs_draw(session, event, MOMENT) == []
    draw_if_nobody_has(session, event, None, MOMENT)
    assert len(queries.list_stations(session, event.id)) == 3
    strict = ready(session, competition=build_competition(session, profile="strict"))
    assert [refusal.code for refusal in needs_draw(session, strict, MOMENT)] == ["DRAW_NEEDED"]
    draw(session, strict)
    assert needs_draw(session, strict, MOMENT) == []


def test_codes_are_forgotten_when_the_field_opens_again(session):
    event = ready(session)
    draw(session, event)
    forget_draw(session, event, None, MOMENT)
    assert queries.find_draw(session, event.id) is None
    assert queries.list_stations(session, event.id) == []


def test_of_two_draws_at_once_one_counts(session, app):
    event = ready(session, 20)
    session.commit()
    barrier, results = threading.Barrier(2), []

    def run(seed):
        with app.app_context():
            barrier.wait()
            try:
                found = db.session.get(Event, event.id)
                hold(db.session, found)
                draw(db.session, found, seed)
                db.session.commit()
                results.append("done")
            except Refused as refused:
                db.session.rollback()
                results.append(refused.refusals[0].code)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(seed,)) for seed in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(results) == ["DRAW_DONE", "done"]
    assert session.scalar(select(func.count()).select_from(Draw)) == 1
    assert session.scalar(select(func.count()).select_from(EntryCode)) == 20
