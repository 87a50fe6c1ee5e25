"""Stations keep entries of one unit apart as far as that is possible at all."""

from collections import Counter
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competitions.draw.rules.neighbours import Entrant, fewest, pairs, spread

units = st.lists(st.sampled_from("UVW"), min_size=1, max_size=7)


@cache
def best(row, before=None):
    """Return the fewest pairs by trying everybody at every place."""
    return min(
        ((unit == before) + best(row[:place] + row[place + 1 :], unit) for place, unit in enumerate(row)),
        default=0,
    )


@given(units, st.sampled_from([None, "U", "V", "X"]))
def test_the_number_of_pairs_that_remain_is_the_smallest_of_all_rows(row, before):
    assert fewest(Counter(row), before) == best(tuple(sorted(row)), before)


@given(units)
def test_whoever_waits_in_whatever_order_is_seated_with_as_few_pairs_as_possible(row):
    field = [Entrant(str(number), unit) for number, unit in enumerate(row)]
    seated = spread(field)
    assert sorted(seated) == sorted(field)
    assert pairs([one.unit for one in seated]) == best(tuple(sorted(row)))


@pytest.mark.parametrize(
    ("row", "expected"), [("UUVV", 0), ("UUUV", 1), ("UUUU", 3), ("UUUUVW", 1), ("UUUVV", 0)]
)
def test_pairs_that_cannot_be_avoided(row, expected):
    """Of n entries a unit with k of them needs k − 1 others between its own: 2k − n − 1 pairs remain."""
    assert fewest(Counter(row)) == expected
