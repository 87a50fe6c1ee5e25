"""A promotion is proposed by rank, award, current level and a pass in each stage; it is never granted."""

import pytest

from scoring.rules.promotion import PromotionRule, Proposal, propose_promotions
from tests.rules.build import result, scheme, stage, totals_of

UP = {"高级工": "技师", "技师": "高级技师"}


def ranked(rules: list[PromotionRule], levels: dict[str, str], **options: object) -> list[str]:
    """Propose in a field of 01 to 04, best first; return `entry target`."""
    outcome = totals_of({"01": "9", "02": "8", "03": "7", "04": "6"}, **options)  # type: ignore[arg-type]
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
