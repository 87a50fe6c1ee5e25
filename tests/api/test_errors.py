"""Whatever a program asks wrongly is answered as problem details (RFC 9457), and nothing is passed over."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from core import clock
from reports.api import views
from reports.api.pace import EXTENSION, MOST, Pace
from reports.tokens.services import make_token
from tests.client import apart
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories.accounts import MOMENT, build_user
from tests.factories.organisations import build_union

pytestmark = POSTGRESQL_IN_DEEP
TOKEN = "js_" + "a" * 43


@pytest.fixture
def api(app, session):
    """Return what asks with the token of a union, and how fast it has asked."""
    app.extensions[EXTENSION] = Pace()
    union = build_union(session, name="演示工会")
    user = build_user(session)
    made = make_token(session, union, "演示平台", TOKEN, actor_id=user.id, now=MOMENT)
    session.commit()

    def ask(path, method="get", shown=TOKEN, **headers):
        headers |= {"Authorization": f"Bearer {shown}"} if shown else {}
        return apart(getattr(app.test_client(), method), path, headers=headers)

    ask.token_id = made.id
    return ask


def problem(answer, status):
    """Return problem details, after looking whether they are some and say what every one of them has to."""
    told = answer.get_json()
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert (told["type"], told["status"]) == ("about:blank", status)
    assert told["title"]
    assert told["reasons"]
    assert told["detail"] == " ".join(told["reasons"])
    return told


@pytest.mark.parametrize("path", ["/api/v1/nothing.json", "/api/v1/returns.xml", "/api/", "/api", "/api/v2/"])
def test_what_is_not_there(api, path):
    assert "/api/v1/" in problem(api(path), 404)["detail"]
    assert "no such table" in problem(api(f"{path}?lang=en", shown=""), 404)["detail"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_writing(api, method):
    answer = api("/api/v1/returns.json", method)
    problem(answer, 405)
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_no_token(api):
    answer = api("/api/v1/returns.csv?lang=en", shown="")
    assert problem(answer, 401)["reasons"] == ["Send a token that stands: Authorization: Bearer <token>"]
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert "令牌" in problem(api("/api/v1/", shown="js_wrong"), 401)["detail"]


def test_a_page_of_another_site(api):
    problem(api("/api/v1/", "post", Origin="https://elsewhere.example"), 403)


def test_too_fast(app, api):
    later = clock.now() + timedelta(seconds=30)
    for _time in range(MOST):
        app.extensions[EXTENSION].wait_of(api.token_id, later)
    assert problem(api("/api/v1/returns.json"), 429)["detail"].startswith("请求过于频繁")


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("", "page"), ("returns.json", "union"), ("returns.csv", "lang2"), ("published.json", "year"),
        ("indicators.csv", "key"), ("statistics.json", "trad"), ("statistics.csv", "utm_source"),
    ],
)  # fmt: skip
def test_a_parameter_that_nothing_reads(api, path, named):
    told = problem(api(f"/api/v1/{path}?{named}=1&lang=en"), 422)
    assert [one["parameter"] for one in told["errors"]] == [named]
    assert told["errors"][0]["detail"].startswith(f"“{named}” is no filter here; there are: ")


def test_every_wrong_parameter_is_named(api):
    told = problem(api("/api/v1/statistics.json?by=year&by=trade&trad=1&sx=female&lang=fr"), 422)
    assert [one["parameter"] for one in told["errors"]] == ["by", "trad", "sx", "lang"]
    told = problem(api("/api/v1/statistics.json?by=nothing&lang=en"), 422)
    assert [one["parameter"] for one in told["errors"]] == ["by"]
    assert "“nothing” is no choice of the filter “Split by”" in told["detail"]


@pytest.mark.parametrize(
    ("fault", "status"), [(RuntimeError("secret"), 500), (OperationalError("x", {}, Exception()), 503)]
)
def test_our_own_faults(app, api, monkeypatch, fault, status):
    def fail():
        raise fault

    monkeypatch.setattr(views.tables, "indicator_rows", fail)
    monkeypatch.setitem(app.config, "PROPAGATE_FAULTS", False)
    answer = api("/api/v1/indicators.json?lang=en")
    told = problem(answer, status)
    assert "Nothing was changed." in told["detail"]
    assert ("reference" in told, "Retry-After" in answer.headers) == (status == 500, status == 503)
    assert "secret" not in answer.text
