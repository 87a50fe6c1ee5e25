"""EX-18 to EX-20 and the other methods of DOMAIN.md 5.4, from the text, by hand."""

from itertools import count
from typing import Any

import pytest

from scoring.rules.group_standing import Achievement, GroupStanding, compute_standing
from scoring.rules.numbers import format_number, parse_decimal
from scoring.rules.parse_standing import Method, parse_method
from scoring.standings.offers import LIBRARY

NUMBERS = count(1)  # each entry is another one


def method(key: str, **changes: object) -> Method:
    found, findings = parse_method({**LIBRARY.find_document(key), **changes})
    assert not findings
    assert found is not None
    return found


def entry(group: str, rank: int = 1, total: str = "", event: str = "E1", **fields: object) -> Achievement:
    values: dict[str, Any] = {"status": "valid", "rank": str(rank) if rank else "", "total": total} | fields
    return Achievement(event, f"{next(NUMBERS):03d}", group, **values)


def table(standing: GroupStanding) -> list[tuple[int | None, str, str | None]]:
    places = standing.method.places
    return [
        (row.rank, row.group, None if row.total is None else format_number(row.total, places))
        for row in standing.rows
    ]


def members(group: str, totals: str, practical: str) -> list[Achievement]:
    pairs = zip(totals.split(), practical.split(), strict=True)
    return [entry(group, total=total, values={"P": points}) for total, points in pairs]


def test_ex_18_equal_sums_of_three_members_are_told_apart_by_the_team_s_practical() -> None:
    rows = members("甲队", "88.10 84.55 79.25", "90.00 88.50 84.00")  # practical 262.50
    rows += members("乙队", "90.00 90.00 71.90", "91.00 90.00 78.00")  # 259.00
    standing = compute_standing(method("three-members"), ["E1"], rows)
    assert table(standing) == [(1, "甲队", "251.90"), (2, "乙队", "251.90")]


@pytest.mark.parametrize(("policy", "expected"), [("zero", (1, "172.65")), ("void", (None, None))])
def test_ex_18_a_member_who_was_absent_counts_nothing_or_leaves_the_team_unranked(policy, expected) -> None:
    rows = members("甲队", "88.10 84.55", "90 90")
    rows.append(entry("甲队", rank=0, status="absent"))
    standing = compute_standing(method("three-members", missing=policy), ["E1"], rows)
    [(rank, _group, total)] = table(standing)
    assert (rank, total) == expected


def test_ex_19_rank_points_and_the_first_place_that_settles_a_tie() -> None:
    ranks = {"X": (1, 5, 12), "Y": (2, 4, 9), "Z": (3, 3, 11)}
    rows = [entry(group, rank, event="E1") for group, found in ranks.items() for rank in found]
    standing = compute_standing(method("rank-points"), ["E1"], rows)
    assert table(standing) == [(1, "Y", "20"), (2, "X", "17"), (3, "Z", "17")]
    assert [row.award for row in standing.rows] == ["团体奖"] * 3


def test_ex_19_every_rank_has_the_points_that_the_text_prints() -> None:
    rows = [entry(f"U{rank:02d}", rank) for rank in range(1, 13)]
    standing = compute_standing(method("rank-points"), ["E1"], rows)
    assert [total for _rank, _group, total in table(standing)] == [
        *("10", "9", "8", "7", "6", "5", "4", "4", "4", "4", "1", "1")
    ]
    # 团体奖 = 1st to 3rd, 优秀组织单位 = 4th to 13th
    assert [row.award for row in standing.rows] == ["团体奖"] * 3 + ["优秀组织单位"] * 9


def test_ex_20_award_points() -> None:
    rows = [entry("甲", award="一等奖"), *(entry("甲", 5, award="三等奖") for _ in range(2))]
    rows += [entry("甲", 20, award="合格"), entry("乙", 30)]
    standing = compute_standing(method("award-points"), ["E1"], rows)
    # 0 is not considered
    assert table(standing) == [(1, "甲", "13"), (None, "乙", "0")]
    assert [row.status for row in standing.rows] == ["valid", "below"]


def test_the_best_three_of_each_event_count_and_the_events_add_up() -> None:
    rows = [entry("甲", 1, total, "E1") for total in ("90", "80", "70", "60")]
    rows += [entry("甲", 1, "55.55", "E2"), entry("乙", 1, "99", "E1")]
    standing = compute_standing(method("best-three"), ["E1", "E2"], rows)
    # 90 + 80 + 70 = 240; + 55.55
    assert table(standing) == [(1, "甲", "295.55"), (2, "乙", "99.00")]
    first = standing.rows[0]
    assert first.events == (parse_decimal("240"), parse_decimal("55.55"))
    assert first.entries == 4
    assert standing.rows[1].events[1] is None


def test_medal_points_in_total_and_by_the_number_of_skills_entered() -> None:
    # 甲: gold and bronze in two skills, 6 points, 3.00 a skill; 乙: one silver in one, 3 points, 3.00;
    # 丙: silver, bronze, nothing in three skills, 5 points, 5 / 3 = 1.67.
    won = {"甲": ("金牌", "铜牌"), "乙": ("银牌",), "丙": ("银牌", "铜牌", "")}
    rows = [
        entry(group, number, event=f"E{number}", award=award)
        for group, awards in won.items()
        for number, award in enumerate(awards, start=1)
    ]
    events = ["E1", "E2", "E3"]
    assert table(compute_standing(method("medal-points"), events, rows)) == [
        (1, "甲", "6"), (2, "丙", "5"), (3, "乙", "3"),
    ]  # fmt: skip
    assert table(compute_standing(method("medal-average"), events, rows)) == [
        (1, "乙", "3.00"), (1, "甲", "3.00"), (3, "丙", "1.67"),
    ]  # fmt: skip


def test_scale_scores_are_averaged_over_the_skills() -> None:
    rows = [entry("甲", scale="739"), entry("甲", event="E2", scale="700"), entry("乙", scale="712")]
    standing = compute_standing(method("scale-average"), ["E1", "E2"], rows)
    assert table(standing) == [(1, "甲", "719.50"), (2, "乙", "712.00")]


def test_a_tie_that_may_not_be_shared_and_a_missing_value_are_said() -> None:
    strict = {"share": False, "ties": [{"by": "value", "code": "P"}]}
    rows = [entry("甲", total="80", values={"P": "80"}), entry("乙", total="80", values={"P": "80"})]
    standing = compute_standing(method("three-members", ranking=strict), ["E1"], rows)
    assert [(f.code, f.where) for f in standing.findings] == [("UNRESOLVED_TIE", "乙,甲")]
    rows[1] = entry("乙", total="80")
    standing = compute_standing(method("three-members", ranking=strict), ["E1"], rows)
    assert [(f.code, f.variant) for f in standing.findings] == [("MISSING_TIEBREAK_VALUE", "value")]


def test_an_award_without_points_is_warned_of_and_a_missing_scale_refuses() -> None:
    standing = compute_standing(method("award-points"), ["E1"], [entry("甲", award="一等奖（金奖）")])
    assert [(f.code, f.level) for f in standing.findings] == [("STANDING_AWARD", "warning")]
    standing = compute_standing(method("scale-average"), ["E1"], [entry("甲", total="80")])
    assert [f.code for f in standing.findings] == ["STANDING_VALUE"]
    assert standing.has_errors


def test_of_equal_points_the_entry_counts_that_the_tie_chain_prefers() -> None:
    pair = [entry("甲", total="80", values={"P": "70"}), entry("甲", total="80", values={"P": "90"})]
    one = method("three-members", best=1)
    other = entry("乙", total="80", values={"P": "85"})
    for rows in ([*pair, other], [other, *reversed(pair)]):
        assert [row.group for row in compute_standing(one, ["E1"], rows).rows] == ["甲", "乙"]


def test_exhibition_entries_and_those_of_no_group_count_nowhere() -> None:
    rows = [entry("甲", total="99", status="exhibition"), entry("", total="98"), entry("乙", total="10")]
    assert table(compute_standing(method("best-three"), ["E1"], rows)) == [(1, "乙", "10.00")]


def test_what_nothing_else_separates_is_decided_in_writing() -> None:
    rows = [entry("甲队", 1, "90.00"), entry("乙队", 1, "90.00"), entry("丙队", 3, "80.00")]
    ranking = {"share": False, "ties": [{"by": "ranks"}, {"by": "manual"}]}
    asked = method("three-members", ranking=ranking)
    open_one = compute_standing(asked, ["E1"], rows)
    assert [finding.code for finding in open_one.findings] == ["MISSING_TIEBREAK_VALUE"]
    decided = compute_standing(asked, ["E1"], rows, {"乙队": 1, "甲队": 2})
    assert not decided.findings
    assert [(rank, name) for rank, name, _total in table(decided)] == [(1, "乙队"), (2, "甲队"), (3, "丙队")]
