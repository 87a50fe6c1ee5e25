"""Which sheets are compared (DOMAIN.md 7): the top, a seeded part of the rest, everything past the limit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rechecks import rules
from scoring.rechecks.rules import Candidate, Shares

STRICT = Shares(top=30, least=3, sample=15, errors=5)


def field(entries, judges=2):
    pairs = [(entry, judge) for entry in range(1, entries + 1) for judge in range(judges)]
    return [Candidate(f"{entry}-{judge}", f"A{entry}") for entry, judge in pairs]


def ranked(entries):
    return {f"A{entry}": entry for entry in range(1, entries + 1)}


def counted(picked, why):
    return sum(reason == why for reason in picked.values())


def test_thirty_per_cent_of_twenty_are_six_and_fifteen_per_cent_of_the_rest_are_five():
    """20 entries of 2 judges: 6 entries are 12 sheets; of 28 others 15 % are 4.2, so 5."""
    picked = rules.chosen(field(20), ranked(20), "seed", STRICT, whole=False)
    assert (counted(picked, "top"), counted(picked, "sample")) == (12, 5)
    top = {ref for ref, why in picked.items() if why == "top"}
    assert top == {f"{entry}-{judge}" for entry in range(1, 7) for judge in (0, 1)}


def test_a_small_field_is_compared_for_three_entries_at_least_and_equal_ranks_go_together():
    ranks = {"A1": 1, "A2": 2, "A3": 3, "A4": 3, "A5": 5, "A6": None}
    picked = rules.chosen(field(6, 1), ranks, "s", STRICT._replace(sample=0), whole=False)
    assert picked == {"1-0": "top", "2-0": "top", "3-0": "top", "4-0": "top"}


def test_everything_is_everything():
    assert rules.chosen(field(4), {}, "s", STRICT, whole=True) == {sheet.ref: "all" for sheet in field(4)}


@pytest.mark.parametrize(("errors", "compared", "past"), [(0, 20, False), (1, 20, False), (1, 19, True)])
def test_one_of_twenty_is_five_per_cent_and_allowed_one_of_nineteen_is_more(errors, compared, past):
    assert rules.too_many(errors, compared, STRICT) is past


@given(st.integers(1, 40), st.text(max_size=20), st.randoms())
def test_the_lot_is_a_function_of_the_seed_and_the_sheets_alone(entries, seed, chance):
    sheets = field(entries)
    mixed = chance.sample(sheets, len(sheets))
    one = rules.chosen(sheets, ranked(entries), seed, STRICT, whole=False)
    assert rules.chosen(mixed, ranked(entries), seed, STRICT, whole=False) == one
    rest = len(sheets) - counted(one, "top")
    assert counted(one, "sample") * 100 >= rest * 15
    assert (counted(one, "sample") - 1) * 100 < rest * 15 or rest == 0


def test_another_seed_draws_other_sheets():
    drawn = {frozenset(rules.chosen(field(30), ranked(30), f"{n}", STRICT, whole=False)) for n in range(20)}
    assert len(drawn) > 15
