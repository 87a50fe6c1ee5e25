"""Section 5: statuses, ranks, the tie chain, the 700 scale."""

from typing import Any

import pytest

from scoring.rules.compute import Outcome
from scoring.rules.inputs import DecisionInput
from scoring.rules.scale import median700
from tests.rules.build import (
    Document,
    aspect,
    codes,
    criterion,
    of_aspects,
    ranks,
    result,
    row,
    scheme,
    stage,
    text,
    total,
    totals_of,
)


def test_the_highest_total_is_first_and_the_lowest_where_less_is_better() -> None:
    values = {"01": "1", "02": "3", "03": "2"}
    assert ranks(totals_of(values)) == {"02": 1, "03": 2, "01": 3}
    assert ranks(totals_of(values, order="asc")) == {"01": 1, "03": 2, "02": 3}


def test_the_rounded_totals_decide() -> None:
    outcome = totals_of({"01": "1.004", "02": "1.001"})
    assert ranks(outcome) == {"01": 1, "02": 1}
    assert ranks(totals_of({"01": "1.004", "02": "1.005"})) == {"02": 1, "01": 2}


def test_a_total_that_is_not_rounded_decides_exactly() -> None:
    third = aspect(panel={"places": None}, places=None)
    exact = scheme(stage("P", criterion("A", third, places=None), places=None), total={"places": None})
    outcome = result(exact, {"01": {"A1": "1 0 0"}, "02": {"A1": "0.33 0.33 0.33"}})
    assert ranks(outcome) == {"01": 1, "02": 2}


def test_entries_of_one_rank_are_listed_by_code_points() -> None:
    outcome = totals_of({"b": "1", "B": "1", "10": "1", "9": "1", "甲": "1"})
    assert list(ranks(outcome)) == ["10", "9", "B", "b", "甲"]


def test_only_valid_entries_are_ranked_and_the_others_follow_by_status() -> None:
    statuses = ["exhibition", "dsq", "ineligible", "dnf", "absent", "valid", "valid"]
    values = {f"{number}": "50" for number in range(7)}
    outcome = totals_of(values, statuses=dict(zip(values, statuses, strict=True)))
    assert [(found.entry, found.status, found.rank) for found in outcome.rows] == [
        ("5", "valid", 1),
        ("6", "valid", 1),
        ("4", "absent", None),
        ("3", "dnf", None),
        ("2", "ineligible", None),
        ("1", "dsq", None),
        ("0", "exhibition", None),
    ]


def test_absent_and_disqualified_have_no_total_but_their_scores() -> None:
    outcome = totals_of({"01": "50", "02": "60"}, statuses={"01": "absent", "02": "dsq"})
    assert [(total(outcome, entry), text(row(outcome, entry).stages[0])) for entry in ("01", "02")] == [
        (None, "50.00"),
        (None, "60.00"),
    ]


@pytest.mark.parametrize("status", ["dnf", "ineligible", "exhibition"])
def test_the_other_statuses_keep_a_total_and_their_name_without_one(status: str) -> None:
    outcome = totals_of({"01": "50"}, statuses={"01": status})
    assert (total(outcome, "01"), row(outcome, "01").status) == ("50.00", status)
    empty = result(scheme(), {"01": {}}, statuses={"01": status})
    assert (total(empty, "01"), row(empty, "01").status) == (None, status)


def test_a_valid_entry_without_a_total_is_incomplete_and_comes_last() -> None:
    outcome = result(
        scheme(), {"01": {}, "02": {"A1": "1"}, "03": {"A1": "2"}}, statuses={"03": "exhibition"}
    )
    assert [(found.entry, found.status) for found in outcome.rows] == [
        ("02", "valid"),
        ("03", "exhibition"),
        ("01", "incomplete"),
    ]


def test_an_empty_status_is_valid() -> None:
    assert row(totals_of({"01": "5"}, statuses={"01": ""}), "01").status == "valid"


# ---------------------------------------------------------------- the tie chain


def tied(ties: list[Document], table: dict[str, dict[str, str]], **options: Any) -> Outcome:
    """Rank entries whose totals are equal: P has criteria A and B, T is a second stage."""
    first = stage(
        "P", criterion("A", aspect("A1"), aspect("A2", "measurement")), criterion("B", aspect("B1"))
    )
    document = scheme(first, stage("T", criterion("C", aspect("C1"))), weights="plain", ties=ties)
    document["ranking"]["share"] = options.pop("share", True)
    return result(document, table, **options)


EQUAL = {
    "01": {"A1": "10", "A2": "1", "B1": "9", "T.C1": "0"},
    "02": {"A1": "8", "A2": "2", "B1": "5", "T.C1": "5"},
    "03": {"A1": "9", "A2": "0", "B1": "11", "T.C1": "0"},
}


@pytest.mark.parametrize(
    ("tie", "expected"),
    [
        ({"by": "stage", "code": "T"}, {"02": 1, "01": 2, "03": 2}),
        ({"by": "stage", "code": "T", "order": "asc"}, {"01": 1, "03": 1, "02": 3}),
        ({"by": "criterion", "code": "P.A"}, {"01": 1, "02": 2, "03": 3}),
        ({"by": "criterion", "code": "P.B"}, {"03": 1, "01": 2, "02": 3}),
        ({"by": "aspect", "code": "P.A.A2"}, {"02": 1, "01": 2, "03": 3}),
        ({"by": "aspect", "code": "P.A.A2", "order": "asc"}, {"03": 1, "01": 2, "02": 3}),
        ({"by": "kind", "kind": "measurement"}, {"02": 1, "01": 2, "03": 3}),
        ({"by": "kind", "kind": "score"}, {"03": 1, "01": 2, "02": 3}),
        ({"by": "kind", "kind": "judgement"}, {"01": 1, "02": 1, "03": 1}),
    ],
)
def test_each_comparator_compares_its_own_node(tie: Document, expected: dict[str, int]) -> None:
    assert ranks(tied([tie], EQUAL)) == expected


def test_the_next_comparator_decides_only_what_the_one_before_left_equal() -> None:
    ties = [{"by": "stage", "code": "T", "order": "asc"}, {"by": "criterion", "code": "P.B"}]
    assert ranks(tied(ties, EQUAL)) == {"03": 1, "01": 2, "02": 3}


def test_a_comparator_does_not_touch_unequal_totals() -> None:
    table = {**EQUAL, "04": {"A1": "0", "A2": "0", "B1": "0", "T.C1": "99"}}
    assert ranks(tied([{"by": "criterion", "code": "P.A"}], table))["04"] == 1


def test_comparators_use_rounded_values() -> None:
    item = aspect("B1", step="0.001")
    document = of_aspects(aspect(), item, ties=[{"by": "aspect", "code": "P.A.B1"}])
    outcome = result(document, {"01": {"A1": "1", "B1": "2.001"}, "02": {"A1": "1", "B1": "2.004"}})
    assert ranks(outcome) == {"01": 1, "02": 1}


def test_fewer_penalties_may_win() -> None:
    document = scheme(ties=[{"by": "penalties", "order": "asc"}])
    outcome = result(document, {"01": {"A1": "90"}, "02": {"A1": "91"}}, penalties={"02": "1"})
    assert ranks(outcome) == {"01": 1, "02": 2}
    more = scheme(ties=[{"by": "penalties"}])
    assert ranks(result(more, {"01": {"A1": "90"}, "02": {"A1": "91"}}, penalties={"02": "1"})) == {
        "02": 1,
        "01": 2,
    }


def order(**values: str) -> list[DecisionInput]:
    """Return decisions about an order, by entry."""
    return [DecisionInput("order", entry.removeprefix("e"), value=value) for entry, value in values.items()]


def test_the_chief_judge_puts_the_lower_number_first() -> None:
    outcome = totals_of(
        {"01": "1", "02": "1", "03": "1"},
        ties=[{"by": "manual"}],
        share=False,
        decisions=order(e01="3", e02="1", e03="2"),
    )
    assert ranks(outcome) == {"02": 1, "03": 2, "01": 3}
    assert outcome.findings == ()


def test_a_decision_is_needed_for_each_of_the_tied_entries() -> None:
    outcome = totals_of(
        {"01": "1", "02": "1", "03": "9"}, ties=[{"by": "manual"}], decisions=order(e01="1", e03="1")
    )
    assert codes(outcome.findings) == [("MISSING_TIEBREAK_VALUE", "01,02")]
    assert outcome.findings[0].variant == "manual"
    assert outcome.findings[0].params == {"entries": "01, 02", "missing": "02"}


def test_equal_orders_leave_a_tie() -> None:
    values = {"01": "1", "02": "1"}
    decided = order(e01="1", e02="1")
    shared = totals_of(values, ties=[{"by": "manual"}], decisions=decided)
    assert (ranks(shared), shared.findings) == ({"01": 1, "02": 1}, ())
    refused = totals_of(values, ties=[{"by": "manual"}], share=False, decisions=decided)
    assert codes(refused.findings) == [("UNRESOLVED_TIE", "01,02")]


def test_a_value_that_is_missing_matters_only_where_it_is_needed() -> None:
    ties = [{"by": "criterion", "code": "P.B"}, {"by": "manual"}]
    assert tied(ties, EQUAL).findings == ()


def test_after_a_missing_value_nothing_else_decides() -> None:
    ties = [{"by": "manual"}, {"by": "criterion", "code": "P.B"}]
    outcome = tied(ties, EQUAL, share=False)
    assert codes(outcome.findings) == [("MISSING_TIEBREAK_VALUE", "01,02,03")]
    assert ranks(outcome) == {"01": 1, "02": 1, "03": 1}


def test_each_unresolved_tie_is_a_finding_with_its_sorted_entries() -> None:
    outcome = totals_of({"b": "1", "a": "1", "d": "2", "c": "2", "e": "3"}, share=False)
    assert codes(outcome.findings) == [("UNRESOLVED_TIE", "c,d"), ("UNRESOLVED_TIE", "a,b")]
    assert ranks(outcome) == {"e": 1, "c": 2, "d": 2, "a": 4, "b": 4}


# ---------------------------------------------------------------- times


def timed(
    given: dict[str, str], *, order: str = "asc", tie: Document | None = None, **fields: object
) -> Outcome:
    """Rank entries of equal totals by the time B1."""
    chain = [tie or {"by": "aspect", "code": "P.A.B1", "order": order}]
    items = [aspect(), aspect("B1", "time", **fields)]
    table = {entry: {"A1": "9 9 9", "B1": seconds} for entry, seconds in given.items()}
    return result(of_aspects(*items, ties=chain), table)


def test_seconds_are_compared_not_points() -> None:
    outcome = timed({"01": "59.124", "02": "59.123"})
    assert ranks(outcome) == {"02": 1, "01": 2}
    assert ranks(timed({"01": "59.124", "02": "59.123"}, order="desc")) == {"01": 1, "02": 2}


@pytest.mark.parametrize(
    ("panel", "given", "expected"),
    [
        ({"method": "mean"}, {"01": "10 20 30", "02": "10 20 29.999"}, {"02": 1, "01": 2}),
        ({"method": "median"}, {"01": "10 21 99", "02": "20 20 20"}, {"02": 1, "01": 2}),
        ({"method": "trimmed_mean"}, {"01": "0 21 99", "02": "20 20 99"}, {"02": 1, "01": 2}),
        ({"method": "sum"}, {"01": "1 1 1", "02": "2 0 0"}, {"02": 1, "01": 2}),
        ({"method": "mean"}, {"01": "10 10 11", "02": "10.333 10.333 10.333"}, {"02": 1, "01": 2}),
    ],
)
def test_of_several_times_the_method_of_the_panel_gives_one(
    panel: Document, given: dict[str, str], expected: dict[str, int]
) -> None:
    assert ranks(timed(given, panel=panel)) == expected


def test_the_time_is_that_of_the_attempt_that_counts() -> None:
    ties = [{"by": "aspect", "code": "P.A.B1", "order": "asc"}]
    document = scheme(stage("P", criterion("A", aspect(), aspect("B1", "time")), attempts=2), ties=ties)
    table = {
        "01": {"A1#1": "9", "B1#1": "50", "A1#2": "8", "B1#2": "10"},
        "02": {"A1#1": "8", "B1#1": "60", "A1#2": "9", "B1#2": "40"},
    }
    assert ranks(result(document, table)) == {"02": 1, "01": 2}


def test_all_times_together_may_decide() -> None:
    items = [aspect(), aspect("B1", "time"), aspect("B2", "time")]
    document = of_aspects(*items, ties=[{"by": "kind", "kind": "time", "order": "asc"}])
    table = {"01": {"A1": "9", "B1": "50", "B2": "10"}, "02": {"A1": "9", "B1": "20", "B2": "39.999"}}
    assert ranks(result(document, table)) == {"02": 1, "01": 2}


def test_a_time_without_a_mark_is_missing_in_the_sum_of_times_too() -> None:
    outcome = timed({"01": "5", "02": "-"}, tie={"by": "kind", "kind": "time"}, required=False)
    assert codes(outcome.findings) == [("MISSING_TIEBREAK_VALUE", "01,02")]
    assert outcome.findings[0].params["missing"] == "02"


def test_an_optional_aspect_without_a_mark_compares_as_0() -> None:
    # The criterion is held at 9, so that the totals are equal and B1 decides: 5, nothing (0), −5.
    items = aspect(), aspect("B1", min="-5", required=False)
    ties = [{"by": "aspect", "code": "P.A.B1"}]
    document = scheme(stage("P", criterion("A", *items, min="9", max="9")), ties=ties)
    table = {"01": {"A1": "9", "B1": "-5"}, "02": {"A1": "9"}, "03": {"A1": "9", "B1": "5"}}
    outcome = result(document, table)
    assert ranks(outcome) == {"03": 1, "02": 2, "01": 3}


# ---------------------------------------------------------------- the 700 scale


def test_only_ranked_entries_have_a_scale_score() -> None:
    outcome = totals_of(
        {"01": "80", "02": "70", "03": "60", "04": "99"}, statuses={"04": "exhibition"}, scale="median700"
    )
    # Median 70, MAD 10: ten points are 30 ÷ 1.4826 = 20.23.
    assert [found.scale for found in outcome.rows] == [720, 700, 680, None]


def test_nobody_ranked_is_no_reason_for_a_warning() -> None:
    outcome = totals_of({"01": "80"}, statuses={"01": "dsq"}, scale="median700")
    assert outcome.findings == ()


def test_without_the_scale_there_is_none() -> None:
    assert row(totals_of({"01": "80", "02": "70"}), "01").scale is None


def test_the_scale_divides_by_exactly_1_4826_times_the_mad() -> None:
    # Median 50, MAD 1. 30 ÷ 1.4826 = 20.23; 14.80129 above the median gives exactly 299.5, which rounds up.
    assert median700([4_900_000, 4_900_000, 5_000_000, 5_100_000, 6_480_129]) == [680, 680, 700, 720, 1000]
    assert median700([4_900_000, 4_900_000, 5_000_000, 5_100_000, 6_480_128])[-1:] == [999]


def test_the_time_of_a_panel_is_the_mean_of_those_who_measured() -> None:
    # 01: 10 and 20 seconds, 15 on the mean; 02: 16 by one judge alone. The shorter time goes first.
    panel = {"method": "mean", "missing": "exclude"}
    items = aspect("A1"), aspect("T1", "time", panel=panel)
    document = of_aspects(*items, ties=[{"by": "aspect", "code": "P.A.T1", "order": "asc"}], share=False)
    outcome = result(document, {"02": {"A1": "5", "T1": "16"}, "01": {"A1": "5", "T1": "10 20"}})
    assert (outcome.findings, ranks(outcome)) == ((), {"01": 1, "02": 2})
