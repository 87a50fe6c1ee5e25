"""What innovation awards come to in the statistics and in returns."""

import re
from datetime import date
from decimal import Decimal
from io import BytesIO

from openpyxl import load_workbook

from competitions.returns.computed import figures_of
from competitions.returns.services import submit
from competitions.works import services
from competitions.works.queries import find_particulars
from competitions.works.rules import Particulars
from reports.works import queries as figures
from tests.client import visible
from tests.factories.accounts import MOMENT, build_user
from tests.factories.marking import entry_of, mark, take
from tests.factories.returns import build_period, build_return
from tests.factories.works import build_marked_works

BY = {"actor_id": None, "now": MOMENT}
TODAY = date(2026, 5, 20)


def test_proposals_innovations_awards_and_benefits_are_counted(session):
    """Two works: a proposal in use with 86.5 万元 and evidence, an innovation with 13.5; one award."""
    event = build_marked_works(session)
    event.state = "registration"
    said = (
        Particulars("proposal", True, date(2026, 3, 1), 865_000, True, "同比"),
        Particulars("innovation", benefit=135_000, basis="测算"),
    )
    for code, one in zip(("A01", "A02"), said, strict=True):
        entry = entry_of(session, event, code)
        services.save_particulars(session, event, entry.id, one, revision=entry.revision, today=TODAY, **BY)
    event.state = "scoring"
    scopes = {("union", event.competition.union_id)}
    assert figures.count_by_year(session, scopes) == {}
    for code, points in (("A01", "90"), ("A02", "80")):
        mark(session, event, "J1", code, "R", {"A1": points})
    take(session, event, "tabulate", "announce")
    year = figures.count_by_year(session, scopes)[event.competition.year]
    counted = {key: value for key, value in year.items() if value}
    assert counted == {
        "C12a": 1, "C12b": 1, "C13a": 1, "C14a": 2, "C14b": 1, "C15": 1_000_000, "C15 evidence": 865_000,
    }  # fmt: skip
    services.record_implementation(
        session, event, entry_of(session, event, "A02").id, date(2026, 5, 1), today=TODAY, **BY
    )
    assert find_particulars(session, entry_of(session, event, "A02").id).implemented


def test_the_page_the_workbook_and_returns_say_the_same(session, browser):
    event = build_marked_works(session)
    said = Particulars("proposal", benefit=865_000, basis="同比")
    event.state = "registration"
    work = entry_of(session, event, "A01")
    services.save_particulars(session, event, work.id, said, revision=work.revision, today=TODAY, **BY)
    event.state = "announced"
    year, union = event.competition.year, event.competition.union_id
    told = figures_of(session, union, date(year, 1, 1), date(year, 12, 31))
    assert (told["C12a"], told["C12b"], told["C14a"], told["C15"]) == (1, 0, 2, Decimal("86.5"))
    analyst = build_user(session, grants=[("analyst", "union", union)])
    period = build_period(
        session, event.competition.union, first_day=date(year, 1, 1), last_day=date(year, 12, 31)
    )
    given = build_return(session, period, event.competition.union, C15="90.25")
    submit(session, period, given, **BY)
    session.commit()
    page = browser(analyst)
    for step in ("", "/steps/1"):
        page.get(f"/returns/{period.ref}/unions/{given.union_id}{step}")
        assert re.search(r"C15 直接经济效益 万元 90.25 .*?86.5", visible(page.page))
    book = page.get(f"/returns/{period.ref}/unions/{given.union_id}/return.xlsx").get_data()
    beside = load_workbook(BytesIO(book))["申报数与系统计算数"]
    assert ("C15", 90.25, 86.5) in {(row[0].value, row[3].value, row[4].value) for row in beside.rows}
    page.get("/statistics/works/")
    assert "86.5" in visible(page.page)
    book = load_workbook(BytesIO(page.get("/statistics/works/works.xlsx").get_data()))
    assert 86.5 in {cell.value for sheet in book for row in sheet for cell in row}
