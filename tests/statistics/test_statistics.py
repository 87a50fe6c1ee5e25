"""Figures are counted from the records: 场次, 人次, 人数 and 单位数 are different numbers.

EX-25 of DOMAIN.md section 13: Zhang in two events, Li in one, Wang in one: 3 people, 4 participations.
"""

import io
import subprocess

import pytest
from openpyxl import load_workbook

from accounts.policy import SITE
from competitions.entries.models import EntryMember, Person
from core import clock
from reports.statistics import queries
from reports.statistics.queries import StatisticsFilter
from scoring.results.models import ResultRow, ResultVersion
from scoring.schemes.models import SchemeVersion
from tests.client import visible
from tests.factories.accounts import MOMENT, build_user
from tests.factories.catalogue import build_industry, build_region, build_trade
from tests.factories.events import build_competition, build_event
from tests.factories.organisations import build_union, build_unit
from tests.factories.schedule import build_sitting
from tests.factories.scoring import build_coded_entry, build_scheme

EVERYTHING = StatisticsFilter()
SITE_SCOPE = frozenset({SITE})


def build_person(session, name, unit):
    person = Person(ref=clock.new_ref(), name=name, unit_id=unit.id)
    session.add(person)
    session.flush()
    return person


def enter(session, event, number, *people, unit, **overrides):
    entry = build_coded_entry(session, event, number, people[0].name, unit_id=unit.id, **overrides)
    for position, person in enumerate(people, start=1):
        session.add(EntryMember(entry_id=entry.id, person_id=person.id, position=position))
    session.flush()
    return entry


def announce(session, event, *awards):
    scheme = session.query(SchemeVersion).filter_by(event_id=event.id).first() or build_scheme(session, event)
    version = ResultVersion(
        event_id=event.id, number=1, scheme_version_id=scheme.id, ledger_seq=0, ledger_head="0" * 64,
        document={}, sha256="0" * 64, tabulated_at=MOMENT, announced_at=MOMENT,
    )  # fmt: skip
    for position, (entry, tier) in enumerate(awards, start=1):
        title = {1: "一等奖", 2: "二等奖", None: ""}[tier]
        version.rows.append(
            ResultRow(
                entry_id=entry.id,
                position=position,
                rank=position,
                status="valid",
                award=title,
                award_tier=tier,
            )
        )
    session.add(version)
    session.flush()


@pytest.fixture
def world(session):
    """Two unions; in 2025 a welding event, in 2026 a turning event and one that is still being marked."""
    union, other = build_union(session), build_union(session)
    shandong = build_region(session)
    jinan = build_region(session, "370100", "济南市", parent_key="370000")
    unit_a, unit_b = build_unit(session), build_unit(session)
    zhang, li, wang = (
        build_person(session, name, unit) for name, unit in [("张", unit_a), ("李", unit_a), ("王", unit_b)]
    )
    old = build_competition(
        session, union=union, year=2025, region=jinan, industries=[build_industry(session)]
    )
    new = build_competition(
        session, union=other, year=2026, region=shandong,
        industries=[build_industry(session), build_industry(session, "metallurgy", "冶金")],
    )  # fmt: skip
    welding = build_event(session, "final", competition=old)
    turning = build_event(
        session, "announced", competition=new, trade=build_trade(session, "6-18-01-01", "车工")
    )
    marking = build_event(session, "scoring", competition=new, name="未完成")
    first = enter(session, welding, 1, zhang, unit=unit_a)
    second = enter(session, welding, 2, li, unit=unit_a)
    team = enter(session, turning, 1, zhang, wang, unit=unit_b, kind="team")
    enter(session, turning, 2, li, unit=unit_a, status="absent")
    enter(session, turning, 3, li, unit=unit_a, review="rejected")
    enter(session, marking, 1, li, unit=unit_a)
    announce(session, welding, (first, 1), (second, 2))
    announce(session, turning, (team, 1))
    # Of welding a paper and two batches were held, one batch was not; of turning one; marking does not count.
    build_sitting(session, welding, "T", state="held")
    for batch, state in ((1, "held"), (2, "held"), (3, "cancelled"), (4, "planned")):
        build_sitting(session, welding, "P", batch, state=state)
    build_sitting(session, turning, "P", 1, state="held")
    build_sitting(session, marking, "P", 1, state="held")
    session.commit()
    return {"union": union, "other": other, "welding": welding, "turning": turning, "shandong": shandong}


def test_people_are_counted_once_and_participations_each_time(session, world):
    counted = queries.totals(session, SITE_SCOPE, EVERYTHING)
    assert counted._asdict() == {
        "competitions": 2, "events": 2, "sittings": 4, "participations": 4, "people": 3, "units": 2,
        "awards": 3, "first_prizes": 2,
    }  # fmt: skip


def test_sittings_held_are_counted_under_every_dimension(session, world):
    """Welding 3 in 2025; turning 1 in 2026, whose competition is of two industries; 4 in all."""
    by_year = queries.split(session, SITE_SCOPE, EVERYTHING, "year")
    assert {key: row.sittings for (key,), row in by_year.items()} == {2025: 3, 2026: 1}
    by_industry = queries.split(session, SITE_SCOPE, EVERYTHING, "industry")
    assert sorted(row.sittings for row in by_industry.values()) == [1, 4]
    by_both = queries.split(session, SITE_SCOPE, EVERYTHING, "year", "industry")
    assert sorted((year, row.sittings) for (year, _industry), row in by_both.items()) == [
        (2025, 3), (2026, 1), (2026, 1),
    ]  # fmt: skip
    welders = StatisticsFilter(trade=world["welding"].trade_id)
    assert queries.totals(session, SITE_SCOPE, welders).sittings == 3


def test_an_event_of_which_no_sitting_is_recorded_counts_none(session, world):
    union = world["other"]
    build_event(session, "final", competition=build_competition(session, union=union, year=2024))
    session.commit()
    row = queries.split(session, SITE_SCOPE, EVERYTHING, "year")[2024,]
    assert (row.events, row.sittings) == (1, 0)


def test_the_figures_of_a_year(session, world):
    rows = queries.split(session, SITE_SCOPE, EVERYTHING, "year")
    assert {year: (row.participations, row.people, row.units) for (year,), row in rows.items()} == {
        2025: (2, 2, 1),
        2026: (2, 2, 1),
    }


def test_a_competition_of_two_industries_stands_in_both(session, world):
    rows = queries.split(session, SITE_SCOPE, EVERYTHING, "industry")
    assert sorted((row.competitions, row.participations) for row in rows.values()) == [(1, 2), (2, 4)]


def test_a_city_belongs_to_its_province(session, world):
    rows = queries.split(session, SITE_SCOPE, EVERYTHING, "region")
    assert {key: row.events for (key,), row in rows.items()} == {world["shandong"].id: 2}
    narrowed = queries.totals(session, SITE_SCOPE, StatisticsFilter(region=world["shandong"].id))
    assert narrowed.events == 2


def test_filters_narrow(session, world):
    assert queries.totals(session, SITE_SCOPE, StatisticsFilter(last_year=2025)).participations == 2
    assert queries.totals(session, SITE_SCOPE, StatisticsFilter(trade=world["turning"].trade_id)).people == 2
    assert queries.totals(session, SITE_SCOPE, StatisticsFilter(first_year=2030)) == queries.Figures()


def test_a_union_counts_its_own(session, world):
    scope = frozenset({("union", world["union"].id)})
    assert queries.totals(session, scope, EVERYTHING).participations == 2
    assert queries.list_years(session, scope) == [2025]


@pytest.fixture
def analyst(session, world):
    user = build_user(
        session, grants=[("analyst", "union", world["union"].id), ("analyst", "union", world["other"].id)]
    )
    session.commit()
    return user


def test_the_page_shows_the_figures_with_their_kinds(session, analyst, browser):
    page = browser(analyst)
    page.get("/statistics/")
    text = visible(page.page)
    assert all(
        words in text for words in ("参赛人次 4 人次", "参赛人数 3 人", "竞赛场次 4 场次", "赛项数 2 个")
    )
    assert "<svg" in page.page


def test_reversed_years_are_turned_and_unknown_values_left_out(session, analyst, browser):
    page = browser(analyst)
    page.get("/statistics/?first_year=2026&last_year=2025&trade=999999&level=x")
    assert "2025–2026 年" in page.page


def test_a_filter_that_fits_nothing_says_so(session, world, analyst, browser):
    page = browser(analyst)
    page.get(f"/statistics/?first_year=2026&trade={world['welding'].trade_id}")
    assert "没有符合条件的数据" in page.page


def test_the_workbook_holds_the_same_numbers_as_numbers(session, analyst, browser):
    content = browser(analyst).get("/statistics/statistics.xlsx").data
    book = load_workbook(io.BytesIO(content))
    sheet = book["按年度"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert ["2025", 1, 1, 3, 2, 2, 1, 2, 1] in rows
    assert ["合计", 2, 2, 4, 4, 3, 2, 3, 2] in rows
    assert sheet.freeze_panes is not None
    assert "指标口径" in book.sheetnames or any("口径" in name for name in book.sheetnames)


def test_the_pdf_holds_them_too(session, analyst, browser):
    content = browser(analyst, locale="en").get("/statistics/statistics.pdf?first_year=2025").data
    text = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True
    ).stdout
    assert "Statistics of labour and skills competitions" in text.decode()


def test_somebody_without_the_role_is_refused(session, browser):
    user = build_user(session, grants=[("judge", "event", 1)])
    session.commit()
    browser(user).get("/statistics/", status=403)
    browser(user).get("/statistics/statistics.xlsx", status=403)
