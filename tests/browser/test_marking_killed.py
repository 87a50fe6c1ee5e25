"""Server killed, sheets filled, page reloaded, browser killed, all started again: each mark once.

Source: issue of the judge's tablet, "Accept when"; UX.md 1.2.
"""

import os
import signal
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Error, expect

from core.database import db
from scoring.sheets import ledger
from tests.browser.conftest import TABLET, cookie_of
from tests.browser.marking import Marking, badge, fill, kept, open_sheet, ready, shows, synced
from tests.chromium import ARGUMENTS, path_of_browser
from tests.databases import POSTGRESQL_IN_DEEP
from tests.durability.serving import address_of, free_port, kill, start
from tests.factories.scoring import build_scoring_event

pytestmark = [pytest.mark.browser, POSTGRESQL_IN_DEEP]
VALUES = {"A01": ("48.5", "1"), "A02": ("30", "0"), "A03": ("51", "3")}


@pytest.fixture
def marking(app):
    with app.app_context():
        event = build_scoring_event(db.session)
        found = Marking(app, event.id)
        db.session.commit()
    return found


@pytest.fixture
def launch(chromium, tmp_path):
    """Return a starter of one browser with a profile of its own, as a tablet has it."""
    folder, opened = tmp_path / "profile", []

    def begin(address):
        context = chromium.browser_type.launch_persistent_context(
            folder, executable_path=path_of_browser(), args=ARGUMENTS, base_url=address, viewport=TABLET,
            has_touch=True, locale="zh-CN",
        )  # fmt: skip
        opened.append(context)
        return context

    yield begin, folder
    for context in opened:
        with suppress(Error):
            context.close()


def kill_browser(folder: Path) -> None:
    """End the browser of this profile as a drained battery would; nobody else's."""
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        with suppress(OSError):
            command = (entry / "cmdline").read_bytes().split(b"\0")
            if f"--user-data-dir={folder}".encode() in command:
                os.kill(int(entry.name), signal.SIGKILL)


def test_every_mark_is_there_once_after_everything_was_killed(app, marking, launch, tmp_path):
    begin, profile = launch
    cookie = cookie_of(app, marking.judge("J1"), "zh")
    url, port = address_of(app), free_port()
    address = f"http://127.0.0.1:{port}"
    cookie["url"] = address
    server = start(port, url, tmp_path)
    page = first_visit(begin(address), marking, cookie)
    kill(server)
    mark_without_server(page, marking)
    kill_browser(profile)

    tablet = begin(address)
    page = tablet.new_page()
    open_sheet(page, marking, "A02")  # still without a server
    expect(page.locator("#A1-1-a")).to_have_value("30")
    server = start(port, url, tmp_path)
    badge(page, "login|synced")  # the session was the killed browser's
    tablet.add_cookies([cookie])
    page.reload()
    synced(page)
    kill(server)
    check(marking)


def first_visit(tablet, marking, cookie):
    """Open a sheet once with a network, so that everything is on the tablet."""
    tablet.add_cookies([cookie])
    page = tablet.new_page()
    open_sheet(page, marking, "A01")
    synced(page)
    ready(page)
    return page


def mark_without_server(page, marking):
    for code, (points, faults) in VALUES.items():
        open_sheet(page, marking, code)
        fill(page, {"A1-1-a": points, "A2-1-a": faults})
    kept(page, 6)
    page.reload()
    shows(page, "A03")
    expect(page.locator("#A1-1-a")).to_have_value("51")


def check(marking):
    for code, (points, faults) in VALUES.items():
        assert marking.marks(code) == {"A1/1": points, "A2/1": faults}
    operations = marking.operations()
    assert len({operation.operation_id for operation in operations}) == len(operations)
    assert sum(len(operation.body["marks"]) for operation in operations) == 6, "every mark once"
    assert marking.ask(lambda session: ledger.first_broken(session, marking.event_id)) is None
