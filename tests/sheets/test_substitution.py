"""A judge is replaced in the midst of marking: what is signed stays, the rest is the other's."""

import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from sqlalchemy import select

from accounts.models import User
from accounts.queries import list_held_grants
from competitions.events.models import Event
from competitions.judges import services as judges
from competitions.judges import substitution
from competitions.judges.models import Appointment, Assignment
from core.audit.models import AuditRecord
from core.database import db
from core.refusals import Refused
from scoring.results.queries import get_inputs
from scoring.results.rules import table_of
from scoring.sheets import integrity, ledger, opening, queries, services, setup
from scoring.sheets.models import Mark, Sheet
from scoring.sheets.rules import MarkKey
from scoring.sheets.services import SheetOperation
from tests.factories.accounts import MOMENT, build_user
from tests.factories.entries import build_entry
from tests.factories.events import build_event
from tests.factories.judges import build_appointment
from tests.factories.organisations import build_unit
from tests.factories.scoring import WELDING, build_coded_entry, build_judge, build_scheme, sheet_of
from tests.packages.test_export import exported, files_of, recounted

A1, A2 = MarkKey("A1", 1), MarkKey("A2", 1)


def act(event, sheet, kind, marks=(), number=0):
    operation = SheetOperation(f"{kind}-{sheet.ref}-{number}", sheet.ref, sheet.version, dict(marks))
    do = services.save_marks if kind == "save" else services.sign_sheet
    return do(db.session, event, sheet, operation, MOMENT)


def mark(session, event, judge, code, a1, a2="0"):
    """Mark and sign one practical sheet; A2 is entered by whoever enters the agreed value."""
    sheet = sheet_of(session, event, judge, code, "P")
    seats = queries.seats_of_entry(session, event.id, sheet.entry_id)
    mine = services.rules.judges_aspects(services.get_scheme(session, event.id), seats, judge, "P")
    assert act(event, sheet, "save", {key: {"A1": a1, "A2": a2}[key.aspect] for key in (A1, A2)
                                      if key.aspect in mine}).outcome == "applied"  # fmt: skip
    assert act(event, sheet, "sign").outcome == "applied"


@pytest.fixture
def event(session):
    """An event in marking with the practical part alone: entries A01 to A10, two panels of three judges."""
    document = WELDING | {
        "stages": [WELDING["stages"][1] | {"weight": "1"}],
        "ranking": {"share": True},
    }
    del document["awards"]
    event = build_event(session, state="scoring")
    build_scheme(session, event, document)
    for number in range(1, 11):
        build_coded_entry(session, event, number)
    for number in range(1, 7):
        judge = build_judge(session, event, number, "P")
        (row,) = session.scalars(select(Assignment).where(Assignment.appointment_id == judge.id))
        row.stations = "1-5" if number < 4 else "6-10"
    session.flush()
    session.expire_all()
    opening.open_sheets(session, event, actor_id=None, now=MOMENT)
    session.commit()
    return event


def judge_of(session, event, code):
    here = select(Appointment).where(Appointment.event_id == event.id)
    return session.scalar(here.where(Appointment.code == code))


def replace(session, event, out, user, unit_id=None, reason="突发疾病"):
    return substitution.substitute(
        session, event, judge_of(session, event, out), user, unit_id, reason, actor_id=user.id, now=MOMENT
    )


def test_each_half_has_the_sheets_of_its_panel_and_nobody_waits_for_the_other(session, event):
    rows = queries.list_sheets(session, event.id)
    assert len(rows) == 10 * 3
    assert {row.judge for row in rows if row.entry in ("A01", "A05")} == {"J1", "J2", "J3"}
    assert {row.judge for row in rows if row.entry in ("A06", "A10")} == {"J4", "J5", "J6"}
    for number in range(1, 11):
        for judge in ("J1", "J2", "J3") if number <= 5 else ("J4", "J5", "J6"):
            mark(session, event, judge, f"A{number:02d}", str(30 + number))
    assert setup.sheets_locked(session, event, MOMENT) == []
    table = {row["entry"]: row for row in result_rows(session, event)}
    # Three equal marks of 31 … 40 for A1, and 40 for A2, where no fault was found.
    assert Decimal(table["A01"]["total"]) == 71
    assert Decimal(table["A10"]["total"]) == 80


def result_rows(session, event):
    """Return the lines of results.csv as dicts."""
    inputs = get_inputs(session, event.id)
    outcome = inputs.outcome()
    assert list(outcome.findings) == []
    header, rows = table_of(inputs, outcome)
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_the_stand_in_gets_what_is_unsigned_and_the_signed_sheets_stay(session, event):
    mark(session, event, "J2", "A01", "50")
    act(event, sheet_of(session, event, "J2", "A02", "P"), "save", {A1: "10"})  # a draft, not signed
    done = replace(session, event, "J2", build_user(session))
    assert (done.stand_in.code, done.sheets) == ("J7", 4)
    rows = {(row.judge, row.entry): row for row in queries.list_sheets(session, event.id)}
    assert rows["J2", "A01"].state == "locked"
    assert [entry for judge, entry in sorted(rows) if judge == "J2"] == ["A01"]
    assert [entry for judge, entry in sorted(rows) if judge == "J7"] == ["A02", "A03", "A04", "A05"]
    assert rows["J7", "A02"].marks == 0  # nobody signs another's marks
    assert ledger.first_broken(session, event.id) is None
    assert integrity.refusals(session, event.id) == []


def test_the_one_who_left_has_no_role_and_no_open_sheet_and_the_act_is_recorded(session, event):
    out = judge_of(session, event, "J2")
    done = replace(session, event, "J2", build_user(session))
    assert list_held_grants(session, out.user_id) == []
    assert [g.role for g in list_held_grants(session, done.stand_in.user_id)] == ["judge"]
    passed = session.scalars(select(Sheet).where(Sheet.appointment_id == out.id)).all()
    assert {sheet.state for sheet in passed} == {"passed"}
    assert act(event, passed[0], "save", {A1: "1"}).outcome == "locked"
    record = session.scalar(select(AuditRecord).where(AuditRecord.action == "judge:substitute"))
    assert record.detail == {"code": "J2", "by": "J7", "reason": "突发疾病", "sheets": 5}


def test_the_panels_count_the_signed_mark_of_one_and_the_mark_of_the_other(session, event):
    """A01: 50, 56, 53 by J1, J2, J3 → 53; A02: 40, 46, 43 by J1, J7, J3 → 43; A2 gives 40 each."""
    for judge, value in (("J1", "50"), ("J2", "56"), ("J3", "53")):
        mark(session, event, judge, "A01", value)
    replace(session, event, "J2", build_user(session))
    for judge, value in (("J1", "40"), ("J7", "46"), ("J3", "43")):
        mark(session, event, judge, "A02", value)
    inputs = get_inputs(session, event.id)
    seated = {
        entry: {row.judge for row in inputs.assignments if row.aspect == "A1" and row.entry == entry}
        for entry in ("A01", "A02")
    }
    assert seated == {"A01": {"J1", "J2", "J3"}, "A02": {"J1", "J3", "J7"}}
    found = {row["entry"]: row["total"] for row in result_rows(session, event)}
    assert (Decimal(found["A01"]), Decimal(found["A02"])) == (93, 83)


def test_a_judge_of_the_other_half_may_stand_in_and_keeps_the_own_places(session, event):
    other = judge_of(session, event, "J4")
    done = replace(session, event, "J2", other.user)
    assert (done.stand_in.code, done.sheets) == ("J4", 5)
    rows = [row.entry for row in queries.list_sheets(session, event.id) if row.judge == "J4"]
    assert sorted(rows) == [f"A{number:02d}" for number in range(1, 11)]


@pytest.mark.parametrize(
    ("who", "reason", "code"),
    [
        ("J2", "病", "SUBSTITUTE_SAME"),
        ("J3", "病", "SUBSTITUTE_MARKS_THERE"),  # of the same panel: one judge counts once
        ("J4", "  ", "JUDGE_REASON"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(session, event, who, reason, code):
    with pytest.raises(Refused) as caught:
        replace(session, event, "J2", judge_of(session, event, who).user, reason=reason)
    assert [refusal.code for refusal in caught.value.refusals] == [code]
    session.rollback()
    assert {row.state for row in queries.list_sheets(session, event.id)} == {"draft"}


def test_nobody_stands_in_whose_own_unit_takes_part(session, event):
    unit = build_unit(session)
    build_entry(session, event, unit=unit)
    with pytest.raises(Refused) as caught:
        replace(session, event, "J2", build_user(session), unit_id=unit.id)
    assert [refusal.code for refusal in caught.value.refusals] == ["CONFLICT_OF_INTEREST"]


def test_with_everything_signed_there_is_nothing_to_take_over(session, event):
    for number in range(1, 6):
        mark(session, event, "J2", f"A{number:02d}", "30")
    with pytest.raises(Refused) as caught:
        replace(session, event, "J2", build_user(session))
    assert [refusal.code for refusal in caught.value.refusals] == ["SUBSTITUTE_NOTHING"]


def test_neither_of_the_two_can_be_dismissed_afterwards(session, event):
    done = replace(session, event, "J2", build_user(session))
    for judge in (judge_of(session, event, "J2"), done.stand_in):
        with pytest.raises(Refused) as caught:
            judges.dismiss(session, event, judge, "x", actor_id=judge.user_id, now=MOMENT)
        assert "JUDGE_HANDED_OVER" in [refusal.code for refusal in caught.value.refusals]


def test_before_marking_starts_the_places_are_taken_and_the_other_is_dismissed(session):
    event = build_event(session, state="ready")
    build_scheme(session, event)
    out = build_appointment(session, event, ["P"], head=True)
    done = substitution.substitute(
        session, event, out, build_user(session), None, "病", actor_id=out.user_id, now=MOMENT
    )
    assert done.sheets is None
    assert out.dismissed_at is not None
    assert [(row.stage, row.aspect) for row in done.stand_in.assignments] == [("P", "")]
    assert done.stand_in.head


def test_the_chief_judge_hands_the_lead_over_too(session, event):
    out = judge_of(session, event, "J2")
    out.chief = True
    session.flush()
    done = replace(session, event, "J2", build_user(session))
    assert (out.chief, done.stand_in.chief) == (False, True)
    assert [g.role for g in list_held_grants(session, done.stand_in.user_id)] == ["chief_judge"]


def test_a_sheet_is_signed_or_passed_on_whoever_comes_first(app, session, event):
    """Sign ‖ substitute, at once on two connections: A01 has one counting sheet then, never two or none."""
    sheet = sheet_of(session, event, "J2", "A01", "P")
    act(event, sheet, "save", {A1: "50"})
    user_id, ref, number = build_user(session).id, sheet.ref, event.id
    session.commit()
    gate, outcomes = threading.Barrier(2), {}

    def run(name, work):
        with app.test_request_context("/", method="POST"):
            gate.wait()
            outcomes[name] = work()
            db.session.commit()
            db.session.remove()

    def sign():
        one = queries.find_sheet(db.session, ref)
        return act(db.session.get(Event, number), one, "sign", number=1).outcome

    def substitute():
        return replace(db.session, db.session.get(Event, number), "J2", db.session.get(User, user_id)).sheets

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(run, ("sign", "take"), (sign, substitute)))
    session.expire_all()
    rows = [row for row in queries.list_sheets(session, number) if row.entry == "A01"]
    mine = [row for row in rows if row.judge in ("J2", "J7")]
    assert len(mine) == 1
    assert (mine[0].judge, outcomes) in (
        ("J2", {"sign": "applied", "take": 4}),
        ("J7", {"sign": "locked", "take": 5}),
    )
    assert ledger.first_broken(session, number) is None
    assert session.scalar(select(Mark.value)) == "50"  # the draft stays in the ledger's projection


def test_the_exported_package_recounts_to_the_result_of_both_judges(session, browser, event, tmp_path):
    """Stations and both judges stand in assignments.csv, entry by entry; nobody is written off as absent."""
    replace(session, event, "J2", build_user(session))
    for number in range(1, 11):
        for judge in ("J1", "J3", "J7") if number <= 5 else ("J4", "J5", "J6"):
            mark(session, event, judge, f"A{number:02d}", str(30 + number))
    organiser = build_user(session, grants=[("organiser", "event", event.id)])
    session.commit()
    data = exported(browser, event, organiser)
    done = recounted(tmp_path, data, browser().get("/recount.pyz").data)
    assert (done.returncode, "agrees" in done.stderr) == (0, True)
    files = files_of(data)
    named = files["assignments.csv"].decode("utf-8-sig").splitlines()
    assert "P,A1,A01,J7" in named
    assert not any(line.endswith(",A06,J7") or line.endswith(",A01,J2") for line in named)
    assert b"absent_judge" not in files["decisions.csv"]
