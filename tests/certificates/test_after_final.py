"""An error found after the confirmation: a new version that cites the final one; what becomes of papers."""

from datetime import timedelta

import pytest

from competitions.events import lifecycle
from core.refusals import Refused
from reports.certificates import queries, services
from scoring.results import services as results
from scoring.results import statements
from scoring.sheets import corrections, releases
from scoring.sheets.rules import MarkKey
from tests.factories.accounts import MOMENT, build_user
from tests.factories.marking import take
from tests.factories.scoring import sheet_of
from tests.factories.trust import build_tabulated

A1 = MarkKey("A1", 1)
HOUR = timedelta(hours=1)
WHY = "核对存档发现 A01 实操一项录入有误"


@pytest.fixture
def found(session):
    """A final result of four with two hours for appeals, A01 first and A02 second, certificates issued."""
    found = build_tabulated(session, "simple")
    found.event.appeal_minutes = 120
    found.users["arbitrator"] = build_user(session, grants=[("arbitrator", "event", found.event.id)])
    session.commit()
    take(session, found.event, "announce")
    take(session, found.event, "finalise", now=MOMENT + 3 * HOUR)
    services.issue(session, found.event, actor_id=None, now=MOMENT + 3 * HOUR)
    session.commit()
    return found


def by(found, role, hours=4):
    return {"actor_id": found.users[role].id, "now": MOMENT + hours * HOUR}


def correct_first(session, found, value):
    """Correct what the second judge gave A01 for its work, as four people: asked, approved, written, seen."""
    event, sheet = found.event, sheet_of(session, found.event, "J2", "A01", "P")
    asked = releases.ask(session, event, sheet, WHY, **by(found, "chief_judge"))
    releases.approve(session, event, asked, **by(found, "arbitrator"))
    change = corrections.propose(
        session, event, sheet, sheet.version, {A1: value}, WHY, **by(found, "chief_judge")
    )
    corrections.witness(session, event, change, **by(found, "supervisor"))
    session.commit()


def announced_anew(session, found, hours=5):
    version = results.correct(session, found.event, WHY, **by(found, "organiser", hours))
    session.commit()
    return version


def issue(session, found, hours):
    made = services.issue(session, found.event, actor_id=None, now=MOMENT + hours * HOUR)
    session.commit()
    return made


def standing(session, found):
    version = queries.find_final_version(session, found.event.id)
    return [
        (winner.row.award, winner.certificate.number[-4:], winner.certificate.state)
        for winner in queries.list_winners(session, version.id)
    ]


def codes(act, *args, **kwargs):
    with pytest.raises(Refused) as raised:
        act(*args, **kwargs)
    return [refusal.code for refusal in raised.value.refusals]


def test_a_final_result_is_corrected_by_release_alone_and_then_announced_again(session, found):
    event, sheet = found.event, sheet_of(session, found.event, "J2", "A01", "P")
    want = (session, event, sheet, sheet.version, {A1: "20"}, WHY)
    assert codes(corrections.propose, *want, **by(found, "chief_judge")) == ["CORRECTION_RELEASE"]
    asked = releases.ask(session, event, sheet, WHY, **by(found, "chief_judge"))
    assert codes(corrections.propose, *want, **by(found, "chief_judge")) == ["CORRECTION_RELEASE"]
    waits = [refusal.code for refusal in lifecycle.missing(session, event, "archive", MOMENT + 4 * HOUR)]
    assert waits == ["RELEASES_ASKED"]
    releases.decline(session, event, asked, "与纸质评分表一致", **by(found, "arbitrator"))
    correct_first(session, found, "20")
    assert event.state == "final"
    waits = [refusal.code for refusal in lifecycle.missing(session, event, "archive", MOMENT + 4 * HOUR)]
    assert waits == ["RESULT_MOVED"]
    assert codes(issue, session, found, 4) == ["RESULT_MOVED"]
    session.rollback()
    second = announced_anew(session, found)
    assert (event.state, event.announced_at) == ("announced", MOMENT + 5 * HOUR)
    first = results.queries.find_version(session, event.id, 1)
    assert (first.final_at, second.number, second.final_at) == (MOMENT + 3 * HOUR, 2, None)
    said = statements.list_statements(session, event.id)
    kinds = [(row.kind, row.version.number) for row in said]
    assert kinds == [("announced", 2), ("final", 1), ("announced", 1)]
    assert said[0].statement["replaces"] == {"version": 1, "document_sha256": first.sha256, "reason": WHY}
    assert all(statements.is_genuine(session, row) for row in said)
    waits = [refusal.code for refusal in lifecycle.missing(session, event, "finalise", MOMENT + 6 * HOUR)]
    assert waits == ["APPEAL_WINDOW"]


def test_what_the_correction_touches_is_revoked_at_once_and_issued_anew_once_it_is_final(session, found):
    # A01: 0.3 × 60 + 0.7 × ((60 + 20) / 2 + 40) = 74; A02: 0.3 × 50 + 0.7 × (50 + 40) = 78
    assert standing(session, found) == [("一等奖", "0001", "issued"), ("二等奖", "0002", "issued")]
    correct_first(session, found, "20")
    announced_anew(session, found)
    old = [winner.certificate for winner in queries.list_winners(
        session, queries.find_final_version(session, found.event.id).id)]  # fmt: skip
    assert [(one.state, one.ended_reason) for one in old] == [("revoked", WHY), ("revoked", WHY)]
    assert codes(issue, session, found, 6) == ["CERTIFICATE_NOT_FINAL"]
    session.rollback()
    take(session, found.event, "finalise", now=MOMENT + 8 * HOUR)
    assert [one.number[-4:] for one in issue(session, found, 8)] == ["0003", "0004"]
    assert standing(session, found) == [("一等奖", "0003", "issued"), ("二等奖", "0004", "issued")]
    assert [(one.state, one.ended_reason, one.replaced_by.number[-4:]) for one in old] == [
        ("replaced", WHY, "0004"), ("replaced", WHY, "0003"),
    ]  # fmt: skip
    assert issue(session, found, 9) == []
    assert len(services.list_printable(session, found.event.id, "")) == 2


def test_a_certificate_that_still_says_what_is_so_goes_on_counting(session, found):
    correct_first(session, found, "58")
    announced_anew(session, found)
    take(session, found.event, "finalise", now=MOMENT + 8 * HOUR)
    assert standing(session, found) == [("一等奖", "0001", "issued"), ("二等奖", "0002", "issued")]
    assert issue(session, found, 8) == []
    assert len(services.list_printable(session, found.event.id, "")) == 2
