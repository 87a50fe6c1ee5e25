"""Section 7: a row that names nothing, stands twice or cannot be read is a finding; all of them at once."""

import pytest

from scoring.rules.compute import Outcome, compute
from scoring.rules.inputs import (
    AssignmentInput,
    DecisionInput,
    EntryInput,
    MarkInput,
    PenaltyInput,
)
from tests.rules.build import (
    aspect,
    codes,
    criterion,
    of_aspects,
    parsed,
    ranks,
    result,
    row,
    scheme,
    stage,
    total,
)

ENTRIES = [EntryInput("01"), EntryInput("02")]


def compute_rows(
    *marks: tuple[str, str, str, str, int | str, str],
    entries: list[EntryInput] = ENTRIES,
    assignments: list[AssignmentInput] | None = None,
    penalties: tuple[PenaltyInput, ...] = (),
    decisions: tuple[DecisionInput, ...] = (),
    **fields: object,
) -> Outcome:
    document = of_aspects(aspect(**fields))
    rows = [MarkInput(*mark) for mark in marks]
    return compute(parsed(document), entries, rows, assignments, penalties, decisions)


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        (("P", "A1", "09", "J1", 1, "5"), [("UNKNOWN_ENTRY", "P.A1/09/1")]),
        (("P", "A9", "01", "J1", 1, "5"), [("UNKNOWN_ASPECT", "P.A9/01/1")]),
        (("X", "A1", "01", "J1", 1, "5"), [("UNKNOWN_ASPECT", "X.A1/01/1")]),
        (("P", "A1", "01", "J1", 2, "5"), [("ATTEMPT", "P.A1/01/2")]),
        (("P", "A1", "01", "J1", 0, "5"), [("ATTEMPT", "P.A1/01/1")]),
        (("P", "A1", "01", "J1", -1, "5"), [("ATTEMPT", "P.A1/01/-1")]),
        (("P", "A1", "01", "J1", "x", "5"), [("ATTEMPT", "P.A1/01/x")]),
        (("P", "A1", "01", "J1", "1.0", "5"), [("ATTEMPT", "P.A1/01/1.0")]),
        (("P", "A1", "01", "J1", "", "x"), [("SCORE_FORMAT", "P.A1/01/1")]),
        (("P", "A1", "01", "J1", 1, "101"), [("SCORE_RANGE", "P.A1/01/1")]),
        (
            ("P", "A1", "09", "J1", 3, "101.001"),
            [
                ("UNKNOWN_ENTRY", "P.A1/09/3"),
                ("ATTEMPT", "P.A1/09/3"),
                ("SCORE_RANGE", "P.A1/09/3"),
                ("SCORE_STEP", "P.A1/09/3"),
            ],
        ),
        (("X", "A1", "09", "J1", 3, "x"), [("UNKNOWN_ENTRY", "X.A1/09/3"), ("UNKNOWN_ASPECT", "X.A1/09/3")]),
    ],
)
def test_everything_wrong_with_a_mark_is_said(
    mark: tuple[str, str, str, str, int | str, str], expected: list[tuple[str, str]]
) -> None:
    assert codes(compute_rows(mark).findings) == expected


def test_a_code_of_another_stage_is_unknown_here() -> None:
    document = scheme(stage("T", criterion("Q", aspect("Q1"))), stage("P"), weights="plain")
    outcome = compute(parsed(document), ENTRIES, [MarkInput("P", "Q1", "01", "J1", 1, "5")], None)
    assert codes(outcome.findings) == [("UNKNOWN_ASPECT", "P.Q1/01/1")]


@pytest.mark.parametrize("attempt", ["", "1", "01", 1])
def test_an_empty_attempt_is_the_first(attempt: int | str) -> None:
    assert total(compute_rows(("P", "A1", "01", "J1", attempt, "5")), "01") == "5.00"


@pytest.mark.parametrize("second", ["5", "6"])
@pytest.mark.parametrize("attempt", ["", "1", 1])
def test_a_judge_marks_an_aspect_of_an_entry_once(second: str, attempt: int | str) -> None:
    outcome = compute_rows(("P", "A1", "01", "J1", 1, "5"), ("P", "A1", "01", "J1", attempt, second))
    assert codes(outcome.findings) == [("DUPLICATE_MARK", "P.A1/01/1")]
    assert row(outcome, "01").status == "incomplete"


def test_the_third_mark_is_a_duplicate_too() -> None:
    outcome = compute_rows(*[("P", "A1", "01", "J1", 1, "5")] * 3)
    assert len(outcome.findings) == 2


def test_another_judge_another_attempt_another_entry_is_no_duplicate() -> None:
    document = scheme(stage("P", attempts=2))
    rows = [
        MarkInput("P", "A1", entry, judge, attempt, "5")
        for entry in ("01", "02")
        for judge in ("J1", "J2")
        for attempt in (1, 2)
    ]
    assert compute(parsed(document), ENTRIES, rows, None).findings == ()


def test_a_refused_value_is_no_mark_that_could_be_doubled() -> None:
    for first, second in (("x", "5"), ("5", "x")):
        outcome = compute_rows(("P", "A1", "01", "J1", 1, first), ("P", "A1", "01", "J1", 1, second))
        assert codes(outcome.findings) == [("SCORE_FORMAT", "P.A1/01/1")]
        assert row(outcome, "01").status == "incomplete"


def test_faults_of_one_judge_in_several_rows_are_no_duplicates_even_where_equal() -> None:
    outcome = compute_rows(*[("P", "A1", "01", "J1", 1, "5")] * 3, kind="deduction")
    assert (outcome.findings, total(outcome, "01")) == ((), "85.00")


def test_a_panel_with_a_refused_row_has_no_value_and_no_finding_of_its_own() -> None:
    outcome = compute_rows(
        ("P", "A1", "01", "J1", 1, "x"),
        ("P", "A1", "01", "J2", 1, "1"),
        ("P", "A1", "01", "J3", 1, "2"),
        panel={"method": "agreed"},
    )
    assert codes(outcome.findings) == [("SCORE_FORMAT", "P.A1/01/1")]
    assert row(outcome, "01").status == "incomplete"


def test_a_refused_row_spoils_its_own_panel_only() -> None:
    document = scheme(stage("P", attempts=2))
    rows = [
        MarkInput("P", "A1", "01", "J1", 1, "5"),
        MarkInput("P", "A1", "01", "J1", 2, "x"),
        MarkInput("P", "A1", "02", "J1", 1, "5"),
    ]
    outcome = compute(parsed(document), ENTRIES, rows, None)
    assert (total(outcome, "01"), total(outcome, "02")) == (None, "5.00")


def test_a_refused_row_of_an_optional_aspect_is_not_counted_as_0() -> None:
    assert total(compute_rows(("P", "A1", "01", "J1", 1, "x"), required=False), "01") is None


def test_an_entry_stands_in_the_list_once_and_has_a_status_that_exists() -> None:
    entries = [
        EntryInput("01", where="entries.csv:2"),
        EntryInput("02", status="Valid", where="entries.csv:3"),
        EntryInput("01", where="entries.csv:4"),
        EntryInput("03", status="incomplete", where="entries.csv:5"),
        EntryInput("", where="entries.csv:6"),
    ]
    outcome = compute_rows(("P", "A1", "02", "J1", 1, "5"), entries=entries)
    assert codes(outcome.findings) == [
        ("UNKNOWN_STATUS", "entries.csv:3"),
        ("DUPLICATE_ENTRY", "entries.csv:4"),
        ("UNKNOWN_STATUS", "entries.csv:5"),
        ("FILE_FORMAT", "entries.csv:6"),
    ]
    assert [found.entry for found in outcome.rows] == ["01", "02", "03"]
    assert (row(outcome, "02").status, total(outcome, "02")) == ("incomplete", None)


def test_without_a_place_a_finding_names_the_entry() -> None:
    outcome = compute_rows(entries=[EntryInput("01", status="x"), EntryInput("01"), EntryInput("")])
    assert codes(outcome.findings) == [
        ("UNKNOWN_STATUS", "01"),
        ("DUPLICATE_ENTRY", "01"),
        ("FILE_FORMAT", "entries.csv"),
    ]


@pytest.mark.parametrize(
    ("penalty", "expected"),
    [
        (PenaltyInput("01", "x"), [("SCORE_FORMAT", "01")]),
        (PenaltyInput("01", "-1"), [("SCORE_RANGE", "01")]),
        (PenaltyInput("09", "1"), [("UNKNOWN_ENTRY", "09")]),
        (
            PenaltyInput("09", "-1", "", "penalties.csv:2"),
            [("UNKNOWN_ENTRY", "penalties.csv:2"), ("SCORE_RANGE", "penalties.csv:2")],
        ),
        (PenaltyInput("01", "0"), []),
    ],
)
def test_a_penalty_is_a_number_of_points_of_an_entry(
    penalty: PenaltyInput, expected: list[tuple[str, str]]
) -> None:
    outcome = compute_rows(
        ("P", "A1", "01", "J1", 1, "5"), ("P", "A1", "02", "J1", 1, "5"), penalties=(penalty,)
    )
    assert codes(outcome.findings) == expected
    assert total(outcome, "02") == "5.00"
    assert total(outcome, "01") == (None if expected and penalty.entry == "01" else "5.00")


def test_a_refused_penalty_leaves_no_total_that_could_tie() -> None:
    outcome = compute_rows(
        ("P", "A1", "01", "J1", 1, "5"), ("P", "A1", "02", "J1", 1, "5"), penalties=(PenaltyInput("01", "x"),)
    )
    assert [(found.entry, found.status) for found in outcome.rows] == [("02", "valid"), ("01", "incomplete")]


@pytest.mark.parametrize(
    ("assignment", "expected"),
    [
        (AssignmentInput("X", "", "", "J1"), [("UNKNOWN_ASPECT", "X./")]),
        (AssignmentInput("", "", "", "J1"), [("UNKNOWN_ASPECT", "./")]),
        (AssignmentInput("P", "A9", "", "J1"), [("UNKNOWN_ASPECT", "P.A9/")]),
        (AssignmentInput("P", "A1", "09", "J1"), [("UNKNOWN_ENTRY", "P.A1/09")]),
        (
            AssignmentInput("P", "A9", "09", "J1", "assignments.csv:3"),
            [("UNKNOWN_ASPECT", "assignments.csv:3"), ("UNKNOWN_ENTRY", "assignments.csv:3")],
        ),
        (AssignmentInput("P", "", "", "J1"), []),
        (AssignmentInput("P", "A1", "01", "J1"), []),
    ],
)
def test_an_assignment_names_what_is_there(
    assignment: AssignmentInput, expected: list[tuple[str, str]]
) -> None:
    assert codes(compute_rows(assignments=[assignment]).findings) == expected


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        (DecisionInput("toss", "01"), [("FILE_FORMAT", "01")]),
        (DecisionInput("order", "09", value="1"), [("UNKNOWN_ENTRY", "09")]),
        (
            DecisionInput("order", "", value="1", where="decisions.csv:2"),
            [("UNKNOWN_ENTRY", "decisions.csv:2")],
        ),
        (DecisionInput("order", "01", value="first"), [("SCORE_FORMAT", "01")]),
        (DecisionInput("checked_in", "01", value="maybe"), [("FILE_FORMAT", "01")]),
        (DecisionInput("checked_in", "01", value="yes"), []),
        (DecisionInput("absent_judge", "01", "X", "", "J1"), [("UNKNOWN_ASPECT", "01")]),
        (DecisionInput("absent_judge", "01", "P", "A9", "J1"), [("UNKNOWN_ASPECT", "01")]),
        (DecisionInput("absent_judge", "01", "", "A9", "J1"), [("UNKNOWN_ASPECT", "01")]),
        (DecisionInput("absent_judge", "01", "", "A1", "J1"), []),
        (DecisionInput("absent_judge", "01", "", "", "J1"), []),
        (DecisionInput("award", "01", value="一等奖"), []),
    ],
)
def test_a_decision_is_of_a_kind_and_about_what_is_there(
    decision: DecisionInput, expected: list[tuple[str, str]]
) -> None:
    assert codes(compute_rows(decisions=(decision,)).findings) == expected


@pytest.mark.parametrize(
    ("kind", "values"), [("order", ("1", "2")), ("award", ("a", "b")), ("checked_in", ("yes", "no"))]
)
def test_decisions_that_contradict_each_other_are_refused(kind: str, values: tuple[str, str]) -> None:
    first, second = (
        DecisionInput(kind, "01", value=value, where=f"decisions.csv:{value}") for value in values
    )
    outcome = compute_rows(decisions=(first, second))
    assert codes(outcome.findings) == [("FILE_FORMAT", f"decisions.csv:{values[1]}")]
    assert compute_rows(decisions=(first, first)).findings == ()


def test_the_result_stays_whole_while_there_are_findings() -> None:
    outcome = compute_rows(("P", "A1", "01", "J1", 1, "5"), ("P", "A1", "02", "J1", 1, "x"))
    assert outcome.has_errors
    assert [(found.entry, found.rank, found.status) for found in outcome.rows] == [
        ("01", 1, "valid"),
        ("02", None, "incomplete"),
    ]


def test_names_and_units_go_through_to_the_result() -> None:
    entries = [EntryInput("01", "演示 甲", "一厂")]
    found = row(compute_rows(("P", "A1", "01", "J1", 1, "5"), entries=entries), "01")
    assert (found.name, found.unit) == ("演示 甲", "一厂")


def test_of_rows_with_one_code_the_first_stays_and_each_status_is_checked() -> None:
    entries = [EntryInput("01", "演示 甲"), EntryInput("01", "演示 乙", status="ill", where="entries.csv:3")]
    outcome = compute_rows(entries=entries)
    assert codes(outcome.findings) == [
        ("DUPLICATE_ENTRY", "entries.csv:3"),
        ("UNKNOWN_STATUS", "entries.csv:3"),
    ]
    assert [found.name for found in outcome.rows] == ["演示 甲"]


def test_everything_wrong_with_a_decision_is_said() -> None:
    outcome = compute_rows(decisions=(DecisionInput("toss", "09", "X", where="decisions.csv:2"),))
    assert [code for code, _ in codes(outcome.findings)] == ["FILE_FORMAT", "UNKNOWN_ENTRY", "UNKNOWN_ASPECT"]


def test_no_decision_may_name_an_aspect_that_is_not_there() -> None:
    outcome = compute_rows(decisions=(DecisionInput("order", "01", "P", "A9", value="1"),))
    assert codes(outcome.findings) == [("UNKNOWN_ASPECT", "01")]


def test_a_refused_decision_decides_nothing() -> None:
    tied = {"01": {"A1": "5"}, "02": {"A1": "5"}}
    decided = [DecisionInput("order", "01", value="1"), DecisionInput("order", "02", value="second")]
    outcome = result(of_aspects(aspect(), ties=[{"by": "manual"}]), tied, decisions=decided)
    assert codes(outcome.findings) == [("SCORE_FORMAT", "02"), ("MISSING_TIEBREAK_VALUE", "01,02")]


def test_the_order_of_a_decision_is_read_exactly() -> None:
    tied = {"01": {"A1": "5"}, "02": {"A1": "5"}, "03": {"A1": "5"}}
    values = {"01": "0.000001", "02": "0", "03": "-0.000001"}
    decided = [DecisionInput("order", entry, value=value) for entry, value in values.items()]
    outcome = result(of_aspects(aspect(), ties=[{"by": "manual"}]), tied, decisions=decided)
    assert ranks(outcome) == {"03": 1, "02": 2, "01": 3}


def test_what_a_row_may_leave_out_is_empty() -> None:
    assert EntryInput("01") == ("01", "", "", "valid", "")
    assert AssignmentInput("P", "A1", "", "J1") == ("P", "A1", "", "J1", "")
    assert PenaltyInput("01", "1") == ("01", "1", "", "")
    assert DecisionInput("order", "01") == ("order", "01", "", "", "", "", "", "")


def test_the_same_rows_give_an_equal_result() -> None:
    rows = [("P", "A1", "01", "J1", 1, "5"), ("P", "A1", "02", "J1", 1, "6")]
    assert compute_rows(*rows) == compute_rows(*reversed(rows))
