"""What is read and counted before anybody asks: never out of date, and no more is read than is not known."""

import gc

import pytest
from sqlalchemy import func, select, text

from accounts.policy import SITE
from competitions.events.models import CompetitionBody
from reports.statistics import (
    changes,
    counts,
    distinct,
    facts,
    figures,
    keeping,
    shelf,
    tallies,
    trees,
    warming,
)
from reports.statistics.models import StatisticsChange, StatisticsCount, StatisticsMark
from reports.statistics.rules import ATTRIBUTES, DIMENSIONS, UNITS, Wanted
from tests.factories.accounts import build_user
from tests.factories.entries import build_entry
from tests.factories.events import build_competition, build_event
from tests.factories.organisations import build_union, build_unit
from tests.people.people import add, enter, id_number

NATION = frozenset({SITE})


@pytest.fixture
def events(session):
    """Two announced events of 2025 and 2026: a woman and a man in the first, the man alone in the second."""
    unit = build_unit(session, ownership="state")
    people = [add(session, unit, f"演示{number}", id_number(number, "19850110")) for number in (2, 1)]
    made = []
    for year, some in ((2025, people), (2026, people[1:])):
        competition = build_competition(session, year=year, starts_on=None)
        made.append(build_event(session, "announced", competition=competition))
        for person in some:
            enter(session, person, made[-1])
    session.commit()
    start_anew()
    return made


def start_anew():
    """Forget what this process has read, as a new one would."""
    shelf.clear()
    facts.forget()


def count(session, dimension, wanted=None):
    wanted = wanted or Wanted()
    place = tallies.Place(session, NATION, facts.load(session, NATION, wanted.basis))
    return tallies.count(place, trees.read(session, NATION, wanted), wanted, dimension).rows


def people_by(session, dimension, wanted=None):
    return {key: one.people for key, one in count(session, dimension, wanted).items()}


@pytest.fixture
def no_sets(monkeypatch):
    """Fail where a set is read."""

    def fail(_session, _ids, part):
        raise AssertionError(f"{part.name} was read")

    monkeypatch.setattr(distinct, "_read", fail)


def test_a_new_process_finds_what_the_worker_has_counted(session, events, request):
    assert warming.refresh(session) == 2
    start_anew()
    request.getfixturevalue("no_sets")
    assert people_by(session, "year") == {2025: 2, 2026: 1}
    assert people_by(session, "") == {None: 2}
    assert people_by(session, "sex") == {"female": 1, "male": 2 - 1}
    assert people_by(session, "sex", Wanted(first_year=2026, last_year=2026)) == {"male": 1}
    assert people_by(session, "year", Wanted(basis="statistical")) == {2025: 2, 2026: 1}
    assert count(session, "ownership")["state"].units == 1


def test_what_was_counted_ahead_is_not_taken_for_what_came_after(session, events):
    """The woman withdraws: marked, then counted, then counted ahead, she is gone at once and stays so."""
    warming.refresh(session)
    session.execute(text("UPDATE entry SET review = 'withdrawn' WHERE number = 1 AND event_id = :event"),
                    {"event": events[0].id})  # fmt: skip
    session.commit()
    for act in (lambda _session: 0, keeping.refresh, warming.refresh, warming.count_ahead):
        act(session)
        for _process in ("running", "new"):
            assert people_by(session, "sex") == {"male": 1}
            assert people_by(session, "year") == {2025: 1, 2026: 1}
            start_anew()


def test_only_what_will_be_asked_for_is_kept(session, events):
    """The same questions over other events leave no counts behind; those that did not change are kept."""
    warming.refresh(session)
    before = set(session.scalars(select(StatisticsCount.key)))
    events[0].state = "cancelled"
    session.commit()
    warming.refresh(session)
    after = set(session.scalars(select(StatisticsCount.key)))
    assert before - after
    assert before & after
    events[0].state = "announced"
    session.commit()
    warming.refresh(session)
    assert set(session.scalars(select(StatisticsCount.key))) == before


def test_more_keys_than_a_statement_takes_are_found_and_replaced(session):
    many = {f"{number:032x}": number for number in range(1203)}
    counts.replace(session, many)
    assert counts.find(session, many) == many
    counts.replace(session, {f"{1202:032x}": 1202, "new": ["a", ""]})
    assert counts.find(session, [*many, "new"]) == {f"{1202:032x}": 1202, "new": ["a", ""]}


def test_a_serving_process_reads_everything_once(session, events, request):
    warming.refresh(session)
    start_anew()
    warming.warm(session)
    assert all(shelf.part(name).size for name in (*shelf.WHOLE, *ATTRIBUTES, UNITS))
    request.getfixturevalue("no_sets")
    warming.warm(session)
    women = count(session, "year", Wanted(sex="female", ownership="state"))
    assert {year: one.people for year, one in women.items()} == {2025: 1, 2026: 0}
    state_owned = count(session, "year", Wanted(ownership="state"))
    assert {year: one.units for year, one in state_owned.items()} == {2025: 1, 2026: 1}


def test_a_process_reads_the_changed_events_alone(session, events, monkeypatch):
    keeping.refresh(session)
    facts.load(session, NATION)
    asked = []
    rows = facts._rows
    monkeypatch.setattr(facts, "_rows", lambda session, ids: asked.append(ids) or rows(session, ids))
    session.execute(text("UPDATE event SET group_name = '学生组' WHERE id = :event"), {"event": events[1].id})
    session.commit()
    keeping.refresh(session)
    assert {one.event_id: one.group for one in facts.load(session, NATION).events}[events[1].id] == "学生组"
    assert asked == [{events[1].id}]
    facts.load(session, NATION)
    assert len(asked) == 1


def test_a_cancelled_event_goes_and_a_new_one_comes(session, events):
    keeping.refresh(session)
    facts.load(session, NATION)
    events[0].state = "cancelled"
    new = build_event(session, "final")
    session.commit()
    keeping.refresh(session)
    assert [one.event_id for one in facts.load(session, NATION).events] == [events[1].id, new.id]


def test_who_has_not_looked_for_long_reads_everything(session, events, monkeypatch):
    monkeypatch.setattr(changes, "KEPT", 1)
    keeping.refresh(session)
    known = changes.newest(session)
    assert session.scalar(select(func.count()).select_from(StatisticsChange)) == 1
    assert changes.since(session, known) == frozenset()
    changes.record(session, [events[0].id])
    assert changes.since(session, known) is None
    assert changes.since(session, None) is None


def test_another_name_of_the_union_that_holds_contests_counts_anew(session):
    """Without a named host the union holds a contest; a host of that name elsewhere is the same."""
    union = build_union(session, name="乙工会")
    for owner in ({"union": union}, {}):
        build_event(session, "announced", competition=build_competition(session, **owner))
    session.add(CompetitionBody(competition_id=2, role="host", name="甲工会", position=1))
    session.commit()
    keeping.refresh(session)
    assert count(session, "")[None].hosts == 2
    union.name = "甲工会"
    session.commit()
    assert session.scalar(select(func.count()).select_from(StatisticsMark)) == 1
    for _moment in ("marked", "counted"):
        assert count(session, "")[None].hosts == 1
        keeping.refresh(session)


def test_what_does_not_fit_on_the_shelf_is_read_again(session, events, monkeypatch):
    monkeypatch.setattr(shelf, "MOST_BYTES", 1)
    keeping.refresh(session)
    for _time in range(2):
        for name in DIMENSIONS:
            start_anew()
            found = count(session, name, Wanted(sex="male", ownership="state"))
            assert sum(one.participations for one in found.values()) == 2, name


def test_all_together_are_counted_once_where_groups_overlap(session, events):
    keeping.refresh(session)
    loaded = facts.load(session, NATION).events
    found = figures.count(session, {"a": loaded, "b": loaded[:1], distinct.ALL: loaded}, Wanted())
    assert [(one.people, one.participations) for one in found.values()] == [(2, 3), (2, 2), (2, 3)]


def test_units_that_compete_as_such_stand_under_their_ownership(session):
    """In a labour contest units enter without people: two of the state, one private; nobody took part."""
    event = build_event(session, "announced", entry_kind="unit")
    for ownership in ("state", "state", "private"):
        build_entry(session, event, unit=build_unit(session, ownership=ownership))
    session.commit()
    for _moment in ("live", "kept"):
        by_ownership = count(session, "ownership")
        assert {key: one.units for key, one in by_ownership.items()} == {"state": 2, "private": 1}
        assert count(session, "")[None].units == 3
        keeping.refresh(session)
        start_anew()


@pytest.fixture
def units_alone(session):
    """An announced labour contest of one unit of the state."""
    event = build_event(session, "announced", entry_kind="unit")
    build_entry(session, event, unit=build_unit(session, ownership="state"))
    user = build_user(session, grants=[("analyst", "site", 0)])
    session.commit()
    return user


def test_a_year_of_units_alone_is_a_row_of_their_ownership(units_alone, browser):
    page = browser(units_alone)
    said = page.get("/statistics/statistics.json?by=year&ownership=state").get_json()
    codes, values = [one["code"] for one in said["columns"]], said["tables"][0]["rows"][0]["values"]
    found = dict(zip(codes, values, strict=True))
    assert (found["C04"], found["C05"]) == (1, 0)


def test_the_chart_of_units_alone_draws_units(units_alone, browser):
    page = browser(units_alone, locale="en")
    said = page.get("/statistics/?by=year").get_data(as_text=True)
    assert "Units taking part, by year" in said
    assert "Participations, by year" not in said


def test_the_collector_rests_only_while_much_is_read(session, events, monkeypatch):
    """Also where reading fails; who has switched it off finds it off."""
    seen = []
    monkeypatch.setattr(distinct, "_read", lambda *_arguments: seen.append(gc.isenabled()))
    keeping.refresh(session)
    chosen = distinct.choose(facts.load(session, NATION).events)
    for enabled in (True, False):
        (gc.enable if enabled else gc.disable)()
        try:
            with pytest.raises(distinct.Moved):
                distinct.read_all(session, chosen, ATTRIBUTES)
            assert gc.isenabled() is enabled
        finally:
            gc.enable()
    assert seen == [False, False]
