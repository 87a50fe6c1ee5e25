"""Who marks which entry: two panels over two halves of the stations, and judges who took over on the day."""

from scoring.rules.scheme import parse_scheme
from scoring.sheets import seating
from scoring.sheets.rules import Seat, judges_aspects
from scoring.sheets.seating import Seating
from tests.factories.scoring import WELDING

SCHEME = parse_scheme(WELDING)[0]
LEFT, RIGHT = "1-5", "6-10"
STATIONS = {f"A{number:02d}": number for number in range(1, 11)}
# J1 to J3 mark the practical part at stations 1–5, J4 to J6 at 6–10; J7 heads theory, everywhere.
HALVES = [Seat(f"J{n}", "P", "", False, LEFT if n < 4 else RIGHT) for n in range(1, 7)]
TWO_PANELS = Seating([*HALVES, Seat("J7", "T", "", True)], STATIONS)


def named(rows, stage, aspect):
    """Return who has to mark an aspect, by entry; "" is every entry."""
    found = {}
    for row in rows:
        if (row.stage, row.aspect) == (stage, aspect):
            found.setdefault(row.entry, []).append(row.judge)
    return found


def test_each_half_has_its_own_panel_of_three():
    assert [seat.judge for seat in TWO_PANELS.of_entry("A05")] == ["J1", "J2", "J3", "J7"]
    assert [seat.judge for seat in TWO_PANELS.of_entry("A06")] == ["J4", "J5", "J6", "J7"]


def test_the_assignments_name_those_judges_entry_by_entry_and_the_others_once():
    rows = seating.assignments(SCHEME, TWO_PANELS)
    assert named(rows, "T", "Q1") == {"": ["J7"]}
    practical = named(rows, "P", "A1")
    assert practical["A01"] == ["J1", "J2", "J3"]
    assert practical["A10"] == ["J4", "J5", "J6"]
    assert "" not in practical
    assert len(rows) == 1 + 2 * 10 * 3  # A2 is agreed: its panel is named, too


def test_seats_at_every_station_stay_one_line_each():
    plain = Seating([Seat("J1", "P", "", False), Seat("J2", "P", "A1", False)], STATIONS)
    assert plain.plain
    assert [tuple(row)[:4] for row in seating.assignments(SCHEME, plain)] == [
        ("P", "A1", "", "J1"), ("P", "A1", "", "J2"), ("P", "A2", "", "J1"),
    ]  # fmt: skip


def test_a_sheet_has_only_the_aspects_of_its_judge_at_its_station():
    sizes = seating.sheet_sizes(SCHEME, TWO_PANELS)
    # A2 is agreed and nobody is head: the first judge of each half enters it.
    assert sizes["A05"] == {("J1", "P"): 2, ("J2", "P"): 1, ("J3", "P"): 1, ("J7", "T"): 1}
    assert sizes["A06"] == {("J4", "P"): 2, ("J5", "P"): 1, ("J6", "P"): 1, ("J7", "T"): 1}


def test_an_entry_without_a_station_is_nobodys_who_is_limited_to_stations():
    sealed = Seating(TWO_PANELS.seats, {"A01": None})
    assert [seat.judge for seat in sealed.of_entry("A01")] == ["J7"]


def test_before_the_draw_each_named_station_is_looked_at():
    undrawn = Seating(TWO_PANELS.seats, {})
    judges = {tuple(seat.judge for seat in case.seats) for case in seating.cases(undrawn)}
    assert judges == {("J1", "J2", "J3", "J7"), ("J4", "J5", "J6", "J7")}


# J2 fell ill after signing A01: J8 has taken over the rest of the left half.
TAKEN = Seating(
    TWO_PANELS.seats, STATIONS, {("J2", entry, "P"): "J8" for entry in ("A02", "A03", "A04", "A05")}
)


def test_what_was_signed_needs_no_stand_in_and_the_rest_needs_no_absent_judge():
    practical = named(seating.assignments(SCHEME, TAKEN), "P", "A1")
    assert practical["A01"] == ["J1", "J2", "J3"]
    assert practical["A02"] == ["J1", "J3", "J8"]
    assert practical["A06"] == ["J4", "J5", "J6"]


def test_a_stand_in_may_have_a_stand_in():
    twice = Seating(TAKEN.seats, STATIONS, {**TAKEN.moved, ("J8", "A05", "P"): "J9"})
    assert [seat.judge for seat in twice.of_entry("A04")] == ["J1", "J8", "J3", "J7"]
    assert [seat.judge for seat in twice.of_entry("A05")] == ["J1", "J9", "J3", "J7"]


def test_a_head_who_is_replaced_leaves_entering_the_agreed_value_to_the_stand_in():
    seats = [Seat("J1", "P", "", False), Seat("J2", "P", "", True)]
    headed = Seating(seats, STATIONS, {("J2", "A03", "P"): "J8"})
    assert judges_aspects(SCHEME, headed.of_entry("A01"), "J2", "P") == ["A1", "A2"]
    assert judges_aspects(SCHEME, headed.of_entry("A03"), "J8", "P") == ["A1", "A2"]
    assert judges_aspects(SCHEME, headed.of_entry("A03"), "J2", "P") == []
