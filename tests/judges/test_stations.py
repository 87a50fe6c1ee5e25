"""Judges limited to stations: how they are written, where too few mark, and the page that sets them."""

import re

import pytest

from competitions.judges import guards, queries, rules
from competitions.judges.models import Assignment
from competitions.judges.rules import Seat
from tests.client import visible
from tests.factories.accounts import MOMENT, build_user
from tests.factories.events import build_event
from tests.factories.judges import build_appointment
from tests.factories.scoring import build_coded_entry, build_scheme


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("", ""),
        ("1-5, 8", "1-5, 8"),
        ("8、１－３，4～5", "1-5, 8"),  # full width, Chinese marks, any order
        ("3 2 1", "1-3"),
        ("1至5号", "1-5"),
        ("7 - 9", "7-9"),
    ],
)
def test_stations_are_read_kindly_and_kept_in_one_form(written, stored):
    assert rules.clean_stations(written) == stored


@pytest.mark.parametrize("written", ["A", "5-1", "0", "1-", "-3", "1.5", "1-99999", "1-9999", "一"])
def test_what_names_no_stations_is_refused(written):
    with pytest.raises(ValueError, match=f"too many|{re.escape(written)}"):
        rules.clean_stations(written)


HALVES = {n: [Seat("P", "", "1-5" if n < 4 else "6-10")] for n in range(1, 7)}


@pytest.mark.parametrize(
    ("drawn", "short"),
    [
        (set(range(1, 11)), {}),
        (set(), {}),  # not drawn yet: the stations that somebody is limited to
        ({1, 11, 12}, {"P": [11, 12]}),
        ({None}, {"P": [None]}),  # a sealed station is nobody's
    ],
)
def test_a_stage_needs_its_judges_at_every_station(drawn, short):
    assert rules.short_stations({"P": 3}, HALVES, drawn) == short


def test_with_nobody_limited_no_station_is_short():
    assert rules.short_stations({"P": 3}, {1: [Seat("P")]}, {1, 2}) == {}


def test_two_halves_are_set_on_the_page_and_a_hole_between_them_stops_the_step(session, browser):
    event = build_event(session, "ready")
    build_scheme(session, event)
    judges = [build_appointment(session, event, ["T", "P"]) for _number in range(2)]
    for number in (1, 2, 3):
        build_coded_entry(session, event, number)
    organiser = build_user(session, grants=[("organiser", "event", event.id)])
    session.commit()
    page, path = browser(organiser), f"/events/{event.id}/judges"
    first, second = (f"stations-{judge.id}" for judge in judges)
    page.post(f"{path}/stages/P", {first: "1", second: "三"}, 422)
    assert "“三”无法识别" in visible(page.page)
    assert 'value="1"' in page.page  # what was written stays
    page.post(f"{path}/stages/P", {first: "1", second: "3"})
    page.get(f"{path}/")
    assert "工位 1" in visible(page.page)
    session.expire_all()
    (refusal,) = [r for r in guards.panels_are_complete(session, event, MOMENT) if "stations" in r.params]
    assert (refusal.code, refusal.params["stations"]) == ("JUDGES_MISSING_AT", "2")
    session.commit()
    page.post(f"{path}/stages", {f"judge-{judge.id}": ["T", "P"] for judge in judges}, 422)  # nothing changed
    assert {row.stations for row in session.query(Assignment).filter_by(stage="P")} == {"1", "3"}
    assert queries.seats_of(judges[0]) == {Seat("T"), Seat("P", "", "1")}
