"""Section 6: places, borders, ties on them, caps of a unit, thresholds and bands."""

from typing import Any

import pytest

from scoring.rules.award_preview import preview_awards
from scoring.rules.inputs import DecisionInput
from tests.rules.build import Document, awards_of, codes, ranks, result, scheme, totals_of

A, B, C = "一等奖", "二等奖", "三等奖"


def letters(values: str, *tiers: Document, **options: Any) -> str:
    """Return the first letter of each entry's award in ranking order, `-` for none.

    Entries are 00, 01, … with these totals; tiers are given as rules and called 1, 2, 3, ….
    """
    table = {f"{number:02d}": value for number, value in enumerate(values.split())}
    named = [{"title": str(number), **rule} for number, rule in enumerate(tiers, 1)]
    outcome = totals_of(table, tiers=named, **options)
    return "".join(row.award or "-" for row in outcome.rows)


def test_each_tier_takes_its_places_after_the_one_before() -> None:
    assert letters("9 8 7 6 5", {"count": 1}, {"count": 2}) == "122--"


def test_fewer_entries_than_places_leave_places_empty() -> None:
    assert letters("9 8", {"count": 1}, {"count": 5}, {"count": 5}) == "12"


def test_a_count_is_lifted_to_at_least() -> None:
    assert letters("9 8 7 6 5", {"count": 0, "at_least": 1}, {"percent": "10", "at_least": 2}) == "122--"
    assert letters("9 8 7", {"count": 2, "at_least": 1}) == "11-"
    assert letters("9 8 7 6", {"count": 1}, {"top_fraction": "0.25", "at_least": 2}) == "122-"


@pytest.mark.parametrize(
    ("percent", "expected"), [("12.4", "-"), ("12.5", "1"), ("37.4", "1"), ("37.5", "11"), ("100", "1111")]
)
def test_half_a_place_counts_as_one(percent: str, expected: str) -> None:
    assert letters("9 8 7 6", {"percent": percent}).rstrip("-") == expected.rstrip("-")


def test_a_range_of_ranks_leaves_the_places_before_it_without() -> None:
    assert letters("9 8 7 6 5", {"ranks": [2, 3]}) == "-11--"
    assert letters("9 8 7 6 5", {"ranks": [1, 1]}, {"ranks": [2, 4]}) == "1222-"
    assert letters("9 8 7 6 5", {"ranks": [1, 1]}, {"ranks": [4, 9]}) == "1--22"
    assert letters("9 8 7 6 5", {"count": 2}, {"ranks": [1, 4]}) == "1122-"


def test_who_stands_in_a_gap_can_still_reach_a_threshold() -> None:
    assert letters("9 8 7 6 5", {"ranks": [2, 3]}, {"threshold": "6"}) == "2112-"


def test_a_fraction_reaches_down_to_its_place() -> None:
    assert letters("9 8 7 6 5", {"count": 1}, {"top_fraction": "0.5"}) == "12---"
    assert letters("9 8 7 6 5", {"count": 3}, {"top_fraction": "0.5"}, {"count": 1}) == "1113-"
    assert letters("9 8 7 6 5", {"top_fraction": "1"}) == "11111"


def test_a_threshold_takes_everyone_who_reaches_it() -> None:
    assert letters("95 94.99 94", {"threshold": "95"}) == "1--"
    assert letters("99 95 94", {"count": 1}, {"threshold": "95"}) == "12-"
    assert letters("99 95 94 93", {"threshold": "95"}, {"count": 1}) == "112-"
    assert letters("90 80", {"threshold": "95"}, {"count": 1}) == "2-"


def test_where_less_is_better_a_threshold_is_reached_from_below() -> None:
    assert letters("10 12 13", {"threshold": "12"}, order="asc") == "11-"
    assert letters("10 12 13", {"place": 1, "band": "2"}, order="asc") == "11-"


def test_a_scale_score_may_be_what_counts() -> None:
    # Median 70, MAD 10: 720, 700, 680 (one point more at 80.2: 720.6, rounded to 721).
    assert letters("80 70 60", {"threshold": "720", "on": "scale"}, scale="median700") == "1--"
    assert letters("80 70 60", {"threshold": "700", "on": "scale"}, scale="median700") == "11-"
    assert letters("80 70 60", {"place": 1, "band": "20", "on": "scale"}, scale="median700") == "11-"
    assert letters("80 70 60", {"place": 1, "band": "19.9", "on": "scale"}, scale="median700") == "1--"


def test_a_scale_score_is_reached_from_below_even_where_less_is_better() -> None:
    # Median 12, MAD 2: 680, 700, 720. The scale grows with the total, whatever the order of the ranking.
    tier = {"threshold": "700", "on": "scale"}
    assert letters("10 12 14", tier, scale="median700", order="asc") == "-11"


def test_a_band_at_a_place_that_nobody_has_is_empty() -> None:
    assert letters("9 8", {"place": 3, "band": "100"}) == "--"
    assert letters("9 8", {"place": 2, "band": "0"}) == "11"


# ---------------------------------------------------------------- the base


@pytest.mark.parametrize(
    ("base", "percent", "winners"), [("checked_in", "40", 2), ("entered", "42", 3), ("ranked", "34", 1)]
)
def test_percentages_are_taken_of_the_base(base: str, percent: str, winners: int) -> None:
    # 3 are ranked; dnf and dsq checked in too (5); the absent one was entered (6); exhibition never counts.
    # 40 % of 5 is 2 (of 6 it is 2.4, of 3 1.2); 42 % of 6 is 2.52; 34 % of 3 is 1.02 (of 5 it is 1.7).
    statuses = {"03": "absent", "04": "exhibition", "05": "dnf", "06": "dsq"}
    found = letters("9 8 7 6 5 4 3", {"percent": percent}, statuses=statuses, awards={"base": base})
    assert found.count("1") == winners


def test_a_decision_says_who_checked_in() -> None:
    statuses = {"01": "absent", "02": "exhibition"}
    for value, expected in (("yes", 2), ("no", 1)):
        decided = [DecisionInput("checked_in", entry, value=value) for entry in ("01", "02")]
        found = letters("9 8 7 6", {"percent": "50"}, statuses=statuses, decisions=decided)
        assert found.count("1") == expected


@pytest.mark.parametrize("status", ["absent", "dnf", "dsq", "ineligible", "exhibition"])
def test_who_is_not_ranked_wins_nothing(status: str) -> None:
    assert letters("9 8", {"count": 2}, statuses={"00": status}).replace("-", "") == "1"


def test_who_is_incomplete_wins_nothing_but_counts_as_checked_in() -> None:
    document = scheme(awards={"tiers": [{"title": A, "percent": "50"}]})
    outcome = result(document, {"01": {}, "02": {"A1": "1"}, "03": {"A1": "2"}}, awards=True)
    assert awards_of(outcome) == {"03": A, "02": A}  # 1.5 → 2


# ---------------------------------------------------------------- ties on a border


@pytest.mark.parametrize(
    ("boundary", "values", "expected"),
    [
        ("extend", "9 8 8 7", "111-"),
        ("shrink", "9 8 8 7", "122-"),
        ("extend", "9 9 9 9 9", "11111"),
        ("shrink", "9 9 9 9 9", "-----"),
        ("extend", "9 8 7 7", "1122"),
        ("shrink", "9 8 7 7", "11--"),
        ("extend", "9 8 7 6", "112-"),
    ],
)
def test_a_tie_on_a_border_is_settled_by_the_policy(boundary: str, values: str, expected: str) -> None:
    # Borders after places 2 and 3; they do not move when a neighbour grows or shrinks.
    assert letters(values, {"count": 2}, {"count": 1}, awards={"boundary": boundary}) == expected


def test_a_tie_over_several_borders_gets_the_highest_or_the_lowest_tier() -> None:
    tiers = ({"count": 1}, {"count": 1}, {"count": 2})
    assert letters("9 9 9 8", *tiers, awards={"boundary": "extend"}) == "1113"
    assert letters("9 9 9 8", *tiers, awards={"boundary": "shrink"}) == "3333"


def test_a_tie_between_a_gap_and_a_range_of_ranks_is_a_tie_on_a_border() -> None:
    tier = {"ranks": [2, 3]}
    assert letters("9 9 8 7", tier, awards={"boundary": "extend"}) == "111-"
    assert letters("9 9 8 7", tier, awards={"boundary": "shrink"}) == "111-"
    outcome = totals_of({"01": "9", "02": "9", "03": "8"}, tiers=[{"title": A, **tier}])
    assert codes(outcome.findings) == [("AWARD_BOUNDARY_TIE", "01,02")]


def test_a_tie_that_starts_in_a_gap_and_ends_behind_the_range_shrinks_to_nothing() -> None:
    tiers = ({"ranks": [2, 2]}, {"ranks": [5, 5]})
    assert letters("9 9 9 8 7", *tiers, awards={"boundary": "shrink"}) == "----2"
    assert letters("9 9 9 8 7", *tiers, awards={"boundary": "extend"}) == "111-2"


def test_a_tie_inside_a_tier_is_none() -> None:
    assert totals_of({"01": "9", "02": "9"}, tiers=[{"title": A, "count": 2}]).findings == ()


def decided(**titles: str) -> list[DecisionInput]:
    """Return decisions about awards, by entry."""
    return [DecisionInput("award", entry.removeprefix("e"), value=title) for entry, title in titles.items()]


TIED = {"01": "9", "02": "8", "03": "8", "04": "7"}
TIERS = [{"title": A, "count": 2}, {"title": B, "count": 1}]


def test_a_tie_waits_for_a_decision_about_each_one() -> None:
    for decisions in ([], decided(e02=A), decided(e02=A, e03="特等奖")):
        outcome = totals_of(TIED, tiers=TIERS, decisions=decisions)
        assert codes(outcome.findings) == [("AWARD_BOUNDARY_TIE", "02,03")]
        assert awards_of(outcome) == {"01": A}
    assert outcome.findings[0].params == {"entries": "02, 03", "tiers": f"{A} / {B}"}


def test_a_decision_names_a_tier() -> None:
    outcome = totals_of(TIED, tiers=TIERS, decisions=decided(e02=A, e03=B))
    assert (outcome.findings, awards_of(outcome)) == ((), {"01": A, "02": A, "03": B})
    both = totals_of(TIED, tiers=TIERS, decisions=decided(e02=B, e03=B))
    assert awards_of(both) == {"01": A, "02": B, "03": B}


def test_a_decision_for_no_tier_is_one_where_places_lie_behind_the_last() -> None:
    first = [{"title": A, "count": 2}]
    outcome = totals_of(TIED, tiers=first, decisions=decided(e02=A, e03=""))
    assert (outcome.findings, awards_of(outcome)) == ((), {"01": A, "02": A})
    inside = totals_of(TIED, tiers=TIERS, decisions=decided(e02=A, e03=""))
    assert codes(inside.findings) == [("AWARD_BOUNDARY_TIE", "02,03")]


def test_a_decision_matters_only_for_a_tie_on_a_border() -> None:
    outcome = totals_of({"01": "9", "02": "8"}, tiers=TIERS, decisions=decided(e01=B, e02=B))
    assert awards_of(outcome) == {"01": A, "02": A}


def test_findings_about_awards_appear_only_where_awards_are_asked_for() -> None:
    document = scheme(awards={"tiers": [{"title": A, "count": 1}]})
    table = {"01": {"A1": "9"}, "02": {"A1": "9"}}
    assert result(document, table).findings == ()
    assert result(document, table).awards is None
    assert codes(result(document, table, awards=True).findings) == [("AWARD_BOUNDARY_TIE", "01,02")]


def test_a_tie_that_has_to_be_resolved_anyway_is_reported_once() -> None:
    outcome = totals_of({"01": "9", "02": "9"}, tiers=[{"title": A, "count": 1}], share=False)
    assert codes(outcome.findings) == [("UNRESOLVED_TIE", "01,02")]
    assert awards_of(outcome) == {}


def test_behind_a_refused_row_borders_are_not_judged() -> None:
    document = scheme(awards={"tiers": [{"title": A, "count": 1}]})
    table = {"01": {"A1": "9"}, "02": {"A1": "9"}, "03": {"A1": "101"}}
    assert codes(result(document, table, awards=True).findings) == [("SCORE_RANGE", "P.A1/03/1")]


def test_asking_for_awards_where_there_are_none_gives_none() -> None:
    outcome = result(scheme(), {"01": {"A1": "9"}}, awards=True)
    assert (outcome.awards, awards_of(outcome)) == (None, {})


# ---------------------------------------------------------------- units


def capped(values: str, units: str, *tiers: Document, **options: Any) -> str:
    names = {f"{number:02d}": unit.replace("-", "") for number, unit in enumerate(units.split())}
    return letters(values, *tiers, units=names, **options)


def test_a_capped_entry_is_passed_over_and_may_win_a_lower_tier() -> None:
    tiers = ({"count": 2, "per_unit": 1}, {"count": 2})
    assert capped("9 8 7 6 5", "u u v w x", *tiers) == "1212-"
    # Nobody may take place 2, so it stays empty; the second tier has the places 3 and 4.
    assert capped("9 8 7 6 5", "u u u u u", *tiers) == "122--"


def test_a_cap_counts_within_its_tier_only() -> None:
    tiers = ({"count": 1, "per_unit": 1}, {"count": 2, "per_unit": 1})
    assert capped("9 8 7 6", "u u u v", *tiers) == "12-2"


def test_entries_without_a_unit_are_of_no_unit() -> None:
    assert capped("9 8 7", "- - -", {"count": 2, "per_unit": 1}) == "11-"


def test_a_cap_may_allow_several() -> None:
    assert capped("9 8 7 6", "u u u v", {"count": 3, "per_unit": 2}) == "11-1"


def test_a_cap_holds_for_thresholds_too() -> None:
    tiers = ({"threshold": "7", "per_unit": 1}, {"count": 1})
    assert capped("9 8 7 6", "u u v w", *tiers) == "121-"


def test_equal_entries_of_one_unit_that_has_not_room_for_all_are_a_tie() -> None:
    tiers = ({"count": 3, "per_unit": 1}, {"count": 1})
    assert capped("9 9 8", "u u v", *tiers, awards={"boundary": "extend"}) == "111"
    assert capped("9 9 8 7", "u u v w", *tiers, awards={"boundary": "shrink"}) == "--11"
    units = {"01": "u", "02": "u", "03": "v", "04": "v"}
    named = [{"title": A, "count": 3, "per_unit": 1}, {"title": B, "count": 1}]
    outcome = totals_of({"01": "9", "02": "9", "03": "9"}, tiers=named, units=units)
    assert codes(outcome.findings) == [("AWARD_BOUNDARY_TIE", "01,02")]
    assert awards_of(outcome) == {"03": A}
    settled = totals_of(
        {"01": "9", "02": "9", "03": "9"}, tiers=named, units=units, decisions=decided(e01=A, e02="")
    )
    assert (settled.findings, awards_of(settled)) == ((), {"01": A, "03": A})


def test_a_decided_winner_counts_for_the_cap() -> None:
    tier = {"title": A, "count": 4, "per_unit": 1}
    units = {"01": "u", "02": "u", "03": "u", "04": "v"}
    values = {"01": "9", "02": "9", "03": "8", "04": "7"}
    outcome = totals_of(values, tiers=[tier], units=units, decisions=decided(e01=A, e02=""))
    assert awards_of(outcome) == {"01": A, "04": A}


# ---------------------------------------------------------------- the preview


def test_the_preview_shows_places_winners_and_what_each_policy_gives() -> None:
    preview = preview_awards(totals_of(TIED, tiers=TIERS))
    assert preview is not None
    assert preview.base == 4
    assert [(tier.tier.title, tier.first, tier.last, tier.winners) for tier in preview.tiers] == [
        (A, 1, 2, ("01",)),
        (B, 3, 3, ()),
    ]
    [found] = preview.ties
    assert (found.tie.entries, found.tie.first, found.tie.last, found.tie.touched) == (
        ("02", "03"),
        2,
        3,
        (A, B),
    )
    assert (found.extend, found.shrink, found.tie.is_decided) == ((A,), (B,), False)
    assert preview.policies["shrink"].titles == {"01": A, "02": B, "03": B}


def test_the_preview_shows_places_behind_the_last_border_as_no_tier() -> None:
    preview = preview_awards(totals_of(TIED, tiers=TIERS[:1]))
    assert preview is not None
    assert preview.ties[0].tie.touched == (A, "")
    assert (preview.ties[0].extend, preview.ties[0].shrink) == ((A,), ("",))


def test_a_tie_that_shrinks_past_several_borders_is_shown_once() -> None:
    tiers = [{"title": title, "count": 1} for title in (A, B, C)]
    preview = preview_awards(
        totals_of({"01": "9", "02": "9", "03": "9"}, tiers=tiers, awards={"boundary": "shrink"})
    )
    assert preview is not None
    assert [found.tie.touched for found in preview.ties] == [(A, B, C)]


def test_without_awards_there_is_nothing_to_preview() -> None:
    assert preview_awards(totals_of(TIED)) is None
    assert ranks(totals_of(TIED))["01"] == 1


def test_the_preview_knows_scale_scores() -> None:
    tiers = [{"title": A, "threshold": "720", "on": "scale"}]
    outcome = totals_of(
        {"01": "80", "02": "70", "03": "60", "04": "99"},
        tiers=tiers,
        statuses={"04": "dsq"},
        scale="median700",
    )
    preview = preview_awards(outcome)
    assert preview is not None
    assert preview.tiers[0].winners == ("01",)
