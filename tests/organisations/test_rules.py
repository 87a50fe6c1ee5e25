"""The check character of a unit's code, and a tree without circles."""

import pytest

from competitions.organisations.rules import is_credit_code, makes_circle

# Worked by hand for 91350100M000100Y4: the values of its 17 characters times 1, 3, 9, 27, 19, 26, 16, 17, 20,
# 29, 25, 13, 8, 24, 10, 30, 28 add up to 1640 = 52 · 31 + 28; 31 - 28 = 3.
RIGHT = "91350100M000100Y43"


def test_a_code_with_its_check_character_is_right():
    assert is_credit_code(RIGHT)


@pytest.mark.parametrize(
    "code",
    [
        "91350100M000100Y44",  # another check character
        "91350100M000100Y34",  # two characters exchanged
        "91350100M000100Y4",  # 17 characters
        "91350100M000100Y433",
        "91350100O000100Y43",  # O is none of the 31 characters
        "91350100m000100y43",  # the register writes capitals
        "",
    ],
)
def test_anything_else_is_not(code):
    assert not is_credit_code(code)


TREE = {1: None, 2: 1, 3: 2, 4: None}


@pytest.mark.parametrize(("union", "parent"), [(1, 1), (1, 2), (1, 3), (2, 3)])
def test_a_union_never_stands_above_itself(union, parent):
    assert makes_circle(TREE, union, parent)


@pytest.mark.parametrize(("union", "parent"), [(1, None), (1, 4), (3, 1), (3, 4), (2, None)])
def test_other_moves_are_possible(union, parent):
    assert not makes_circle(TREE, union, parent)


def test_a_circle_that_somehow_is_there_ends_the_search():
    assert not makes_circle({1: 2, 2: 1}, 3, 1)
