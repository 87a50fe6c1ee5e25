"""A form that is sent twice is taken once: a double click, a request repeated after a lost answer."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from competitions.declared.models import DeclaredContest
from core import clock
from core.audit.models import AuditRecord
from core.once import services
from core.once.models import TakenForm
from tests.client import apart, visible
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories.accounts import build_user
from tests.factories.catalogue import build_activity_kind, build_level
from tests.factories.organisations import build_union

MARK, OTHER = "5f" * 16, "6a" * 16
NEW = "/statistics/declared/new"


def count(session, what):
    session.rollback()
    return session.scalar(select(func.count()).select_from(what))


@pytest.fixture
def declaring(session):
    """An analyst, and what they say of a contest."""
    union = build_union(session)
    said = {
        "name": "演示电工竞赛", "union_id": union.id, "kind_id": build_activity_kind(session).id,
        "level_id": build_level(session).id, "starts_on": "2022-05-01", "ends_on": "2022-05-03",
        "C05.value": "100",
    }  # fmt: skip
    analyst = build_user(session, grants=[("analyst", "union", union.id)])
    session.commit()
    return analyst, said


def test_four_at_once_leave_one_contest(session, browser, declaring):
    analyst, said = declaring
    pages = [browser(analyst) for _time in range(4)]
    tokens = [page.token() for page in pages]
    start, answers = threading.Barrier(4), []

    def send(page, token):
        start.wait(30)
        answers.append(page.client.post(NEW, data={**said, "once": MARK, "csrf_token": token}).status_code)

    threads = [
        threading.Thread(target=apart, args=(send, *pair)) for pair in zip(pages, tokens, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert answers == [302] * 4
    assert count(session, DeclaredContest) == 1
    assert len(session.scalars(select(AuditRecord).where(AuditRecord.action == "form:repeat")).all()) == 3


def test_who_comes_again_is_told_and_what_is_changed_or_opened_anew_is_another_form(
    session, browser, declaring
):
    analyst, said = declaring
    page = browser(analyst)
    page.post(NEW, said | {"once": MARK})
    assert page.post(NEW, said | {"once": MARK}).headers["Location"] == "/statistics/declared/"
    page.get("/statistics/declared/")
    assert "只受理了一次" in visible(page.page)
    page.post(NEW, said | {"once": MARK, "name": "演示焊工竞赛"})
    page.post(NEW, said | {"once": OTHER})
    page.post(NEW, said)  # without a mark it does not come from a page of ours
    assert count(session, DeclaredContest) == 4


def test_what_was_refused_can_be_sent_again_and_nobody_else_answers_for_it(session, browser, declaring):
    analyst, said = declaring
    page = browser(analyst)
    page.post(NEW, said | {"once": MARK, "name": ""}, status=422)
    page.post(NEW, said | {"once": MARK, "starts_on": "2099-01-01", "ends_on": "2099-01-02"}, status=422)
    assert count(session, TakenForm) == 0
    browser(build_and_commit(session, said["union_id"])).post(NEW, said | {"once": MARK})
    page.post(NEW, said | {"once": MARK})
    assert count(session, DeclaredContest) == 2


def build_and_commit(session, union_id):
    user = build_user(session, grants=[("analyst", "union", union_id)])
    session.commit()
    return user


@POSTGRESQL_IN_DEEP
def test_each_view_that_takes_a_form_once_leads_to_a_page_that_its_address_can_name(app):
    checked = 0
    for rule in app.url_map.iter_rules():
        found_at = getattr(app.view_functions[rule.endpoint], "found_at", None)
        if found_at is None:
            continue
        endpoint = rule.endpoint.partition(".")[0] + found_at if found_at.startswith(".") else found_at
        pages = [one for one in app.url_map.iter_rules(endpoint) if "GET" in (one.methods or ())]
        assert pages, rule
        assert pages[0].arguments <= rule.arguments, rule
        checked += 1
    assert checked >= 15


def test_old_notes_are_forgotten(session):
    now = clock.now()
    services.take(session, "a" * 64, now - timedelta(days=3))
    services.take(session, "b" * 64, now)
    session.commit()
    assert services.is_any_old(session, now)
    assert services.forget_old(session, now) == 1
    assert session.scalars(select(TakenForm.digest)).all() == ["b" * 64]
    assert not services.is_any_old(session, now)
