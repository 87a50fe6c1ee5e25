"""A promotion is proposed by rank, award, current level and a pass in each stage; it is never granted."""

from typing import Any

import pytest

from scoring.rules.promotion import (
    PromotionRule,
    Proposal,
    Standing,
    field_size,
    find_rule,
    propose_promotions,
    reaches,
    standings_of,
)
from tests.rules.build import result, scheme, stage, totals_of

UP = {"高级工": "技师", "技师": "高级技师"}


def ranked(rules: list[PromotionRule], levels: dict[str, str], **options: Any) -> list[str]:
    """Propose in a field of 01 to 04, best first; return `entry target`."""
    outcome = totals_of({"01": "9", "02": "8", "03": "7", "04": "6"}, **options)
    return [f"{found.entry} {found.target}" for found in propose_promotions(rules, outcome, levels)]


def test_the_current_level_says_which_level_is_proposed() -> None:
    outcome = totals_of({"01": "9", "02": "8"})
    rules = [PromotionRule("前三名晋升", UP, last_rank=3)]
    assert propose_promotions(rules, outcome, {"01": "技师", "02": "高级工"}) == [
        Proposal("01", 1, "前三名晋升", "技师", "高级技师"),
        Proposal("02", 2, "前三名晋升", "高级工", "技师"),
    ]


def test_a_level_the_rule_does_not_name_is_not_promoted() -> None:
    rules = [PromotionRule("前三名晋升", UP)]
    assert ranked(rules, {"01": "高级技师", "03": "高级工"}) == ["03 技师"]
    assert ranked([PromotionRule("无等级者", {"": "高级工"})], {"01": "技师"}) == [
        "02 高级工",
        "03 高级工",
        "04 高级工",
    ]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [(1, 1, ["01"]), (2, 3, ["02", "03"]), (3, None, ["03", "04"]), (5, None, [])],
)
def test_the_ranks_of_a_rule_include_both_ends(first: int, last: int | None, expected: list[str]) -> None:
    rule = PromotionRule("晋升", {"": "技师"}, first_rank=first, last_rank=last)
    assert [found.split()[0] for found in ranked([rule], {})] == expected


def test_the_first_rule_that_applies_counts() -> None:
    rules = [
        PromotionRule("冠军", {"": "高级技师"}, last_rank=1),
        PromotionRule("其他", {"": "技师"}, last_rank=2),
    ]
    assert ranked(rules, {}) == ["01 高级技师", "02 技师"]


def test_an_award_may_be_needed() -> None:
    rule = PromotionRule("获奖者", {"": "技师"}, awards=("一等奖", "二等奖"))
    tiers = [
        {"title": "一等奖", "count": 1},
        {"title": "二等奖", "count": 1},
        {"title": "三等奖", "count": 1},
    ]
    assert ranked([rule], {}, tiers=tiers) == ["01 技师", "02 技师"]


def test_who_is_not_ranked_is_not_proposed() -> None:
    rule = PromotionRule("晋升", {"": "技师"})
    assert ranked([rule], {}, statuses={"01": "ineligible", "02": "dsq", "03": "exhibition"}) == ["04 技师"]


def test_each_stage_named_has_to_be_passed() -> None:
    document = scheme(stage("T", weight="0.5"), stage("P", weight="0.5"))
    table = {"01": {"T.A1": "59.99", "P.A1": "99"}, "02": {"T.A1": "60", "P.A1": "60"}}
    rule = PromotionRule("两项合格", {"": "高级工"}, pass_marks={"T": 60_000_000, "P": 60_000_000})
    assert [found.entry for found in propose_promotions([rule], result(document, table), {})] == ["02"]
    unknown = PromotionRule("三项合格", {"": "高级工"}, pass_marks={"X": 0})
    assert propose_promotions([unknown], result(document, table), {}) == []


def field_of(count: int, **options: Any) -> object:
    """Build a result in which 01 is best, 02 second, and so on."""
    scores = {f"{number:02d}": str(100 - number) for number in range(1, count + 1)}
    return totals_of(scores, **options)


HALF = PromotionRule("第四名至半数", {"": "高级工"}, first_rank=4, last_fraction=500_000)


@pytest.mark.parametrize(
    ("count", "last"),
    [(21, 10), (20, 10), (9, 4), (8, 4), (7, None)],  # half of 21 is 10 places, half of 7 only 3: nobody
)
def test_a_rule_may_reach_down_to_a_part_of_the_field_in_whole_places(count: int, last: int | None) -> None:
    found = [proposal.rank for proposal in propose_promotions([HALF], field_of(count), {})]
    assert found == (list(range(4, last + 1)) if last else [])


def test_the_part_is_taken_of_those_who_checked_in_unless_the_rule_book_says_otherwise() -> None:
    # 12 entered; 12 is absent, 11 disqualified, 10 shown out of competition: 10 checked in, 9 are ranked.
    statuses = {"12": "absent", "11": "dsq", "10": "exhibition"}
    outcome = field_of(12, statuses=statuses)
    rule = [PromotionRule("半数", {"": "高级工"}, last_fraction=500_000)]
    sizes = {base: len(propose_promotions(rule, outcome, {}, base)) for base in ("entered", "ranked")}
    assert sizes == {"entered": 5, "ranked": 4}  # 11 ÷ 2 = 5.5, 9 ÷ 2 = 4.5
    assert len(propose_promotions(rule, outcome, {})) == 5  # 10 ÷ 2


def test_the_absent_are_no_part_of_those_who_checked_in() -> None:
    outcome = field_of(4, statuses={"03": "absent", "04": "absent"})
    assert [field_size(standings_of(outcome), base) for base in ("checked_in", "entered")] == [2, 4]


def test_the_nearer_of_two_ends_counts() -> None:
    both = {"last_rank": 3, "last_fraction": 500_000}
    rule = [PromotionRule("前三名且不过半", {"": "技师"}, **both)]
    assert [len(propose_promotions(rule, field_of(count), {})) for count in (4, 6, 20)] == [2, 3, 3]


def test_whichever_award_may_be_enough() -> None:
    rule = PromotionRule("获奖者", {"": "技师"}, any_award=True)
    assert ranked([rule], {}, tiers=[{"title": "金牌", "count": 2}]) == ["01 技师", "02 技师"]
    assert ranked([rule], {}) == []


def test_every_stage_has_to_be_passed_where_the_rule_says_each() -> None:
    document = scheme(stage("T", weight="0.5"), stage("P", weight="0.5"))
    table = {
        "01": {"T.A1": "59.99", "P.A1": "100"},
        "02": {"T.A1": "60", "P.A1": "60"},
        "03": {"T.A1": "100", "P.A1": "59"},
    }
    rule = PromotionRule("各项合格", {"": "高级工"}, pass_each=60_000_000)
    assert [found.entry for found in propose_promotions([rule], result(document, table), {})] == ["02"]


def test_a_mark_that_is_not_there_passes_nothing() -> None:
    rule = PromotionRule("各项合格", {"": "高级工"}, pass_each=0)
    assert reaches(rule, Standing("01", 1, "valid", "", {"T": 0, "P": 0}), 1)
    assert not reaches(rule, Standing("01", 1, "valid", "", {"T": 0, "P": None}), 1)


def test_the_rule_that_is_found_is_the_first_for_the_level() -> None:
    first, second = PromotionRule("甲", {"技师": "高级技师"}), PromotionRule("乙", {"高级工": "技师"})
    stands = Standing("01", 1, "valid", "", {})
    assert find_rule([first, second], stands, "高级工", 1) is second
    assert find_rule([first, second], stands, "初级工", 1) is None
