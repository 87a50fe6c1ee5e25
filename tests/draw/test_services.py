"""The draw is made once, after the field is closed, and its record proves it later."""

import hashlib
import json
import threading

import pytest
from sqlalchemy import func, select

from competitions.draw import checking, queries, rules, services
from competitions.draw.models import Draw, EntryCode
from competitions.draw.rules import Settings
from competitions.draw.setup import draw_if_nobody_has, forget_draw, needs_draw
from competitions.entries.models import Entry
from competitions.events.models import Event
from competitions.events.services import hold
from core.audit.models import AuditRecord
from core.database import db
from core.refusals import Refused
from tests.client import apart
from tests.factories.accounts import MOMENT, build_user
from tests.factories.entries import build_entry
from tests.factories.events import build_competition, build_event
from tests.factories.organisations import build_unit


def ready(session, entries=3, **overrides):
    """Return an event whose field is closed."""
    event = build_event(session, "ready", **overrides)
    for _again in range(entries):
        build_entry(session, event)
    return event


def draw(session, event, seed="2026-11-22"):
    """Draw with a seed."""
    return services.make_draw(session, event, seed=seed, actor_id=None, now=MOMENT)


def decide(session, event, **chosen):
    """Save draw settings."""
    actor = build_user(session)
    services.save_settings(session, event, Settings(**chosen), actor_id=actor.id, now=MOMENT)


def confirm(session, event):
    return services.confirm_draw(session, event, actor_id=build_user(session).id, now=MOMENT)


def codes(caught):
    return [refusal.code for refusal in caught.value.refusals]


def test_every_approved_entry_gets_a_code_and_a_station(session):
    event = ready(session)
    build_entry(session, event, review="rejected")
    build_entry(session, event, review="withdrawn")
    draw(session, event)
    assert [row.code for row in queries.list_codes(session, event.id)] == ["A01", "A02", "A03"]
    found = queries.list_stations(session, event.id)
    assert sorted((row.station, row.batch) for row in found) == [(1, None), (2, None), (3, None)]


def test_a_kept_draw_can_be_replayed_from_its_seed(session):
    event = ready(session, 8)
    kept = draw(session, event, "seed of a witness")
    field = [entrant for _number, entrant in queries.list_entrants(session, event.id)]
    assert queries.list_drawn(session, event.id) == rules.draw(kept.seed, field)
    assert all(check.holds for check in checking.checks(session, kept))


def test_the_record_holds_the_fingerprint_of_the_seed_and_not_the_seed(session):
    event = ready(session)
    kept = draw(session, event, "a secret seed")
    record = session.scalar(select(AuditRecord).where(AuditRecord.action == "draw:make"))
    fingerprint = hashlib.sha256(b"a secret seed").hexdigest()
    drawn = queries.digest_of(session, event.id)
    assert record.detail == {"entries": 3, "seed_sha256": fingerprint, "drawn_sha256": drawn}
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
    assert [refusal.code for refusal in needs_draw(session, strict, MOMENT)] == ["DRAW_UNCONFIRMED"]
    confirm(session, strict)
    assert needs_draw(session, strict, MOMENT) == []


def test_codes_are_forgotten_when_the_field_opens_again(session):
    event = ready(session)
    draw(session, event)
    forget_draw(session, event, None, MOMENT)
    assert queries.find_draw(session, event.id) is None
    assert queries.list_stations(session, event.id) == []


def test_what_was_decided_before_is_drawn_and_kept_with_the_draw(session):
    event = ready(session, 7)
    decide(session, event, prefix="WA", width=3, stations=3, order="lot")
    kept = draw(session, event)
    rows = queries.list_appearance(session, event.id, 1)
    assert [(row.batch, row.position) for row in rows] == [
        (1, 1), (1, 2), (1, 3), (2, 4), (2, 5), (3, 6), (3, 7),
    ]  # fmt: skip
    assert sorted(row.code for row in rows) == [f"WA{number:03d}" for number in range(1, 8)]
    assert kept.settings["stations"] == 3


def test_with_three_layers_nothing_that_judges_read_has_a_station(session):
    event = ready(session, 4)
    decide(session, event, layers=3, stations=2)
    draw(session, event)
    found = queries.list_stations(session, event.id)
    assert {(row.station, row.batch) for row in found} == {(None, None)}
    assert {row.code for row in queries.list_appearance(session, event.id, 3)} == {None}
    maps = [queries.list_layer(session, event.id, layer, 3) for layer in (1, 2, 3)]
    chain = [{row.given: row.before for row in rows} for rows in maps]
    names = {row.code: row.name for row in queries.list_codes(session, event.id)}
    for work, seat in chain[2].items():  # opened in reverse, layer by layer, the maps lead to the entrant
        assert names[work] in chain[0][chain[1][seat]]
    assert chain[2].keys() == {"A01", "A02", "A03", "A04"}
    assert chain[1].keys() == {"1-01", "1-02", "2-01", "2-02"}  # two stations: two batches of two
    assert chain[0].keys() == {"C01", "C02", "C03", "C04"}


@pytest.mark.parametrize(
    ("chosen", "code", "where"),
    [
        ({"prefix": "J"}, "DRAW_PREFIX", "prefix"),
        ({"batches": "number"}, "DRAW_AMOUNT", "amount"),
        ({"batches": "size", "amount": 9, "stations": 8}, "DRAW_BATCH_SIZE", "amount"),
    ],
)
def test_settings_that_fit_no_field_are_refused_at_their_field(session, chosen, code, where):
    event = ready(session)
    with pytest.raises(Refused) as caught:
        decide(session, event, **chosen)
    assert [(refusal.code, refusal.where) for refusal in caught.value.refusals] == [(code, where)]


def test_settings_that_do_not_fit_the_field_stop_the_draw_and_the_start(session):
    event = ready(session, 5)
    decide(session, event, batches="number", amount=2, stations=2)
    with pytest.raises(Refused) as caught:
        draw(session, event)
    assert codes(caught) == ["DRAW_STATIONS_FEW"]
    assert [refusal.code for refusal in needs_draw(session, event, MOMENT)] == ["DRAW_STATIONS_FEW"]


def test_settings_stay_as_they_were_drawn_with(session):
    event = ready(session)
    draw(session, event)
    with pytest.raises(Refused) as caught:
        decide(session, event, prefix="B")
    assert codes(caught) == ["DRAW_DONE"]
    with pytest.raises(Refused) as caught:
        decide(session, build_event(session, "scoring"), prefix="B")
    assert codes(caught) == ["DRAW_OVER"]


def test_a_draw_is_confirmed_once_and_another_draw_needs_another_confirmation(session):
    event = ready(session)
    draw(session, event)
    confirm(session, event)
    with pytest.raises(Refused) as caught:
        confirm(session, event)
    assert codes(caught) == ["DRAW_CONFIRMED"]
    forget_draw(session, event, None, MOMENT)
    again = draw(session, event, "another seed")
    assert queries.find_confirmation(session, again) is None


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        (lambda code: setattr(code, "code", "A99"), {"replay": 1}),
        (lambda code: setattr(code, "seat", "77"), {"replay": 1}),
    ],
)
def test_a_draw_that_was_changed_by_other_means_is_not_confirmed(session, change, broken):
    event = ready(session)
    kept = draw(session, event)
    change(session.scalars(select(EntryCode)).first())
    session.flush()
    assert {check.key: check.faulty for check in checking.checks(session, kept) if check.faulty} == broken
    with pytest.raises(Refused) as caught:
        confirm(session, event)
    assert codes(caught) == ["DRAW_FAULTY"]


def test_a_draw_made_before_there_were_batches_still_replays(session):
    """Such a draw has codes and stations, and no settings, batches or places."""
    event = ready(session, 5)
    kept = draw(session, event)
    kept.settings = {}
    for code in session.scalars(select(EntryCode)):
        code.position = code.seat = None
    session.flush()
    assert all(check.holds for check in checking.checks(session, kept))
    code.station = None
    session.flush()
    assert {check.key for check in checking.checks(session, kept) if not check.holds} == {"replay"}


def test_whoever_has_not_drawn_and_whoever_should_not_have_are_counted(session):
    event = ready(session)
    kept = draw(session, event)
    build_entry(session, event)
    entry = session.get(Entry, session.scalars(select(EntryCode.entry_id)).first())
    entry.review = "withdrawn"
    session.flush()
    faulty = {check.key: check.faulty for check in checking.checks(session, kept)}
    assert (faulty["each"], faulty["others"]) == (1, 1)


def test_neighbours_that_cannot_be_parted_are_counted_by_batch(session):
    """Three of four in a row are from one unit: 2 × 3 − 4 − 1 = 1 pair remains."""
    event, unit = build_event(session, "ready"), build_unit(session)
    for _again in range(3):
        build_entry(session, event, unit=unit)
    build_entry(session, event)
    decide(session, event, apart=True)
    kept = draw(session, event)
    assert checking.unavoidable(session, kept) == {1: 1}


def test_the_command_replays_a_draw_and_says_where_it_differs(session, app, tmp_path):
    event = ready(session)
    draw(session, event)
    session.commit()
    path, number = tmp_path / "draw.json", event.id
    run = app.test_cli_runner().invoke
    done = apart(run, args=["draw", "replay", str(number), "--file", str(path)])
    assert (done.exit_code, "0 differ" in done.output) == (0, True)
    told = json.loads(path.read_text(encoding="utf-8"))
    assert [row[1] for row in told["drawn"]] == ["A01", "A02", "A03"]
    session.scalars(select(EntryCode)).first().code = "A99"
    session.commit()
    done = apart(run, args=["draw", "replay", str(number)])
    assert (done.exit_code, "1 differ" in done.output) == (1, True)
    assert apart(run, args=["draw", "replay", "999"]).exit_code == 2


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
