"""The demonstration holds together: everybody is made up, the championship ranks as it was published."""

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select

from accounts.models import User
from accounts.policy import SITE
from accounts.queries import list_cards
from competitions.catalogue import data_files, loading
from competitions.draw.queries import list_drawn
from competitions.entries import rules
from competitions.entries.models import Entry, EntryFile, EntryMember, Person, PersonIdentity
from competitions.events.lifecycle import missing
from competitions.events.models import Competition, Event
from competitions.judges.overview import board
from competitions.schedule.queries import list_sittings
from core import clock
from demonstration import (
    appealing,
    ceremonies,
    fitting,
    history,
    innovation,
    organisations,
    people,
    programmes,
    provincial,
    registering,
    site,
    welding,
)
from demonstration import checking as strict
from reports.statistics import facts, figures
from reports.statistics.rules import Wanted
from scoring.appeals.queries import list_appeals
from scoring.evidence import checking
from scoring.rechecks.queries import find_progress
from scoring.results import queries as results
from scoring.sheets.corrections import list_corrections
from scoring.sheets.queries import list_sheets
from tests.client import visible
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories.events import build_competition

pytestmark = POSTGRESQL_IN_DEEP  # the way there is tested on both where it is taken

PUBLISHED = Path(__file__).parent.parent / "golden" / "isu" / "grand-prix-final-2017-senior-and-junior"


def published(scheme):
    """Return the folder of what was published under this scheme."""
    return next(
        path.parent
        for path in PUBLISHED.glob("*/scheme.json")
        if json.loads(path.read_text("utf-8")) == scheme
    )


@pytest.fixture
def made(session):
    loading.load(session, data_files.rows(), data_files.trade_industries(), actor_id=None, now=clock.now())
    built = site.build(session, clock.now())
    session.commit()
    return built


def test_the_welding_contest_stands_in_the_middle_of_its_marking(session, made):
    event = welding.load(session, made)
    rows = list_sheets(session, event.id)
    states = {
        judge: sum(row.state == "locked" for row in rows if (row.judge, row.stage) == (judge, "P"))
        for judge in welding.MARKED
    }
    assert states == {judge: signed for judge, (signed, _begun) in welding.MARKED.items()}
    assert (event.state, session.scalar(select(func.count()).where(Entry.event_id == event.id))) == (
        "scoring",
        24,
    )
    assert checking.check_event(session, event.id).refusals == []
    names = set(session.scalars(select(Person.name)))
    assert all(name.startswith("演示") for name in names)


def test_a_team_event_and_a_work_event_are_open_for_registration(session, made):
    competition = build_competition(session, union=made.unions["machinery"])
    events = registering.load(session, made, competition)
    reviews = [
        session.scalars(select(Entry.review).where(Entry.event_id == event.id).order_by(Entry.number)).all()
        for event in events
    ]
    assert [event.state for event in events] == ["registration", "registration"]
    assert reviews == [
        ["approved", "approved", "submitted", "draft"], ["approved", "submitted", "submitted"],
    ]  # fmt: skip
    assert session.scalar(select(func.count(EntryFile.id))) == 1
    assert all(name.startswith("演示") for name in session.scalars(select(Person.name)))


def test_the_fitters_are_drawn_in_two_batches_and_their_judges_stand_at_stations_with_cards(session, made):
    event = fitting.load(session, made, welding.load(session, made))
    drawn = list_drawn(session, event.id)
    assert (event.state, len(drawn), {one.batch for one in drawn}) == ("ready", 12, {1, 2})
    held = {row.judge.code: row.stations("P") for row in board(session, event).rows if not row.judge.chief}
    assert held == {"J1": "1-3", "J2": "1-3", "J3": "4-6", "J4": "4-6"}
    assert missing(session, event, "start_scoring", made.now) == []
    assert len(list_cards(session, event.id)) == 4
    assert len(list_sittings(session, event.id)) == 2


def test_a_strict_contest_waits_for_its_recheck_and_an_appeal_has_led_to_a_second_version(session, made):
    event = strict.load(session, made)
    progress = find_progress(session, event)
    # Of 8 entries the best 3 with both sheets, and 15 % of the other 10 sheets: 1.5, so 2.
    assert (event.state, len(progress.chosen), progress.left) == ("tabulated", 8, 5)
    assert {refusal.code for refusal in missing(session, event, "announce", made.now)} == {
        "RECHECK_OPEN", "UNBLIND_NEEDED",
    }  # fmt: skip
    waiting = appealing.load(session, made)
    versions = results.list_versions(session, waiting.event_id)
    assert [version.number for version in versions if version.announced_at is not None] == [2, 1]
    states = [appeal.state for appeal in list_appeals(session, waiting.event_id)]
    assert (states, waiting.version) == (["upheld", "accepted"], 2)
    (_aspect, _attempt, old, new), *_others = list_corrections(session, waiting.event_id)[0].changes
    assert Decimal(new) - Decimal(old) == 1  # as the ruling says
    for number in (event.id, waiting.event_id):
        assert checking.check_event(session, number).refusals == []


def test_the_championship_ranks_as_it_was_published(session, made):
    programmes.load(session, made)
    events = session.scalars(select(Event)).all()
    assert len(events) == 16
    for event in events:
        version = results.find_newest(session, event.id)
        with (published(version.document["scheme"]) / "expected.csv").open(
            encoding="utf-8", newline=""
        ) as file:
            header, *expected = list(csv.reader(file))
        assert version.document["header"][: len(header)] == header
        assert sorted(row[: len(header)] for row in version.document["rows"]) == sorted(expected)


def test_three_years_of_eleven_industries_feed_the_statistics(session, made, monkeypatch):
    monkeypatch.setattr(history, "YEARS", (2024, 2025))
    monkeypatch.setattr(history, "INDUSTRIES", {key: history.INDUSTRIES[key] for key in ("coal", "gold")})
    history.load(session, made)
    loaded = facts.load(session, frozenset({SITE}))
    counted = figures.count(session, {0: loaded.events}, Wanted())[0]
    assert (counted.competitions, counted.announced) == (4, 6)
    taken_part = select(func.count(EntryMember.id)).join(Entry).where(Entry.status != "absent")
    assert counted.participations == session.scalar(taken_part)
    assert counted.people < counted.participations
    assert session.scalars(select(Competition.demo)).unique().all() == [True]


def test_every_password_is_new_and_the_accounts_are_marked(session, made):
    assert len(set(made.passwords.values())) == len(made.passwords)
    assert all(len(password) >= 20 for password in made.passwords.values())
    assert set(session.scalars(select(User.demo))) == {True}


def test_an_innovation_award_runs_and_another_one_is_announced(session, made):
    running = innovation.load(session, made)
    assert running.state == "scoring"
    (announced,) = session.scalars(select(Event).where(Event.entry_kind == "work", Event.state == "final"))
    assert len(results.find_newest(session, announced.id).rows) == 4


def test_id_numbers_are_sound_and_nobodys_and_winners_move_up(session, made, browser, monkeypatch):
    numbers = [people.id_number(number) for number in range(1200)]
    assert len(set(numbers)) == len(numbers)
    assert all(rules.is_sound_id(number) and number.startswith("99") for number in numbers)
    monkeypatch.setattr(history, "YEARS", (2025,))
    monkeypatch.setattr(history, "INDUSTRIES", {"machinery": history.INDUSTRIES["machinery"]})
    history.load(session, made)
    people.load(session)
    known, everybody = (
        session.scalar(select(func.count()).select_from(row)) for row in (PersonIdentity, Person)
    )
    assert 0.8 < known / everybody < 1
    contest = ceremonies.find_event(session)
    ceremonies.set_promotions(session, made, contest)
    session.commit()
    page = browser(made.organiser)
    page.get(f"/events/{contest.id}/results/promotions")
    assert "前六名：晋升技师" in visible(page.page)
    assert "不符" not in visible(page.page)


def test_a_provincial_union_has_contests_below_that_of_its_industry(session, made, monkeypatch, browser):
    monkeypatch.setattr(provincial, "YEARS", (2025,))
    whole = organisations.load(session, made)
    provincial.load(session, whole)
    session.commit()
    counted = {"industry": whole.unions["machinery"].id, "province": whole.unions["province"].id}
    for key, number in counted.items():
        rows = figures.count(
            session, {None: facts.load(session, frozenset({("union", number)})).events}, Wanted()
        )
        assert (rows[None].events, rows[None].sittings > 1) == (1, True), key
    page = browser(whole.users["analyst-province"])
    page.get("/statistics/?by=union")
    assert "演示某省机械冶金建材工会（本级举办）" in page.page
