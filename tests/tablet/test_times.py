"""A time is minutes and seconds; seconds end at 59."""

import pytest

from scoring.sheets import queries
from tests.factories.marking import build_event_with, scheme, stage
from tests.factories.scoring import sheet_of
from tests.tablet.sending import owner, save, send

TIMED = {"code": "R1", "title": "用时", "kind": "time"}


@pytest.fixture
def sheet(session):
    document = scheme([stage("R", "用时", [TIMED])], ranking={"order": "asc", "share": True})
    event = build_event_with(session, document, ["甲"])
    session.commit()
    return sheet_of(session, event, "J1", "A01", "R")


@pytest.mark.parametrize("value", ["1:60", "0:75", "1:99.5"])
def test_what_is_no_number_of_seconds_is_sent_back(session, browser, sheet, value):
    """The page refuses seconds over 59 by itself; nothing else than seconds is ever stored."""
    judge = owner(session, sheet)
    (told,) = send(browser(judge), judge.id, save("0123456789abcdef", sheet.ref, 0, ["R1", 1, value]))
    ((aspect, attempt, words),) = told["errors"]
    assert (aspect, attempt) == ("R1", 1)
    assert value in words
    assert queries.marks_of(session, sheet.id) == {}
