"""Wherever somebody asks to be sent, it is a page of this server."""

from urllib.parse import urljoin, urlsplit

import pytest

from core.redirects import safe_target
from tests.client import Browser
from tests.factories.accounts import PASSWORD, build_user, password_hash

HOSTILE = [
    "//evil.example", "///evil.example", "////evil.example", "/\\evil.example", "\\/evil.example",
    "\\\\evil.example", "/\\/evil.example", "//\\evil.example", "http://evil.example", "https://evil.example",
    "HTTPS://EVIL.EXAMPLE", "http:evil.example", "http:/evil.example", "https:///evil.example",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "javascript://%0aalert(1)", "data:text/html,x",
    "vbscript:x", "ftp://evil.example", "file:///etc/passwd", "//evil.example@localhost",
    "//localhost@evil.example",
    "http://localhost@evil.example", "http://localhost.evil.example", "//localhost.evil.example/",
    "/\t/evil.example", "/\n/evil.example", "/\r/evil.example", "\t//evil.example", "\n//evil.example",
    " //evil.example", "/\x00/evil.example", "\x00//evil.example", "/\x0b/evil.example", "//evil%2eexample",
    "evil.example", "./evil", "../evil", "?next=//evil.example", "#//evil.example", "", "／／evil.example",
    "//①②.example", "//[::1]", "//[", "http://[", "/\\\\evil.example", "/path\\..\\..\\evil", "///", "//",
    "/%0d%0aLocation:%20//evil.example\r\nX: y", "mailto:a@evil.example", "blob:http://evil.example/1",
]  # fmt: skip
OWN = ["/", "/accounts/me", "/events/5/?tab=1", "/events/5/#top", "/statistics/?level=省级", "/a%2F%2Fb"]


def lands_on(target: str) -> str:
    """Return the host that a browser would ask: it reads a backslash as a slash and drops tabs and breaks."""
    read = "".join(c for c in target.strip(" \t\n\r\x00") if c not in "\t\n\r").replace("\\", "/")
    return urlsplit(urljoin("http://localhost/", read)).hostname or ""


def test_the_corpus_is_large_enough():
    assert len(set(HOSTILE)) >= 40


@pytest.mark.parametrize("target", HOSTILE)
def test_a_hostile_target_becomes_the_start_page(target):
    assert safe_target(target) == "/"


@pytest.mark.parametrize("target", OWN)
def test_an_own_page_is_kept(target):
    assert safe_target(target) == target


def test_nothing_asked_for_leads_to_the_start_page():
    assert safe_target(None) == "/"


def test_signing_in_leads_nowhere_else(session, browser):
    build_user(session, "person", password_hash=password_hash())
    session.commit()
    for target in HOSTILE[:60:4]:
        page = browser()
        data = {"login": "person", "password": PASSWORD, "next": target}
        response = page.post("/accounts/sign-in", data, query_string={"next": target})
        assert lands_on(response.location) == "localhost"


def test_signing_in_leads_back_to_the_page_that_was_asked_for(session, browser):
    build_user(session, "person", password_hash=password_hash())
    session.commit()
    page = browser()
    led = page.get("/accounts/password?from=here", 302).location
    assert led == "/accounts/sign-in?next=/accounts/password?from%3Dhere"
    response = page.post(led, {"login": "person", "password": PASSWORD})
    assert response.location == "/accounts/password?from=here"


@pytest.mark.parametrize("target", HOSTILE)
def test_switching_the_language_leads_nowhere_else(app_once, target):
    response = Browser(app_once).post("/language/", {"locale": "en", "next": target})
    assert lands_on(response.location) == "localhost"


@pytest.fixture(scope="module")
def app_once(tmp_path_factory):
    """One application for many requests that touch no database."""
    import wsgi
    from tests import databases

    folder = tmp_path_factory.mktemp("redirects")
    return wsgi.create_app(databases.settings_for(f"sqlite:///{folder / 'none.sqlite3'}", folder))
