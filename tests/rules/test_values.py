"""Section 3: what a judge may enter for each kind of aspect, and the points it is worth."""

from fractions import Fraction

import pytest

from scoring.rules.model import Aspect
from scoring.rules.numbers import format_short
from scoring.rules.values import (
    check_value,
    format_value,
    points_of,
    preview_points,
    read_value,
    spread_number,
)
from tests.rules.build import one_aspect

BANDS = [{"upto": "0.5", "points": "10"}, {"upto": "1", "points": "6"}, {"upto": "2", "points": "1.5"}]


def points(item: Aspect, given: str) -> str:
    """Return the points of a value that is right."""
    value = read_value(item, given)
    assert not isinstance(value, list), value
    return format_short(points_of(item, value))


def refusals(item: Aspect, given: str) -> list[str]:
    """Return the codes that refuse a value."""
    value = read_value(item, given, "marks.csv:12")
    assert isinstance(value, list)
    assert {finding.where for finding in value} == {"marks.csv:12"}
    return [finding.code for finding in value]


@pytest.mark.parametrize("given", ["0", "100", "88.5", "88.50", "-0", "0.5"])
def test_a_score_within_its_limits_and_on_its_step_is_taken(given: str) -> None:
    assert check_value(one_aspect(step="0.5"), given) is None


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", ["SCORE_FORMAT"]),
        ("abc", ["SCORE_FORMAT"]),
        ("88,5", ["SCORE_FORMAT"]),
        ("８８", ["SCORE_FORMAT"]),
        ("NaN", ["SCORE_FORMAT"]),
        ("1e1", ["SCORE_FORMAT"]),
        ("100.5", ["SCORE_RANGE"]),
        ("-0.5", ["SCORE_RANGE"]),
        ("88.3", ["SCORE_STEP"]),
        ("0.000001", ["SCORE_STEP"]),
        ("100.3", ["SCORE_RANGE", "SCORE_STEP"]),
    ],
)
def test_a_score_is_refused_for_its_form_its_limits_and_its_step(given: str, expected: list[str]) -> None:
    assert refusals(one_aspect(step="0.5"), given) == expected


def test_a_refusal_says_what_was_entered_and_what_is_allowed() -> None:
    finding = check_value(one_aspect(min="-5", max="10.5"), "11", "P.A1/007/1")
    assert finding is not None
    assert (finding.code, finding.where) == ("SCORE_RANGE", "P.A1/007/1")
    assert finding.params == {"value": "11", "aspect": "A1", "least": "-5", "most": "10.5"}


def test_a_long_text_is_shortened_in_its_refusal() -> None:
    finding = check_value(one_aspect(), "9" * 41)
    assert finding is not None
    assert finding.params["value"] == "9" * 39 + "…"
    exactly = check_value(one_aspect(), "9" * 40)
    assert exactly is not None
    assert exactly.params["value"] == "9" * 40


def test_a_negative_score_needs_a_negative_minimum_and_counts_its_step_from_zero() -> None:
    item = one_aspect(min="-20", max="40", step="0.3")
    assert points(item, "-0.9") == "-0.9"
    assert refusals(item, "-20") == ["SCORE_STEP"]
    assert refusals(item, "-20.1") == ["SCORE_RANGE"]


@pytest.mark.parametrize("given", ["0", "1", "2", "3", "2.0"])
def test_a_level_that_exists_is_taken(given: str) -> None:
    assert check_value(one_aspect(kind="judgement"), given) is None


@pytest.mark.parametrize(
    ("given", "expected"),
    [("4", "JUDGEMENT_VALUE"), ("-1", "JUDGEMENT_VALUE"), ("1.5", "JUDGEMENT_VALUE"), ("x", "SCORE_FORMAT")],
)
def test_a_level_that_does_not_exist_is_refused(given: str, expected: str) -> None:
    assert refusals(one_aspect(kind="judgement"), given) == [expected]


def test_there_may_be_more_or_fewer_than_four_levels() -> None:
    item = one_aspect(kind="judgement", levels=["差", "好"])
    assert refusals(item, "2") == ["JUDGEMENT_VALUE"]
    assert points(item, "1") == "1"


def test_measured_points_are_the_points() -> None:
    item = one_aspect(kind="measurement", max="2", step="0.25")
    assert points(item, "1.75") == "1.75"
    assert refusals(item, "2.25") == ["SCORE_RANGE"]
    assert refusals(item, "-0.25") == ["SCORE_RANGE"]
    assert refusals(item, "0.3") == ["SCORE_STEP"]


def test_a_measurement_that_passes_gives_the_maximum_and_otherwise_nothing() -> None:
    item = one_aspect(kind="measurement", entry="pass", max="1.5")
    assert [points(item, given) for given in ("yes", "no")] == ["1.5", "0"]
    assert [refusals(item, given) for given in ("Yes", "1", "", "是")] == [["SCORE_FORMAT"]] * 4


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("-3", "10"),
        ("0.5", "10"),
        ("0.51", "6"),
        ("1", "6"),
        ("1.01", "1.5"),
        ("2", "1.5"),
        ("2.01", "0"),
        ("999999", "0"),
    ],
)
def test_a_measured_value_gives_the_points_of_the_first_band_that_reaches_it(
    given: str, expected: str
) -> None:
    assert points(one_aspect(kind="measurement", entry="value", bands=BANDS), given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [("10", "10"), ("10.5", "10"), ("9.5", "10"), ("9.49", "6"), ("12", "1.5"), ("7.99", "0")],
)
def test_with_a_nominal_value_the_distance_from_it_counts(given: str, expected: str) -> None:
    assert points(one_aspect(kind="measurement", entry="value", bands=BANDS, nominal="10"), given) == expected


def test_a_measured_value_has_a_step_but_no_limits() -> None:
    item = one_aspect(kind="measurement", entry="value", bands=BANDS, step="0.05", max="1")
    assert check_value(item, "-7.05") is None
    assert check_value(item, "50") is None
    assert refusals(item, "1.01") == ["SCORE_STEP"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [("0", "0"), ("14", "25"), ("14/2", "24"), ("1/9", "0"), ("12/0", "24"), ("3/1", "4")],
)
def test_hits_count_and_false_alarms_cost_between_nothing_and_the_maximum(given: str, expected: str) -> None:
    assert points(one_aspect(kind="count", per="2", per_false="2", max="25"), given) == expected


def test_false_alarms_cost_nothing_by_default() -> None:
    assert points(one_aspect(kind="count", per="2", max="25"), "3/9") == "6"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("1.5", "SCORE_FORMAT"),
        ("1/1.5", "SCORE_FORMAT"),
        ("1/", "SCORE_FORMAT"),
        ("/1", "SCORE_FORMAT"),
        ("1/1/1", "SCORE_FORMAT"),
        ("-1", "SCORE_RANGE"),
        ("1/-1", "SCORE_RANGE"),
        ("-1/1.5", "SCORE_FORMAT"),
    ],
)
def test_hits_are_whole_numbers(given: str, expected: str) -> None:
    assert refusals(one_aspect(kind="count"), given) == [expected]


def test_points_lost_come_off_the_maximum() -> None:
    item = one_aspect(kind="deduction", max="10")
    assert [points(item, given) for given in ("0", "2.5", "10", "10.5")] == ["10", "7.5", "0", "0"]
    assert refusals(item, "-1") == ["SCORE_RANGE"]


def test_faults_cost_points_each() -> None:
    item = one_aspect(kind="deduction", max="10", per="2.5")
    assert [points(item, given) for given in ("0", "3", "4", "5")] == ["10", "2.5", "0", "0"]
    assert refusals(item, "1.5") == ["SCORE_FORMAT"]
    assert refusals(item, "-1") == ["SCORE_RANGE"]


def test_at_so_many_faults_the_whole_item_is_lost() -> None:
    item = one_aspect(kind="deduction", max="10", per="1", zero_at="3")
    assert [points(item, given) for given in ("2", "3", "4")] == ["8", "0", "0"]


def test_a_time_without_a_limit_gives_no_points() -> None:
    assert points(one_aspect(kind="time"), "59.125") == "0"


@pytest.mark.parametrize(
    ("given", "expected"), [("30", "0.25"), ("0", "0.5"), ("60", "0"), ("61", "-0.033333"), ("120", "-2")]
)
def test_minutes_are_counted_exactly_before_and_after_the_limit(given: str, expected: str) -> None:
    # Half a minute early at 0.5 a minute is 0.25; one second late at 2 a minute is 1/30.
    item = one_aspect(kind="time", limit="60", early="0.5", cap="5", late="2")
    assert points(item, given) == expected


def test_without_a_cap_early_minutes_give_nothing() -> None:
    assert points(one_aspect(kind="time", limit="60", early="1"), "0") == "0"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("59.1234", "SCORE_FORMAT"),
        ("-1", "SCORE_RANGE"),
        ("1:30", "SCORE_FORMAT"),
        ("-1.2345", "SCORE_FORMAT"),
    ],
)
def test_seconds_have_at_most_three_decimals(given: str, expected: str) -> None:
    assert refusals(one_aspect(kind="time"), given) == [expected]
    assert check_value(one_aspect(kind="time"), "59.123") is None


def test_an_indicator_is_the_share_of_its_target_up_to_the_maximum() -> None:
    item = one_aspect(kind="indicator", max="20", target="80")
    assert [points(item, given) for given in ("0", "40", "80", "100")] == ["0", "10", "20", "20"]
    assert [points(item, given) for given in ("40/50", "40/40", "1/3")] == ["16", "20", "6.666667"]


def test_where_less_is_better_the_share_turns_round() -> None:
    item = one_aspect(kind="indicator", max="20", target="80", better="lower")
    assert [points(item, given) for given in ("160", "80", "40", "0")] == ["10", "20", "20", "20"]
    assert points(item, "100/50") == "10"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("-1", "SCORE_RANGE"),
        ("5/0", "SCORE_RANGE"),
        ("5/-1", "SCORE_RANGE"),
        ("x/5", "SCORE_FORMAT"),
        ("5/x", "SCORE_FORMAT"),
    ],
)
def test_an_indicator_needs_an_achieved_value_and_a_target_above_zero(given: str, expected: str) -> None:
    assert refusals(one_aspect(kind="indicator", target="80"), given) == [expected]


def test_an_indicator_without_a_target_of_its_own_needs_one_in_the_value() -> None:
    assert refusals(one_aspect(kind="indicator"), "5") == ["SCORE_FORMAT"]
    assert points(one_aspect(kind="indicator"), "5/10") == "50"


def test_points_stay_exact_before_the_panel() -> None:
    item = one_aspect(kind="indicator", max="20", target="3")
    value = read_value(item, "1")
    assert not isinstance(value, list)
    assert points_of(item, value) == Fraction(20_000_000, 3)


@pytest.mark.parametrize(
    ("kind", "fields", "given", "expected"),
    [
        ("score", {}, "88.5", "88.50"),
        ("score", {"panel": {"places": None}}, "88.5", "88.5"),
        ("judgement", {"max": "1"}, "2", "0.67"),
        ("count", {"per": "2"}, "14", "28.00"),
        ("indicator", {"max": "20", "target": "3"}, "1", "6.67"),
        ("score", {}, "101", None),
    ],
)
def test_the_tablet_can_show_what_one_value_is_worth(
    kind: str, fields: dict[str, object], given: str, expected: str | None
) -> None:
    assert preview_points(one_aspect(kind=kind, **fields), given) == expected


@pytest.mark.parametrize(
    ("kind", "fields", "given", "written"),
    [
        ("score", {}, "88.50", "88.5"),
        ("measurement", {"entry": "pass"}, "yes", "yes"),
        ("measurement", {"entry": "pass"}, "no", "no"),
        ("count", {}, "14", "14/0"),
        ("indicator", {"target": "80"}, "40.5", "40.5/80"),
    ],
)
def test_a_value_is_written_as_it_was_meant(
    kind: str, fields: dict[str, object], given: str, written: str
) -> None:
    item = one_aspect(kind=kind, **fields)
    value = read_value(item, given)
    assert not isinstance(value, list)
    assert format_value(item, value) == written


def test_of_a_pair_the_first_number_is_compared_for_the_spread() -> None:
    assert spread_number((3_000_000, 7_000_000)) == 3_000_000
    assert spread_number(5) == 5


def test_a_maximum_of_nought_lets_nothing_but_nought_in() -> None:
    item = one_aspect(max="0", step="0.000001")
    assert (points(item, "0"), refusals(item, "0.000001")) == ("0", ["SCORE_RANGE"])


def test_hits_that_are_worth_nothing_give_nothing() -> None:
    assert points(one_aspect(kind="count", per="0"), "5") == "0"


def test_the_smallest_target_is_above_nought() -> None:
    assert points(one_aspect(kind="indicator"), "5/0.000001") == "100"
    assert refusals(one_aspect(kind="indicator"), "5/0.000000") == ["SCORE_RANGE"]


def test_a_value_that_is_being_entered_stands_nowhere_yet() -> None:
    finding = check_value(one_aspect(), "x")
    assert finding is not None
    assert finding.where == ""
    found = read_value(one_aspect(), "x")
    assert isinstance(found, list)
    assert found[0].where == ""


def test_the_least_time_before_the_limit_is_early() -> None:
    item = one_aspect(kind="time", limit="60.000001", early="60", cap="5", late="6")
    assert points(item, "60") == "0.000001"  # 60 points a minute are one a second
    exact = one_aspect(kind="time", limit="60", early="60", cap="5", late="30")
    assert (points(exact, "60"), points(exact, "59")) == ("0", "1")
