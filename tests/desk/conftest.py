"""People at the desk, and the files that they bring."""

import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import openpyxl
import pytest
from sqlalchemy.orm import Session

from competitions.events.models import Event
from scoring.sheets import queries
from scoring.sheets.models import LedgerOperation
from tests.client import Browser, visible
from tests.factories.accounts import build_user
from tests.factories.events import build_competition
from tests.factories.scoring import build_scoring_event, sheet_of


@pytest.fixture
def make_event(session: Session) -> Callable[..., Event]:
    """Return a maker of events that are being marked, each with two tabulators and its organiser."""

    def make(profile: str = "simple", **overrides: Any) -> Event:
        competition = build_competition(session, profile=profile)
        event = build_scoring_event(session, competition=competition, **overrides)
        event.organiser = build_user(session, grants=[("organiser", "union", competition.union_id)])
        event.first, event.second = (
            build_user(session, grants=[("tabulator", "event", event.id)]) for _number in range(2)
        )
        session.commit()
        return event

    return make


def workbook(headings: Sequence[Any], *rows: Sequence[Any], change: Any = None) -> bytes:
    """Return an .xlsx file with one sheet; `change` may spoil it."""
    book = openpyxl.Workbook()
    book.active.append(list(headings))
    for row in rows:
        book.active.append(list(row))
    if change is not None:
        change(book.active)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def bring(
    page: Browser, event: Event, data: bytes, status: int = 302, *, name: str = "成绩.xlsx", stage: str = "T",
    signs: bool = True,
) -> str:  # fmt: skip
    """Bring a list of marks; return the address of its page, or what the refusal says."""
    form = {"file": (io.BytesIO(data), name), "stage": stage} | ({"signs": "y"} if signs else {})
    answer = page.post(f"/events/{event.id}/desk/lists", form, status, content_type="multipart/form-data")
    return answer.location if status == 302 else visible(answer.text)


def digest_on(page: Browser) -> str:
    """Return the figures that the page shows, as its button sends them."""
    return page.page.partition('name="digest" type="hidden" value="')[2].partition('"')[0]


def enter(page: Browser, address: str, status: int = 302, digest: str = "") -> str:
    """Look at a list and enter it; return what the answer says."""
    page.get(address)
    answer = page.post(f"{address}/enter", {"digest": digest or digest_on(page)}, status)
    return visible(answer.text)


def marks(session: Session, event: Event, code: str, judge: str = "J1", stage: str = "T") -> dict[str, str]:
    """Return the marks on a sheet by aspect."""
    session.rollback()
    sheet = sheet_of(session, event, judge, code, stage)
    found = {key.aspect: value for key, value in queries.marks_of(session, sheet.id).items()}
    session.rollback()
    return found


def state(session: Session, event: Event, code: str, judge: str = "J1", stage: str = "T") -> str:
    """Return how a sheet stands."""
    session.rollback()
    session.expire_all()
    return str(sheet_of(session, event, judge, code, stage).state)


def ledger_of(session: Session, event: Event) -> list[LedgerOperation]:
    """Return what was saved and signed in an event, in order."""
    session.rollback()
    rows: Iterable[LedgerOperation] = session.query(LedgerOperation).filter_by(event_id=event.id)
    rows = [row for row in rows if row.kind in ("save", "sign")]
    return sorted(rows, key=lambda row: row.seq)
