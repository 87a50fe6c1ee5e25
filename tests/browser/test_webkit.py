"""The judge's app on WebKit: marks entered while the server is down survive a reload and come up once.

Source: UX.md 1.7. What only Apple's own devices can show (home screen, eviction, keyboard) stays unproven.
"""

import pytest

from core.database import db
from tests.browser.conftest import cookie_of
from tests.browser.marking import OPENS_OFFLINE, Marking
from tests.browser.webkit import WebKit
from tests.durability.serving import address_of, free_port, kill, start
from tests.factories.scoring import build_scoring_event

pytestmark = pytest.mark.deep
CODE = "return document.querySelector('#code').textContent"
BADGE = "return document.querySelector('#sync').dataset.state"


@pytest.fixture
def marking(app):
    with app.app_context():
        found = Marking(app, build_scoring_event(db.session).id)
        db.session.commit()
    return found


@pytest.fixture
def webkit():
    with WebKit() as browser:
        yield browser


def test_marks_entered_while_the_server_is_down_survive_a_reload_and_come_up(app, marking, webkit, tmp_path):
    cookie = cookie_of(app, marking.judge("J1"), "zh")
    url, port = address_of(app), free_port()
    address = f"http://127.0.0.1:{port}/marking"
    server = start(port, url, tmp_path)
    webkit.open(f"{address}/sw.js")  # any page of the host: a cookie needs one
    webkit.add_cookie(cookie["name"], cookie["value"])
    webkit.open(f"{address}/{marking.event_id}/P/#A01")
    webkit.until(CODE, "A01")
    webkit.enter("#A1-1-a", "48.5")
    webkit.until(BADGE, "synced")
    webkit.until(f"return ({OPENS_OFFLINE})()", True)
    kill(server)

    webkit.enter("#A2-1-a", "1")
    webkit.until(BADGE, "offline")
    webkit.reload()
    webkit.until(CODE, "A01")
    webkit.until("return document.querySelector('#A2-1-a').value", "1")

    server = start(port, url, tmp_path)
    webkit.until(BADGE, "synced")
    kill(server)
    marking.has("A01", {"A1/1": "48.5", "A2/1": "1"})
    assert [operation.body["marks"] for operation in marking.operations()] == [
        [["A1", 1, "48.5"]], [["A2", 1, "1"]],
    ]  # fmt: skip
