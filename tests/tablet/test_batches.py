"""On the tablet a station stands with its batch where there are several, and with neither where it is sealed."""

import pytest
from sqlalchemy import select

from competitions.draw.models import EntryCode
from scoring.sheets.services import open_sheets
from tests.client import visible
from tests.factories.scoring import build_judge, build_scoring_event, sheet_of


@pytest.mark.parametrize(
    ("batch", "station", "shown"), [(2, 3, "工位 第 2 批 3 号"), (1, 3, "工位 第 1 批 3 号"), (2, None, "工位 —")]
)
def test_the_head_of_a_sheet_and_the_list_say_the_batch(session, browser, batch, station, shown):
    event = build_scoring_event(session, entries=2, judges=0)
    judge = build_judge(session, event, 1)
    first, second = session.scalars(select(EntryCode).order_by(EntryCode.code))
    first.batch, first.station, second.batch = batch, station, 3 - batch
    second.station = 1 if station else None
    session.flush()
    open_sheets(session, event)
    ref = sheet_of(session, event, "J1", "A01", "P").ref
    user = judge.user
    session.commit()
    page = browser(user)
    page.get(f"/marking/sheets/{ref}")
    assert shown in visible(page.page)
    page.get(f"/marking/events/{event.id}/P")
    assert ("批" in visible(page.page)) == (station is not None)


def test_with_one_batch_the_station_stands_alone(session, browser):
    event = build_scoring_event(session, entries=1, judges=0)
    user = build_judge(session, event, 1).user
    open_sheets(session, event)
    ref = sheet_of(session, event, "J1", "A01", "P").ref
    session.commit()
    page = browser(user)
    page.get(f"/marking/sheets/{ref}")
    assert "工位 1" in visible(page.page)
    assert "批" not in visible(page.page)
