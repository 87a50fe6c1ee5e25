"""Figures are counted from the records: 场次, 人次, 人数 and 单位数 are different numbers.

EX-25 of DOMAIN.md section 13: Zhang in two events, Li in one, Wang in one: 3 people, 4 participations.
"""

import csv
import io
import json
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, text, update

from accounts.policy import SITE
from competitions.entries.models import EntryMember, Person
from core import clock, database
from reports.statistics import facts, keeping, services, tallies, trees
from reports.statistics.figures import Figures
from reports.statistics.models import SavedReport
from reports.statistics.rules import Wanted
from scoring.results.models import ResultRow, ResultVersion
from scoring.schemes.models import SchemeVersion
from tests.client import visible
from tests.factories.accounts import MOMENT, build_user
from tests.factories.catalogue import build_industry, build_region, build_trade
from tests.factories.events import build_competition, build_event
from tests.factories.organisations import build_union, build_unit
from tests.factories.schedule import build_sitting
from tests.factories.scoring import build_coded_entry, build_scheme

EVERYTHING = Wanted()
AWAITED = "Incomplete: the results of 1 of 3 events are not announced yet"
SITE_SCOPE = frozenset({SITE})


def split(session, dimension, wanted=EVERYTHING, scopes=SITE_SCOPE):
    """Return the first eight figures by the values of a dimension, or under None of everything."""
    loaded = facts.load(session, scopes, wanted.basis)
    climbed = trees.read(session, scopes, wanted)
    return tallies.count(tallies.Place(session, scopes, loaded), climbed, wanted, dimension).rows


def totals(session, wanted=EVERYTHING, scopes=SITE_SCOPE):
    return split(session, "", wanted, scopes)[None]


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
    """Two unions; from New Year 2025 a welding event, in 2026 a turning event and one still being marked."""
    union, other = build_union(session), build_union(session)
    shandong = build_region(session)
    jinan = build_region(session, "370100", "济南市", parent_key="370000")
    unit_a, unit_b = build_unit(session), build_unit(session)
    zhang, li, wang = (
        build_person(session, name, unit) for name, unit in [("张", unit_a), ("李", unit_a), ("王", unit_b)]
    )
    old = build_competition(
        session, union=union, year=2025, region=jinan, industries=[build_industry(session)],
        starts_on=date(2025, 1, 1),
    )  # fmt: skip
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
    assert totals(session)._asdict() == {
        "competitions": 2, "events": 3, "sittings": 4, "participations": 4, "people": 3, "units": 2,
        "awards": 3, "first_prizes": 2, "hosts": 2, "promotions": 0, "announced": 2, "industries": 2,
        "trades": 2,
    }  # fmt: skip


def test_sittings_held_are_counted_under_every_dimension(session, world):
    """Welding 3 in 2025; turning 1 in 2026, whose competition is of two industries; 4 in all."""
    assert {key: row.sittings for key, row in split(session, "year").items()} == {2025: 3, 2026: 1}
    assert sorted(row.sittings for row in split(session, "industry").values()) == [1, 4]
    last = Wanted(first_year=2026, last_year=2026)
    assert [row.sittings for row in split(session, "industry", last).values()] == [1, 1]
    assert totals(session, Wanted(trade=world["welding"].trade_id)).sittings == 3


def test_an_event_of_which_no_sitting_is_recorded_counts_none(session, world):
    union = world["other"]
    build_event(session, "final", competition=build_competition(session, union=union, year=2024))
    session.commit()
    row = split(session, "year")[2024]
    assert (row.events, row.sittings) == (1, 0)


def test_the_figures_of_a_year(session, world):
    rows = split(session, "year")
    assert {year: (row.participations, row.people, row.units) for year, row in rows.items()} == {
        2025: (2, 2, 1),
        2026: (2, 2, 1),
    }


def test_a_competition_of_two_industries_stands_in_both(session, world):
    rows = split(session, "industry")
    assert sorted((row.competitions, row.participations) for row in rows.values()) == [(1, 2), (2, 4)]


def test_a_city_belongs_to_its_province(session, world):
    assert {key: row.events for key, row in split(session, "region").items()} == {"370000": 3}
    inside = Wanted(region=world["shandong"].id)
    assert totals(session, inside).events == 3
    # One level below: the city, and what is known of the province alone.
    assert {key: row.events for key, row in split(session, "region", inside).items()} == {
        "370100": 1, "370000": 2,
    }  # fmt: skip


def test_filters_narrow(session, world):
    assert totals(session, Wanted(last_year=2025)).participations == 2
    assert totals(session, Wanted(trade=world["turning"].trade_id)).people == 2
    assert totals(session, Wanted(first_year=2030)) == Figures()


def test_a_union_counts_its_own(session, world):
    scope = frozenset({("union", world["union"].id)})
    assert totals(session, scopes=scope).participations == 2
    assert set(split(session, "year", scopes=scope)) == {2025}


def test_unions_are_split_one_level_at_a_time(session):
    """A top with a contest of its own, a branch with one, and one below the branch: 1 and 2."""
    top = build_union(session)
    branch = build_union(session, parent_id=top.id)
    below = build_union(session, parent_id=branch.id)
    for union in (top, branch, below):
        build_event(session, "final", competition=build_competition(session, union=union))
    session.commit()
    scope = frozenset({("union", top.id)})
    rows = split(session, "union", scopes=scope)
    assert {key: row.events for key, row in rows.items()} == {top.id: 1, branch.id: 2}
    rows = split(session, "union", Wanted(union=branch.id), scope)
    assert {key: row.events for key, row in rows.items()} == {branch.id: 1, below.id: 1}


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
    said = visible(page.page)
    assert all(
        words in said for words in ("参赛人次 4 人次", "参赛人数 3 人", "竞赛场次 4 场次", "竞赛项数 3 项")
    )
    assert "<svg" in page.page


def test_reversed_years_are_turned(session, analyst, browser):
    page = browser(analyst)
    page.get("/statistics/?first_year=2026&last_year=2025")
    assert "2025–2026 年" in page.page


@pytest.mark.parametrize(
    "query",
    [
        "trade=999999", "level=x", "by=nothing", "basis=moon", "first_year=99999999999", "last_year=-1",
        "sex=%00", "group=%3Cscript%3E", "region=1e3", "industry=1%27", "first_year=0000",
        "trad=1", "Trade=1", "by=year&by=trade", "level=&level=",
    ],
)  # fmt: skip
def test_a_filter_that_does_not_exist_is_told_and_never_left_out(session, analyst, browser, query):
    """Figures without it would be taken for figures with it; the same in every address of the report."""
    page = browser(analyst)
    for address in ("", "contests", "statistics.csv", "statistics.json", "statistics.xlsx", "statistics.pdf"):
        page.get(f"/statistics/{address}?{query}", status=422)
    assert "<script>" not in page.page


def test_what_mailing_programs_add_to_an_address_is_no_filter(session, analyst, browser):
    browser(analyst).get("/statistics/?utm_source=mail&by=year")
    browser(analyst).get("/statistics/lists/?trad=1", status=422)
    browser(analyst).post("/statistics/lists/?trad=1", status=422)
    browser(analyst).post("/statistics/saved", {"name": "x", "query": "trad=1"}, status=422)


def test_years_compare_with_the_period_before(session, analyst, browser):
    """2026 has 2 participations of 2 people as 2025 had; 1 sitting instead of 3: few, so told as a number."""
    page = browser(analyst)
    page.get("/statistics/?first_year=2026&last_year=2026&by=year")
    said = visible(page.page)
    assert "参赛人次 2 人次 比 2025 年 ±0" in said
    assert "竞赛场次 1 场次 比 2025 年 −2" in said


def test_a_figure_leads_to_the_contests_behind_it(session, world, analyst, browser):
    page = browser(analyst)
    page.get("/statistics/?by=year")
    assert "/statistics/contests?first_year=2025&amp;last_year=2025&amp;by=year" in page.page
    page.get("/statistics/contests?first_year=2025&last_year=2025&by=year&page=99")
    assert world["welding"].name in page.page
    assert world["turning"].name not in page.page


def test_a_contest_without_a_result_has_no_figures_and_growth_says_what_is_missing(session, analyst, browser):
    page = browser(analyst)
    text = visible(page.get("/statistics/contests?first_year=2026&last_year=2026").get_data(as_text=True))
    assert text.index("未完成") < text.index("尚未公布成绩")
    assert text.count("尚未公布成绩") == 1
    assert text.count("—") >= 4
    said = visible(page.get("/statistics/?first_year=2026&last_year=2026").get_data(as_text=True))
    assert "2026 年还有 1 个赛项尚未公布成绩，增减中不含这些赛项。" in said
    said = visible(page.get("/statistics/?first_year=2025&last_year=2025").get_data(as_text=True))
    assert "增减中不含" not in said


def test_an_analyst_sees_the_own_subtree_and_no_other(session, world, browser):
    """In the page, its choices, the contests, the files and the refusal of another union's number."""
    own, other = world["union"], world["other"]
    user = build_user(session, grants=[("analyst", "union", own.id)])
    session.commit()
    page = browser(user)
    for address in ("?by=union", "contests?by=year", "statistics.csv?by=trade", "statistics.json?by=union"):
        said = page.get(f"/statistics/{address}").get_data(as_text=True)
        assert other.name not in said
        assert "车工" not in said  # the trade of the other union
    assert json.loads(said)["totals"][:2] == [1, 1]
    for elsewhere in (other.id, 999_999, "x"):
        page.get(f"/statistics/?union={elsewhere}", status=403)
        assert other.name not in page.page
    empty = build_union(session, parent_id=own.id)  # one's own, without a contest: no choice, but no trespass
    session.commit()
    page.get(f"/statistics/?union={empty.id}", status=422)


def test_what_waits_to_be_counted_is_told_beside_its_figures_and_only_the_own(
    session, world, browser, monkeypatch
):
    """Welding is of the one union, turning of the other; nobody has counted either of them yet."""
    people = {
        name: build_user(session, grants=[("analyst", "union", world[name].id)])
        for name in ("union", "other")
    }
    session.commit()
    monkeypatch.setattr(facts, "MOST_LIVE", 0)
    page = browser(people["other"])
    for address in ("", "contests", "statistics.csv", "statistics.json"):
        said = page.get(f"/statistics/{address}").get_data(as_text=True)
        assert "有 1 个赛项正在重新统计，请稍后再看。" in said
    monkeypatch.setattr(facts, "MOST_LIVE", 1)
    for user in people.values():  # an event of others takes nobody's turn
        page = browser(user)
        report = json.loads(page.get("/statistics/statistics.json").data)
        place = [column["code"] for column in report["columns"]].index("C05")
        assert report["totals"][place] == 2
        assert "正在重新统计" not in page.get("/statistics/contests").get_data(as_text=True)


def test_a_union_that_moves_is_seen_while_it_stands_below(session, world, browser):
    """What is kept of counted facts knows who belongs to whom."""
    own, other = world["union"], world["other"]
    user = build_user(session, grants=[("analyst", "union", own.id)])
    keeping.refresh(session)
    page = browser(user)
    for above in (None, own.id, None):
        other.parent_id = above
        session.commit()
        said = page.get("/statistics/?by=trade").get_data(as_text=True)
        assert ("车工" in said) is (other.name in said) is (above is not None)


def test_the_table_as_csv_and_json(session, world, analyst, browser):
    page = browser(analyst, locale="en")
    said = page.get("/statistics/statistics.csv?by=year").get_data(as_text=True)
    lines = list(csv.reader(io.StringIO(said.removeprefix("\ufeff"))))
    assert lines[0][:2] == ["Year", "Code"]
    assert lines[0][5] == "C05 Participations (person-times)"
    assert lines[1:] == [
        ["2025", "", "1", "1", "3", "2", "2", "1", "2", "1", "1", "0", "1", ""],
        ["2026", "", "1", "2", "1", "2", "2", "1", "1", "1", "1", "0", "1", ""],
        ["Total", "", "2", "3", "4", "4", "3", "2", "3", "2", "2", "0", "2", AWAITED],
    ]
    whole = page.get("/statistics/statistics.json?by=year").get_json()
    incomplete = {column["code"] for column in whole["columns"] if not column["complete"]}
    assert {"C02", "C05", "C06", "C04", "awards"} <= incomplete
    assert not {"competitions", "C01"} & incomplete  # contests are counted without a result, too
    assert whole["totals"] == [2, 3, 4, 4, 3, 2, 3, 2, 2, 0, 2]
    assert whole["tables"][0]["rows"][0]["values"] == [1, 1, 3, 2, 2, 1, 2, 1, 1, 0, 1]
    people = whole["columns"][4]
    assert (people["code"], people["kind"], people["additive"], people["qualifier"]) == (
        "C06", "people", False, "=",
    )  # fmt: skip


@pytest.fixture
def small(session):
    """An event of 2024 with 1 woman, 4 men and 6 people of whom nothing is known; in 2025 one of 5 women."""
    unit, union = build_unit(session), build_union(session)
    for year, sexes in ((2024, ("female", *("male",) * 4, *("",) * 6)), (2025, ("female",) * 5)):
        event = build_event(
            session, "final",
            competition=build_competition(session, union=union, year=year, starts_on=date(year, 1, 1)),
        )  # fmt: skip
        for number, sex in enumerate(sexes):
            person = build_person(session, f"演示{number}", unit)
            entry = enter(session, event, number + 1, person, unit=unit)
            session.execute(
                update(EntryMember).where(EntryMember.entry_id == entry.id).values(sex=sex, age_band="")
            )
    session.execute(text("INSERT INTO statistics_mark (event_id) SELECT id FROM event"))
    user = build_user(session, grants=[("analyst", "union", union.id)])
    session.commit()
    return user


LESS, HIDDEN = {"below": 3}, {"withheld": True}


def told(page, query):
    """Return participations and people of each row, and of the total under None."""
    whole = page.get(f"/statistics/statistics.json?{query}").get_json()
    rows = {row["key"]: row["values"][3:5] for row in whole["tables"][0]["rows"]}
    return rows | {None: whole["totals"][3:5]}


def test_who_is_alone_in_a_group_is_not_told_nor_to_be_worked_out(small, browser):
    """One woman of 11: with the men withheld, 5 of both are left over, of which she could be 1 or 2."""
    page = browser(small)
    year = "first_year=2024&last_year=2024"
    assert told(page, f"{year}&by=sex") == {
        "female": [HIDDEN, LESS], "male": [HIDDEN, HIDDEN], "": [6, 6], None: [11, 11],
    }  # fmt: skip
    said = page.get(f"/statistics/statistics.csv?{year}&by=sex").get_data(as_text=True)
    assert [line.split(",")[5:7] for line in said.splitlines()[1:3]] == [["*", "<3"], ["*", "*"]]


def test_a_row_is_withheld_where_it_leads_to_as_well(small, browser):
    """The men of 2024 would tell the woman; the women of all years less those of 2025 would, too."""
    page = browser(small)
    year = "first_year=2024&last_year=2024"
    assert told(page, f"{year}&by=trade&sex=male")[None] == [HIDDEN, HIDDEN]
    assert told(page, f"{year}&by=trade&sex=female")[None] == [HIDDEN, LESS]
    assert told(page, "by=year&sex=female") == {
        "2024": [HIDDEN, LESS], "2025": [HIDDEN, HIDDEN], None: [6, 6],
    }  # fmt: skip
    assert told(page, "by=trade&sex=female&first_year=2025&last_year=2025")[None] == [HIDDEN, HIDDEN]
    assert told(page, "by=trade&sex=female&first_year=2025")[None] == [HIDDEN, HIDDEN]


def test_no_row_is_told_beside_a_total_that_is_withheld(session, browser):
    """Below one union 1 woman, below the other 4 and 3: its 7 are withheld, or they would tell of the one."""
    top = build_union(session)
    one, other = (build_union(session, parent_id=top.id) for _number in range(2))
    below = [build_union(session, parent_id=other.id) for _number in range(2)]
    for union, women in zip((one, *below), (1, 4, 3), strict=True):
        event = build_event(session, "final", competition=build_competition(session, union=union))
        for number in range(women):
            unit = build_unit(session)
            entry = enter(session, event, number + 1, build_person(session, "演示", unit), unit=unit)
            session.execute(update(EntryMember).where(EntryMember.entry_id == entry.id).values(sex="female"))
    user = build_user(session, grants=[("analyst", "union", top.id)])
    session.commit()
    page = browser(user)
    whole = told(page, "by=union&sex=female")
    assert whole == {str(one.id): [HIDDEN, LESS], str(other.id): [HIDDEN, HIDDEN], None: [8, 8]}
    for dimension in ("union", "region", "trade", "year"):
        found = told(page, f"by={dimension}&sex=female&union={other.id}")
        assert all(values == [HIDDEN, HIDDEN] for values in found.values()), dimension


def test_the_period_before_withholds_the_same(small, browser):
    page = browser(small)
    whole = page.get(
        "/statistics/statistics.json?by=sex&first_year=2025&last_year=2025"
    ).get_json()
    before = {row["key"]: row["before"][3:5] for row in whole["tables"][0]["rows"]}
    assert before["female"] == [HIDDEN, LESS]
    page.get("/statistics/?by=sex&first_year=2025&last_year=2025")
    assert "400.0 %" not in page.page


def test_reports_are_saved_opened_and_forgotten(session, world, analyst, browser):
    page = browser(analyst)
    query = f"trade={world['welding'].trade_id}&by=year"
    page.post("/statistics/saved", {"name": "x", "query": f"{query}&level=999999"}, status=422)
    page.post("/statistics/saved", {"name": "焊工历年", "query": "by=year"})
    page.get("/statistics/")
    assert "“焊工历年”已保存。" in page.page
    page.post("/statistics/saved", {"name": "焊工历年", "query": query})
    page.get("/statistics/")
    assert "已有名为“焊工历年”的报表，现改为当前报表。" in page.page
    assert "焊工历年" in page.page
    saved = session.scalar(select(SavedReport))
    assert saved.query == query
    stranger = build_user(session, grants=[("analyst", "union", world["union"].id)])
    session.commit()
    browser(stranger).post("/statistics/saved/forget", {"ref": saved.ref}, status=409)
    page.post("/statistics/saved/forget", {"ref": f"{saved.ref}\0"}, status=409)
    page.post("/statistics/saved", {"name": " ", "query": ""}, status=422)
    page.post("/statistics/saved/forget", {"ref": saved.ref})
    session.expire_all()
    assert session.scalar(select(SavedReport)) is None


def test_a_report_saved_twice_at_once_is_one_report(app, session, analyst):
    """Both find no report of this name; the second waits and replaces."""
    user_id, start = analyst.id, threading.Barrier(2)

    def save(query):
        with app.app_context(), database.writing_session() as own:
            start.wait(10)
            services.save_report(own, user_id, "焊工历年", query, ref=query * 32, now=MOMENT)
            threading.Event().wait(0.1)
            own.commit()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(save, query) for query in "ab"]:
            done.result(30)
    assert len(session.scalars(select(SavedReport)).all()) == 1


def test_a_filter_that_fits_nothing_says_so(session, world, analyst, browser):
    page = browser(analyst)
    page.get(f"/statistics/?last_year=2025&trade={world['turning'].trade_id}")
    assert "没有符合条件的数据" in page.page


def test_the_workbook_holds_the_same_numbers_as_numbers(session, analyst, browser):
    content = browser(analyst).get("/statistics/statistics.xlsx").data
    book = load_workbook(io.BytesIO(content))
    sheet = book["按年度"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert ["2025", 1, 1, 3, 2, 2, 1, 2, 1, 1, 0, 1, None, None] in rows
    assert ["2026", 1, 2, 1, 2, 2, 1, 1, 1, 1, 0, 1, 2, None] in rows  # of two no per cent is told
    assert ["合计", 2, 3, 4, 4, 3, 2, 3, 2, 2, 0, 2, None, None] in rows
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
