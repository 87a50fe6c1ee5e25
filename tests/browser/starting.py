"""What the contests started from templates are: who takes part, which values, what comes of them, by hand."""

from collections.abc import Mapping
from dataclasses import dataclass

Values = Mapping[str, Mapping[str, str]]  # by stage, by aspect


@dataclass(frozen=True)
class Start:
    """A contest from one template; what the first entrant gets is said, with both totals.

    `checks`: the office confirms the values, so the first period is entered on its page.
    """

    template: str  # as the page calls it
    kind: str
    first: Values
    second: Values
    totals: tuple[str, str]
    prize: str
    people: bool = False
    judges: int = 0
    trade: bool = False
    checks: bool = False
    periods: str = ""
    standings: int = 0
    leader: str = "演示甲厂"  # of the first standing


PROJECT = {"A1": "100/100", "A2": "4/4", "B1": "100", "B2": "0", "C1": "0", "C2": "10", "D1": "5", "D2": "5"}
INDICATORS = {"A1": "100", "A2": "100", "A3": "100", "B1": "0", "B2": "10", "C1": "100", "C2": "5"}
CUP = {"A1": "10", "A2": "15", "B1": "15", "B2": "9", "C1": "14", "C2": "14.5", "D1": "9", "D2": "9"}
CASE = {"A1": "25", "A2": "35", "A3": "25"}
PRACTICE = {"A1": "18", "A2": "1", "B1": "38", "B2": "28", "C1": "5700"}
SKILLS = {
    "A1.01": "3", "A1.02": "yes", "A2.01": "5", "B1.01": "8", "B1.02": "3", "B1.03": "6", "C1.01": "20",
    "C1.02": "10", "C2.01": "3", "C2.02": "3", "D1.01": "yes", "D1.02": "9", "D2.01": "3",
}  # fmt: skip
STARTS = {
    # First: 20 × 90 ÷ 100 = 18 of 20 in the first half year, so 98, then 100: 99.
    # Second: one hidden danger in each, 2 off: 98.
    "project": Start(
        "重点工程（项目）劳动竞赛", "LABOUR_PROJECT",
        {"P1": PROJECT | {"A1": "90/100"}, "P2": PROJECT},
        {"P1": PROJECT | {"C1": "1"}, "P2": PROJECT | {"C1": "1"}},
        ("99.00", "98.00"), "优胜单位", checks=True, periods="上半年\n下半年",
    ),
    # EX-24: 25 + 24 + 28.5 + 18 = 95.50 is enough for 95; 1 less is 94.50 and is not.
    "safety": Start(
        "“安康杯”竞赛", "SAFETY_CUP", {"K": CUP}, {"K": CUP | {"A1": "9"}},
        ("95.50", "94.50"), "优胜单位", checks=True,
    ),
    # 0.3 × 90 + 0.4 × 85 + 0.3 × 80 = 85; 0.3 × 80 + 0.4 × 70 + 0.3 × 70 = 73. Five judges agree.
    "role": Start(
        "岗位（角色）技能大赛", "SKILL_ROLE",
        {"T": {"Q1": "90"}, "C": CASE, "S": {"A1": "80"}},
        {"T": {"Q1": "80"}, "C": {"A1": "20", "A2": "30", "A3": "20"}, "S": {"A1": "70"}},
        ("85.00", "73.00"), "一等奖", people=True, judges=5, standings=2,
    ),
    # All four quarters in full; the other with one hidden danger, 3 off, in each.
    "industry": Start(
        "行业主题劳动竞赛", "LABOUR_INDUSTRY", {f"P{n}": INDICATORS for n in range(1, 5)},
        {f"P{n}": INDICATORS | {"B1": "1"} for n in range(1, 5)},
        ("100.00", "97.00"), "优胜单位", checks=True,
    ),
    # 0.3 × 90 + 0.7 × (18 + 8 + 38 + 28 = 92) = 91.4; 0.3 × 80 + 0.7 × (92 − 10 = 82) = 81.4.
    "trade": Start(
        "职业技能竞赛（按工种）", "SKILL_TRADE",
        {"T": {"Q1": "90"}, "P": PRACTICE}, {"T": {"Q1": "80"}, "P": PRACTICE | {"B1": "28"}},
        ("91.40", "81.40"), "一等奖", people=True, judges=1, trade=True, standings=1,
    ),
    # Everything in full is 100; the other has 10 points less of a dimension.
    "worldskills": Start(
        "世界技能大赛模式竞赛", "WORLDSKILLS", {"WS": SKILLS}, {"WS": SKILLS | {"C1.01": "10"}},
        ("100.00", "90.00"), "金牌", people=True, judges=3, standings=1, leader="演示产业工会",
    ),
}  # fmt: skip
