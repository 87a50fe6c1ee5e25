"""A day filled batch by batch, worked by hand; what overlaps; who is wanted twice."""

from datetime import date, datetime, time

import pytest

from competitions.schedule import rules
from competitions.schedule.rules import Rhythm, Timed

DAY = date(2026, 5, 20)
# From 08:30, 90 minutes each, 20 minutes between, lunch from 12:00 to 13:30, until 18:00.
RHYTHM = Rhythm(DAY, time(8, 30), time(18), 90, 20, (time(12), time(13, 30)))


def times(slots):
    return [f"{s.batch} {s.site} {s.starts:%d %H:%M}-{s.ends:%H:%M}".replace("  ", " ") for s in slots]


def planned(batches, sites=(), rhythm=RHYTHM, *, shared_out=False):
    return times(rules.slots(rules.rounds(range(1, batches + 1), list(sites), shared_out=shared_out), rhythm))


def test_batches_follow_one_another_with_lunch_between_and_the_rest_on_the_next_day():
    """After 11:50 the third would begin at 12:10, in the lunch; the fifth at 17:10 would end at 18:40."""
    assert planned(6) == [
        "1 20 08:30-10:00",
        "2 20 10:20-11:50",
        "3 20 13:30-15:00",
        "4 20 15:20-16:50",
        "5 21 08:30-10:00",
        "6 21 10:20-11:50",
    ]


def test_every_batch_fills_all_sites_at_once():
    assert planned(2, ["A", "B"]) == [
        "1 A 20 08:30-10:00", "1 B 20 08:30-10:00", "2 A 20 10:20-11:50", "2 B 20 10:20-11:50",
    ]  # fmt: skip


def test_batches_are_shared_out_over_the_sites_and_the_last_round_is_smaller():
    assert planned(3, ["A", "B"], shared_out=True) == [
        "1 A 20 08:30-10:00", "2 B 20 08:30-10:00", "3 A 20 10:20-11:50",
    ]  # fmt: skip


def test_what_ends_when_lunch_begins_does_not_wait_for_it():
    """210 minutes from 08:30 end at 12:00 sharp; the next begins at 13:30 and ends at 17:00."""
    assert planned(2, rhythm=RHYTHM._replace(minutes=210)) == ["1 20 08:30-12:00", "2 20 13:30-17:00"]


def test_what_would_run_into_lunch_begins_after_it():
    """240 minutes from 08:30 would end at 12:30; from 13:30 they end at 17:30, the next one is tomorrow's."""
    assert planned(2, rhythm=RHYTHM._replace(minutes=240)) == ["1 20 13:30-17:30", "2 21 13:30-17:30"]


def test_what_ends_when_the_day_ends_still_fits():
    """Without lunch and pause, 285 minutes twice: 08:30–13:15, 13:15–18:00."""
    rhythm = Rhythm(DAY, time(8, 30), time(18), 285)
    assert planned(3, rhythm=rhythm) == ["1 20 08:30-13:15", "2 20 13:15-18:00", "3 21 08:30-13:15"]


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({}, []),
        ({"ends": time(8, 30)}, [("RHYTHM_DAY", "ends")]),
        ({"lunch": (time(13), time(13))}, [("RHYTHM_LUNCH", "lunch_ends")]),
        ({"minutes": 270}, []),  # from 13:30 to 18:00
        ({"minutes": 271}, [("RHYTHM_LONG", "minutes")]),
        ({"minutes": 570, "lunch": None}, []),  # from 08:30 to 18:00
        ({"minutes": 571, "lunch": None}, [("RHYTHM_LONG", "minutes")]),
    ],
)
def test_a_rhythm_that_no_day_can_hold_is_refused(changes, faults):
    assert rules.rhythm_faults(RHYTHM._replace(**changes)) == faults


def at(text):
    return datetime.combine(DAY, time.fromisoformat(text))


def sitting(event, stage, starts, ends):
    return Timed(event, stage, at(starts), at(ends))


def test_what_begins_when_the_other_ends_does_not_overlap():
    assert not rules.overlap((at("08:00"), at("09:00")), (at("09:00"), at("10:00")))
    assert rules.overlap((at("08:00"), at("09:01")), (at("09:00"), at("10:00")))
    assert rules.overlap((at("08:00"), at("12:00")), (at("09:00"), at("10:00")))


def wanted(sittings, judges):
    return [(c.judge, c.one[:2], c.other[:2]) for c in rules.clashes(sittings, judges)]


def test_a_judge_of_two_stages_at_once_is_named_once_for_each_pair_of_stages():
    sittings = [
        sitting(1, "P", "08:30", "10:00"),
        sitting(1, "P", "10:20", "11:50"),
        sitting(2, "T", "09:00", "11:00"),
    ]
    judges = {(1, "P"): {7, 8}, (2, "T"): {8, 9}}
    assert wanted(sittings, judges) == [(8, (1, "P"), (2, "T"))]


def test_one_stage_at_two_sites_at_once_shares_its_judges_out():
    sittings = [sitting(1, "P", "08:30", "10:00"), sitting(1, "P", "08:30", "10:00")]
    assert wanted(sittings, {(1, "P"): {7}}) == []


def test_two_stages_of_one_event_at_once_want_a_judge_twice_but_the_whole_event_holds_its_stages():
    judges = {(1, "P"): {7}, (1, "T"): {7}}
    both = [sitting(1, "T", "08:30", "10:00"), sitting(1, "P", "09:00", "10:00")]
    assert wanted(both, judges) == [(7, (1, "T"), (1, "P"))]
    whole = [sitting(1, "", "08:30", "12:00"), sitting(1, "P", "09:00", "10:00")]
    assert wanted(whole, judges) == []


def test_the_whole_event_wants_every_judge_of_it():
    sittings = [sitting(1, "", "08:30", "12:00"), sitting(2, "P", "09:00", "10:00")]
    assert wanted(sittings, {(1, "P"): {7}, (1, "T"): {8}, (2, "P"): {8}}) == [(8, (1, ""), (2, "P"))]
