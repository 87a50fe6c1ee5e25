"""A time is minutes and seconds; seconds end at 59."""

import pytest

from accounts.models import User
from competitions.judges.models import Appointment
from scoring.sheets import queries
from tests.factories.marking import build_event_with, scheme, stage
from tests.factories.scoring import sheet_of

TIMED = {"code": "R1", "title": "用时", "kind": "time"}


@pytest.fixture
def sheet(session):
    document = scheme([stage("R", "用时", [TIMED])], ranking={"order": "asc", "share": True})
    event = build_event_with(session, document, ["甲"])
    session.commit()
    return sheet_of(session, event, "J1", "A01", "R")


@pytest.mark.parametrize("value", ["1:60", "0:75", "1:99.5"])
def test_sixty_seconds_and_more_are_sent_back_with_words(session, browser, sheet, value):
    """The page sends minutes:seconds where the seconds are not below 60, as it was typed."""
    judge = session.get(User, session.get(Appointment, sheet.appointment_id).user_id)
    sent = {"op_id": "0123456789abcdef", "base": 0, "marks": [["R1", 1, value]], "device_time": ""}
    answer = browser(judge).post_json(f"/marking/sheets/{sheet.ref}/operations", sent, 422)
    ((aspect, attempt, words),) = answer["errors"]
    assert (aspect, attempt) == ("R1", 1)
    assert words == "秒数须在 0 至 59 之间。例如 75 秒应填写 1 分 15 秒。"
    assert queries.marks_of(session, sheet.id) == {}
