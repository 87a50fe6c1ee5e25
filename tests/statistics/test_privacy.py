"""Nobody is recognised: groups of one or two people are withheld, and what would tell them all the same."""

import pytest

from reports.statistics.privacy import withheld


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ({"a": 5, "b": 9}, set()),
        ({"a": 0, "b": 9}, set()),  # nobody is no secret
        ({"a": 1, "b": 9, "c": 4}, {"a", "c"}),  # alone it would be the total without the others
        ({"a": 1, "b": 2, "c": 9}, {"a", "b"}),  # 3: which is 1 and which 2 stays open
        ({"a": 1, "b": 1, "c": 9, "d": 7}, {"a", "b", "d"}),  # 2 can only be 1 and 1
        ({"a": 2, "b": 2, "c": 9}, {"a", "b", "c"}),  # 4 can only be 2 and 2
        ({"a": 1, "b": 3, "c": 9}, {"a", "b", "c"}),  # 4 with one at least 3 can only be 1 and 3
        ({"a": 2, "b": 3, "c": 9}, {"a", "b"}),  # 5: 1 and 4, or 2 and 3
        ({"a": 1}, {"a"}),
    ],
)
def test_what_is_withheld_cannot_be_worked_out(people, expected):
    assert withheld(people) == expected


def test_a_row_withheld_elsewhere_takes_another_with_it():
    assert withheld({"a": 8, "b": 9, "c": 20}, {"a"}) == {"a", "b"}
