"""The official levels, and what people write for them."""

import pytest

from competitions.entries.columns import SKILL_LEVELS
from scoring.promotions.levels import official
from scoring.promotions.rules import LEVELS, NO_LEVEL


def test_the_levels_of_promotions_are_those_that_entries_offer():
    assert (NO_LEVEL, *SKILL_LEVELS) == LEVELS


@pytest.mark.parametrize(
    ("written", "level"),
    [
        *((level, level) for level in LEVELS),
        ("高级工（三级）", "高级工"),
        ("高级工(三级)", "高级工"),
        ("三级/高级工", "高级工"),
        (" 高级技师　（一级） ", "高级技师"),
        ("职业资格三级", "高级工"),
        ("国家职业资格二级", "技师"),
        ("职业技能等级 4级", "中级工"),
        ("５级", "初级工"),
        ("无", NO_LEVEL),
        ("无证书", NO_LEVEL),
    ],
)
def test_what_people_write_is_one_official_level(written, level):
    assert official(written) == level


@pytest.mark.parametrize("written", ["", " ", "高级", "工程师", "技师（三级）", "高级工 技师", "六级", "—"])
def test_what_states_no_level_or_two_is_not_guessed(written):
    assert official(written) is None
