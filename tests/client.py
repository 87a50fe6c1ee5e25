"""A test client that signs in, sends the CSRF token, and checks every page it opens."""

import contextvars
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

from flask import Flask, has_app_context
from werkzeug.test import TestResponse

from accounts import services
from accounts.models import User
from core import clock
from core.database import db


class PageCheck(HTMLParser):
    """Collects what no page of ours may have: inline code, inline style, an empty title."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.title = ""
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        names = {name for name, _value in attrs}
        self._in_title = tag == "title"
        if tag == "script" and "src" not in names:
            self.faults.append("inline script")
        if tag == "style" or "style" in names:
            self.faults.append(f"inline style on <{tag}>")
        self.faults += [f"{name} on <{tag}>" for name in names if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        """Remember the title."""
        if self._in_title:
            self.title += data

    def handle_endtag(self, tag: str) -> None:
        """Leave the title."""
        self._in_title = False


def apart(act: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Call something as a server would: outside of the test's own application context.

    Within it, Flask would share the session and `g` of the test with the view: the first person of a test
    would stay signed in for all others, and what nobody has committed would be seen. The test's transaction
    ends here.
    """
    if has_app_context():
        db.session.rollback()
    return contextvars.Context().run(act, *args, **kwargs)


class Browser:
    """One browser of one person."""

    def __init__(self, app: Flask, user: Any = None, locale: str = "zh") -> None:
        self.client = app.test_client()
        token = None
        if user is not None:
            token, user_id = clock.new_token(), user.id
            apart(_sign_in, app, user_id, token)
        with self.client.session_transaction() as cookie:
            cookie["locale"] = locale
            if token is not None:
                cookie["_user_id"] = token
        self.page = ""

    def get(self, path: str, status: int = 200, **kwargs: Any) -> TestResponse:
        """Open a page and check it."""
        return self._checked(apart(self.client.get, path, **kwargs), status)

    def post(
        self, path: str, data: dict[str, Any] | None = None, status: int = 302, **kwargs: Any
    ) -> TestResponse:
        """Send a form with the token that a page of this session would carry."""
        data = {**(data or {}), "csrf_token": self.token()}
        return self._checked(apart(self.client.post, path, data=data, **kwargs), status)

    def post_json(self, path: str, data: Any, status: int = 200) -> Any:
        """Send JSON as the judge's page does and return the answer."""
        headers = {"X-CSRFToken": self.token()}
        response = apart(self.client.post, path, json=data, headers=headers)
        assert response.status_code == status, f"{response.status_code}: {response.text[:600]}"
        return response.get_json()

    def token(self) -> str:
        """Return a CSRF token that belongs to this browser's session."""
        return str(apart(self._make_token))

    def _make_token(self) -> str:
        from flask_wtf.csrf import generate_csrf

        with self.client.session_transaction() as cookie:
            kept = dict(cookie)
        app = self.client.application
        with app.test_request_context():
            from flask import session

            session.update(kept)
            token = generate_csrf()
            raw = session["csrf_token"]
        with self.client.session_transaction() as cookie:
            cookie["csrf_token"] = raw
        return str(token)

    def _checked(self, response: TestResponse, status: int) -> TestResponse:
        assert response.status_code == status, f"{response.status_code}: {visible(response.text)[:800]}"
        if response.mimetype == "text/html" and status not in range(300, 400):
            self.page = response.text
            check = PageCheck()
            check.feed(response.text)
            assert not check.faults, check.faults
            assert check.title.strip(), "the page has no title"
        assert "Content-Security-Policy" in response.headers
        return response


def _sign_in(app: Flask, user_id: int, token: str) -> None:
    with app.app_context():
        user = db.session.get(User, user_id)
        assert user is not None, "commit the user before a browser is opened"
        services.start_session(db.session, user, token, clock.now())
        db.session.commit()


def visible(html: str) -> str:
    """Return the text of a page without its tags, for messages and simple assertions."""
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", html, flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).strip()
