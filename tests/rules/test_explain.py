"""An explanation gives every step from the judges' marks to the place, and what separated neighbours."""

from fractions import Fraction

import pytest

from scoring.rules.compute import Outcome
from scoring.rules.explain import AspectStep, explain, separations
from scoring.rules.inputs import DecisionInput
from scoring.rules.panels import Way
from tests.rules.build import aspect, criterion, of_aspects, result, scheme, stage, text, totals_of

TRIMMED = {"method": "trimmed_mean", "min_judges": 5, "fallback": {"method": "mean", "min_judges": 4}}


def step(outcome: Outcome, entry: str = "01") -> AspectStep:
    """Return the first aspect of an explanation."""
    return explain(outcome, entry).stages[0].attempts[0].criteria[0].aspects[0]


def test_each_mark_is_shown_with_what_was_left_out() -> None:
    found = step(result(of_aspects(aspect(panel=TRIMMED, factor="0.5")), {"01": {"A1": "88 90 92 95 70.5"}}))
    assert [(mark.judge, mark.value, text(mark.points), mark.left_out) for mark in found.marks] == [
        ("J1", "88", "88.00", ""),
        ("J2", "90", "90.00", ""),
        ("J3", "92", "92.00", ""),
        ("J4", "95", "95.00", "highest"),
        ("J5", "70.5", "70.50", "lowest"),
    ]
    assert found.state == "counted"
    assert found.way is not None
    assert (found.way.method, found.way.drop, found.way.is_fallback) == ("trimmed_mean", 1, False)
    assert (found.exact, text(found.number), text(found.value)) == (90_000_000, "90.00", "45.00")


def test_of_equal_marks_exactly_as_many_are_left_out() -> None:
    found = step(result(of_aspects(aspect(panel=TRIMMED)), {"01": {"A1": "95 95 95 80 80"}}))
    assert [mark.left_out for mark in found.marks] == ["", "", "highest", "lowest", ""]


def test_the_panels_number_is_shown_before_and_after_rounding() -> None:
    found = step(result(of_aspects(aspect(kind="judgement", max="1")), {"01": {"A1": "2 2 3"}}))
    assert found.exact == Fraction(7_000_000, 9)
    assert (text(found.number), text(found.value)) == ("0.78", "0.78")


def test_the_fallback_and_the_absent_judge_are_named() -> None:
    decided = [DecisionInput("absent_judge", "01", "P", "A1", "J4")]
    assigned = [f"P/A1//J{number}" for number in range(1, 6)]
    document = of_aspects(aspect(panel=TRIMMED))
    table = {"01": {"A1": "88 90 92 11 70"}}
    found = step(result(document, table, assigned=assigned, decisions=decided))
    assert found.way is not None
    assert (found.way.method, found.way.is_fallback, found.absent) == ("mean", True, ("J4",))
    assert found.marks[3].left_out == "not_on_panel"
    assert text(found.value) == "85.00"


def test_a_panel_that_waits_names_the_judges_it_waits_for() -> None:
    assigned = ["P/A1//J1", "P/A1//J2", "P/A1//J3"]
    found = step(result(of_aspects(aspect()), {"01": {"A1": "88 - 90"}}, assigned=assigned))
    assert (found.state, found.waiting, found.value) == ("missing", ("J2",), None)
    assert [mark.left_out for mark in found.marks] == ["", ""]
    agreed = step(
        result(of_aspects(aspect(panel={"method": "agreed"})), {"01": {"A1": "88"}}, assigned=assigned)
    )
    assert (agreed.state, agreed.waiting, agreed.way) == ("counted", (), Way("agreed", 0, False))


@pytest.mark.parametrize(("required", "state", "value"), [(True, "missing", None), (False, "unmarked", 0)])
def test_an_aspect_without_a_mark_is_missing_or_counts_nothing(
    required: bool, state: str, value: int | None
) -> None:
    found = step(result(of_aspects(aspect(required=required)), {"01": {}}))
    assert (found.state, found.value, found.marks) == (state, value, ())


def test_a_refused_panel_says_why() -> None:
    found = step(result(of_aspects(aspect(panel={"method": "agreed"})), {"01": {"A1": "1 2"}}))
    assert found.refusal is not None
    assert (found.state, found.refusal.code, found.value) == ("refused", "PANEL_DISAGREES", None)


def test_a_panel_of_the_wrong_size_says_so() -> None:
    found = step(result(of_aspects(aspect(panel={"min_judges": 2})), {"01": {"A1": "1"}}))
    assert found.refusal is not None
    assert (found.state, found.refusal.code, found.way) == ("refused", "PANEL_SIZE", None)


def test_a_panel_with_a_refused_row_is_missing() -> None:
    assert step(result(of_aspects(aspect()), {"01": {"A1": "1 x"}})).state == "missing"


def test_the_steps_lead_from_the_aspects_to_the_total() -> None:
    first = stage("P", criterion("A", aspect("A1"), aspect("A2"), max="15"), max="14", weight="0.5")
    document = scheme(first, stage("T", weight="0.5"), total={"max": "20"})
    outcome = result(document, {"01": {"A1": "10", "A2": "10", "T.A1": "51"}}, penalties={"01": "2.5"})
    found = explain(outcome, "01")
    [run] = found.stages[0].attempts
    [part] = run.criteria
    assert [text(value) for value in (part.sum, part.clamped, part.value)] == ["20.00", "15.00", "15.00"]
    assert [text(value) for value in (run.sum, run.clamped, run.value)] == ["15.00", "14.00", "14.00"]
    assert [text(value) for value in (found.stages[0].value, found.stages[0].weighted)] == ["14.00", "7.00"]
    assert [text(value) for value in (found.penalty_sum, found.sum, found.clamped, found.total)] == [
        "2.50",
        "30.00",  # 7 + 25.5 − 2.5
        "20.00",
        "20.00",
    ]
    assert [(text(penalty.points), penalty.reason) for penalty in found.penalties] == [("2.50", "")]
    assert found.row.rank == 1


def test_every_attempt_is_shown_and_which_of_them_counts() -> None:
    document = scheme(stage("P", attempts=3))
    found = explain(result(document, {"01": {"A1#1": "70", "A1#3": "90"}}), "01").stages[0]
    assert [(one.attempt, one.counts, text(one.value)) for one in found.attempts] == [
        (1, False, "70.00"),
        (3, True, "90.00"),
    ]


def test_blended_attempts_all_count() -> None:
    document = scheme(stage("P", attempts=2, take="mean"))
    found = explain(result(document, {"01": {"A1#1": "70", "A1#2": "91"}}), "01").stages[0]
    assert [one.counts for one in found.attempts] == [True, True]
    assert text(found.value) == "80.50"


def test_what_is_missing_stays_missing_up_to_the_total() -> None:
    document = scheme(stage("P", criterion("A", aspect("A1"), aspect("A2"))))
    found = explain(result(document, {"01": {"A1": "5"}}), "01")
    [run] = found.stages[0].attempts
    assert (run.criteria[0].sum, run.criteria[0].clamped, run.sum, run.clamped) == (None, None, None, None)
    assert (found.stages[0].weighted, found.sum, found.clamped, found.total) == (None, None, None, None)


def test_an_entry_that_is_not_there_has_no_explanation() -> None:
    with pytest.raises(KeyError):
        explain(totals_of({"01": "1"}), "02")


def test_neighbours_are_separated_by_their_totals_or_by_the_first_comparator_that_differs() -> None:
    ties = [{"by": "penalties", "order": "asc"}, {"by": "aspect", "code": "P.A.B1"}]
    document = of_aspects(aspect(), aspect("B1", required=False, factor="0.00"), ties=ties)
    table = {
        "01": {"A1": "9", "B1": "3"},
        "02": {"A1": "9", "B1": "3"},
        "03": {"A1": "10", "B1": "3"},
        "04": {"A1": "5"},
    }
    outcome = result(document, table, penalties={"03": "1"})
    found = separations(outcome)
    assert [(one.first, one.second, one.by) for one in found] == [
        ("01", "02", "shared"),
        ("02", "03", "comparator"),
        ("03", "04", "total"),
    ]
    assert found[1].comparator == outcome.scheme.ranking.ties[0]
    assert (text(found[1].first_value), text(found[1].second_value)) == ("0.00", "1.00")
    assert (text(found[2].first_value), text(found[2].second_value)) == ("9.00", "5.00")


def test_a_part_that_was_split_off_keeps_what_split_it_from_the_part_before() -> None:
    ties = [{"by": "aspect", "code": "P.A.B1"}, {"by": "manual"}]
    items = aspect(), aspect("B1")
    document = scheme(stage("P", criterion("A", *items, min="9", max="9")), ties=ties)
    table = {entry: {"A1": "9", "B1": second} for entry, second in (("01", "1"), ("02", "1"), ("03", "5"))}
    decided = [DecisionInput("order", "01", value="2"), DecisionInput("order", "02", value="1")]
    found = separations(result(document, table, decisions=decided))
    assert [(one.first, one.second, one.comparator.by if one.comparator else "") for one in found] == [
        ("03", "02", "aspect"),
        ("02", "01", "manual"),
    ]
    assert (text(found[1].first_value), text(found[1].second_value)) == ("1.00", "2.00")


def test_a_tie_that_waits_is_open() -> None:
    outcome = totals_of({"01": "1", "02": "1"}, share=False)
    assert [one.by for one in separations(outcome)] == ["open"]


def test_nobody_ranked_separates_nobody() -> None:
    assert separations(totals_of({"01": "1"}, statuses={"01": "dsq"})) == []
