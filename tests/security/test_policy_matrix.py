"""Every route × method × role: the answer over HTTP is the answer of the policy table.

The routes are read from the application, so a new one is covered without a change here.
"""

import functools
from collections.abc import Callable
from typing import Any

import pytest
from flask import session as cookie
from sqlalchemy import func, select

from accounts import policy
from core.audit.models import AuditRecord
from tests.client import Browser, apart
from tests.databases import POSTGRESQL_IN_DEEP
from tests.security.world import TOGETHER, address, build_world, fill, routes

pytestmark = POSTGRESQL_IN_DEEP  # who may do what is no question of the database
ALLOWED, ANYWHERE = "allowed", "anywhere"
LANGUAGE = "i18n.switch"


@pytest.fixture
def world(app, session):
    world = build_world(session)
    world.browsers = {name: Browser(app, user) for name, user in world.users.items()}
    for browser in world.browsers.values():
        with browser.client.session_transaction() as kept:
            browser.secret = kept["_user_id"]
    return world


def work_out(app, world) -> dict[tuple[str, str, str], Any]:
    """Return for each person, method and path the status that the table demands, or ALLOWED."""
    answers = {}
    for rule, method in routes(app):
        view, path = app.view_functions[rule.endpoint], address(app, rule, world)
        action = "public" if rule.endpoint == LANGUAGE else view.declared_action
        if action in {"public", "signed_in"}:
            answers |= {(name, method, path): ALLOWED for name in ("nobody", "organiser of the site")}
            continue
        if action == "token":  # who is signed in has no token
            answers |= {(name, method, path): 401 for name in ("nobody", "organiser of the site")}
            continue
        action = action.format(**fill(rule, world))
        places = find_places(app, world, view, fill(rule, world))
        for name, grants in world.grants.items():
            answers[name, method, path] = expected(action, grants, places(name))
    return answers


def expected(action, grants, place) -> Any:
    """Return what the table says of these grants at the place that the view declares."""
    if place is ANYWHERE:
        return ALLOWED if policy.allows_somewhere(grants, action) else 403
    if place is None:
        return 404
    if not policy.allows(grants, action, place.path):
        return 403
    return ALLOWED if policy.allows(grants, action, place.path, place.state) else 409


def find_places(app, world, view, arguments) -> Callable[[str], Any]:
    """Return what gives each person's place of a view; asked once where it is the same for everybody."""
    if view.declared_place is None:
        return lambda _name: ANYWHERE
    asked = functools.cache(lambda name: apart(_place, app, world.browsers[name], view, arguments))
    if asked("nobody") == asked("registrar elsewhere") == asked("organiser of the site"):
        return lambda _name: asked("nobody")
    return asked


def _place(app, browser, view, arguments):
    """Ask where a thing stands, as the person of this browser: some find only what is their own."""
    with app.test_request_context("/"):
        cookie["_user_id"] = browser.secret
        return view.declared_place(**arguments)


def ask(browser, method, path, accept="*/*"):
    """Return the status of a request with a valid CSRF token and nothing else in it."""
    headers = {"Accept": accept} | ({} if method == "GET" else {"X-CSRFToken": token_of(browser)})
    try:
        asked = {"method": method, "headers": headers, "buffered": True}
        return apart(browser.client.open, path, **asked).status_code
    except Exception as error:  # a fault of the view is a finding of this test
        return f"{type(error).__name__}: {error}"[:200]


def token_of(browser):
    """Return this browser's CSRF token, made once: the walk is long."""
    if not hasattr(browser, "csrf"):
        browser.csrf = browser.token()
    return browser.csrf


def in_one(answers) -> dict[tuple[str, str, str], Any]:
    """Leave out whoever has one role elsewhere where somebody with all of them is refused in the same way.

    A role more takes no right away (test_policy_table): what all of them together may not, none may.
    """
    refused = {
        (*what, wanted) for (name, *what), wanted in answers.items() if name == TOGETHER and wanted != ALLOWED
    }
    single = {f"{role} elsewhere" for role in policy.ROLES}
    return {
        (name, *what): wanted
        for (name, *what), wanted in answers.items()
        if name not in single or (*what, wanted) not in refused
    }


@pytest.mark.parametrize("alone", [False, pytest.param(True, marks=pytest.mark.deep)])
def test_the_answer_over_http_is_the_answer_of_the_table(app, session, world, alone):
    """First everything that is to be refused, which changes nothing; then everything that is allowed."""
    answers, wrong = work_out(app, world), []
    answers = answers if alone else in_one(answers)
    records = count_records(session)
    for (name, method, path), wanted in answers.items():
        if wanted == ALLOWED:
            continue
        answer = ask(world.browsers[name], method, path, "application/json")  # no page: it is only refused
        if answer != wanted:
            wrong.append(f"{name}: {method} {path} → {answer}, the table says {wanted}")
    assert count_records(session) == records
    for (name, method, path), wanted in answers.items():
        if wanted != ALLOWED:
            continue
        # Signing out and its like end a session, so they are done in a new one.
        own = method != "GET" and path.startswith("/accounts/")
        visitor = Browser(app, world.users[name]) if own else world.browsers[name]
        answer = ask(visitor, method, path)
        if not isinstance(answer, int) or answer in {401, 403} or answer >= 500:
            wrong.append(f"{name}: {method} {path} → {answer}, though the table allows it")
    assert wrong == [], "\n".join(wrong)


def count_records(session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(AuditRecord))


def test_strangers_are_led_to_the_sign_in_or_told_to_sign_in(app, world):
    wrong = []
    for rule, method in routes(app):
        view = app.view_functions[rule.endpoint]
        if rule.endpoint == LANGUAGE or view.declared_action == "public":
            continue
        path, stranger = address(app, rule, world), Browser(app)
        headers = {} if method == "GET" else {"X-CSRFToken": stranger.token()}
        response = apart(stranger.client.open, path, method=method, headers=headers, buffered=True)
        led = response.status_code == 302 and response.location.startswith("/accounts/sign-in?next=/")
        if not (led if method == "GET" and view.declared_action != "token" else response.status_code == 401):
            wrong.append(f"{method} {path} → {response.status_code} {response.location}")
    assert wrong == [], "\n".join(wrong)


def test_a_program_without_a_session_gets_401_and_no_page(app, world):
    wrong = []
    for rule, method in routes(app, safe=True):
        if app.view_functions[rule.endpoint].declared_action == "public":
            continue
        path = address(app, rule, world)
        response = apart(Browser(app).client.get, path, headers={"Accept": "application/json"})
        if response.status_code != 401 or response.get_json()["status"] != 401:
            wrong.append(f"{method} {path} → {response.status_code}")
    assert wrong == [], "\n".join(wrong)


def test_the_matrix_knows_every_role_and_walks_every_route(app, world):
    assert {grant.role for held in world.grants.values() for grant in held} == set(policy.ROLES)
    walked = {rule.endpoint for rule, _method in routes(app)}
    assert walked == set(app.view_functions) - {"static"}
