"""What is sent again under its operation id is one penalty, one decision, and says so in the record."""

import pytest

from core.audit.models import AuditRecord
from core.refusals import Refused
from scoring.sheets import decisions, queries
from scoring.sheets.decisions import Act
from tests.factories.accounts import MOMENT, build_user
from tests.factories.marking import entry_of
from tests.factories.scoring import build_scoring_event


@pytest.fixture
def event(session):
    event = build_scoring_event(session, entries=1, judges=1)
    session.commit()
    return event


def act(reason="未清理工位"):
    return Act("operation-1", None, reason, MOMENT)


def actions(session):
    session.expire_all()
    return [record.action for record in session.query(AuditRecord).order_by(AuditRecord.id)]


def test_a_penalty_sent_twice_is_one_penalty_and_its_repeat_is_recorded_as_such(session, event):
    entry = entry_of(session, event, "A01")
    first = decisions.give_penalty(session, event, entry, "3", act())
    again = decisions.give_penalty(session, event, entry, "3", act())
    assert again.id == first.id
    assert [row.points for row in queries.list_penalties(session, event.id)] == ["3"]
    assert actions(session) == ["penalty:give", "sheet:repeat"]
    record = session.query(AuditRecord).filter_by(action="sheet:repeat").one()
    assert (record.subject, record.detail) == (f"entry:{entry.id}", {"operation": "operation-1"})


def test_a_decision_sent_twice_is_one_decision(session, event):
    entry = entry_of(session, event, "A01")
    place = ("P", "", "J1")
    first = decisions.record_decision(session, event, entry, "absent_judge", act(), place=place)
    again = decisions.record_decision(session, event, entry, "absent_judge", act(), place=place)
    assert again.id == first.id
    assert len(queries.list_decisions(session, event.id)) == 1
    assert actions(session) == ["decision:record", "sheet:repeat"]


def test_another_content_under_the_same_operation_is_refused_and_leaves_nothing(session, event):
    entry = entry_of(session, event, "A01")
    decisions.give_penalty(session, event, entry, "3", act())
    with pytest.raises(Refused, match="OPERATION_REUSED"):
        decisions.give_penalty(session, event, entry, "5", act())
    assert actions(session) == ["penalty:give"]


def test_a_form_sent_twice_gives_one_penalty(session, browser, event):
    chief = build_user(session, grants=[("chief_judge", "event", event.id)])
    session.commit()
    opened = browser(chief)
    data = {"penalty-points": "3", "penalty-reason": "未清理工位", "penalty-operation": "0123456789abcdef"}
    for _time in range(2):
        opened.post(f"/events/{event.id}/progress/entries/A01/penalties", data)
    assert [row.points for row in queries.list_penalties(session, event.id)] == ["3"]
    assert actions(session)[-2:] == ["penalty:give", "sheet:repeat"]
