"""A real server and a real browser: Debian's Chromium, headless, on loopback alone."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from unittest.mock import patch

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from werkzeug.serving import make_server

from accounts import services
from core import clock
from core.database import db

expect.set_options(timeout=15_000)  # two cores, shared with the server and the database
DESK = {"width": 1280, "height": 800}
TABLET = {"width": 1024, "height": 1180}


def whole(file: IO[bytes], _block: int = 0) -> list[bytes]:
    """Return a file's content and close it.

    The server of the tests forgets to close a file whose reader is gone before the answer is closed (its read
    of what might still come fails first), and a file left open fails the test that happens to run next.
    """
    with file:
        return [file.read()]


@contextmanager
def serve(app: Flask) -> Iterator[str]:
    """Serve an application and yield its address."""

    def with_files_closed(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        return app(environ | {"wsgi.file_wrapper": whole}, start_response)

    running = make_server("127.0.0.1", 0, with_files_closed, threaded=True)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    # Kept for a while, or every page asks again for each style and script; other tests get the app as it was.
    with patch.dict(app.config, SEND_FILE_MAX_AGE_DEFAULT=600):
        yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    thread.join(timeout=5)


@pytest.fixture
def server(app: Flask) -> Iterator[str]:
    """Serve the application of the test and yield its address."""
    with serve(app) as address:
        yield address


@pytest.fixture
def open_page(app: Flask, server: str, chromium: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Return a maker of pages: `open_page(user, tablet=True, locale="en")`; console errors fail the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def make(user: Any = None, *, tablet: bool = False, locale: str = "zh") -> Page:
        context = chromium.new_context(
            base_url=server,
            viewport=TABLET if tablet else DESK,
            has_touch=tablet,
            is_mobile=tablet,
            locale="zh-CN",
            accept_downloads=True,
        )
        contexts.append(context)
        context.add_cookies([{**cookie_of(app, user, locale), "url": server}])
        page = context.new_page()
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()
    # A refused value (4xx) and a lost answer are what some of these tests are about.
    lost = ("status of 4", "ERR_FAILED", "ERR_INTERNET_DISCONNECTED", "ERR_CONNECTION_REFUSED")
    wrong = [fault for fault in faults if not any(word in fault for word in lost)]
    assert not wrong, wrong


def cookie_of(app: Flask, user: Any, locale: str) -> dict[str, str]:
    """Return the cookie of a browser in which this user has signed in."""
    content = {"locale": locale}
    if user is not None:
        content["_user_id"] = token = clock.new_token()
        with app.app_context():
            services.start_session(db.session, db.session.merge(user), token, clock.now())
            db.session.commit()
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return {"name": str(app.config["SESSION_COOKIE_NAME"]), "value": serializer.dumps(content)}
