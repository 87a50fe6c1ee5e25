"""The worked examples EX-01 to EX-27 of the field's rule books, as far as scoring decides them."""

import pytest

from scoring.rules.compute import Outcome
from scoring.rules.inputs import DecisionInput
from scoring.rules.model import Aspect
from scoring.rules.scale import median700
from scoring.rules.values import Value, check_value, points_of, read_value
from tests.rules.build import (
    aspect,
    awards_of,
    codes,
    criterion,
    of_aspects,
    one_aspect,
    ranks,
    result,
    row,
    scheme,
    stage,
    text,
    total,
    totals_of,
)


def read(item: Aspect, given: str) -> Value:
    """Return the value of a text that is right."""
    found = read_value(item, given)
    assert not isinstance(found, list)
    return found


TRIMMED = {"method": "trimmed_mean", "drop": 1, "min_judges": 5}
PRIZES = ("一等奖", "二等奖", "三等奖")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("88 90 92 95 70", "90.00"),
        ("95 95 95 80 80", "90.00"),
        ("86.5 88 87.5 91 79 88 90", "88.00"),
    ],
)
def test_ex_01_the_highest_and_the_lowest_mark_are_left_out(given: str, expected: str) -> None:
    document = of_aspects(aspect(panel=TRIMMED))
    assert total(result(document, {"01": {"A1": given}}), "01") == expected


def test_ex_01_the_plain_mean_would_be_87() -> None:
    assert total(result(scheme(), {"01": {"A1": "88 90 92 95 70"}}), "01") == "87.00"


@pytest.mark.parametrize(
    ("highest", "levels", "expected"),
    [
        ("1", "2 2 3", "0.78"),
        ("1.5", "2 2 3", "1.17"),
        ("2", "1 2 2", "1.11"),
        ("0.5", "0 0 1", "0.06"),
        ("0.75", "3 3 3", "0.75"),
    ],
)
def test_ex_03_judgement_is_the_mean_level_as_a_share_of_the_maximum(
    highest: str, levels: str, expected: str
) -> None:
    document = of_aspects(aspect(kind="judgement", max=highest))
    assert total(result(document, {"01": {"A1": levels}}), "01") == expected


def test_ex_04_levels_more_than_one_apart_are_refused_until_adjusted() -> None:
    document = of_aspects(aspect(kind="judgement", max="1"))
    refused = result(document, {"01": {"A1": "1 2 3"}})
    assert codes(refused.findings) == [("PANEL_SPREAD", "P.A1/01/1")]
    assert row(refused, "01").status == "incomplete"
    assert total(result(document, {"01": {"A1": "2 2 3"}}), "01") == "0.78"


def test_ex_05_each_item_is_rounded_not_only_the_sum() -> None:
    items = [aspect(code, "judgement", max="1") for code in ("A1", "A2", "A3")]
    levels = dict.fromkeys(("A1", "A2", "A3"), "1 1 1")
    assert total(result(of_aspects(*items), {"01": levels}), "01") == "0.99"


@pytest.mark.parametrize(
    ("theory", "practical", "expected"), [("86", "91.5", "89.85"), ("80.5", "77.35", "78.30")]
)
def test_ex_06_stages_are_weighted_and_the_total_is_rounded_once(
    theory: str, practical: str, expected: str
) -> None:
    document = scheme(stage("T", weight="0.3"), stage("P", weight="0.7"))
    assert total(result(document, {"01": {"T.A1": theory, "P.A1": practical}}), "01") == expected


def test_ex_07_an_item_never_loses_more_than_it_has() -> None:
    items = [aspect(code, "deduction", max=most) for code, most in (("A1", "25"), ("A2", "30"), ("A3", "45"))]
    outcome = result(of_aspects(*items), {"01": {"A1": "30", "A2": "10", "A3": "7.5"}})
    assert total(outcome, "01") == "57.50"


def test_ex_07_faults_cost_two_points_each_down_to_nothing() -> None:
    item = one_aspect(kind="deduction", max="10", per="2")
    assert [text(points_of(item, read(item, faults))) for faults in ("3", "7")] == ["4.00", "0.00"]


def test_ex_07_a_penalty_never_makes_a_total_negative() -> None:
    assert total(result(scheme(), {"01": {"A1": "3"}}, penalties={"01": "5"}), "01") == "0.00"


def test_ex_08_hits_count_up_to_the_cap_and_false_alarms_cost() -> None:
    item = aspect(kind="count", per="2", per_false="2", max="25")
    outcome = result(of_aspects(item), {"01": {"A1": "14/2"}, "02": {"A1": "14"}, "03": {"A1": "0/1"}})
    assert [total(outcome, entry) for entry in ("01", "02", "03")] == ["24.00", "25.00", "0.00"]


EX_09 = {"A": (90, 86), "B": (83, 89), "C": (97, 83), "D": (76, 92)}


def ex_09(share: bool, ties: list[dict[str, str]]) -> Outcome:
    document = scheme(stage("T", weight="0.3"), stage("P", weight="0.7"), share=share, ties=ties)
    table = {entry: {"T.A1": str(first), "P.A1": str(second)} for entry, (first, second) in EX_09.items()}
    return result(document, {**table, "E": {"T.A1": "1", "P.A1": "1"}})


def test_ex_09_the_chain_decides_between_equal_totals() -> None:
    ties = [{"by": "stage", "code": "P"}, {"by": "stage", "code": "T"}]
    outcome = ex_09(False, ties)
    assert {total(outcome, entry) for entry in EX_09} == {"87.20"}
    assert ranks(outcome) == {"D": 1, "B": 2, "A": 3, "C": 4, "E": 5}
    assert outcome.findings == ()


def test_ex_09_an_empty_chain_lets_them_share_where_that_is_allowed() -> None:
    assert ranks(ex_09(True, [])) == {"A": 1, "B": 1, "C": 1, "D": 1, "E": 5}


def test_ex_09_an_empty_chain_is_refused_where_ranks_may_not_be_shared() -> None:
    assert codes(ex_09(False, []).findings) == [("UNRESOLVED_TIE", "A,B,C,D")]


def test_ex_10_ranks_skip_after_a_shared_one() -> None:
    outcome = totals_of({"01": "92.5", "02": "90", "03": "90", "04": "88.1"})
    assert ranks(outcome) == {"01": 1, "02": 2, "03": 2, "04": 4}


def ex_11(seconds: dict[str, str]) -> Outcome:
    ties = [{"by": "aspect", "code": "P.A.B1", "order": "asc"}]
    document = of_aspects(aspect(), aspect("B1", "time", required=False), ties=ties)
    return result(document, {entry: {"A1": "90", "B1": value} for entry, value in seconds.items()})


def test_ex_11_the_shorter_time_wins() -> None:
    assert ranks(ex_11({"X": "6065", "Y": "5999"})) == {"Y": 1, "X": 2}


def test_ex_11_a_missing_time_never_wins() -> None:
    outcome = ex_11({"X": "6065", "Y": "-"})
    assert codes(outcome.findings) == [("MISSING_TIEBREAK_VALUE", "X,Y")]
    assert outcome.findings[0].params["missing"] == "Y"
    assert ranks(outcome) == {"X": 1, "Y": 1}


ABSENT_J4 = DecisionInput("absent_judge", "01", "P", "A1", "J4", "", "病假")


def ex_12(panel: dict[str, object], decisions: tuple[DecisionInput, ...] = ()) -> Outcome:
    document = of_aspects(aspect(panel=panel))
    assigned = [f"P/A1//J{number}" for number in range(1, 6)]
    return result(document, {"01": {"A1": "88 90 92 - 70"}}, assigned=assigned, decisions=decisions)


def test_ex_12_a_missing_mark_leaves_no_score() -> None:
    outcome = ex_12(TRIMMED)
    assert (row(outcome, "01").status, total(outcome, "01"), outcome.findings) == ("incomplete", None, ())


def test_ex_12_an_absent_judge_is_made_up_for_by_the_fallback() -> None:
    fallback = {"method": "mean", "min_judges": 4}
    assert total(ex_12({**TRIMMED, "fallback": fallback}, (ABSENT_J4,)), "01") == "85.00"


def test_ex_12_without_a_fallback_an_absent_judge_blocks() -> None:
    outcome = ex_12(TRIMMED, (ABSENT_J4,))
    assert codes(outcome.findings) == [("PANEL_SIZE", "P.A1/01/1")]
    assert outcome.findings[0].params == {"judges": 4, "least": 5}


def test_ex_13_absent_and_disqualified_have_neither_rank_nor_total() -> None:
    document = scheme(stage("T", weight="0.5"), stage("P", weight="0.5"))
    table = {
        "P": {"T.A1": "90", "P.A1": "90"},
        "Q": {"T.A1": "88", "P.A1": "88"},
        "R": {"T.A1": "90"},
        "S": {"T.A1": "95", "P.A1": "95"},
        "T": {"T.A1": "0", "P.A1": "0"},
    }
    outcome = result(document, table, statuses={"R": "absent", "S": "dsq"})
    assert ranks(outcome) == {"P": 1, "Q": 2, "T": 3, "R": None, "S": None}
    assert [total(outcome, entry) for entry in "PQRST"] == ["90.00", "88.00", None, None, "0.00"]


@pytest.mark.parametrize(("sat_the_theory", "winners"), [("no", "P Q"), ("yes", "P Q T")])
def test_ex_13_percentages_are_taken_of_those_who_checked_in(sat_the_theory: str, winners: str) -> None:
    # Half of a base of 4 is 2; half of a base of 5 is 2.5, which counts as 3.
    outcome = totals_of(
        {"P": "90", "Q": "88", "R": "1", "S": "95", "T": "0"},
        statuses={"R": "absent", "S": "dsq"},
        tiers=[{"title": "一等奖", "percent": "50"}],
        decisions=[DecisionInput("checked_in", "R", value=sat_the_theory)],
    )
    assert " ".join(awards_of(outcome)) == winners


def field_of(size: int) -> dict[str, str]:
    """Return a field of distinct totals, the first entry best."""
    return {f"{number:03d}": str(size - number) for number in range(size)}


def quotas(size: int) -> list[int]:
    """Return how many of a field win each of 10, 20 and 30 percent, the first prize at least once."""
    percents = zip(PRIZES, ("10", "20", "30"), strict=True)
    tiers = [{"title": title, "percent": percent} for title, percent in percents]
    won = awards_of(totals_of(field_of(size), tiers=[{**tiers[0], "at_least": 1}, *tiers[1:]]))
    return [list(won.values()).count(title) for title in PRIZES]


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (20, [2, 4, 6]),
        (21, [2, 4, 6]),
        (54, [5, 11, 16]),
        (68, [7, 14, 20]),
        (8, [1, 2, 2]),
        (3, [1, 1, 1]),
    ],
)
def test_ex_15_percentages_are_rounded_half_up_each_on_its_own(size: int, expected: list[int]) -> None:
    assert quotas(size) == expected


EX_16 = """
95.10 93.40 93.40 92.00 91.20 90.80 90.80 89.50 88.00 87.60 86.90 86.10 85.00 84 83 82 81 80 79 78
"""


def ex_16(boundary: str, decisions: tuple[DecisionInput, ...] = ()) -> Outcome:
    tiers = [{"title": title, "count": count} for title, count in zip(PRIZES, (2, 4, 6), strict=True)]
    values = {f"{place:02d}": value for place, value in enumerate(EX_16.split(), 1)}
    return totals_of(values, tiers=tiers, awards={"boundary": boundary}, decisions=decisions)


@pytest.mark.parametrize(("boundary", "expected"), [("extend", [3, 4, 5]), ("shrink", [1, 4, 7])])
def test_ex_16_a_tie_on_a_border_goes_up_or_down_and_other_borders_stay(
    boundary: str, expected: list[int]
) -> None:
    won = list(awards_of(ex_16(boundary)).values())
    assert [won.count(title) for title in PRIZES] == expected


def test_ex_16_without_a_policy_each_tie_on_a_border_waits_for_a_decision() -> None:
    outcome = ex_16("decide")
    assert codes(outcome.findings) == [("AWARD_BOUNDARY_TIE", "02,03"), ("AWARD_BOUNDARY_TIE", "06,07")]
    assert outcome.awards is not None
    assert [(tie.first, tie.last) for tie in outcome.awards.ties] == [(2, 3), (6, 7)]


def test_ex_16_a_decision_in_writing_settles_the_tie() -> None:
    named = {"02": "一等奖", "03": "二等奖", "06": "三等奖", "07": "二等奖"}
    decided = [DecisionInput("award", entry, value=title) for entry, title in named.items()]
    outcome = ex_16("decide", tuple(decided))
    assert outcome.findings == ()
    assert {entry: awards_of(outcome)[entry] for entry in named} == named


def test_ex_17_the_better_half_is_rounded_down() -> None:
    tiers = [{"title": "奖牌", "count": 3}, {"title": "优胜奖", "top_fraction": "0.5"}]
    won = awards_of(totals_of(field_of(21), tiers=tiers))
    assert [entry for entry, title in won.items() if title == "优胜奖"] == [f"{n:03d}" for n in range(3, 10)]


EX_21 = {
    "85.20 84.90 78.40 74.10 71.25 70.00 66.30 61.75 52.00": "739 739 720 708 700 696 686 673 646",
    "92 80 79.60 75 70 64": "759 711 709 691 670 646",
}


@pytest.mark.parametrize(("given", "expected"), EX_21.items())
def test_ex_21_the_700_scale_stands_on_the_median(given: str, expected: str) -> None:
    outcome = totals_of({f"{n}": value for n, value in enumerate(given.split())}, scale="median700")
    assert " ".join(str(found.scale) for found in outcome.rows) == expected


@pytest.mark.parametrize("given", ["80 80 80", "80 80 80 80 60"])
def test_ex_21_totals_that_do_not_spread_are_all_700_with_a_warning(given: str) -> None:
    outcome = totals_of({f"{n}": value for n, value in enumerate(given.split())}, scale="median700")
    assert {found.scale for found in outcome.rows} == {700}
    assert [(one.code, one.where, one.level) for one in outcome.findings] == [
        ("SCALE_NO_SPREAD", "scheme.json:/scale", "warning")
    ]


def test_ex_21_the_scale_ends_at_0_and_1000() -> None:
    # Median 0.5, MAD 1: half a point is 15 ÷ 1.4826 = 10.1 on the scale.
    assert median700([0, 0, 1, 2, 1000, -1000]) == [690, 690, 710, 730, 1000, 0]


MEDALS = ("金牌", "银牌", "铜牌")


def ex_22(given: str) -> str:
    tiers = [{"title": title, "place": place, "band": "2"} for place, title in enumerate(MEDALS, 1)]
    tiers.append({"title": "优胜奖章", "threshold": "700"})
    values = {f"{n}": value for n, value in enumerate(given.split())}
    outcome = totals_of(values, tiers=tiers, total={"places": 0})
    return " ".join((found.award or "-")[:1] for found in outcome.rows)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("745 744 741 739 712 701 699", "金 金 铜 铜 优 优 -"),
        ("745 744 743 741 735", "金 金 金 铜 优"),
        ("745 744 743 740 735", "金 金 金 优 优"),
        ("750 740 739 738 730 700", "金 银 银 银 优 优"),
    ],
)
def test_ex_22_medals_go_to_everyone_within_two_points_of_the_place(given: str, expected: str) -> None:
    assert ex_22(given) == expected


@pytest.mark.parametrize(("minutes", "points"), [(171, "4.50"), (165, "5.00"), (180, "0.00"), (183, "-3.00")])
def test_ex_27_early_minutes_add_points_up_to_the_cap_and_late_ones_cost(minutes: int, points: str) -> None:
    item = one_aspect(kind="time", limit="10800", early="0.5", cap="5", late="1")
    assert text(points_of(item, read(item, str(minutes * 60)))) == points


def test_ex_27_the_stage_stays_within_its_limits() -> None:
    item = aspect("B1", "time", limit="10800", early="0.5", cap="5", late="1")
    document = scheme(stage("P", criterion("A", aspect(), item), min="0", max="100"))
    outcome = result(document, {"01": {"A1": "98", "B1": "10260"}, "02": {"A1": "2", "B1": "10980"}})
    assert [total(outcome, entry) for entry in ("01", "02")] == ["100.00", "0.00"]


def test_a_value_off_the_step_is_never_rounded() -> None:
    finding = check_value(one_aspect(step="0.25"), "0.3")
    assert finding is not None
    assert finding.code == "SCORE_STEP"
