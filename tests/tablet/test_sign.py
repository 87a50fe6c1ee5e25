"""What the signature of a sheet refuses is said at the sheet, and nothing is signed."""

import pytest

from accounts.models import User
from competitions.judges.models import Appointment
from scoring.sheets.models import LedgerOperation
from tests.client import visible
from tests.factories.marking import build_event_with, mark, scheme, score, stage
from tests.factories.scoring import sheet_of


@pytest.fixture
def sheet(session):
    event = build_event_with(session, scheme([stage("P", "实操", [score("P1", "作品")])]), ["甲"])
    mark(session, event, "J1", "A01", "P", {"P1": "80"}, sign=False)
    session.commit()
    return sheet_of(session, event, "J1", "A01", "P")


@pytest.fixture
def judge(session, browser, sheet):
    return browser(session.get(User, session.get(Appointment, sheet.appointment_id).user_id))


GOOD = "0123456789abcdef"
MALFORMED = [{"base": "1"}, {"op_id": "短", "base": "1"}, {"op_id": "a" * 65, "base": "1"},
             {"op_id": GOOD}, {"op_id": GOOD, "base": "١"}, {"op_id": GOOD, "base": "-1"}]  # fmt: skip


def test_a_malformed_signature_is_refused_at_the_sheet_with_words(session, judge, sheet):
    for sent in MALFORMED:
        judge.post(f"/marking/sheets/{sheet.ref}/sign", sent, 422)
        text = visible(judge.page)
        assert "没有签名" in text
        assert "作品" in text
        assert "确认并锁定" in text
    assert session.query(LedgerOperation).filter_by(kind="sign").count() == 0
    judge.post(f"/marking/sheets/{sheet.ref}/sign", {"op_id": GOOD, "base": "1"})
    assert session.query(LedgerOperation).filter_by(kind="sign").count() == 1


def test_an_operation_number_of_something_else_is_refused_at_the_sheet(session, judge, sheet):
    used = session.query(LedgerOperation).filter_by(kind="save").one().operation_id
    judge.post(f"/marking/sheets/{sheet.ref}/sign", {"op_id": used, "base": "1"}, 422)
    assert "操作编号" in visible(judge.page)
    assert "作品" in visible(judge.page)
