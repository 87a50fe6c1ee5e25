"""Nothing is written without a token of the own session, and nothing at all by reading."""

import hashlib
from typing import Any

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from core.database import READER, db
from tests.client import Browser, apart
from tests.databases import POSTGRESQL_IN_DEEP
from tests.security.world import address, build_everything_user, build_world, routes


@pytest.fixture
def world(app, session):
    return build_world(session)


@pytest.fixture
def everything(app, session, world):
    return Browser(app, build_everything_user(session))


def send(browser, method, path, **kwargs) -> Any:
    return apart(browser.client.open, path, method=method, buffered=True, **kwargs)


def fingerprint(app) -> str:
    """Return a digest of every row of every table."""
    return apart(_fingerprint, app)


def _fingerprint(app) -> str:
    content = hashlib.sha256()
    with app.app_context():
        engine = db.engines[READER]
        with engine.connect() as connection:
            for table in sorted(inspect(engine).get_table_names()):
                rows = connection.execute(text(f'SELECT * FROM "{table}"')).all()  # noqa: S608  # our own names
                content.update(repr((table, sorted(map(repr, rows)))).encode())
    return content.hexdigest()


@POSTGRESQL_IN_DEEP
def test_every_writing_route_refuses_a_request_without_a_token(app, everything, world):
    before, wrong = fingerprint(app), []
    for rule, method in routes(app, safe=False):
        answer = send(everything, method, address(app, rule, world)).status_code
        if answer != 403:
            wrong.append(f"{method} {rule} → {answer}")
    assert wrong == [], "\n".join(wrong)
    assert fingerprint(app) == before


@POSTGRESQL_IN_DEEP
def test_every_writing_route_refuses_the_token_of_somebody_else(app, everything, world):
    before, wrong = fingerprint(app), []
    everything.token()  # this browser has a token of its own as well
    foreign = Browser(app).token()
    for rule, method in routes(app, safe=False):
        path = address(app, rule, world)
        as_header = send(everything, method, path, headers={"X-CSRFToken": foreign}).status_code
        as_field = send(everything, method, path, data={"csrf_token": foreign}).status_code
        if (as_header, as_field) != (403, 403):
            wrong.append(f"{method} {rule} → {as_header}, {as_field}")
    assert wrong == [], "\n".join(wrong)
    assert fingerprint(app) == before


def test_a_refused_sender_is_told_that_nothing_is_lost_and_what_to_do(app):
    page = send(Browser(app), "POST", "/language/", data={"locale": "en"})
    assert page.status_code == 403
    for words in ("内容没有提交", "数据没有任何改动", "返回上一页", "刷新"):
        assert words in page.text
    asked = [{"headers": {"Accept": "application/json"}}, {"json": {"op_id": "x"}}]
    for way in asked:
        answer = send(Browser(app), "POST", "/language/", **way)
        assert (answer.status_code, answer.get_json()["status"]) == (403, 403)
        assert any("刷新" in reason for reason in answer.get_json()["reasons"])


FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "https://localhost.evil.example"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
]


@POSTGRESQL_IN_DEEP
def test_every_writing_route_refuses_what_another_site_sends(app, everything, world):
    wrong, token = [], {"X-CSRFToken": everything.token()}
    for rule, method in routes(app, safe=False):
        path = address(app, rule, world)
        answers = [send(everything, method, path, headers=token | sent).status_code for sent in FOREIGN]
        if answers != [403] * len(FOREIGN):
            wrong.append(f"{method} {rule} → {answers}")
    assert wrong == [], "\n".join(wrong)


def test_what_the_own_pages_send_is_read(app):
    for origin in ("http://localhost", "http://localhost:8000", "null"):
        headers = {"Origin": origin, "Sec-Fetch-Site": "same-origin"}
        Browser(app).post("/language/", {"locale": "en"}, headers=headers)


@POSTGRESQL_IN_DEEP
def test_reading_every_page_changes_nothing(app, everything, world):
    before = fingerprint(app)
    for rule, method in routes(app, safe=True):
        path = address(app, rule, world)
        for way in (method, "HEAD", "OPTIONS"):
            assert send(everything, way, path).status_code < 500
    assert fingerprint(app) == before


def test_a_reading_request_could_not_write_if_it_tried(app, world):
    def attempt():
        with app.test_request_context("/"):
            db.session.execute(text("UPDATE role_grant SET role = 'admin'"))

    with pytest.raises(DBAPIError, match="(?i)read-?only"):
        apart(attempt)


def test_a_token_outlives_no_sign_in(app, session, everything):
    """A token planted before signing in is worthless afterwards: no login CSRF, no fixation."""
    planted = everything.token()
    with everything.client.session_transaction() as kept:
        kept.pop("csrf_token")
    assert send(everything, "POST", "/language/", data={"csrf_token": planted}).status_code == 403
