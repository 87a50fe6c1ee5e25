"""The table of what can be done to a mark sheet (DOMAIN.md 8.2): states × acts × profile."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competitions.events import rules as events
from competitions.events.profiles import PROFILES, SIMPLE, STANDARD, STRICT
from scoring.sheets import states

ACTS = tuple(states.EVENT_STATES)
PROFILE = st.sampled_from(sorted(PROFILES)).map(PROFILES.get)


def walk(profile, *acts, event="scoring"):
    """Return the state after acts one after another; None from the first that is refused."""
    state = "draft"
    for act in acts:
        state = states.after(act, state, profile.closing, event)
        if state is None:
            return None
    return state


@pytest.mark.parametrize(
    ("profile", "acts", "state"),
    [
        (SIMPLE, ["sign"], "locked"),
        (STANDARD, ["sign"], "signed"),
        (STANDARD, ["sign", "lock"], "locked"),
        (STRICT, ["sign", "confirm"], "confirmed"),
        (STRICT, ["sign", "confirm", "lock"], "locked"),
        (SIMPLE, ["sign", "return", "save", "sign"], "locked"),
        (STRICT, ["sign", "confirm", "return", "sign"], "signed"),
        (SIMPLE, ["sign", "correct", "correct"], "corrected"),
        (STANDARD, ["pass_on"], "passed"),
    ],
)
def test_the_ways_of_the_rule_book(profile, acts, state):
    assert walk(profile, *acts) == state


@pytest.mark.parametrize(
    ("profile", "acts"),
    [
        (SIMPLE, ["sign", "lock"]),
        (SIMPLE, ["sign", "confirm"]),
        (STANDARD, ["lock"]),
        (STANDARD, ["sign", "confirm"]),
        (STRICT, ["sign", "lock"]),
        (STANDARD, ["sign", "lock", "return"]),
        (STRICT, ["sign", "confirm", "lock", "return"]),
        (STRICT, ["sign", "save"]),
        (STRICT, ["sign", "sign"]),
        (STRICT, ["sign", "correct"]),
        (SIMPLE, ["sign", "correct", "return"]),
        (SIMPLE, ["correct"]),
        (SIMPLE, ["pass_on", "save"]),
        (SIMPLE, ["sign", "pass_on"]),
    ],
)
def test_what_no_profile_lets_happen(profile, acts):
    assert walk(profile, *acts) is None


@given(PROFILE, st.lists(st.sampled_from(ACTS), max_size=12))
def test_whatever_is_tried_a_signed_sheet_is_written_only_after_it_was_given_back(profile, tried):
    """T01: from the signature on marks change by giving back and signing again, or by a correction."""
    state, signed = "draft", False
    for act in tried:
        after = states.after(act, state, profile.closing, "scoring")
        if after is None:
            continue
        assert not (act == "save" and signed)
        signed = {"sign": True, "return": False}.get(act, signed)
        state = after
        assert state in states.STATES
        assert signed == (state not in states.UNSIGNED)


@given(PROFILE, st.permutations(("sign", "confirm", "lock")))
def test_a_sheet_is_locked_by_all_closing_acts_in_their_order_alone(profile, order):
    done = [act for act in order if act in profile.closing]
    state = walk(profile, *done)
    assert (state == "locked") == (tuple(done) == profile.closing)


@pytest.mark.parametrize("profile", PROFILES.values(), ids=str)
def test_only_a_correction_is_possible_once_scoring_is_over(profile):
    for act, state, event in itertools.product(ACTS, states.STATES, events.STATES):
        if states.after(act, state, profile.closing, event) is not None and event != "scoring":
            assert act == "correct"
            # after the announcement an appeal may be upheld, and a final result is corrected by a new version
            assert event in {"tabulated", "announced", "final"}


@pytest.mark.parametrize("profile", PROFILES.values(), ids=str)
def test_each_state_that_a_profile_reaches_says_what_it_waits_for(profile):
    waits = {state: states.closing_act(state, profile.closing) for state in states.STATES}
    assert [act for act in waits.values() if act] == list(profile.closing[1:])
    assert not any(waits[state] for state in states.UNSIGNED | states.CLOSED)
