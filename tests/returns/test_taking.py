"""What may be taken over into empty figures: by a wish alone, never added to what is declared."""

from decimal import Decimal

from competitions.returns.rules import Around, Figure
from competitions.returns.taking import counts, taken_over

BELOW = {"C01": Figure(Decimal(12)), "C05": Figure(Decimal(300), ">"), "C06": Figure(Decimal(200))}
AROUND = Around((BELOW, {"C05": Figure(Decimal(450))}), 0, {"C01": 8, "C02": 31, "C08b": 0})
FIGURES = {"C01": Figure(Decimal(22)), "C05": Figure(remark="含线上")}


def test_sums_from_below_fill_what_is_empty_with_their_sign_and_keep_the_remark():
    taken = taken_over(FIGURES, AROUND, "below")
    assert taken == {"C05": Figure(Decimal(750), ">", remark="含线上")}


def test_what_is_computed_fills_what_is_empty_and_a_zero_nothing():
    assert taken_over(FIGURES, AROUND, "computed") == {"C02": Figure(Decimal(31))}
    assert counts(FIGURES, AROUND) == {"below": 1, "computed": 1}


def test_what_cannot_be_read_is_not_empty():
    assert taken_over(FIGURES, AROUND, "computed", unread={"C02"}) == {}
    assert counts(FIGURES, AROUND, unread={"C02"}) == {"below": 1}


def test_while_returns_are_missing_nothing_taken_over_is_complete():
    around = Around(AROUND.below, 1, AROUND.computed)
    assert not taken_over({}, around, "below")["C01"].complete
    assert not taken_over({}, around, "computed")["C02"].complete
