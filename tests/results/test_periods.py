"""The table of each period of a labour contest and its flowing red banner, on the page of results."""

from scoring.schemes import offers
from scoring.schemes.periods import with_periods
from tests.client import visible
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories.marking import build_event_with, build_organiser, entry_of, mark

pytestmark = POSTGRESQL_IN_DEEP
FULL = {"A1": "10/10", "A2": "4/4", "B1": "100", "B2": "0", "C1": "0", "C2": "10", "D1": "5", "D2": "5"}


def test_each_period_has_its_table_and_its_banner(session, browser):
    """甲: 100 and 98; 乙: 90 (half of its target in A1), then nothing yet; 丙 is vetoed."""
    document = with_periods(offers.LIBRARY.find_document("project-contest"), ["一季度", "二季度"], "sum")
    event = build_event_with(session, document, ["甲", "乙", "丙"])
    mark(session, event, "J1", "A01", "P1", FULL)
    mark(session, event, "J1", "A01", "P2", FULL | {"C1": "1"})
    mark(session, event, "J1", "A02", "P1", FULL | {"A1": "6/12"})
    mark(session, event, "J1", "A03", "P1", FULL)
    entry_of(session, event, "A03").status = "ineligible"
    user = build_organiser(session, event)
    session.commit()
    opened = browser(user)
    opened.get(f"/events/{event.id}/results")
    text = visible(opened.page)
    assert "一季度 流动红旗：甲" in text
    assert "1 A01 甲 100.00 2 A02 乙 90.00" in text
    assert "二季度 本期还有 1 个参赛编号没有成绩" in text
    assert "1 A01 甲 98.00" in text.rsplit("二季度", 1)[1]
