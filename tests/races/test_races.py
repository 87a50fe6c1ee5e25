"""Of two who act at once on the same thing one wins, the other is told so, and the ledger fits the tables.

Hundreds of races in the suite, over ten thousand in `make deep`. Source: SECURITY.md R05.
"""

import itertools

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from competitions.draw import unblinding
from competitions.entries.models import Entry
from competitions.events.models import Approval, Event
from core import clock
from scoring.evidence import checking
from scoring.rechecks import services as rechecks
from scoring.rechecks.queries import find_progress
from scoring.results import queries as results
from scoring.results import services as tabulating
from scoring.sheets import closing, corrections, decisions
from scoring.sheets.models import Correction, LedgerOperation, Sheet
from scoring.sheets.rules import MarkKey
from tests.factories.accounts import build_user
from tests.factories.events import build_competition
from tests.factories.marking import build_theory_and_practice, entry_of, mark, take
from tests.factories.scoring import build_scoring_event, sheet_of
from tests.factories.trust import build_tabulated
from tests.races import doors
from tests.races.racing import Racers

# Of three pairs on each database; with the fourth they make 648 in the suite and 10,368 in `make deep`.
ROUNDS = 100
TIMES = [pytest.param(1, id="suite"), pytest.param(16, id="deep", marks=pytest.mark.deep)]


@pytest.fixture
def racers(app):
    found = Racers(app)
    yield found
    found.pool.shutdown()


def now_of(session, ref):
    """Return version, state and the mark of a sheet."""
    session.rollback()
    session.expire_all()
    sheet = session.query(Sheet).filter_by(ref=ref).one()
    found = sheet.version, sheet.state, next((mark.value for mark in sheet.marks), "")
    session.rollback()
    return found


def fits(session, event_id):
    """Say what does not fit: chains, checkpoints, tables against the ledger, signatures, results."""
    session.rollback()
    session.expire_all()
    return checking.check_event(session, event_id).refusals


def marking(session, entries, profile="simple"):
    """Return an event that is being marked, who gives sheets back, and two who bring a workbook."""
    event = build_scoring_event(
        session, entries=entries, judges=1, competition=build_competition(session, profile=profile)
    )
    chief = build_user(session, grants=[("chief_judge", "event", event.id)]).id
    by = tuple(build_user(session, grants=[("tabulator", "event", event.id)]).id for _one in range(2))
    return event, chief, by


@pytest.mark.parametrize("times", TIMES)
def test_signing_against_editing(session, racers, times):
    """I05: no mark changes between a signature and its being given back, whoever brings it."""
    event, chief, by = marking(session, 1)
    mark(session, event, "J1", "A01", "T", {"Q1": "50"}, sign=False)
    ref, number = sheet_of(session, event, "J1", "A01", "T").ref, event.id
    session.commit()
    won = set()
    for turn in range(ROUNDS * times):
        version, state, shown = now_of(session, ref)
        value = str(turn % 50) if shown != str(turn % 50) else "99"
        edit = (
            doors.of_form(number, ref, version, value),
            doors.of_batch(number, ref, version, value),
            doors.of_workbook(session, number, "A01", value, by) if turn % 3 == 2 else None,
        )[turn % 3]
        sign = (doors.signing_form, doors.signing_batch)[turn % 2](number, ref, version, shown)
        told = racers.race(sign, edit)
        assert told.count("applied") == 1, (turn, told)
        signed = told[0] == "applied"
        after = ("locked", shown) if signed else (state, value)
        assert now_of(session, ref) == (version + 1, *after)
        won.add((turn % 3, signed))
        if signed:
            assert racers.alone(doors.returning(number, ref, chief)) == "applied"
    assert fits(session, number) == []
    assert len(won) >= 4  # both sides win now and then, or it was no race


@pytest.mark.parametrize("times", TIMES)
def test_locking_against_editing(session, racers, times):
    """What is locked stays: a sheet is given back before it, or not at all; nobody edits what is signed."""
    for _part in range(times):
        event, chief, by = marking(session, ROUNDS, "standard")
        refs = []
        for place in range(1, ROUNDS + 1):
            code = f"A{place:02d}"
            mark(session, event, "J1", code, "T", {"Q1": "50"})
            refs.append((code, sheet_of(session, event, "J1", code, "T").ref))
        number = event.id
        session.commit()
        for turn, (code, ref) in enumerate(refs):
            version, _state, _shown = now_of(session, ref)
            edit = (
                doors.returning(number, ref, chief),
                doors.of_batch(number, ref, version, "7"),
                doors.returning(number, ref, chief),
                doors.of_form(number, ref, version, "8"),
            )[turn % 4]
            told = racers.race(locking(number, ref, version, chief), edit)
            assert told.count("applied") == 1, (code, told)
            states = {"applied": "locked"}
            assert now_of(session, ref) == (version + 1, states.get(told[0], "returned"), "50")
            if turn % 2:
                assert told[0] == "applied"
        assert fits(session, number) == []


def locking(event_id, ref, version, chief):
    def act(session: Session) -> str:
        event = session.get_one(Event, event_id)
        session.rollback()
        closing.close_sheets(
            session, event, "lock", {ref: version}, operation_id=clock.new_ref(), actor_id=chief,
            now=clock.now(),
        )  # fmt: skip
        return "applied"

    return act


@pytest.mark.parametrize("times", TIMES)
def test_opening_names_against_changing_marks(session, racers, times):
    """From the first consent on nothing that the judges gave changes, and what waits keeps names closed."""
    found = build_tabulated(session, "standard")
    event, users = found.event, {role: user.id for role, user in found.users.items()}
    check_again(session, event, users["tabulator"])
    number, ref = event.id, sheet_of(session, event, "J2", "A02", "P").ref
    session.commit()
    for turn in range(ROUNDS * times):
        version, state, shown = now_of(session, ref)
        change = proposing(number, ref, version, users["chief_judge"], str(turn % 40))
        if turn % 3 == 2:
            change = doors.signing_batch(number, ref, version, shown)
        told = racers.race(consenting(number, users["draw_officer"]), change)
        assert told.count("applied") == 1, (turn, told)
        assert now_of(session, ref) == (version, state, shown)
        clean(session, number, users["supervisor"])
    assert fits(session, number) == []


def check_again(session, event, tabulator):
    by = {"actor_id": tabulator, "now": clock.now()}
    rechecks.draw_sample(session, event, seed="演示", operation_id=clock.new_ref(), **by)
    for sheet in [one.row for one in find_progress(session, event).chosen]:
        rechecks.compare(
            session, event, sheet.ref, sheet.version, agrees=True, note="", operation_id=clock.new_ref(), **by
        )


def consenting(event_id, officer):
    def act(session: Session) -> str:
        event = session.get_one(Event, event_id)
        session.rollback()
        unblinding.consent(session, event, 1, actor_id=officer, now=clock.now())
        return "applied"

    return act


def proposing(event_id, ref, version, chief, value):
    def act(session: Session) -> str:
        sheet, event = session.query(Sheet).filter_by(ref=ref).one(), session.get_one(Event, event_id)
        session.rollback()
        values = {MarkKey("A1", 1): value}
        corrections.propose(
            session, event, sheet, version, values, "抄写错误", actor_id=chief, now=clock.now()
        )
        return "applied"

    return act


def clean(session, event_id, supervisor):
    """Decline what was proposed and forget who consented, so that both may be done again."""
    event = session.get_one(Event, event_id)
    for correction in session.scalars(select(Correction).where(Correction.outcome == "")).all():
        corrections.decline(session, event, correction, "再议", actor_id=supervisor, now=clock.now())
    session.execute(delete(Approval).where(Approval.kind.startswith("unblind:")))
    session.commit()


@pytest.mark.parametrize("times", TIMES)
def test_publishing_against_correcting(session, racers, times):
    """A version holds exactly what the ledger said up to the head that it names; of two only one is made."""
    organiser = build_user(session).id
    for _part in range(4 * times):  # each version is counted again at the end: many small events cost less
        publish_and_correct(session, racers, organiser)


def publish_and_correct(session, racers, organiser):
    event = build_theory_and_practice(session, {"甲": ("90", "90"), "乙": ("80", "80")})
    take(session, event, "tabulate", "announce")
    number, entry = event.id, entry_of(session, event, "A01").id
    session.commit()
    statuses = itertools.cycle(("dsq", "valid", "absent", "dnf", "ineligible"))  # each gives another result
    for turn in range(6):
        assert racers.alone(deciding(number, entry, next(statuses))) == "applied"
        if turn % 2:
            told = racers.race(publishing(number, organiser), deciding(number, entry, next(statuses)))
            assert told == ["applied", "applied"]
        else:
            told = racers.race(publishing(number, organiser), publishing(number, organiser))
            assert sorted(told) == ["RESULT_UNCHANGED", "applied"]
        held_to_ledger(session, number)
    assert fits(session, number) == []


def deciding(event_id, entry_id, status):
    def act(session: Session) -> str:
        event = session.get_one(Event, event_id)
        entry = session.get_one(Entry, entry_id)
        act_of = decisions.Act(clock.new_ref(), None, "核实", clock.now())
        decisions.set_status(session, event, entry, status, act_of)
        return "applied"

    return act


def publishing(event_id, organiser):
    def act(session: Session) -> str:
        event = session.get_one(Event, event_id)
        session.rollback()
        tabulating.correct(session, event, "核实扣分", actor_id=organiser, now=clock.now())
        return "applied"

    return act


def held_to_ledger(session, event_id):
    session.rollback()
    version = results.find_newest(session, event_id)
    kinds = dict(
        session.execute(
            select(LedgerOperation.kind, func.count())
            .where(LedgerOperation.event_id == event_id, LedgerOperation.seq <= version.ledger_seq)
            .group_by(LedgerOperation.kind)
        ).all()
    )
    standing = kinds.get("penalty", 0) - kinds.get("withdraw_penalty", 0)
    assert len(version.document["penalties"]) == standing
    session.rollback()
