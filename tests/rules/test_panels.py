"""Section 4: who sits on a panel, when it has a number, and which."""

import pytest

from scoring.rules.compute import Outcome, compute
from scoring.rules.inputs import DecisionInput, EntryInput
from tests.rules.build import Document, aspect, codes, marks, of_aspects, parsed, result, row, text, total


def panel_of(given: str, *, kind: str = "score", item: Document | None = None, **panel: object) -> Outcome:
    """Count one panel of entry 01 by a panel rule."""
    return result(of_aspects(aspect(kind=kind, panel=panel, **(item or {}))), {"01": {"A1": given}})


@pytest.mark.parametrize(
    ("method", "given", "expected"),
    [
        ("mean", "80 81 81", "80.67"),
        ("mean", "80", "80.00"),
        ("median", "90 70 80", "80.00"),
        ("median", "90 70 80 75", "77.50"),
        ("median", "90", "90.00"),
        ("sum", "10 20 30.5", "60.50"),
        ("agreed", "88 88.0 88.00", "88.00"),
        ("trimmed_mean", "70 80 81", "80.00"),
    ],
)
def test_each_method_makes_one_number_of_the_marks(method: str, given: str, expected: str) -> None:
    assert total(panel_of(given, method=method), "01") == expected


@pytest.mark.parametrize(("drop", "expected"), [(0, "60.00"), (1, "63.33"), (2, "70.00")])
def test_exactly_so_many_marks_are_left_out_at_each_end(drop: int, expected: str) -> None:
    # 10 20 70 100 100: 300/5, (20+70+100)/3, 70.
    assert total(panel_of("100 10 20 70 100", method="trimmed_mean", drop=drop), "01") == expected


def test_the_number_of_the_panel_is_rounded_before_the_factor_and_the_aspect_again() -> None:
    # 1/3 → 0.33 (panel) × 2 = 0.66; without rounding at the panel 2/3 → 0.67.
    twice = {"max": "1", "factor": "2"}
    assert total(panel_of("0 0 1", item=twice), "01") == "0.66"
    assert total(panel_of("0 0 1", item=twice, places=None), "01") == "0.67"
    assert total(panel_of("0 0 1", item=twice, places=1), "01") == "0.60"
    assert total(panel_of("0 0 1", item={**twice, "places": 0}), "01") == "1.00"


def test_the_points_go_into_the_panel_not_the_values() -> None:
    # 2 and 4 hits of 10 points each: mean of 20 and 40.
    document = of_aspects(aspect(kind="count", per="10", panel={"method": "mean"}))
    assert total(result(document, {"01": {"A1": "2 4"}}), "01") == "30.00"


def test_judgement_levels_are_averaged_first_and_rounded_once() -> None:
    # Levels 1, 2, 2 of 0 to 3, maximum 2: 5/9 × 2 = 1.111.
    assert total(panel_of("1 2 2", kind="judgement", item={"max": "2"}), "01") == "1.11"
    assert (
        text(row(panel_of("1 2 2", kind="judgement", item={"max": "2"}, places=3), "01").total, 3) == "1.110"
    )


@pytest.mark.parametrize(
    ("given", "params"), [("1 1", {"judges": 2, "least": 3}), ("1 1 1 1", {"judges": 4, "most": 3})]
)
def test_a_judgement_panel_has_exactly_three_judges(given: str, params: dict[str, int]) -> None:
    outcome = panel_of(given, kind="judgement")
    assert codes(outcome.findings) == [("PANEL_SIZE", "P.A1/01/1")]
    assert outcome.findings[0].params == params


def test_a_judgement_panel_of_five_has_exactly_five() -> None:
    assert panel_of("1 1 1 2 2", kind="judgement", min_judges=5).findings == ()
    assert codes(panel_of("1 1 1", kind="judgement", min_judges=5).findings) == [("PANEL_SIZE", "P.A1/01/1")]


@pytest.mark.parametrize(
    ("given", "is_refused"), [("80 82", False), ("80 82.01", True), ("80 81 82.01", True)]
)
def test_marks_further_apart_than_the_spread_are_refused(given: str, is_refused: bool) -> None:
    outcome = panel_of(given, max_spread="2")
    assert codes(outcome.findings) == ([("PANEL_SPREAD", "P.A1/01/1")] if is_refused else [])


def test_the_spread_is_taken_before_trimming_and_of_values_not_of_points() -> None:
    outcome = panel_of("10 80 81", method="trimmed_mean", max_spread="2")
    assert outcome.findings[0].params == {"lowest": "10", "highest": "81", "most": "2"}
    faults = panel_of("1 4", kind="deduction", item={"per": "10"}, method="mean", max_spread="2")
    assert codes(faults.findings) == [("PANEL_SPREAD", "P.A1/01/1")]
    alarms = panel_of("1/9 2", kind="count", method="mean", max_spread="1")
    assert alarms.findings == ()


def test_a_panel_that_hands_in_one_value_may_not_hand_in_two() -> None:
    outcome = panel_of("88 88 87.5", method="agreed")
    assert codes(outcome.findings) == [("PANEL_DISAGREES", "P.A1/01/1")]
    assert outcome.findings[0].params == {"values": "87.5, 88"}
    assert row(outcome, "01").status == "incomplete"


@pytest.mark.parametrize(
    ("kind", "given", "agrees"),
    [
        ("count", "14 14/0", True),
        ("count", "14/1 14/2", False),
        ("indicator", "90/100 90", True),
        ("indicator", "45/50 90/100", False),
        ("deduction", "200 300", False),
        ("time", "59.5 59.500", True),
    ],
)
def test_values_are_compared_as_numbers_not_as_points(kind: str, given: str, agrees: bool) -> None:
    item = {"target": "100"} if kind == "indicator" else {}
    assert (panel_of(given, kind=kind, item=item).findings == ()) == agrees


def test_faults_written_in_several_rows_add_up_for_each_judge() -> None:
    document = of_aspects(aspect(kind="deduction", per="2"))
    table = {"01": {"A1": "3 5"}}
    more = {"01": {"A1#1": "2 -"}}
    together = result_of_rows(document, [table, more])
    assert together.findings == ()
    assert total(together, "01") == "90.00"
    alone = result_of_rows(document, [table])
    assert codes(alone.findings) == [("PANEL_DISAGREES", "P.A1/01/1")]


def result_of_rows(document: Document, tables: list[dict[str, dict[str, str]]]) -> Outcome:
    """Compute entry 01 from the rows of several tables together."""
    rows = [mark for table in tables for mark in marks(table)]
    return compute(parsed(document), [EntryInput("01")], rows, None)


def test_one_value_is_enough_where_the_panel_agrees_whatever_min_judges_says() -> None:
    document = of_aspects(aspect(panel={"method": "agreed", "min_judges": 3}))
    outcome = result(document, {"01": {"A1": "- 88 -"}}, assigned=["P/A1//J1", "P/A1//J2", "P/A1//J3"])
    assert total(outcome, "01") == "88.00"


# ---------------------------------------------------------------- who is assigned


def test_without_assignments_everybody_who_marked_the_aspect_at_all_is_missed() -> None:
    outcome = result(of_aspects(aspect()), {"01": {"A1": "80 90"}, "02": {"A1": "80"}})
    assert [total(outcome, entry) for entry in ("01", "02")] == ["85.00", None]
    assert row(outcome, "02").status == "incomplete"
    assert outcome.findings == ()


def test_a_judge_who_marked_in_another_attempt_is_missed_too() -> None:
    document = of_aspects(aspect())
    document["stages"][0]["attempts"] = 2
    outcome = result(document, {"01": {"A1#1": "80 90", "A1#2": "80"}})
    assert total(outcome, "01") is None


def test_with_assignments_exactly_those_count_whom_they_name() -> None:
    document = of_aspects(aspect())
    table = {"01": {"A1": "80 90 10"}, "02": {"A1": "70 - -"}}
    outcome = result(document, table, assigned=["P/A1//J1", "P/A1/01/J2"])
    assert [total(outcome, entry) for entry in ("01", "02")] == ["85.00", "70.00"]


def test_an_empty_aspect_or_entry_means_all() -> None:
    document = of_aspects(aspect("A1"), aspect("A2"))
    table = {"01": {"A1": "80 10", "A2": "10 50"}}
    outcome = result(document, table, assigned=["P/A1//J1", "P///J2", "P//01/J1"])
    assert total(outcome, "01") == "75.00"  # 45 + 30
    alone = result(document, table, assigned=["P/A1//J1", "P/A2/01/J2"])
    assert total(alone, "01") == "130.00"


def test_an_aspect_nobody_is_assigned_to_is_missing() -> None:
    outcome = result(of_aspects(aspect()), {"01": {"A1": "80"}}, assigned=[])
    assert row(outcome, "01").status == "incomplete"


def test_a_mark_that_is_missing_can_be_excluded() -> None:
    outcome = panel_table({"01": {"A1": "80 90 100"}, "02": {"A1": "80 90 -"}}, missing="exclude")
    assert [total(outcome, entry) for entry in ("01", "02")] == ["90.00", "85.00"]


def panel_table(table: dict[str, dict[str, str]], **panel: object) -> Outcome:
    """Count the panels of several entries by one rule."""
    decisions = panel.pop("decisions", ())
    assert isinstance(decisions, tuple)
    return result(of_aspects(aspect(panel=panel)), table, decisions=decisions)


def test_those_who_marked_have_to_be_enough() -> None:
    outcome = panel_table({"01": {"A1": "80 90"}, "02": {"A1": "80 -"}}, missing="exclude", min_judges=2)
    assert codes(outcome.findings) == [("PANEL_SIZE", "P.A1/02/1")]
    assert outcome.findings[0].params == {"judges": 1, "least": 2}


FALLBACK = {"method": "median", "min_judges": 2}


@pytest.mark.parametrize(
    ("given", "expected"),
    [("70 80 90 99", "85.00"), ("70 80 90 -", "80.00"), ("70 80 - -", "75.00"), ("70 - - -", None)],
)
def test_the_fallback_counts_where_too_few_are_left_and_enough_for_it(
    given: str, expected: str | None
) -> None:
    table = {"00": {"A1": "1 1 1 1"}, "01": {"A1": given}}
    rules = {"method": "trimmed_mean", "min_judges": 4, "missing": "exclude"}
    outcome = panel_table(table, **rules, fallback=FALLBACK)
    assert total(outcome, "01") == expected
    assert codes(outcome.findings) == ([] if expected else [("PANEL_SIZE", "P.A1/01/1")])


def test_a_fallback_that_agrees_still_needs_its_own_number_of_judges() -> None:
    rules = {"min_judges": 3, "missing": "exclude", "fallback": {"method": "agreed", "min_judges": 2}}
    table = {"00": {"A1": "1 1 1"}, "01": {"A1": "7 7 -"}, "02": {"A1": "7 - -"}, "03": {"A1": "7 8 -"}}
    outcome = panel_table(table, **rules)
    assert total(outcome, "01") == "7.00"
    assert codes(outcome.findings) == [("PANEL_SIZE", "P.A1/02/1"), ("PANEL_DISAGREES", "P.A1/03/1")]


def absent(judge: str, stage: str = "P", item: str = "A1") -> tuple[DecisionInput, ...]:
    return (DecisionInput("absent_judge", "01", stage, item, judge),)


@pytest.mark.parametrize(
    "decision", [absent("J2"), absent("J2", item=""), absent("J2", "", "A1"), absent("J2", "", "")]
)
def test_an_absent_judge_leaves_the_panel_of_that_entry_alone(decision: tuple[DecisionInput, ...]) -> None:
    outcome = panel_table(
        {"01": {"A1": "80 -"}, "02": {"A1": "80 -"}, "03": {"A1": "1 1"}}, decisions=decision
    )
    assert [total(outcome, entry) for entry in ("01", "02")] == ["80.00", None]


def test_an_absent_judge_of_another_aspect_is_still_missed() -> None:
    document = of_aspects(aspect("A1"), aspect("A2", required=False))
    table = {"01": {"A1": "80 -"}, "03": {"A1": "1 1", "A2": "1"}}
    assert total(result(document, table, decisions=absent("J2", item="A2")), "01") is None


def test_the_mark_of_an_absent_judge_does_not_count() -> None:
    outcome = panel_table({"01": {"A1": "80 10"}}, decisions=absent("J2"))
    assert total(outcome, "01") == "80.00"


def test_all_judges_absent_leave_nothing() -> None:
    outcome = panel_table({"01": {"A1": "80"}}, decisions=absent("J1"))
    assert (row(outcome, "01").status, outcome.findings) == ("incomplete", ())


# ---------------------------------------------------------------- order of checks


def test_what_is_missing_comes_before_the_size_and_the_size_before_the_spread() -> None:
    table = {"00": {"A1": "1 1 1"}, "01": {"A1": "10 90 -"}}
    rules: dict[str, object] = {"min_judges": 3, "max_spread": "5"}
    assert codes(panel_table(table, **rules).findings) == []
    assert codes(panel_table(table, missing="exclude", **rules).findings) == [("PANEL_SIZE", "P.A1/01/1")]
    rules["min_judges"] = 2
    assert codes(panel_table(table, missing="exclude", **rules).findings) == [("PANEL_SPREAD", "P.A1/01/1")]


def test_the_spread_comes_before_the_disagreement() -> None:
    outcome = panel_of("10 20", method="agreed", max_spread="5")
    assert codes(outcome.findings) == [("PANEL_SPREAD", "P.A1/01/1")]
    assert codes(panel_of("10 14", method="agreed", max_spread="5").findings) == [
        ("PANEL_DISAGREES", "P.A1/01/1")
    ]


@pytest.mark.parametrize("status", ["valid", "absent", "dnf", "ineligible", "dsq", "exhibition"])
def test_panels_are_checked_whatever_the_status(status: str) -> None:
    document = of_aspects(aspect(kind="judgement"))
    outcome = result(document, {"01": {"A1": "0 1 3"}}, statuses={"01": status})
    assert codes(outcome.findings) == [("PANEL_SPREAD", "P.A1/01/1")]


def test_findings_of_panels_come_by_aspect_then_entry_then_attempt() -> None:
    document = of_aspects(aspect("A2", panel={"method": "agreed"}), aspect("A1", panel={"method": "agreed"}))
    outcome = result(document, {"02": {"A1": "1 2", "A2": "1 2"}, "01": {"A2": "1 2", "A1": "5"}})
    assert [where for _, where in codes(outcome.findings)] == ["P.A2/01/1", "P.A2/02/1", "P.A1/02/1"]


@pytest.mark.parametrize(("required", "expected"), [(False, "0.00"), (True, None)])
def test_a_panel_whose_only_judge_is_taken_out_has_no_mark_at_all(
    required: bool, expected: str | None
) -> None:
    decided = [DecisionInput("absent_judge", "01", "P", "A1", "J1")]
    document = of_aspects(aspect(required=required))
    assert total(result(document, {"01": {"A1": "80"}}, decisions=decided), "01") == expected
