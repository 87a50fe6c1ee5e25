"""The life of an event and what may be said about it, decided without a database."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from competitions.events import rules

BEIJING = timezone(timedelta(hours=8))


def test_the_life_runs_from_draft_to_archive_one_step_at_a_time():
    state, passed = "draft", []
    while (step := rules.next_step(state)) is not None:
        passed.append(step.name)
        state = step.target
    assert passed == [
        "open_registration", "close_registration", "start_scoring", "tabulate", "announce", "finalise",
        "archive",
    ]  # fmt: skip
    assert state == "archived"


def test_one_step_back_is_possible_until_the_result_is_announced():
    back = {state: step.target for state in rules.STATES if (step := rules.step_back(state))}
    assert back == {"registration": "draft", "ready": "registration", "tabulated": "scoring"}
    assert all(rules.step_back(state).needs_reason for state in back)


def test_an_event_is_cancelled_from_any_state_before_the_announcement():
    assert rules.STEPS["cancel"].sources == ("draft", "registration", "ready", "scoring", "tabulated")


def test_a_cancelled_event_goes_nowhere():
    assert rules.next_step("cancelled") is None
    assert rules.step_back("cancelled") is None
    assert not rules.reached("cancelled", "draft")


@pytest.mark.parametrize(
    ("needs_trade", "trade", "faults"),
    [
        ("yes", True, []),
        ("yes", False, [("trade", "trade_missing")]),
        ("no", True, [("trade", "trade_given")]),
        ("no", False, []),
        ("optional", True, []),
        ("optional", False, []),
    ],
)
def test_a_trade_is_given_exactly_where_the_kind_of_activity_has_one(needs_trade, trade, faults):
    assert rules.kind_faults(needs_trade, ["person"], trade=trade, entry_kind="person") == faults


def test_who_enters_is_one_of_those_the_kind_allows():
    faults = rules.kind_faults("no", ["unit", "team"], trade=False, entry_kind="person")
    assert faults == [("entry_kind", "entry_kind")]


@pytest.mark.parametrize(
    ("starts", "ends", "codes"),
    [
        (date(2026, 5, 20), date(2026, 5, 22), []),
        (date(2026, 5, 20), date(2026, 5, 20), []),
        (None, None, []),
        (None, date(2026, 6, 30), []),
        (date(2026, 5, 22), date(2026, 5, 20), ["DATES_ORDER"]),
        (date(2026, 4, 30), date(2026, 5, 2), ["DATES_OUTSIDE"]),
        (date(2026, 6, 30), date(2026, 7, 1), ["DATES_OUTSIDE"]),
    ],
)
def test_an_event_lies_within_its_competition(starts, ends, codes):
    assert rules.days_faults(starts, ends, date(2026, 5, 1), date(2026, 6, 30)) == codes


def test_days_are_open_where_the_competition_names_none():
    assert rules.days_faults(date(2030, 1, 1), None, None, None) == []


def test_fields_freeze_as_others_come_to_rely_on_them():
    assert rules.frozen_fields("draft") == frozenset()
    assert rules.frozen_fields("registration") == {"trade_id", "role", "entry_kind"}
    assert {"group_name", "minimum_field"} <= rules.frozen_fields("ready")
    assert {"name", "appeal_minutes", "notice_days"} <= rules.frozen_fields("announced")
    assert "venue" not in rules.frozen_fields("announced")
    for closed in ("final", "archived", "cancelled"):
        assert rules.frozen_fields(closed) == set(rules.EventValues._fields)


def test_appeals_end_minutes_after_the_announcement():
    announced = datetime(2026, 5, 22, 9, 0, tzinfo=UTC)
    assert rules.appeals_end(announced, 120) == datetime(2026, 5, 22, 11, 0, tzinfo=UTC)


def test_the_notice_counts_whole_days_where_the_contest_is_held():
    # 23:30 on 22 May in Beijing; three days of notice are 23, 24 and 25 May, so it is over at 0:00 on 26 May.
    announced = datetime(2026, 5, 22, 15, 30, tzinfo=UTC)
    assert rules.notice_ends(announced, 3, BEIJING) == datetime(2026, 5, 26, 0, 0, tzinfo=BEIJING)


def test_no_notice_is_over_at_once():
    announced = datetime(2026, 5, 22, 15, 30, tzinfo=UTC)
    assert rules.notice_ends(announced, 0, BEIJING) == announced
