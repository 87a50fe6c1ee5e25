"""Results are versions: tabulated once nothing is missing, frozen, announced, made final."""

from datetime import timedelta

import pytest

from accounts.models import User
from competitions.events import services as events
from core import canonical
from core.refusals import Refused
from scoring.results import queries
from scoring.sheets import decisions, ledger
from scoring.sheets import services as sheets
from scoring.sheets.decisions import Act
from scoring.sheets.queries import list_marked_entries, list_sheets
from scoring.sheets.rules import MarkKey
from scoring.sheets.services import SheetOperation
from tests.factories.accounts import MOMENT, build_user
from tests.factories.scoring import build_scoring_event, sheet_of

# Theory is one agreed value; practice is the mean of two judges' general mark and 40 − 5 for each undercut.
MARKS = {
    "A01": {"T": "80", "P": ("50", "40"), "faults": "1"},
    "A02": {"T": "90", "P": ("50", "50"), "faults": "0"},
    "A03": {"T": "70", "P": ("30", "31"), "faults": "2"},
}


@pytest.fixture
def event(session):
    event = build_scoring_event(session)
    session.commit()
    return event


@pytest.fixture
def actor(session) -> User:
    user = build_user(session)
    session.commit()
    return user


def mark_all(session, event, marks=MARKS, sign=True):
    for code, given in marks.items():
        fill(session, event, "J1", code, "T", {"Q1": given["T"]}, sign=sign)
        fill(session, event, "J1", code, "P", {"A1": given["P"][0], "A2": given["faults"]}, sign=sign)
        fill(session, event, "J2", code, "P", {"A1": given["P"][1]}, sign=sign)
    session.commit()


def fill(session, event, judge, code, stage, values, *, sign):
    sheet = sheet_of(session, event, judge, code, stage)
    keys = {MarkKey(aspect, 1): value for aspect, value in values.items()}
    name = f"{event.id}-{judge}-{code}-{stage}-{sheet.version}"
    saved = sheets.save_marks(
        session, event, sheet, SheetOperation(f"{name}-save", sheet.ref, sheet.version, keys), MOMENT
    )
    assert saved.outcome == "applied", saved
    if sign:
        signed = sheets.sign_sheet(
            session, event, sheet, SheetOperation(f"{name}-sign", sheet.ref, sheet.version), MOMENT
        )
        assert signed.outcome == "applied", signed


def step(session, event, name, actor, now=MOMENT, reason=""):
    events.take_step(session, event, name, actor_id=actor.id, now=now, reason=reason)
    session.commit()


def codes(caught):
    return {refusal.code for refusal in caught.value.refusals}


def test_the_result_is_exact_and_in_order(session, event):
    mark_all(session, event)
    rows = queries.get_inputs(session, event.id).outcome().rows
    # A01: 45 + 35 = 80 → 0.3·80 + 0.7·80 = 80; A02: 50 + 40 = 90 → 90;
    # A03: 30.5 + 30 = 60.5 → 0.3·70 + 0.7·60.5 = 21 + 42.35 = 63.35
    assert [(row.rank, row.entry, row.total) for row in rows] == [
        (1, "A02", 90_000_000),
        (2, "A01", 80_000_000),
        (3, "A03", 63_350_000),
    ]
    assert [row.award for row in rows] == ["一等奖", "二等奖", None]


def test_while_marks_are_missing_nobody_has_a_wrong_total(session, event):
    mark_all(session, event, {"A01": MARKS["A01"]})
    rows = queries.get_inputs(session, event.id).outcome().rows
    assert [(row.entry, row.status, row.rank) for row in rows] == [
        ("A01", "valid", 1),
        ("A02", "incomplete", None),
        ("A03", "incomplete", None),
    ]


def test_tabulating_waits_for_every_signature(session, event, actor):
    mark_all(session, event, sign=False)
    with pytest.raises(Refused) as caught:
        step(session, event, "tabulate", actor)
    assert codes(caught) == {"INCOMPLETE_SHEETS"}
    assert queries.find_newest(session, event.id) is None


def test_somebody_absent_needs_no_sheet_and_gets_no_rank(session, event, actor):
    mark_all(session, event, {code: MARKS[code] for code in ("A01", "A02")})
    absent = next(entry for entry, code in list_marked_entries(session, event.id) if code == "A03")
    decisions.set_status(session, event, absent, "absent", Act("op-absent", actor.id, "未到场", MOMENT))
    step(session, event, "tabulate", actor)
    rows = queries.find_newest(session, event.id).rows
    assert [(row.rank, row.status, row.total) for row in rows] == [
        (1, "valid", "90.00"),
        (2, "valid", "80.00"),
        (None, "absent", ""),
    ]


def test_a_version_names_the_ledger_and_hashes_its_document(session, event, actor):
    mark_all(session, event)
    step(session, event, "tabulate", actor)
    version = queries.find_newest(session, event.id)
    assert (version.ledger_seq, version.ledger_head) == ledger.head(session, event.id)
    assert version.sha256 == canonical.digest(version.document)
    assert version.document["rows"][0][:4] == ["1", "A02", "valid", "90.00"]
    assert len(version.document["marks"]) == 3 + 6 + 3


def test_the_document_of_a_result_holds_no_name(session, event, actor):
    mark_all(session, event)
    step(session, event, "tabulate", actor)
    text = canonical.dumps(queries.find_newest(session, event.id).document)
    assert all(entry.name not in text for entry, _code in list_marked_entries(session, event.id))


def test_announcing_and_finalising_keep_one_version_when_nothing_changed(session, event, actor):
    mark_all(session, event)
    for name in ("tabulate", "announce", "finalise"):
        step(session, event, name, actor)
    (version,) = queries.list_versions(session, event.id)
    assert (version.number, version.announced_at, version.final_at) == (1, MOMENT, MOMENT)
    assert event.state == "final"


def test_a_correction_is_a_new_version_and_the_old_one_stays(session, event, actor):
    mark_all(session, event)
    step(session, event, "tabulate", actor)
    step(session, event, "reopen_scoring", actor, reason="复核发现漏看一处咬边")
    sheet = sheet_of(session, event, "J1", "A02", "P")
    sheets.reopen_sheet(
        session, event, sheet, operation_id="again", reason="漏看", actor_id=actor.id, now=MOMENT
    )
    fill(session, event, "J1", "A02", "P", {"A2": "6"}, sign=True)
    step(session, event, "tabulate", actor, now=MOMENT + timedelta(hours=1))
    second, first = queries.list_versions(session, event.id)
    # A02: 50 + 10 = 60 → 27 + 42 = 69
    assert [row.total for row in first.rows] == ["90.00", "80.00", "63.35"]
    assert [row.total for row in second.rows] == ["80.00", "69.00", "63.35"]
    assert second.ledger_seq > first.ledger_seq


TIED = {**MARKS, "A03": {"T": "80", "P": ("40", "50"), "faults": "1"}}


def test_an_unresolved_tie_is_not_announced(session, event, actor):
    mark_all(session, event, TIED)
    step(session, event, "tabulate", actor)
    with pytest.raises(Refused) as caught:
        step(session, event, "announce", actor)
    assert {refusal.where for refusal in caught.value.refusals} == {"A01,A03"}
    assert event.state == "tabulated"


def test_every_sheet_is_there_once(session, event):
    assert len({(row.judge, row.entry, row.stage) for row in list_sheets(session, event.id)}) == 9
