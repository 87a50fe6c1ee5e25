"""A judge in front of the app: opens sheets, fills them, waits until the server has everything."""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask
from playwright.sync_api import Page, Route, expect
from sqlalchemy import select

from accounts.models import User
from competitions.events.models import Event
from competitions.judges.models import Appointment
from core.database import db
from scoring.sheets import queries
from scoring.sheets.models import LedgerOperation
from tests.factories.scoring import sheet_of

PATIENCE = 20
OFFLINE_NOISE = (
    "ERR_INTERNET_DISCONNECTED",
    "ERR_CONNECTION_REFUSED",
    "ERR_FAILED",
    "ERR_CONNECTION_RESET",
)
OPENS_OFFLINE = """async () => {
  if (!(await navigator.serviceWorker.getRegistration())?.active) return false;
  const names = (await caches.keys()).filter((name) => name.startsWith("marking-"));
  for (const name of names) {
    const kept = await (await caches.open(name)).keys();
    const paths = kept.map((request) => new URL(request.url).pathname);
    if (paths.includes(location.pathname) && paths.includes("/marking/")) return true;
  }
  return false;
}"""


@dataclass
class Marking:
    """An event that is being marked, looked at from the server's side; `page` goes on while one waits."""

    app: Flask
    event_id: int
    page: Page | None = None

    def judge(self, code: str) -> User:
        """Return the judge with this code."""
        with self.app.app_context():
            statement = select(User).join(Appointment, Appointment.user_id == User.id)
            here = (Appointment.event_id == self.event_id, Appointment.code == code)
            user = db.session.scalars(statement.where(*here)).one()
            db.session.expunge(user)
            return user

    def ask(self, question: Callable[[Any], Any]) -> Any:
        """Ask something of the database as it stands now."""
        with self.app.app_context():
            answer = question(db.session)
            db.session.expunge_all()
            db.session.rollback()
            return answer

    def marks(self, code: str, judge: str = "J1", stage: str = "P") -> dict[str, str]:
        """Return the marks on a sheet by place."""

        def read(session: Any) -> dict[str, str]:
            sheet = sheet_of(session, session.get(Event, self.event_id), judge, code, stage)
            return {
                f"{key.aspect}/{key.attempt}": v for key, v in queries.marks_of(session, sheet.id).items()
            }

        found: dict[str, str] = self.ask(read)
        return found

    def state(self, code: str, judge: str = "J1", stage: str = "P") -> str:
        """Return how a sheet stands."""
        return str(self.ask(lambda s: sheet_of(s, s.get(Event, self.event_id), judge, code, stage).state))

    def operations(self) -> list[LedgerOperation]:
        """Return what the ledger holds, in order."""
        marked = (LedgerOperation.event_id == self.event_id, LedgerOperation.kind != "open")
        statement = select(LedgerOperation).where(*marked).order_by(LedgerOperation.seq)
        return list(self.ask(lambda session: list(session.scalars(statement))))

    def has(self, code: str, marks: Mapping[str, str], **where: str) -> None:
        """Wait until the server has exactly these marks of a sheet."""
        self.until(
            lambda: self.marks(code, **where) == marks,
            lambda: f"{self.marks(code, **where)} is not {marks}",
        )

    def until(self, holds: Callable[[], bool], told: Callable[[], object] = lambda: "") -> None:
        """Wait until something holds; what the test has to answer for the page is answered meanwhile."""
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, told()
            if self.page is None:
                time.sleep(0.05)
            else:
                self.page.wait_for_timeout(50)


def open_list(page: Page, marking: Marking, stage: str = "P") -> None:
    """Open the entries of a stage."""
    page.goto(f"/marking/{marking.event_id}/{stage}/")
    expect(page.locator("[data-codes] li").first).to_be_visible()


def open_sheet(page: Page, marking: Marking, code: str, stage: str = "P") -> None:
    """Open a sheet by its address."""
    page.goto(f"/marking/{marking.event_id}/{stage}/#{code}")
    shows(page, code)


def shows(page: Page, code: str) -> None:
    """Wait until the sheet of a code is there and its first place waits."""
    expect(page.locator("#code")).to_have_text(code)
    expect(page.locator("#view form")).to_be_visible()


def fill(page: Page, values: Mapping[str, str]) -> None:
    """Type values into fields by their ids, each followed by Enter."""
    for field, value in values.items():
        page.locator(f"#{field}").fill(value)
        page.locator(f"#{field}").press("Enter")


def badge(page: Page, state: str) -> None:
    """Wait until the badge says this."""
    expect(page.locator("#sync")).to_have_attribute("data-state", re.compile(f"^({state})$"))


def synced(page: Page) -> None:
    """Wait until everything is on the server."""
    badge(page, "synced")


def kept(page: Page, values: int) -> None:
    """Wait until so many values are on the device alone: what a reload or a kill may not take away."""
    told = f"已存本机(，待上传)? {values} 项|Offline: {values} saved|waiting to upload: {values}$"
    expect(page.locator("#sync")).to_have_text(re.compile(told))


def ready(page: Page) -> None:
    """Wait until the app would open without a network: its worker is active and its shells are kept."""
    end = time.monotonic() + PATIENCE
    while not page.evaluate(OPENS_OFFLINE):  # not wait_for_function: it takes a promise for its answer
        assert time.monotonic() < end, "the app does not open without a network"
        page.wait_for_timeout(50)


def lose_answers(page: Page, times: int) -> list[dict[str, Any]]:
    """Let the server take what is sent, but lose its next answers; return what was sent, as it grows."""
    sent: list[dict[str, Any]] = []

    def handle(route: Route) -> None:
        sent.append(route.request.post_data_json)
        if len(sent) > times:
            return route.continue_()
        route.fetch()
        return route.abort()

    page.route("**/marking/operations", handle)
    return sent
