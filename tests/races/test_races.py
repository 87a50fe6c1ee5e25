"""Of all who act at once on the same thing one wins, the others are told so, and the ledger fits the tables.

A race is one act against another of the same moment: 1,072 in the suite, ten times as many in `make deep`,
half of them on each database. Source: SECURITY.md R05.
"""

import pytest
from sqlalchemy import delete, select
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
from scoring.sheets import queries as sheets_of
from scoring.sheets.models import Correction, LedgerOperation, Sheet
from scoring.sheets.rules import MarkKey
from tests.factories.accounts import build_user
from tests.factories.events import build_competition
from tests.factories.marking import build_theory_and_practice, entry_of, mark, take
from tests.factories.packages import HALFPIPE, build_catalogue
from tests.factories.scoring import build_scoring_event, sheet_of
from tests.factories.trust import build_tabulated
from tests.races import doors
from tests.races.racing import Racers

TIMES = [pytest.param(1, id="suite"), pytest.param(10, id="deep", marks=pytest.mark.deep)]
SIGNING, LOCKING, OPENING, PUBLISHING = 180, 150, 140, 60  # races of each pair on each database


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
    event, chief, by = marking(session, 2)
    mark(session, event, "J1", "A01", "T", {"Q1": "50"}, sign=False)
    ref, other = (sheet_of(session, event, "J1", code, "T").ref for code in ("A01", "A02"))
    number = event.id
    session.commit()
    won = set()
    while racers.races < SIGNING * times:
        if now_of(session, ref)[1] == "locked":
            give_back(racers, session, number, ref, chief)
        else:
            won.add(sign_and_edit(racers, session, number, [ref, other], by))
    assert fits(session, number) == []
    assert {0, 1} <= won  # both sides win now and then, or it was no race


def sign_and_edit(racers, session, number, refs, by):
    """Sign a sheet while it is edited through each door; return who came first, 0 for the signature."""
    (version, state, shown), turn = now_of(session, refs[0]), racers.rounds
    values = [str(value) for value in range(turn % 90, turn % 90 + 4) if str(value) != shown]
    acts = [
        (doors.signing_form, doors.signing_batch)[turn % 2](number, refs[0], version, shown),
        doors.of_form(number, refs[0], version, values[0]),
        doors.of_batch(refs, version, values[1]),
    ]
    if turn % 3 == 0:
        acts += [doors.of_workbook(session, number, "A01", values[2], by), doors.of_command(number)]
    told = racers.race(*acts)
    assert told.count("applied") == 1, (turn, told)
    first = told.index("applied")
    after = (state, values[first - 1]) if first else ("locked", shown)
    assert now_of(session, refs[0]) == (version + 1, *after)
    return first


def give_back(racers, session, number, ref, chief):
    """Give a signed sheet back while two others edit it: they come before, or one of them after."""
    version, _state, shown = now_of(session, ref)
    edits = doors.of_form(number, ref, version + 1, "91"), doors.of_batch([ref], version + 1, "92")
    told, *edited = racers.race(doors.returning(number, ref, chief), *edits)
    assert told == "applied"
    after_edits(session, ref, (version + 1, "returned", shown), edited)


def after_edits(session, ref, before, edited):
    """Hold a sheet against what two who wrote 91 and 92 onto it were told: one of them at most wrote."""
    version, state, shown = before
    assert set(edited) <= {"applied", "locked", "conflict"}
    if "applied" in edited:
        assert edited.count("applied") == 1
        version, shown = version + 1, ("91", "92")[edited.index("applied")]
    assert now_of(session, ref) == (version, state, shown)


@pytest.mark.parametrize("times", TIMES)
def test_locking_against_editing(session, racers, times):
    """What is locked stays: a sheet is given back before it, or not at all; nobody edits what is signed."""
    for part in range(1, times + 1):
        event, chief, by = marking(session, LOCKING // 3, "standard")
        codes = [f"A{place:02d}" for place in range(1, LOCKING // 3 + 1)]
        for code in codes:
            mark(session, event, "J1", code, "T", {"Q1": "50"})
        number, refs = event.id, {code: sheet_of(session, event, "J1", code, "T").ref for code in codes}
        session.commit()
        while racers.races < LOCKING * part:
            lock_and_edit(racers, session, number, refs.popitem(), chief, by)
        assert fits(session, number) == []


def lock_and_edit(racers, session, number, sheet, chief, by):
    code, ref = sheet
    version, _state, _shown = now_of(session, ref)
    acts = [
        locking(number, ref, version, chief),
        doors.returning(number, ref, chief),
        doors.of_form(number, ref, version + 1, "91"),
        doors.of_batch([ref], version + 1, "92"),
    ]
    if racers.rounds % 8 == 0:
        acts.append(doors.of_workbook(session, number, code, "93", by))
    locked, returned, *edited = racers.race(*acts)
    assert edited[2:] in ([], ["LIST_FAULTS"], ["DESK_OUTDATED"])
    if locked == "applied":
        assert (returned, edited[:2]) == ("SHEET_LOCKED", ["locked", "locked"])
        assert now_of(session, ref) == (version + 1, "locked", "50")
    else:
        assert (locked, returned) == ("SHEETS_CHANGED", "applied")
        after_edits(session, ref, (version + 1, "returned", "50"), edited[:2])


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
    number, ref = event.id, sheet_of(session, event, "J1", "A02", "T").ref
    session.commit()
    while racers.races < OPENING * times:
        version, state, shown = now_of(session, ref)
        told = racers.race(
            consenting(number, users["draw_officer"]),
            proposing(number, ref, version, users["chief_judge"], str(racers.rounds % 40)),
            doors.signing_batch(number, ref, version, shown),
            doors.signing_form(number, ref, version, shown),
            doors.of_form(number, ref, version, "99"),
        )
        assert told.count("applied") == 1, told
        assert told[2:] == ["locked"] * 3
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
        values = {MarkKey("Q1", 1): value}
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
    while racers.races < PUBLISHING * times:  # all versions are counted again: many small events cost less
        publish_and_correct(session, racers, organiser)


def publish_and_correct(session, racers, organiser):
    event = build_theory_and_practice(session, {"甲": ("90", "90"), "乙": ("80", "80"), "丙": ("70", "70")})
    take(session, event, "tabulate", "announce")
    number, entries = event.id, [entry_of(session, event, code).id for code in ("A01", "A02")]
    session.commit()
    publish = publishing(number, organiser)
    for status in ("dsq", "valid", "absent", "dnf", "ineligible"):  # each gives another result
        corrected = [deciding(number, entry, status) for entry in entries]
        before = newest(session, number)
        told = racers.race(publish, *corrected, publish)
        assert told[1:3] == ["applied", "applied"]
        assert {told[0], told[3]} <= {"applied", "RESULT_UNCHANGED"}
        assert newest(session, number) - before == (told[0], told[3]).count("applied")
    racers.alone(deciding(number, entries[0], "valid"))
    assert sorted(racers.race(publish, publish)) == ["RESULT_UNCHANGED", "applied"]
    assert fits(session, number) == []
    held_to_ledger(session, number)


def newest(session, number):
    session.expire_all()
    found = results.find_newest(session, number).number
    session.rollback()
    return found


def test_one_package_at_several_keyboards_becomes_one_event(session, racers):
    build_catalogue(session)
    session.commit()
    told = racers.race(*[doors.of_package(HALFPIPE)] * 3)
    assert sorted(told) == ["PACKAGE_KNOWN", "PACKAGE_KNOWN", "applied"]
    assert fits(session, session.scalars(select(Event.id)).one()) == []


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
    """Hold each version against the last status of every entry up to the operation that it names."""
    session.rollback()
    own = select(LedgerOperation).where(LedgerOperation.event_id == event_id).order_by(LedgerOperation.seq)
    codes = {entry.ref: code for entry, code in sheets_of.list_marked_entries(session, event_id)}
    said = [(row.seq, codes[row.body["entry"]], row.body["to"]) for row in session.scalars(own)
            if row.kind == "status"]  # fmt: skip
    for version in results.list_versions(session, event_id):
        before = {code: status for seq, code, status in said if seq <= version.ledger_seq}
        statuses = {code: status for code, _unit, status in version.document["entries"]}
        assert statuses == dict.fromkeys(statuses, "valid") | before
    session.rollback()
