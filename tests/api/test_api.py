"""A union's own system reads its figures with a token: shown once, revoked, on record."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from competitions.returns.rules import Figure
from core import clock
from core.audit.models import AuditRecord
from reports.api.pace import EXTENSION, MOST, Pace
from reports.tokens.models import ApiToken
from reports.tokens.queries import digest
from tests.client import Browser, apart
from tests.factories.accounts import build_user
from tests.factories.events import build_competition, build_event
from tests.factories.organisations import build_union, build_unit
from tests.factories.returns import build_accepted, build_period, build_published
from tests.statistics.test_statistics import announce, build_person, enter


@pytest.fixture
def world(app, session):
    """A union with one below it and a return of each; another union with a return of its own."""
    app.extensions[EXTENSION] = Pace()
    top, other = build_union(session, name="演示上级工会"), build_union(session, name="演示别处工会")
    below = build_union(session, name="演示下级工会", parent_id=top.id)
    period = build_period(session, top)
    build_accepted(session, period, below, C05=Figure(Decimal(25000), ">"), C15="10.5")
    build_accepted(session, build_period(session, other), other, C05=7)
    build_published(session, top)
    people = [build_user(session, grants=[("organiser", "union", one.id)]) for one in (top, other)]
    session.commit()
    return {"top": top, "below": below, "other": other, "organiser": people[0], "stranger": people[1]}


def make(browser, user, union, name="演示平台"):
    page = browser(user)
    page.post("/statistics/tokens/", {"union_id": union.id, "name": name}, status=200)
    return re.search(r"js_[A-Za-z0-9_-]{43}", page.page)[0]


def ask(app, path, token, **headers):
    shown = {"Authorization": f"Bearer {token}"} if token else {}
    return apart(app.test_client().get, path, headers=shown | headers)


def test_a_token_is_shown_once_and_kept_as_its_digest(app, session, world, browser):
    token = make(browser, world["organiser"], world["top"])
    kept = session.scalars(select(ApiToken)).one()
    assert kept.token_hash == digest(token)
    page = browser(world["organiser"])
    page.get("/statistics/tokens/")
    assert token not in page.page
    acts = session.scalars(select(AuditRecord).where(AuditRecord.action == "token:make")).all()
    assert [act.detail for act in acts] == [{"union": world["top"].id, "name": "演示平台"}]


def test_it_opens_the_returns_of_its_union_and_of_those_below_and_no_others(app, session, world, browser):
    token = make(browser, world["organiser"], world["top"])
    answer = ask(app, "/api/v1/returns.json", token).get_json()
    assert [(row["union"], row["key"], row["value"], row["qualifier"]) for row in answer["rows"]] == [
        ("演示下级工会", "C05", 25000, ">"), ("演示下级工会", "C15", "10.5", "="),
    ]  # fmt: skip
    strangers = make(browser, world["stranger"], world["other"])
    rows = ask(app, "/api/v1/returns.json", strangers).get_json()["rows"]
    assert [row["union"] for row in rows] == ["演示别处工会"]
    assert ask(app, "/api/v1/published.json", strangers).get_json()["rows"] == []
    assert len(ask(app, "/api/v1/published.json?lang=en", token).get_json()["rows"]) == 1


def test_computed_figures_of_a_token_are_those_of_its_union_alone(app, session, world, browser):
    for union, entries in ((world["below"], 4), (world["other"], 3)):
        event = build_event(session, "final", competition=build_competition(session, union=union, year=2025))
        unit = build_unit(session)
        for number in range(1, entries + 1):
            enter(session, event, number, build_person(session, f"演示{number}", unit), unit=unit)
        announce(session, event)
    session.commit()
    token = make(browser, world["organiser"], world["top"])
    told = ask(app, "/api/v1/statistics.json?by=year&first_year=2025", token).get_json()
    figures = dict(zip([one["code"] for one in told["columns"]], told["totals"], strict=True))
    assert (figures["C01"], figures["C05"]) == (1, 4)


def test_csv_and_json_say_the_same_and_texts_are_never_run(app, session, world, browser):
    works = build_union(session, name="=演示公式工会", parent_id=world["top"].id)
    build_accepted(session, build_period(session, works), works, C01=Figure(Decimal(3), remark="+1"))
    session.commit()
    token = make(browser, world["organiser"], world["top"])
    text = ask(app, "/api/v1/returns.csv", token).get_data().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    told = ask(app, "/api/v1/returns.json", token).get_json()["rows"]
    assert [row["value"] for row in rows] == [str(row["value"]) for row in told]
    formulas = [(row["union"], row["remark"]) for row in rows if row["key"] == "C01"]
    assert formulas == [("'=演示公式工会", "'+1")]


def test_without_a_token_with_a_wrong_one_or_a_revoked_one_nothing_is_answered(app, session, world, browser):
    token = make(browser, world["organiser"], world["top"])
    paths = (
        "", "indicators.json", "indicators.csv", "returns.json", "returns.csv", "published.json",
        "statistics.json", "statistics.csv?by=year",
    )  # fmt: skip
    for wrong in ("", "js_wrong", token + "x"):
        for path in paths:
            answer = ask(app, f"/api/v1/{path}", wrong)
            assert (answer.status_code, answer.get_json()["status"]) == (401, 401)
    assert all(ask(app, f"/api/v1/{path}", token).status_code == 200 for path in paths)
    kept = session.scalars(select(ApiToken)).one()
    browser(world["stranger"]).post(f"/statistics/tokens/{kept.id}/revoke", status=404)
    browser(world["organiser"]).post(f"/statistics/tokens/{kept.id}/revoke")
    assert all(ask(app, f"/api/v1/{path}", token).status_code == 401 for path in paths)


def test_the_scheme_of_a_token_may_be_written_in_any_case(app, world, browser):
    """RFC 9110, section 11.1."""
    token = make(browser, world["organiser"], world["top"])
    for scheme, status in (("bearer", 200), ("BEARER", 200), ("Basic", 401)):
        answer = ask(app, "/api/v1/returns.json", "", Authorization=f"{scheme} {token}")
        assert answer.status_code == status, scheme


def test_a_signed_in_session_is_no_token_and_the_api_only_reads(app, world):
    page = Browser(app, world["organiser"])
    assert apart(page.client.get, "/api/v1/returns.json").status_code == 401
    assert apart(page.client.post, "/api/v1/returns.json").status_code in {403, 405}


def test_a_token_has_sixty_requests_in_any_minute():
    pace, start = Pace(), datetime(2026, 11, 23, 1, tzinfo=UTC)
    assert {pace.wait_of(1, start + timedelta(seconds=second / 2)) for second in range(MOST)} == {0}
    assert pace.wait_of(1, start + timedelta(seconds=45)) == 15
    assert pace.wait_of(2, start + timedelta(seconds=45)) == 0
    assert pace.wait_of(1, start + timedelta(seconds=60)) == 0


def test_a_token_that_asks_too_often_is_told_how_long_to_wait(app, session, world, browser):
    token, second = (make(browser, world["organiser"], world["top"], name) for name in ("甲", "乙"))
    pace = app.extensions[EXTENSION] = Pace()
    number = session.scalar(select(ApiToken.id).where(ApiToken.token_hash == digest(token)))
    later = clock.now() + timedelta(seconds=30)  # the minute is not over however slow this machine is
    for _time in range(MOST):
        pace.wait_of(number, later)
    answer = ask(app, "/api/v1/", token)
    assert (answer.status_code, int(answer.headers["Retry-After"]) > 0) == (429, True)
    assert ask(app, "/api/v1/", second).status_code == 200


def test_that_a_token_was_used_stands_on_record_once_a_day(app, session, world, browser):
    token = make(browser, world["organiser"], world["top"])
    for _time in range(3):
        ask(app, "/api/v1/", token)
    used = session.scalars(select(AuditRecord).where(AuditRecord.action == "token:use")).all()
    assert [act.detail for act in used] == [{"address": "127.0.0.1"}]
    assert session.scalars(select(ApiToken)).one().used_on is not None


def test_nobody_makes_a_token_for_another_union(world, browser):
    page = browser(world["stranger"])
    page.post("/statistics/tokens/", {"union_id": world["top"].id, "name": "x"}, status=422)
