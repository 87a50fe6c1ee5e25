"""A judge reads beside a station its batch where there are several, and neither where it is sealed."""

import pytest
from sqlalchemy import select

from competitions.draw.models import EntryCode
from scoring.sheets.opening import open_sheets
from tests.factories.accounts import MOMENT
from tests.factories.scoring import build_judge, build_scoring_event


def stations(page):
    """Return what the device shows as the station of each entry of the practice."""
    sheets = page.get("/marking/bundle").get_json()["sheets"]
    return {row["code"]: row["station"] for row in sheets if row["stage"] == "P"}


@pytest.mark.parametrize(
    ("batch", "station", "shown"), [(2, 3, "第 2 批 3 号"), (1, 3, "第 1 批 3 号"), (2, None, "")]
)
def test_the_batch_stands_beside_the_station(session, browser, batch, station, shown):
    event = build_scoring_event(session, entries=2, judges=0)
    judge = build_judge(session, event, 1)
    first, second = session.scalars(select(EntryCode).order_by(EntryCode.code))
    first.batch, first.station, second.batch = batch, station, 3 - batch
    second.station = 1 if station else None
    session.flush()
    open_sheets(session, event, actor_id=None, now=MOMENT)
    user = judge.user
    session.commit()
    told = stations(browser(user))
    assert told["A01"] == shown
    assert ("批" in told["A02"]) == (station is not None)


def test_with_one_batch_the_station_stands_alone(session, browser):
    event = build_scoring_event(session, entries=1, judges=0)
    user = build_judge(session, event, 1).user
    open_sheets(session, event, actor_id=None, now=MOMENT)
    session.commit()
    assert stations(browser(user)) == {"A01": "1"}
