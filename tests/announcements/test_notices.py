"""A public notice begins from the announced result, people masked, and never from one that is sealed."""

import re

import pytest

from tests.announcements.test_announcements import FOUR, PRIZES
from tests.factories.accounts import build_user
from tests.factories.marking import build_theory_and_practice, take


@pytest.fixture
def event(session):
    event = build_theory_and_practice(session, FOUR, awards=PRIZES)
    session.commit()
    return event


def begun(page, event, kind):
    page.get(f"/competitions/{event.competition_id}/notices/new?kind={kind}&event={event.id}")
    return re.search(r"<textarea[^>]*>(.*?)</textarea>", page.page, re.S)[1]


def organiser_of(session, event):
    user = build_user(session, grants=[("organiser", "competition", event.competition_id)])
    session.commit()
    return user


def test_a_notice_of_results_holds_the_frozen_ranks_and_no_full_name(session, browser, event):
    take(session, event, "tabulate", "announce")
    text = begun(browser(organiser_of(session, event)), event, "result")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert len(rows) == 5
    assert rows[0].replace(" ", "") == "|名次|选手|单位|总分|奖项|"
    assert re.match(r"\| 1 \| 李\* \| .+ \| 97\.75 \| 一等奖 \|", rows[1])
    assert [name for name in FOUR if name in text] == []


def test_a_notice_of_awards_holds_those_who_receive_one(session, browser, event):
    take(session, event, "tabulate", "announce")
    text = begun(browser(organiser_of(session, event)), event, "award")
    assert text.count("| 一等奖 |") == 1
    assert text.count("| 二等奖 |") == 2
    assert "演*" not in text


@pytest.mark.parametrize("steps", [(), ("tabulate",)])
def test_before_the_announcement_a_notice_begins_empty(session, browser, event, steps):
    take(session, event, *steps)
    page = browser(organiser_of(session, event))
    assert begun(page, event, "result").strip() == ""
    assert begun(page, event, "award").strip() == ""
