"""One headless Chromium for every browser test of a process: Playwright allows no second one beside it."""

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tools.setup_browser import BROWSERS

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--host-resolver-rules=MAP tablet.test 127.0.0.1",  # a name over plain http is no secure context
]  # fmt: skip


def path_of_browser() -> str | None:
    """Return where the system's Chromium stands."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    """Start the system's Chromium."""
    from playwright.sync_api import sync_playwright  # most tests need no browser

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path_of_browser(), args=ARGUMENTS)
        yield browser
        browser.close()
