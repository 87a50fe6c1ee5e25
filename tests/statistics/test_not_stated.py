"""What is not stated is a row like any other: it leads to the contests behind it."""

import pytest

from tests.client import visible
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories.accounts import build_user
from tests.factories.catalogue import build_industry, build_region
from tests.factories.events import build_competition, build_event
from tests.factories.organisations import build_union, build_unit
from tests.statistics.test_statistics import announce, build_person, enter, small, told

pytestmark = POSTGRESQL_IN_DEEP
__all__ = ["small"]


@pytest.fixture
def bare(session):
    """A contest with everything and 3 people; one without trade, group, region and industry, and 4 people."""
    union, unit = build_union(session), build_unit(session)
    whole = build_competition(
        session, union=union, region=build_region(session), industries=[build_industry(session)]
    )
    named = build_event(session, "final", competition=whole, name="齐全赛项", group_name="职工组")
    plain = build_competition(session, union=union, region=None, industries=[])
    without = build_event(session, "final", competition=plain, name="未注明赛项", trade_id=None)
    for event, count in ((named, 3), (without, 4)):
        for number in range(1, count + 1):
            enter(session, event, number, build_person(session, f"演示{event.id}-{number}", unit), unit=unit)
        announce(session, event)
    user = build_user(session, grants=[("analyst", "union", union.id)])
    session.commit()
    return user


@pytest.mark.parametrize("name", ["trade", "group", "region", "industry"])
def test_what_is_not_stated_leads_to_its_contests(bare, browser, name):
    page = browser(bare)
    page.get(f"/statistics/?by={name}")
    by = "" if name == "trade" else f"&amp;by={name}"
    assert f"/statistics/contests?{name}=none{by}" in page.page
    page.get(f"/statistics/contests?{name}=none")
    assert "未注明赛项" in page.page
    assert "齐全赛项" not in page.page
    assert "：未注明" in visible(page.page)
    assert told(page, f"{name}=none&by={name}") == {"": [4, 4], None: [4, 4]}


def test_a_value_that_every_event_has_is_no_filter(small, browser):
    browser(small).get("/statistics/?group=职工组", status=422)
    browser(small).get("/statistics/?level=none", status=422)


def test_people_of_whom_nothing_is_known_can_be_asked_for(small, browser):
    """6 of the 11 of 2024; who is a woman cannot be worked out from them."""
    page = browser(small)
    year = "first_year=2024&last_year=2024"
    assert told(page, f"{year}&sex=none")[None] == [6, 6]
    assert told(page, f"{year}&sex=none&by=sex") == {"": [6, 6], None: [6, 6]}
    page.get(f"/statistics/?{year}&sex=none&by=region")
