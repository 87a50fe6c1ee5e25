"""Whether two records can be of one person."""

import pytest

from competitions.people import rules
from competitions.people.rules import Place

HERE = Place(entry_id=1, event_id=10, number=3, counted=True)


@pytest.mark.parametrize(
    ("other", "clash"),
    [
        (Place(2, 10, 8, True), True),  # both compete in one event: two people, or entered twice
        (Place(2, 10, 8, False), False),  # a withdrawn entry leaves its people free
        (Place(2, 11, 8, True), False),  # another event
        (Place(1, 10, 3, True), True),  # members of one team
    ],
)
def test_nobody_takes_part_in_one_event_twice(other, clash):
    assert bool(rules.clashes([HERE], [other])) is clash


def test_members_of_one_withdrawn_team_are_two_people():
    gone = HERE._replace(counted=False)
    assert rules.clashes([gone], [gone])


@pytest.mark.parametrize(
    ("first", "second", "differ", "shown"),
    [("a", "b", True, False), ("a", None, False, True), (None, None, False, True), ("a", "a", False, False)],
)
def test_two_id_numbers_are_two_people_and_one_or_none_may_be_one(first, second, differ, shown):
    assert rules.numbers_differ(first, second) is differ
    assert rules.worth_showing(first, second) is shown
