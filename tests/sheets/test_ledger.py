"""Marks go through one chained ledger: nothing is lost, doubled or silently overwritten."""

import pytest
from sqlalchemy import func, select

from competitions.judges.models import Appointment
from core.audit.models import AuditRecord
from core.refusals import Refused
from scoring.sheets import ledger, opening, queries, services
from scoring.sheets.models import LedgerOperation, Mark
from scoring.sheets.rules import MarkKey
from scoring.sheets.services import SheetOperation
from tests.factories.accounts import MOMENT
from tests.factories.scoring import build_scoring_event, sheet_of
from tests.tampering import tamper


@pytest.fixture
def event(session):
    event = build_scoring_event(session)
    session.commit()
    return event


def save(session, event, sheet, marks, operation_id="op-1", base=None):
    keys = {MarkKey(aspect, 1): value for aspect, value in marks.items()}
    base = sheet.version if base is None else base
    return services.save_marks(
        session, event, sheet, SheetOperation(operation_id, sheet.ref, base, keys), MOMENT
    )


def sign(session, event, sheet, operation_id="op-sign"):
    return services.sign_sheet(
        session, event, sheet, SheetOperation(operation_id, sheet.ref, sheet.version), MOMENT
    )


def operations(session, event):
    """Return what was written after the sheets had been opened, which is an operation, too."""
    statement = select(LedgerOperation).filter_by(event_id=event.id).order_by(LedgerOperation.seq)
    opened, *others = session.scalars(statement)
    assert opened.kind == "open"
    return others


def test_what_a_panel_agrees_on_is_entered_by_one_judge(session, event):
    rows = queries.list_sheets(session, event.id)
    assert sorted({(row.judge, row.stage) for row in rows}) == [("J1", "P"), ("J1", "T"), ("J2", "P")]
    assert len(rows) == 9


def test_a_mark_is_stored_with_its_operation_and_its_audit_record(session, event):
    sheet = sheet_of(session, event, "J1", "A01", "P")
    answer = save(session, event, sheet, {"A1": "48.5"})
    assert (answer.outcome, answer.version) == ("applied", 1)
    assert queries.marks_of(session, sheet.id) == {MarkKey("A1", 1): "48.5"}
    (operation,) = operations(session, event)
    assert (operation.seq, operation.kind) == (2, "save")
    assert operation.body["marks"] == [["A1", 1, "48.5"]]
    assert session.scalar(select(func.count()).where(AuditRecord.action == "sheet:save")) == 1


def test_the_same_operation_twice_has_one_effect_and_the_same_answer(session, event):
    sheet = sheet_of(session, event, "J1", "A01", "P")
    first = save(session, event, sheet, {"A1": "48.5"}, base=0)
    again = save(session, event, sheet, {"A1": "48.5"}, base=0)
    assert (again.outcome, again.version, again.marks) == ("duplicate", first.version, first.marks)
    assert len(operations(session, event)) == 1


def test_an_operation_number_is_never_used_for_another_content(session, event):
    sheet = sheet_of(session, event, "J1", "A01", "P")
    save(session, event, sheet, {"A1": "48.5"}, base=0)
    with pytest.raises(Refused) as refused:
        save(session, event, sheet, {"A1": "50"}, base=0)
    assert refused.value.refusals[0].code == "OPERATION_REUSED"


def test_a_stale_version_changes_nothing_and_is_told_the_servers_marks(session, event):
    sheet = sheet_of(session, event, "J1", "A01", "P")
    save(session, event, sheet, {"A1": "48.5"}, "op-1", base=0)
    answer = save(session, event, sheet, {"A1": "12"}, "op-2", base=0)
    assert (answer.outcome, answer.version, dict(answer.marks)) == ("conflict", 1, {MarkKey("A1", 1): "48.5"})
    assert ledger.find_operation(session, "op-2") is None


@pytest.mark.parametrize(
    ("aspect", "value", "code"),
    [
        ("A1", "60.5", "SCORE_RANGE"),
        ("A1", "-1", "SCORE_RANGE"),
        ("A1", "48.3", "SCORE_STEP"),
        ("A1", "NaN", "SCORE_FORMAT"),
        ("A1", "1e3", "SCORE_FORMAT"),
        ("A1", "４８", "SCORE_FORMAT"),
        ("A2", "1.5", "SCORE_FORMAT"),
        ("Q1", "50", "UNKNOWN_ASPECT"),
        ("ZZ", "5", "UNKNOWN_ASPECT"),
    ],
)
def test_a_value_that_the_scheme_does_not_allow_is_refused_whole(session, event, aspect, value, code):
    sheet = sheet_of(session, event, "J1", "A01", "P")
    answer = save(session, event, sheet, {"A1": "48.5", aspect: value})
    assert answer.outcome == "rejected"
    assert [finding.code for finding in answer.errors.values()] == [code]
    assert session.scalar(select(func.count()).select_from(Mark)) == 0
    assert operations(session, event) == []


def test_a_second_attempt_that_the_stage_does_not_have_is_refused(session, event):
    sheet = sheet_of(session, event, "J1", "A01", "P")
    operation = SheetOperation("op", sheet.ref, 0, {MarkKey("A1", 2): "5"})
    answer = services.save_marks(session, event, sheet, operation, MOMENT)
    assert [finding.code for finding in answer.errors.values()] == ["ATTEMPT"]


def test_an_empty_value_takes_the_mark_away(session, event):
    sheet = sheet_of(session, event, "J1", "A01", "P")
    save(session, event, sheet, {"A1": "48.5"}, "op-1")
    save(session, event, sheet, {"A1": ""}, "op-2")
    assert queries.marks_of(session, sheet.id) == {}
    assert [row.body["marks"] for row in operations(session, event)] == [[["A1", 1, "48.5"]], [["A1", 1, ""]]]


def test_a_sheet_with_a_blank_cannot_be_signed(session, event):
    sheet = sheet_of(session, event, "J1", "A01", "P")
    save(session, event, sheet, {"A1": "48.5"})
    answer = sign(session, event, sheet)
    assert (answer.outcome, list(answer.missing)) == ("rejected", [MarkKey("A2", 1)])
    assert sheet.state == "draft"


def test_a_signed_sheet_is_locked(session, event):
    sheet = sheet_of(session, event, "J2", "A01", "P")
    save(session, event, sheet, {"A1": "48.5"})
    assert sign(session, event, sheet).outcome == "applied"
    assert (sheet.state, sheet.signed_at) == ("locked", MOMENT)
    assert save(session, event, sheet, {"A1": "50"}, "late").outcome == "locked"
    assert queries.marks_of(session, sheet.id) == {MarkKey("A1", 1): "48.5"}


def test_signing_twice_with_one_operation_is_one_signature(session, event):
    sheet = sheet_of(session, event, "J2", "A01", "P")
    save(session, event, sheet, {"A1": "48.5"})
    operation = SheetOperation("op-sign", sheet.ref, sheet.version)
    first = services.sign_sheet(session, event, sheet, operation, MOMENT)
    again = services.sign_sheet(session, event, sheet, operation, MOMENT)
    assert (first.outcome, again.outcome, again.version) == ("applied", "duplicate", first.version)


def test_a_sheet_is_given_back_only_with_a_reason_and_keeps_its_marks(session, event):
    sheet = sheet_of(session, event, "J2", "A01", "P")
    save(session, event, sheet, {"A1": "48.5"})
    sign(session, event, sheet)
    with pytest.raises(Refused):
        services.reopen_sheet(session, event, sheet, operation_id="r0", reason=" ", actor_id=1, now=MOMENT)
    actor = session.get_one(Appointment, sheet.appointment_id).user_id
    services.reopen_sheet(
        session, event, sheet, operation_id="r1", reason="漏看一处", actor_id=actor, now=MOMENT
    )
    assert (sheet.state, queries.marks_of(session, sheet.id)) == ("returned", {MarkKey("A1", 1): "48.5"})
    assert save(session, event, sheet, {"A1": "50"}, "after").outcome == "applied"


def test_no_mark_is_taken_once_scoring_is_over(session, event):
    sheet = sheet_of(session, event, "J1", "A01", "P")
    event.state = "tabulated"
    session.commit()
    assert save(session, event, sheet, {"A1": "48.5"}).outcome == "locked"


def test_the_chain_of_an_event_is_whole_and_names_the_first_changed_row(session, event):
    sheet = sheet_of(session, event, "J1", "A01", "P")
    for number, value in enumerate(["10", "20", "30", "40"]):
        save(session, event, sheet, {"A1": value}, f"op-{number}")
    session.commit()
    assert ledger.first_broken(session, event.id) is None
    tamper(session, "UPDATE ledger_operation SET body = replace(body, '30', '60') WHERE seq = 4")
    assert ledger.first_broken(session, event.id) == 4


def test_opening_sheets_again_makes_none_twice(session, event):
    assert opening.open_sheets(session, event, actor_id=None, now=MOMENT) == 0
