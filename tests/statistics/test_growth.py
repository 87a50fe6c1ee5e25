"""Growth is told where the period before is recorded, and in per cent where there was enough of it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from accounts.policy import SITE
from reports.statistics import asking, document, facts, growth, report
from reports.statistics.page import table
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories.accounts import build_user
from tests.factories.events import build_competition, build_event
from tests.factories.organisations import build_union, build_unit
from tests.statistics.test_statistics import announce, build_person, enter


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (12, 10, "+20.0 %"), (9, 12, "−25.0 %"), (10, 10, "±0.0 %"), (10_001, 10_000, "±0.0 %"),
        (12_000, 10, "+119,900.0 %"), (12, 9, "+3"), (0, 9, "−9"), (3, 3, "±0"), (5, 0, ""), (None, 4, ""),
        ("<3", 40, ""), (40, "*", ""),
    ],
)  # fmt: skip
def test_a_change_is_told_in_per_cent_and_of_few_as_a_number(now, before, said):
    assert growth.change(now, before) == said


@pytest.mark.parametrize(
    ("basis", "begin", "year", "covered"),
    [
        ("calendar", date(2025, 6, 15), 2025, False), ("calendar", date(2025, 6, 15), 2026, True),
        ("calendar", date(2025, 1, 1), 2025, True), ("calendar", None, 2026, False),
        ("statistical", date(2025, 6, 15), 2025, False), ("statistical", date(2025, 10, 1), 2026, True),
        ("statistical", date(2025, 10, 2), 2026, False),
    ],
)  # fmt: skip
def test_a_year_is_covered_from_its_first_day_on(basis, begin, year, covered):
    assert growth.is_covered(year, basis, begin) is covered


pages = POSTGRESQL_IN_DEEP


@pytest.fixture
def years(session):
    """Contests from 15 June 2023 on of 1, 2, 3 and 12 people; one of 2020 that was never announced."""
    union, unit = build_union(session), build_unit(session)
    for year, month, people in ((2023, 6, 1), (2024, 5, 2), (2025, 7, 3), (2026, 2, 12)):
        day = date(year, month, 15)
        competition = build_competition(session, union=union, year=year, starts_on=day, ends_on=day)
        event = build_event(session, "final", competition=competition, starts_on=day)
        for number in range(1, people + 1):
            enter(session, event, number, build_person(session, f"演示{number}", unit), unit=unit)
        announce(session, event)
    build_event(session, "draft", competition=build_competition(session, union=union, year=2020))
    user = build_user(session, grants=[("analyst", "union", union.id)])
    session.commit()
    return user


def compute(session, query, now=datetime(2027, 1, 2, tzinfo=UTC)):
    scopes = frozenset({SITE})
    asked = dict(pair.split("=") for pair in query.split("&"))
    loaded = facts.load(session, scopes, asking.basis_of(asked))
    source = report.Source(session, scopes, loaded, asking.offered(session, scopes, loaded))
    found = asking.read(asked, source.offers)
    return report.compute(source, found, (found.by,), scope="", now=now), found


@pages
def test_nothing_is_compared_with_a_period_before_the_records_begin(app, session, years):
    """2024 against 2023, of which the first half is not there; 2024–2026 against 2021–2023 neither."""
    with app.test_request_context("/statistics/"):
        for query in ("first_year=2024&last_year=2024", "first_year=2024&last_year=2026"):
            found = compute(session, query)[0]
            assert (found.before, found.period_before) == ((), "")
            assert [note for note in found.notes if "2023年6月15日" in note]
        found = compute(session, "first_year=2025&last_year=2025")[0]
        assert (found.before[3], found.notes) == (2, ())


@pages
def test_a_period_that_still_runs_says_so(app, session, years):
    with app.test_request_context("/statistics/"):
        query = "first_year=2026&last_year=2026"
        last = datetime(2026, 12, 31, 15, 59, tzinfo=UTC)  # 23:59 in Beijing
        assert any("尚未结束" in note for note in compute(session, query, last)[0].notes)
        new = datetime(2026, 12, 31, 16, tzinfo=UTC)
        assert compute(session, query, new)[0].notes == ()


@pages
def test_each_year_is_compared_with_the_year_before_it(app, session, years):
    """Of 2024 the year before is not whole; 2025 has 1 more than 2024, 2026 9 more than 2025."""
    with app.test_request_context("/statistics/"):
        shown = table(*compute(session, "by=year"))
        assert [(row["label"], row["values"][-1]) for row in shown["rows"]] == [
            *((str(year), "—") for year in range(2020, 2025)), ("2025", "+1"), ("2026", "+9"),
        ]  # fmt: skip
        assert (shown["totals"][0], shown["totals"][-1]) == ("合计", "—")
        shown = table(*compute(session, "by=year&first_year=2026&last_year=2026"))
        assert [row["values"][-1] for row in shown["rows"]] == ["+9"]
        assert shown["totals"][-1] == "+9"


@pages
def test_the_page_says_why_there_is_no_growth(years, browser):
    page = browser(years)
    page.get("/statistics/?first_year=2024&last_year=2024")
    assert "系统记录始于2023年6月15日" in page.page
    assert "人次增减" not in page.page


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (9, 10, "-0.1"), (2005, 2000, "0.003"), (1995, 2000, "-0.003"), (10, 10, "0"), (30, 10, "2"),
        (0, 40, "-1"), (1, 9, None), (5, 0, None), ("<3", 10, None), (10, "*", None), (None, 10, None),
        (10, None, None),
    ],
)  # fmt: skip
def test_a_share_is_a_number_of_thousandths(now, before, expected):
    """5 of 2,000 are 2.5 thousandths, rounded half up, away from nothing on both sides; few have no share."""
    assert growth.share(now, before) == (None if expected is None else Decimal(expected))


@pages
def test_the_table_of_years_says_of_itself_what_is_not_compared(app, session, years):
    """Without any years asked for: 2024 has no growth, for 2023 is not whole; 2026 still runs."""
    with app.test_request_context("/statistics/"):
        report = compute(session, "by=year", datetime(2026, 12, 31, 15, 59, tzinfo=UTC))[0]
        notes = report.tables[0].notes
        assert any("系统记录始于2023年6月15日" in note and "2023" in note for note in notes)
        assert "2026 年尚未结束，是与2025 年的全部数据相比。" in notes
        over = compute(session, "by=year", datetime(2026, 12, 31, 16, tzinfo=UTC))[0].tables[0].notes
        assert not any("尚未结束" in note for note in over)


@pages
def test_a_year_without_a_contest_stands_with_zeros_until_the_present_one(app, session, years):
    def shown(query):
        report = compute(session, query, datetime(2027, 1, 2, tzinfo=UTC))[0]
        return {row.label: (row.values[1], row.values[3]) for row in report.tables[0].rows}

    with app.test_request_context("/statistics/"):
        assert shown("by=year") == {
            "2020": (1, 0), "2021": (0, 0), "2022": (0, 0), "2023": (1, 1), "2024": (1, 2), "2025": (1, 3),
            "2026": (1, 12),
        }  # fmt: skip
        assert shown("by=year&first_year=2019&last_year=2020") == {"2019": (0, 0), "2020": (1, 0)}
        assert [*shown("by=year&first_year=2026&last_year=2030")] == ["2026", "2027"]  # 2027 has begun
        assert shown("by=year&first_year=2021&last_year=2022") == {}


@pages
def test_a_filter_tells_of_how_many_it_is_not_recorded(app, session, years, browser):
    """Of none of the 18 people the sex is known: there are not therefore no women."""
    said = "参赛的 18 人中，有 18 人没有登记“性别”。"
    with app.test_request_context("/statistics/"):
        assert compute(session, "sex=female")[0].notes[-1] == said
        assert compute(session, "sex=female&age=-25")[0].notes[-2:] == (said, said.replace("性别", "年龄"))
        assert not any("没有登记" in note for note in compute(session, "by=year")[0].notes)
    page = browser(years)
    page.get("/statistics/?sex=female")
    assert said in page.page
    assert "参赛人员中没有登记为此项的人。" in page.page
    assert said in page.get("/statistics/statistics.csv?sex=female").get_data(as_text=True)
    page.get("/statistics/?sex=female&first_year=2020&last_year=2020")
    assert "相应赛项均未公布成绩" in page.page


@pages
def test_a_report_says_how_complete_it_is(app, session, years):
    """Of five events that of 2020 was never announced."""
    with app.test_request_context("/statistics/"):
        found = compute(session, "by=year")[0]
        assert found.completeness == "不完全统计：5 个赛项中有 1 个尚未公布成绩"
        made = document.build(found, issued_by="演示")
        rows = {one.name: one.text for one in made.definitions}
        assert rows["完整性"] == found.completeness
        assert rows["年度口径"] == "自然年度"
        assert rows["C05 参赛人次"]
        assert compute(session, "first_year=2025")[0].completeness == "全部 2 个赛项均已公布成绩"
