"""STAT_LOGIC by hand: what cannot be true of the figures of a return, with both numbers.

DOMAIN.md section 14, row 35: 实施 > 提出; 人数 > 人次; children ≠ parent on additive items; negative; 万, 个.
"""

from datetime import date
from decimal import Decimal

import pytest

from competitions.returns.figures import ADDITIVE, PLACES
from competitions.returns.rules import (
    Around,
    Fault,
    Figure,
    Unreadable,
    added,
    check,
    completed,
    last_day_before,
    read_number,
    year_before,
)


def declared(**figures):
    return {key: one if isinstance(one, Figure) else Figure(Decimal(one)) for key, one in figures.items()}


ALONE = Around()


def found(figures, around=ALONE):
    return check(figures, around, PLACES, ADDITIVE)


@pytest.mark.parametrize(
    ("figures", "rule", "key", "numbers"),
    [
        (declared(C12a="100", C12b="101"), "more", "C12b", {"value": 101, "limit": 100, "other": "C12a"}),
        (declared(C05="500", C06="501"), "more", "C06", {"value": 501, "limit": 500, "other": "C05"}),
        (declared(C14a="9", C14b="10"), "more", "C14b", {"value": 10, "limit": 9, "other": "C14a"}),
        (declared(C01="-1"), "negative", "C01", {"value": -1}),
        (declared(C01="0", C05="7"), "nothing", "C05", {"value": 7, "other": "C01"}),
        (declared(C05="10.5"), "places", "C05", {"value": Decimal("10.5"), "places": 0}),
        (declared(C15="10.555"), "places", "C15", {"value": Decimal("10.555"), "places": 2}),
        ({}, "empty", "", {}),
    ],
)
def test_what_cannot_be_true_of_a_return_alone(figures, rule, key, numbers):
    assert found(figures) == [Fault(rule, key, numbers)]


@pytest.mark.parametrize(
    "figures",
    [
        declared(C12a="100", C12b="100"),
        declared(C05=Figure(Decimal(500), ">"), C06="501"),  # more than 500 participations can be 502
        declared(C15="10.55"),
        declared(C01="0", C05="0"),
    ],
)
def test_what_can_be_true(figures):
    assert found(figures) == []


def test_more_than_a_number_is_more_than_that_number():
    """> 100 people in 100 participations: one of them cannot be."""
    faults = found(declared(C05="100", C06=Figure(Decimal(100), ">")))
    assert [(fault.rule, fault.key) for fault in faults] == [("more", "C06")]


# Two accepted returns below: 300 and 450 participations (750), of 200 and 260 people.
BELOW = (declared(C05="300", C06="200"), declared(C05="450", C06="260"))
# What a remark explains may be left empty.
NO_ENTRIES, NO_PEOPLE = ({key: Figure(remark="不掌握")} for key in ("C05", "C06"))


def test_the_parts_make_the_whole_where_a_figure_may_be_added():
    around = Around(BELOW)
    assert found(NO_PEOPLE | declared(C05=Figure(Decimal(800), own=Decimal(50))), around) == []
    assert found(NO_PEOPLE | declared(C05=Figure(Decimal(800), own=Decimal(40))), around) == [
        Fault("sum", "C05", {"value": 800, "own": 40, "below": 750, "sum": 790})
    ]
    less = Fault("less", "C05", {"value": 700, "below": 750})
    assert found(NO_PEOPLE | declared(C05="700"), around) == [less]


def test_people_are_never_added_but_stand_between_the_largest_part_and_all_parts():
    around = Around(BELOW)
    assert found(NO_ENTRIES | declared(C06="310"), around) == []
    one = Fault("one", "C06", {"value": 259, "below": 260})
    assert found(NO_ENTRIES | declared(C06="259"), around) == [one]
    too_many = declared(C06=Figure(Decimal(471), own=Decimal(10)))
    assert found(NO_ENTRIES | too_many, around) == [Fault("most", "C06", {"value": 471, "sum": 470})]


def test_a_sum_is_as_exact_and_as_complete_as_its_parts():
    parts = [Figure(Decimal(100)), Figure(Decimal(50), ">", complete=False)]
    assert added(parts) == Figure(Decimal(150), ">", complete=False)
    assert added([Figure(Decimal(1), "≥"), Figure(Decimal(2), "≈")]) == Figure(Decimal(3), "≈")
    assert added([Figure()]) is None
    around = Around(({"C05": parts[1]}, {"C05": parts[0]}))
    rules = [fault.rule for fault in found(declared(C05="150"), around)]
    assert rules == ["exact", "complete"]


def test_a_return_without_those_below_is_not_complete():
    assert found(declared(C01="3"), Around(missing=2)) == [Fault("missing", "", {"count": 2})]
    assert found(declared(C01=Figure(Decimal(3), complete=False)), Around(missing=2)) == []


def test_ten_thousands_and_ones_are_not_mixed_unless_a_remark_says_why():
    """25 declared where the records hold 250 312: written in 万."""
    around = Around(computed={"C05": 250_312})
    assert found(declared(C05="25"), around) == [Fault("scale", "C05", {"value": 25, "computed": 250_312})]
    assert found(declared(C05=Figure(Decimal(25), remark="只含本级")), around) == []
    assert found(declared(C05="260000"), around) == []
    assert [f.rule for f in found(declared(C01="120000"), Around(computed={"C01": 12}))] == ["scale"]


@pytest.mark.parametrize(
    ("key", "figure", "below", "numbers"),
    [
        ("C02", Figure(Decimal(400_000)), "40", ("scale_below", {"value": 400_000, "below": 40})),
        ("C15", Figure(Decimal(8_605_000)), "860.5",
         ("scale_below", {"value": 8_605_000, "below": Decimal("860.5")})),
        ("C01", Figure(Decimal(220_000)), "22", ("scale_below", {"value": 220_000, "below": 22})),
        # own 10 and below 12 make 22, too far below 220 000; 12 alone is (18 333 times) as well
        ("C01", Figure(Decimal(220_000), own=Decimal(10)), "12",
         ("scale_below", {"value": 220_000, "below": 12})),
        # 3 below are 60 000 times less, but own 16 with them make 19: 9 474 times
        ("C01", Figure(Decimal(180_000), own=Decimal(16)), "3",
         ("scale_own", {"value": 180_000, "sum": 19})),
    ],
)  # fmt: skip
def test_ten_thousands_and_ones_are_not_mixed_with_what_returns_below_make(key, figure, below, numbers):
    around = Around((declared(**{key: below}),))
    rule, values = numbers
    assert Fault(rule, key, values) in found({key: figure}, around)
    answered = Figure(figure.value, own=figure.own, remark="已核实")
    assert rule not in [fault.rule for fault in found({key: answered}, around)]


def test_ten_thousands_and_ones_are_not_mixed_with_the_year_before():
    """2.6万 this year written as 3 where 25 000 stood a year ago; 30 000 would be no question."""
    around = Around(before=declared(C05="25000"))
    assert found(declared(C05="3"), around) == [Fault("scale_before", "C05", {"value": 3, "before": 25000})]
    assert found(declared(C05="30000"), around) == []
    assert found(declared(C05="900"), around) == []


def test_what_returns_below_carry_is_not_left_out_in_silence():
    """Below: 300 and 450 participations, 200 and 260 people, of which the return above says nothing."""
    around = Around(BELOW)
    assert found(declared(C01="3"), around) == [
        Fault("left", "C05", {"below": 750}), Fault("left_apart", "C06", {"below": 260})
    ]  # fmt: skip
    answered = {"C05": Figure(remark="另行统计"), "C06": Figure(remark="不掌握"), **declared(C01="3")}
    assert found(answered, around) == []


def test_the_same_day_a_year_ago():
    assert year_before(date(2025, 9, 30)) == date(2024, 9, 30)
    assert year_before(date(2024, 2, 29)) == date(2023, 2, 28)
    assert year_before(date(2025, 2, 28)) == date(2024, 2, 28)


@pytest.mark.parametrize(
    ("day", "before"),
    [("2025-02-28", "2024-02-29"), ("2024-02-29", "2023-02-28"), ("2026-02-28", "2025-02-28"),
     ("2024-02-28", "2023-02-28"), ("2025-02-27", "2024-02-27"), ("2025-09-30", "2024-09-30")],
)  # fmt: skip
def test_a_period_to_the_end_of_february_ended_with_it_a_year_ago(day, before):
    assert last_day_before(date.fromisoformat(day)) == date.fromisoformat(before)


def test_the_whole_is_worked_out_where_only_the_own_part_is_written():
    figures = declared(C05=Figure(own=Decimal(50)), C06=Figure(own=Decimal(30)))
    whole = completed(figures, BELOW, ADDITIVE)
    assert (whole["C05"].value, whole["C06"].value) == (800, None)


@pytest.mark.parametrize(
    ("text", "number"),
    [("25000", "25000"), ("2.5万", "25000"), ("1,200万", "12000000"), ("0.93亿", "93000000"),
     ("10.5", "10.5"), ("-3", "-3")],
)  # fmt: skip
def test_numbers_as_reports_write_them(text, number):
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize("text", ["2.5万余", "约150", "1,20", "12,345,6", "1e5", "NaN", "=1+1", "十"])
def test_what_is_no_number(text):
    with pytest.raises(Unreadable) as caught:
        read_number(text)
    assert caught.value.rule == "number"


def test_a_unit_of_ten_thousands_takes_no_second_one():
    with pytest.raises(Unreadable) as caught:
        read_number("3万", scaled_unit=True)
    assert (caught.value.rule, read_number("3", scaled_unit=True)) == ("scaled", 3)
