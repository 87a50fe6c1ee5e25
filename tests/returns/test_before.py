"""What stands beside figures as the same period last year: accepted, for the same days a year ago."""

from datetime import date

import pytest

from competitions.returns import queries
from tests.factories.organisations import build_union
from tests.factories.returns import build_accepted, build_period


@pytest.mark.parametrize(
    ("last", "found"), [(date(2024, 2, 29), True), (date(2024, 2, 28), False), (date(2024, 3, 1), False)]
)
def test_two_months_of_a_leap_year_are_those_of_the_year_after_it(session, last, found):
    union = build_union(session)
    past = build_period(session, union, first_day=date(2024, 1, 1), last_day=last)
    before = build_accepted(session, past, union, C05=100)
    now = build_period(session, union, first_day=date(2025, 1, 1), last_day=date(2025, 2, 28))
    assert queries.find_before(session, now, union.id) is (before if found else None)
