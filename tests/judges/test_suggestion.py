"""A balanced assignment: worked by hand, deterministic, taken as it was shown."""

import re

import pytest

from competitions.judges import queries
from competitions.judges.balance import Candidate, Need, suggest
from tests.client import visible
from tests.factories.accounts import build_user
from tests.factories.entries import build_entry
from tests.factories.events import build_event
from tests.factories.judges import build_appointment
from tests.factories.organisations import build_unit
from tests.factories.scoring import build_scheme

THEORY, PRACTICE = Need("T", 1, work=1), Need("P", 3, work=4)


def judges(count, **more):
    return [Candidate(number, **more) for number in range(1, count + 1)]


def test_the_heavy_stage_takes_its_three_and_the_light_one_who_has_nothing():
    found = suggest(judges(4), [THEORY, PRACTICE])
    assert found.stages == {1: ("P",), 2: ("P",), 3: ("P",), 4: ("T",)}
    assert (found.missing, found.spare, found.heads) == ({}, (), {1})


def test_with_three_judges_one_does_both():
    found = suggest(judges(3), [THEORY, PRACTICE])
    assert found.stages == {1: ("T", "P"), 2: ("P",), 3: ("P",)}


def test_who_is_left_joins_the_stage_with_relatively_few_judges_up_to_its_limit():
    found = suggest(judges(7), [THEORY._replace(most=2), PRACTICE._replace(most=4)])
    # P 1 2 3, T 4. 5: both have what they need, the heavier takes it (P 4 of 4). 6: T 2 of 2. 7: no room.
    assert found.stages[5] == ("P",)
    assert found.stages[6] == ("T",)
    assert found.spare == (7,)


def test_the_chief_marks_only_where_nobody_else_is_left():
    chief = Candidate(9, chief=True)
    assert suggest([chief, *judges(4)], [THEORY, PRACTICE]).stages[9] == ()
    assert suggest([chief, *judges(2)], [PRACTICE]).stages[9] == ("P",)


def test_too_few_judges_are_said_and_who_heads_a_panel_stays_head():
    found = suggest([Candidate(1), Candidate(2, head=True)], [PRACTICE])
    assert (found.missing, found.heads) == ({"P": 1}, {2})


def test_another_order_gives_another_proposal_and_the_same_order_the_same():
    first, other = judges(4), [*judges(4)[1:], *judges(4)[:1]]
    assert suggest(first, [THEORY, PRACTICE]) == suggest(first, [THEORY, PRACTICE])
    assert suggest(other, [THEORY, PRACTICE]).stages[1] == ("T",)


@pytest.fixture
def event(session):
    event = build_event(session, "ready")
    build_scheme(session, event)
    for _number in range(4):
        build_appointment(session, event, ["T", "P"])
    event.organiser = build_user(session, grants=[("organiser", "event", event.id)])
    session.commit()
    return event


def shown(browser, event, turn=0):
    page, path = browser(event.organiser), f"/events/{event.id}/judges/suggestion"
    page.get(f"{path}?turn={turn}")
    return page, path, re.search(r'name="digest" value="([0-9a-f]+)"', page.page)[1]


def test_a_proposal_is_shown_with_its_differences_and_taken_with_one_click(session, browser, event):
    page, path, digest = shown(browser, event)
    assert "移出" in visible(page.page)
    page.post(path, {"turn": "0", "digest": digest})
    session.expire_all()
    found = {j.code: (sorted(s.stage for s in queries.seats_of(j)), j.head)
             for j in queries.list_appointments(session, event.id)}  # fmt: skip
    # The scheme asks for one judge a stage: P for J1, T for J2, then J3 joins P and J4 joins T.
    assert found == {"J1": (["P"], True), "J2": (["T"], True), "J3": (["P"], False), "J4": (["T"], False)}
    page.get(path)
    assert "与现有分工相同" in visible(page.page)


def test_a_proposal_that_is_no_longer_the_one_shown_is_not_taken(session, browser, event):
    page, path, digest = shown(browser, event)
    build_appointment(session, event, ["P"])
    session.commit()
    page.post(path, {"turn": "0", "digest": digest}, 409)
    page.post(path, {"turn": "x" * 30, "digest": ""}, 409)


def test_who_has_to_stand_back_is_in_no_proposal(session, browser, event):
    unit = build_unit(session)
    build_entry(session, event, unit=unit)
    (first, *_others) = queries.list_appointments(session, event.id)
    first.unit_id = unit.id
    session.commit()
    page, path, digest = shown(browser, event)
    assert "方案不含：J1" in visible(page.page)
    page.post(path, {"turn": "0", "digest": digest}, 409)
