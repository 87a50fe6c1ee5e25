"""What stands beside declared figures is counted for whole years alone, of the union with those below it."""

from datetime import date

import pytest

from competitions.returns import computed
from reports.returns.counted import years_of
from reports.statistics import facts, figures, keeping
from reports.statistics.distinct import Moved
from tests.factories.events import build_competition, build_event
from tests.factories.organisations import build_union, build_unit
from tests.statistics.test_statistics import announce, build_person, enter


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        (date(2025, 1, 1), date(2025, 12, 31), ("calendar", 2025, 2025)),
        (date(2021, 1, 1), date(2025, 12, 31), ("calendar", 2021, 2025)),
        (date(2024, 10, 1), date(2025, 9, 30), ("statistical", 2025, 2025)),
        (date(2020, 10, 1), date(2025, 9, 30), ("statistical", 2021, 2025)),
        (date(2025, 1, 1), date(2025, 6, 30), None),
    ],
)
def test_a_period_is_counted_as_whole_years(first, last, years):
    found = years_of(first, last)
    assert (found and found[:3]) == years


def test_a_union_is_counted_with_those_below_it_and_without_others(session):
    top, other = build_union(session), build_union(session)
    below, unit = build_union(session, parent_id=top.id), build_unit(session)
    people = [build_person(session, f"演示{number}", unit) for number in range(3)]
    for union, entries in ((top, 2), (below, 3), (other, 1)):
        event = build_event(session, "final", competition=build_competition(session, union=union, year=2025))
        for number in range(entries):
            enter(session, event, number + 1, people[number], unit=unit)
        announce(session, event)
    session.commit()
    found = computed.figures_of(session, top.id, date(2025, 1, 1), date(2025, 12, 31))
    # Two events: 2 + 3 participations of the same 3 people, all of one unit.
    wanted = {"C01": 2, "C04": 1, "C05": 5, "C06": 3}
    assert {key: found[key] for key in wanted} == wanted
    assert computed.figures_of(session, top.id, date(2025, 1, 1), date(2025, 6, 30)) == {}


@pytest.fixture
def counted(session):
    """A union with an event of 2025 in which one person took part, and what is counted of it then."""
    union, unit = build_union(session), build_unit(session)
    event = build_event(session, "final", competition=build_competition(session, union=union, year=2025))
    enter(session, event, 1, build_person(session, "演示", unit), unit=unit)
    announce(session, event)
    session.commit()
    return lambda: computed.figures_of(session, union.id, date(2025, 1, 1), date(2025, 12, 31)).get("C05")


def test_nothing_is_counted_while_more_events_wait_than_a_page_counts(session, counted, monkeypatch):
    """A return keeps what it shows: old figures would stay in it."""
    monkeypatch.setattr(facts, "MOST_LIVE", 0)
    assert counted() is None
    keeping.refresh(session)
    assert counted() == 1


def test_an_event_counted_meanwhile_is_read_again(session, counted, monkeypatch):
    count, calls = figures.count, []

    def moved_once(*arguments):
        calls.append(arguments)
        if len(calls) == 1:
            raise Moved
        return count(*arguments)

    monkeypatch.setattr(figures, "count", moved_once)
    assert (counted(), len(calls)) == (1, 2)
