"""Section 6: the places of each tier as the preview shows them, and the tiers that a tie touches."""

from typing import Any

from scoring.rules.award_preview import AwardPreview, preview_awards
from scoring.rules.compute import compute
from scoring.rules.inputs import EntryInput, MarkInput
from tests.rules.build import Document, awards_of, parsed, scheme, totals_of

A, B, C = "一等奖", "二等奖", "三等奖"


def preview(values: str, *tiers: Document, units: str = "", **options: Any) -> AwardPreview:
    """Preview the awards of entries 01, 02, … with these totals; the tiers are called A, B, C."""
    table = {f"{number:02d}": value for number, value in enumerate(values.split(), 1)}
    named = [{"title": title, **rule} for title, rule in zip((A, B, C), tiers, strict=False)]
    of_unit = dict(zip(table, units.split(), strict=False))
    found = preview_awards(totals_of(table, tiers=named, units=of_unit, **options))
    assert found is not None
    return found


def places(found: AwardPreview) -> list[tuple[int, int]]:
    """Return the first and the last place of each tier."""
    return [(tier.first, tier.last) for tier in found.tiers]


def touched(found: AwardPreview) -> list[tuple[str, ...]]:
    """Return the tiers that each tie touches."""
    return [one.tie.touched for one in found.ties]


def test_a_threshold_has_the_places_down_to_the_last_that_reaches_it() -> None:
    # 97, 96 and 95 reach it; the next tier begins behind them.
    assert places(preview("97 96 95 94 93", {"threshold": "95"}, {"count": 1})) == [(1, 3), (4, 4)]


def test_a_threshold_that_only_winners_reach_has_no_place() -> None:
    # Two reach 95, but the first tier has three places: the second begins and ends behind them.
    tiers = {"count": 3}, {"threshold": "95"}, {"count": 1}
    assert places(preview("97 96 94 93 92", *tiers)) == [(1, 3), (4, 3), (4, 4)]


def test_a_range_of_ranks_keeps_its_places_behind_a_threshold_won_in_the_gap() -> None:
    # Place 2 wins A; 100 stood in the gap and reaches B's threshold; place 3 is still C's.
    found = preview("100 90 80 70", {"ranks": [2, 2]}, {"threshold": "95"}, {"ranks": [3, 3]})
    assert [tier.winners for tier in found.tiers] == [("02",), ("01",), ("03",)]


def test_a_tie_touches_the_tiers_of_its_own_places_alone() -> None:
    # A's place 1 is gone; places 2 and 3 belong to B and C.
    assert touched(preview("9 8 8 7", {"count": 1}, {"count": 1}, {"count": 1})) == [(B, C)]
    # Places 1 and 2; B begins at place 3.
    assert touched(preview("9 9 8 7", {"count": 1}, {"ranks": [3, 3]}, {"count": 1})) == [(A, "")]


def test_a_tie_for_the_room_of_a_unit_touches_the_tiers_from_there_down() -> None:
    # 02 and 03 are of one unit, which has room for one of them in B; A is behind them.
    found = preview("9 8 8 7", {"count": 1}, {"count": 2, "per_unit": 1}, {"count": 1}, units="u v v w")
    assert touched(found) == [(B, C, "")]


def test_the_cap_of_a_unit_can_part_a_tie_under_a_policy() -> None:
    # Places 1 to 3. All higher: A, which has no cap. All lower: B, where u has room for one of its two, so
    # that both are passed over and the next takes the place.
    found = preview("9 9 9 8", {"count": 1}, {"count": 2, "per_unit": 1}, units="u u v w")
    assert (found.ties[0].extend, found.ties[0].shrink) == ((A,), ("", B))
    assert found.policies["shrink"].titles == {"03": B, "04": B}


def test_the_finding_of_a_tie_names_the_tiers_and_a_dash_for_none() -> None:
    outcome = totals_of({"01": "9", "02": "9"}, tiers=[{"title": A, "count": 1}])
    assert [finding.params for finding in outcome.findings] == [{"entries": "01, 02", "tiers": f"{A} / -"}]


def test_a_total_of_nought_is_ranked_and_scaled_like_any_other() -> None:
    # Totals 0, 10 and 20: median 10, MAD 10, so 0 stands at 700 − 30 ÷ 1.4826 = 679.77.
    outcome = totals_of(
        {"01": "0", "02": "10", "03": "20"},
        tiers=[{"title": A, "threshold": "680", "on": "scale"}],
        scale="median700",
    )
    assert [(row.entry, row.scale) for row in outcome.rows] == [("03", 720), ("02", 700), ("01", 680)]
    assert awards_of(outcome) == {"03": A, "02": A, "01": A}


def test_awards_are_given_only_where_they_are_asked_for() -> None:
    document = parsed(scheme(awards={"tiers": [{"title": A, "count": 1}]}))
    given = [MarkInput("P", "A1", "01", "J1", 1, "9")]
    assert compute(document, [EntryInput("01")], given, None).awards is None
    assert awards_of(compute(document, [EntryInput("01")], given, None, awards=True)) == {"01": A}
