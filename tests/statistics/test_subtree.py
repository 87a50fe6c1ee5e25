"""Whoever counts for a union learns nothing of another one: in no page, file, choice, saved report, error."""

import io
import subprocess
import zipfile
from decimal import Decimal

import pytest

from competitions.declared.models import DeclaredContest
from competitions.returns.rules import Figure
from core import clock
from reports.api.pace import EXTENSION, Pace
from reports.statistics.services import save_report
from reports.tokens.services import make_token
from tests.client import apart, visible
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories.accounts import MOMENT, build_user
from tests.factories.catalogue import build_industry, build_region, build_trade
from tests.factories.events import build_competition, build_event
from tests.factories.organisations import build_union, build_unit
from tests.factories.returns import build_accepted, build_declared, build_period, build_published
from tests.factories.schedule import build_sitting
from tests.statistics.test_statistics import announce, build_person, enter

pytestmark = POSTGRESQL_IN_DEEP
THEIRS = "别处"  # stands in every name of the other union
TOKEN = "js_" + "b" * 43
MINE = (
    "/statistics/", "/statistics/contests", "/statistics/statistics.csv", "/statistics/statistics.json",
    "/statistics/statistics.xlsx", "/statistics/statistics.pdf", "/statistics/lists/", "/statistics/works/",
    "/statistics/works/works.xlsx", "/statistics/works/works.pdf", "/statistics/declared/",
    "/statistics/declared-years/", "/statistics/declared-years/declared.xlsx",
    "/statistics/declared-years/declared.pdf", "/statistics/declared-years/contests.csv",
    "/statistics/declared-years/contests.json", "/statistics/declared-years/declared.json",
    "/statistics/published/", "/returns/",
)  # fmt: skip
FILTERED = MINE[:7]
TABLES = ("statistics", "returns", "declared", "published")
API = ("", *(f"{name}.{ending}" for name in TABLES for ending in ("json", "csv")))
SPLITS = ("union", "trade", "region", "industry", "group")


def build_side(session, union, word, code, entries):
    """Give a union a contest, a declared one, a return and a published report, all named with a word."""
    competition = build_competition(
        session, name=f"{word}竞赛", union=union, year=2025,
        region=build_region(session, f"{code}0000", f"{word}省"),
        industries=[build_industry(session, f"{word}业", f"{word}业")],
    )  # fmt: skip
    trade = build_trade(session, f"6-18-01-{code}", f"{word}工")
    event = build_event(
        session, "final", competition=competition, trade=trade, group_name=f"{word}组", name=f"{word}赛项"
    )
    unit = build_unit(session, name=f"{word}厂", union_id=union.id)
    for number in range(1, entries + 1):
        enter(session, event, number, build_person(session, f"{word}{number}", unit), unit=unit)
    announce(session, event)
    build_sitting(session, event, "P", state="held")
    period = build_period(session, union, title=f"{word}报表")
    build_accepted(session, period, union, C05=Figure(Decimal(entries * 1000), remark=f"{word}说明"))
    declared: DeclaredContest = build_declared(session, union)
    declared.name = f"{word}申报"
    published = build_published(session, union)
    published.title = f"{word}公布"
    session.flush()
    return {"union": union, "trade": trade, "region": competition.region, "group": f"{word}组",
            "industry": competition.industries[0], "period": period, "declared": declared,
            "published": published, "event": event}  # fmt: skip


@pytest.fixture
def sides(app, session):
    """One union with one below it, another one elsewhere; an analyst, a colleague's report, a token."""
    app.extensions[EXTENSION] = Pace()
    top = build_union(session, name="演示上级工会")
    own = build_side(session, build_union(session, name="演示本会", parent_id=top.id), "本会", "11", 3)
    other = build_side(session, build_union(session, name="演示别处工会"), THEIRS, "12", 5)
    analyst = build_user(session, grants=[("analyst", "union", top.id)])
    both = [("analyst", "union", number) for number in (top.id, other["union"].id)]
    colleague = build_user(session, grants=both)
    query = f"union={other['union'].id}"
    save_report(session, colleague.id, "别处逐年", query, ref=clock.new_ref(), now=MOMENT)
    make_token(session, top, "平台", TOKEN, actor_id=colleague.id, now=MOMENT)
    session.commit()
    return {"own": own, "other": other, "analyst": analyst, "query": query}


def words_of(answer):
    """Return every word of an answer, whatever it is: a page, a table, a workbook, a PDF."""
    data, kind = answer.get_data(), answer.mimetype
    if kind == "application/pdf":
        command = ["pdftotext", "-", "-"]
        return subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode()
    if kind.endswith("spreadsheetml.sheet"):
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return "".join(book.read(name).decode() for name in book.namelist())
    return data.decode()


def test_nothing_of_another_union_stands_in_any_page_or_file(sides, browser):
    page = browser(sides["analyst"])
    for address in MINE:
        for split in SPLITS if address in FILTERED[:4] else ("union",):
            query = f"?by={split}" if address in FILTERED else ""
            said = words_of(page.get(address + query))
            assert THEIRS not in said, address + query
    assert "本会" in said
    whole = page.get("/statistics/statistics.json?by=union").get_json()
    assert (whole["totals"][1], whole["totals"][3]) == (1, 3)  # events and participations


def test_no_error_tells_what_another_union_has(sides, browser):
    """What exists elsewhere is answered as what exists nowhere."""
    page, other = browser(sides["analyst"]), sides["other"]
    for address in FILTERED:
        page.get(f"{address}?{sides['query']}", status=403)
        assert THEIRS not in page.page
        for name in ("trade", "region", "industry"):
            elsewhere = visible(page.get(f"{address}?{name}={other[name].id}", status=422).text)
            nowhere = visible(page.get(f"{address}?{name}=999999", status=422).text)
            assert elsewhere.replace(f"“{other[name].id}”", "“999999”") == nowhere
        page.get(f"{address}?group=%E5%88%AB%E5%A4%84%E7%BB%84", status=422)
    for address in (
        f"/statistics/declared/{other['declared'].ref}", f"/statistics/published/{other['published'].ref}",
        f"/statistics/published/{other['published'].ref}/report.xlsx", f"/returns/{other['period'].ref}",
        f"/returns/{other['period'].ref}/unions/{other['union'].id}",
        f"/returns/{other['period'].ref}/unions/{other['union'].id}/return.pdf",
        f"/returns/{sides['own']['period'].ref}/unions/{other['union'].id}",
    ):  # fmt: skip
        page.get(address, status=404)
        assert THEIRS not in page.page


def test_a_colleagues_saved_report_opens_what_one_may_see_oneself(sides, browser):
    page = browser(sides["analyst"])
    page.post("/statistics/saved", {"name": "x", "query": sides["query"]}, status=403)
    page.get("/statistics/")
    assert "逐年" not in page.page


def test_a_token_tells_nothing_of_another_union(app, sides):
    def ask(path):
        return apart(app.test_client().get, f"/api/v1/{path}", headers={"Authorization": f"Bearer {TOKEN}"})

    for path in API:
        answer = ask(path)
        assert answer.status_code == 200
        assert THEIRS not in words_of(answer), path
    assert "本会" in words_of(ask("returns.csv"))
    assert ask("statistics.json?by=union").get_json()["totals"][3] == 3
    for name in ("union", "trade", "region", "industry"):
        elsewhere, nowhere = (
            ask(f"statistics.json?{name}={number}") for number in (sides["other"][name].id, 999999)
        )
        assert elsewhere.status_code == nowhere.status_code == 422
        number = sides["other"][name].id
        assert words_of(elsewhere).replace(f"“{number}”", "“999999”") == words_of(nowhere)
