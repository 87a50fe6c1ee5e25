"""What every answer carries."""

import pytest

import wsgi
from tests import databases
from tests.client import Browser, apart
from tests.databases import POSTGRESQL_IN_DEEP
from tests.security.world import address, build_everything_user, build_world, routes


@pytest.fixture
def world(app, session):
    return build_world(session)


WANTED = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Access-Control-Allow-Origin": None,
}
KEPT = {"/marking/sw.js": "public, no-cache"}  # the same for everybody, and asked for again each time
DIRECTIVES = {
    "default-src 'self'", "script-src 'self'", "style-src 'self'", "object-src 'none'", "base-uri 'none'",
    "form-action 'self'", "frame-ancestors 'none'", "worker-src 'self'",
}  # fmt: skip


def check(response, path):
    """Return what is wrong with the headers of an answer."""
    headers = response.headers
    policy = headers.get("Content-Security-Policy", "")
    wanted = {**WANTED, "Cache-Control": KEPT.get(path, WANTED["Cache-Control"])}
    wrong = [f"{name}: {headers.get(name)}" for name, value in wanted.items() if headers.get(name) != value]
    wrong += sorted(DIRECTIVES - set(policy.split("; ")))
    wrong += [word for word in ("unsafe", "*", "http:") if word in policy]
    if "Cookie" not in headers.get("Vary", ""):
        wrong.append("Vary")
    if response.mimetype.startswith("text/") and "charset=utf-8" not in headers["Content-Type"]:
        wrong.append("charset")
    return [f"{path}: {word}" for word in wrong]


@POSTGRESQL_IN_DEEP
def test_every_page_forbids_foreign_code_guessing_of_types_and_keeping(app, session, world):
    browser, wrong = Browser(app, build_everything_user(session)), []
    for rule, _method in routes(app, safe=True):
        path = address(app, rule, world)
        wrong += check(apart(browser.client.get, path, buffered=True), path)
    assert wrong == [], "\n".join(wrong)


def test_answers_that_are_no_pages_carry_the_same_headers(app):
    for method, path, status in (
        ("GET", "/nowhere", 404),
        ("GET", "/accounts/", 302),
        ("POST", "/accounts/sign-out", 403),
        ("DELETE", "/accounts/", 405),
        ("GET", "/accounts/2147483648", 404),
        ("GET", "/.git/config", 404),
    ):
        response = apart(Browser(app).client.open, path, method=method)
        assert response.status_code == status
        assert check(response, path) == []


def test_a_forbidden_page_names_the_role_in_both_languages(app, session, world):
    user = world.users["judge elsewhere"]
    path = f"/events/{world.arguments['event_id']}/edit"
    page = Browser(app, user)
    page.get(path, 403)
    assert "组织者" in page.page
    page = Browser(app, user, locale="en")
    page.get(path, 403)
    assert "Organiser" in page.page


def test_files_of_the_product_may_be_kept(app):
    with apart(Browser(app).client.get, "/static/css/base.css") as response:
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "no-store" not in response.headers.get("Cache-Control", "")


def test_an_address_with_a_zero_byte_is_not_there(app):
    Browser(app).get("/marking/sheets/%00", 404)


def test_no_path_leads_out_of_the_folder_of_files(app):
    for path in ("/static/../config.py", "/static/%2e%2e/config.py", "/static/..%2Fwsgi.py"):
        assert apart(Browser(app).client.get, path).status_code == 404


def test_in_production_cookies_need_tls_and_a_host_of_their_own(tmp_path):
    settings = databases.settings_for(f"sqlite:///{tmp_path / 'x.sqlite3'}", tmp_path)
    changes = {"environment": "production", "trusted_hosts": ("x",)}
    config = wsgi.create_app(settings.__class__(**(vars(settings) | changes))).config
    assert config["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert config["SESSION_COOKIE_SECURE"]
    assert config["SESSION_COOKIE_HTTPONLY"]
    assert config["SESSION_COOKIE_SAMESITE"] == "Lax"


def test_over_tls_a_browser_is_told_to_stay_there(app):
    response = apart(Browser(app).client.get, "/accounts/sign-in", base_url="https://localhost")
    assert "max-age=31536000" in response.headers["Strict-Transport-Security"]
