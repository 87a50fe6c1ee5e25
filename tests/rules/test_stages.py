"""Section 2, nodes bottom up: criteria, attempts, stages, weights, penalties, clamps, what is missing."""

import pytest

from scoring.rules.compute import ResultRow
from tests.rules.build import aspect, criterion, of_aspects, result, row, scheme, stage, text, total


def test_a_criterion_is_the_sum_of_its_aspects_and_a_stage_of_its_criteria() -> None:
    document = scheme(stage("P", criterion("A", aspect("A1"), aspect("A2")), criterion("B", aspect("B1"))))
    found = row(result(document, {"01": {"A1": "10", "A2": "20.5", "B1": "5"}}), "01")
    assert [text(value) for value in found.criteria[0]] == ["30.50", "5.00"]
    assert (text(found.stages[0]), text(found.total)) == ("35.50", "35.50")


@pytest.mark.parametrize(
    ("limits", "given", "expected"),
    [
        ({"min": "5"}, "3", "5.00"),
        ({"max": "50"}, "60", "50.00"),
        ({"min": "5", "max": "50"}, "7", "7.00"),
        ({"max": "50"}, "50", "50.00"),
    ],
)
def test_criterion_stage_and_total_are_kept_within_their_limits(
    limits: dict[str, str], given: str, expected: str
) -> None:
    table = {"01": {"A1": given}}
    for document in (
        scheme(stage("P", criterion("A", **limits))),
        scheme(stage("P", **limits)),
        scheme(total=limits),
    ):
        assert total(result(document, table), "01") == expected


def test_a_node_is_clamped_before_it_is_rounded() -> None:
    # 10.004 is above the limit 10.003 and becomes it; rounded to 2 places it is 10.00, rounded to 3 it stays.
    exact = aspect(step="0.001", places=3, panel={"places": 3})
    document = scheme(
        stage("P", criterion("A", exact, max="10.003", places=3), places=3), total={"places": 3}
    )
    assert total(result(document, {"01": {"A1": "10.004"}}), "01") == "10.003"
    rounded = scheme(stage("P", criterion("A", exact, max="10.006"), places=3), total={"places": 3})
    assert total(result(rounded, {"01": {"A1": "10.008"}}), "01") == "10.010"


def test_each_node_is_rounded_to_its_own_places() -> None:
    exact = aspect(step="0.001", places=3, panel={"places": 3})
    document = scheme(stage("P", criterion("A", exact, places=1), places=0), total={"places": 1})
    found = row(result(document, {"01": {"A1": "2.45"}}), "01")
    # 2.45 → 2.5 (criterion) → 3 (stage).
    assert (text(found.criteria[0][0], 1), text(found.stages[0], 0), text(found.total, 1)) == (
        "2.5",
        "3",
        "3.0",
    )


def test_places_null_carries_the_exact_value_to_the_next_rounding_point() -> None:
    third = aspect(panel={"places": None}, places=None)
    document = scheme(stage("P", criterion("A", third, {**third, "code": "A2"}, places=None), places=None))
    table = {"01": {"A1": "1 0 0", "A2": "1 1 0"}}
    assert total(result(document, table), "01") == "1.00"
    assert (
        total(result(of_aspects(aspect(), aspect("A2")), {"01": {"A1": "1 0 0", "A2": "1 0 0"}}), "01")
        == "0.66"
    )


def test_a_negative_half_is_rounded_away_from_zero() -> None:
    document = of_aspects(aspect(min="-10", step="0.001"), total={"min": "-10"})
    assert total(result(document, {"01": {"A1": "-1.005"}}), "01") == "-1.01"


def test_a_factor_multiplies_the_number_of_the_panel() -> None:
    document = of_aspects(aspect(factor="1.6"), aspect("A2", factor="-0.5"))
    assert total(result(document, {"01": {"A1": "8.25", "A2": "3"}}), "01") == "11.70"  # 13.20 − 1.50


# ---------------------------------------------------------------- attempts


def runs(take: str, given: list[str], **fields: object) -> ResultRow:
    """Compute the stage of entry 01 from one mark per attempt; `-` is no attempt."""
    order = {"order": fields.pop("order")} if "order" in fields else {}
    document = scheme(stage("P", attempts=len(given), take=take, **fields), **order)
    table = {f"A1#{number}": value for number, value in enumerate(given, 1)}
    return row(result(document, {"01": table}), "01")


@pytest.mark.parametrize(
    ("take", "given", "expected"),
    [
        ("best", ["70", "90", "80"], "90.00"),
        ("last", ["70", "90", "80"], "80.00"),
        ("last", ["70", "90", "-"], "90.00"),
        ("mean", ["70", "90", "81"], "80.33"),
        ("mean", ["70", "-", "81"], "75.50"),
        ("sum", ["70", "90", "81"], "241.00"),
        ("sum", ["-", "90", "-"], "90.00"),
    ],
)
def test_attempts_that_are_there_make_the_stage(take: str, given: list[str], expected: str) -> None:
    assert text(runs(take, given).stages[0]) == expected


def test_the_best_attempt_is_the_lowest_where_less_is_better() -> None:
    assert text(runs("best", ["70", "60", "80"], order="asc").stages[0]) == "60.00"


def test_the_criteria_are_those_of_the_attempt_that_counts() -> None:
    document = scheme(stage("P", criterion("A", aspect("A1")), criterion("B", aspect("B1")), attempts=3))
    table = {"01": {"A1#1": "1", "B1#1": "2", "A1#2": "5", "B1#2": "1", "A1#3": "1", "B1#3": "5"}}
    found = row(result(document, table), "01")
    # Attempts 2 and 3 are equally good; the earlier one counts.
    assert [text(value) for value in found.criteria[0]] == ["5.00", "1.00"]


@pytest.mark.parametrize("take", ["mean", "sum"])
def test_where_attempts_are_blended_there_are_no_criteria(take: str) -> None:
    assert runs(take, ["70", "90"]).criteria == ((None,),)


def test_a_blended_stage_is_rounded_but_not_clamped_again() -> None:
    assert text(runs("sum", ["70", "90"], max="80").stages[0]) == "150.00"
    assert text(runs("mean", ["70", "71"], places=0).stages[0], 1) == "71.0"  # 70.5


def test_one_incomplete_attempt_empties_the_stage_and_its_criteria() -> None:
    document = scheme(stage("P", criterion("A", aspect("A1")), criterion("B", aspect("B1")), attempts=2))
    found = row(result(document, {"01": {"A1#1": "1", "B1#1": "2", "A1#2": "5"}}), "01")
    assert (found.stages, found.criteria, found.status) == ((None,), ((None, None),), "incomplete")


def test_no_attempt_at_all_empties_the_stage_even_where_nothing_is_required() -> None:
    document = scheme(stage("P", criterion("A", aspect(required=False)), attempts=2))
    found = row(result(document, {"01": {}, "02": {"A1": "5"}}), "01")
    assert (found.stages, found.status) == ((None,), "incomplete")


# ---------------------------------------------------------------- what is missing


def test_an_aspect_that_is_not_required_counts_0_without_any_mark() -> None:
    document = of_aspects(aspect(), aspect("A2", kind="deduction", required=False))
    assert total(result(document, {"01": {"A1": "5"}}), "01") == "5.00"


def test_a_panel_with_some_marks_missing_is_missing_even_where_not_required() -> None:
    document = of_aspects(aspect(required=False))
    outcome = result(document, {"01": {"A1": "5 -"}, "02": {"A1": "5 5"}})
    assert row(outcome, "01").status == "incomplete"


def test_a_missing_aspect_empties_its_criterion_its_stage_and_the_total_only() -> None:
    first = stage("P", criterion("A", aspect("A1")), criterion("B", aspect("B1")), weight="0.5")
    document = scheme(first, stage("T", weight="0.5"))
    found = row(result(document, {"01": {"A1": "5", "T.A1": "7"}}), "01")
    assert [[text(value) for value in values] for values in found.criteria] == [["5.00", None], ["7.00"]]
    assert [text(score) for score in found.stages] == [None, "7.00"]
    assert found.total is None


def test_a_stage_of_one_attempt_without_required_aspects_is_0_without_marks() -> None:
    document = of_aspects(aspect(required=False))
    outcome = result(document, {"01": {}})
    assert (total(outcome, "01"), row(outcome, "01").rank) == ("0.00", 1)


def test_an_attempt_whose_other_aspects_are_not_required_is_there() -> None:
    items = [aspect("A1"), aspect("A2", required=False)]
    document = scheme(stage("P", criterion("A", *items), attempts=2))
    assert total(result(document, {"01": {"A1#2": "8"}}), "01") == "8.00"


# ---------------------------------------------------------------- the total


def test_weights_multiply_the_rounded_stages() -> None:
    document = scheme(stage("T", weight="0.25"), stage("P", weight="1.5"), weights="plain")
    assert total(result(document, {"01": {"T.A1": "10", "P.A1": "20"}}), "01") == "32.50"


def test_a_weight_of_nothing_still_needs_its_stage() -> None:
    document = scheme(stage("T", weight="0"), stage("P"), weights="plain")
    assert total(result(document, {"01": {"P.A1": "20"}}), "01") is None
    assert total(result(document, {"01": {"T.A1": "5", "P.A1": "20"}}), "01") == "20.00"


def test_penalties_add_up_and_come_off_the_total_unweighted() -> None:
    document = scheme(stage("P", weight="0.5"))
    assert total(result(document, {"01": {"A1": "90"}}, penalties={"01": "1.5"}), "01") == "43.50"


def test_where_less_is_better_penalties_are_added() -> None:
    document = scheme(order="asc")
    assert total(result(document, {"01": {"A1": "90"}}, penalties={"01": "1.5"}), "01") == "91.50"


def test_the_total_is_not_below_0_unless_the_scheme_says_so() -> None:
    table, taken = {"01": {"A1": "3"}}, {"01": "5"}
    assert total(result(scheme(), table, penalties=taken), "01") == "0.00"
    assert total(result(scheme(total={"min": "-1"}), table, penalties=taken), "01") == "-1.00"
    assert total(result(scheme(total={"min": "-9"}), table, penalties=taken), "01") == "-2.00"
    assert total(result(scheme(total={"max": "2"}), table), "01") == "2.00"
