"""Codes of judges, and where each of them marks."""

import pytest

from competitions.judges import rules
from competitions.judges.rules import Seat

KNOWN = {"T": frozenset({"Q1"}), "P": frozenset({"A1", "A2"})}


@pytest.mark.parametrize(
    ("codes", "code"),
    [([], "J1"), (["J1", "J2"], "J3"), (["J9", "J10"], "J11"), (["J1", "X7", "J2 "], "J2")],
)
def test_judges_are_counted_on_and_no_code_is_given_twice(codes, code):
    assert rules.next_code(codes) == code


@pytest.mark.parametrize(
    ("seats", "expected"),
    [
        ([], {Seat("T"), Seat("P")}),  # without a place: every stage
        ([Seat("P")], {Seat("P")}),
        ([Seat("P", "A1")], {Seat("P", "A1")}),
        ([Seat("X"), Seat("P", "A9")], {Seat("T"), Seat("P")}),  # places that are gone count as none
        ([Seat("X"), Seat("T")], {Seat("T")}),
    ],
)
def test_a_judge_marks_at_the_places_that_exist(seats, expected):
    assert rules.effective_seats(seats, KNOWN, chief=False) == expected


def test_a_chief_judge_marks_only_where_somebody_has_said_so():
    assert rules.effective_seats([], KNOWN, chief=True) == set()
    assert rules.effective_seats([Seat("T")], KNOWN, chief=True) == {Seat("T")}


def test_a_panel_knows_whether_it_is_short():
    theory, practical = rules.panels({"T": 1, "P": 3}, {7: [Seat("P", "A1")], 8: [Seat("T"), Seat("P")]})
    assert (theory.judges, theory.short) == ((8,), False)
    assert (practical.judges, practical.short) == ((7, 8), True)


def test_who_knows_codes_or_keys_in_marks_does_not_judge_beside_it():
    roles = {"draw_officer", "tabulator", "organiser"}
    assert rules.conflicting_roles(roles) == ["draw_officer", "tabulator"]
    assert rules.conflicting_roles({"organiser"}) == []
