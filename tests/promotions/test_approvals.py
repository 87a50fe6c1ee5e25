"""C09: promotions count once their approval is recorded, by the level reached; proposals count nowhere."""

from datetime import timedelta

import pytest

from accounts.policy import SITE
from core.refusals import Refused
from reports.statistics import facts, figures, keeping
from scoring.promotions import approvals
from scoring.promotions.approvals import Grant
from scoring.promotions.proposals import Line
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories.accounts import MOMENT, build_user
from tests.factories.events import build_event
from tests.factories.organisations import build_unit
from tests.people.people import add, enter

GRANT = Grant("演示人社〔2026〕1号", MOMENT.date(), "演示人力资源和社会保障局")


def counted(session):
    session.expire_all()
    loaded = facts.load(session, frozenset({SITE}))
    return figures.count(session, {0: loaded.events}, figures.Wanted())[0].promotions


@pytest.fixture
def event(session):
    event = build_event(session, "final")
    session.commit()
    return event


@pytest.fixture
def lines(session, event):
    unit, found = build_unit(session), []
    for number in (1, 2):
        person = add(session, unit, f"演示{number}", "", skill_level="高级工")
        enter(session, person, event)
        found.append(
            Line(
                number, f"A{number}", "", person.name, unit.name, "90", "", "高级工", "技师", "演示",
                person.id,
            )
        )  # fmt: skip
    session.commit()
    return found


@POSTGRESQL_IN_DEEP
def test_approvals_count_once_and_until_they_are_taken_back(session, app, event, lines):
    actor = build_user(session).id
    assert counted(session) == 0
    for times in (2, 0):  # what is recorded already stays
        found = approvals.record_approvals(session, event, lines, GRANT, actor_id=actor, now=MOMENT)
        assert found == times
    session.commit()
    assert counted(session) == 2
    keeping.refresh(session)
    assert counted(session) == 2
    assert approvals.count_approved(session, event.id) == {"技师": 2}
    first = approvals.list_approvals(session, event.id)[0]
    approvals.revoke_approval(session, event, first.id, "登记有误", actor_id=actor, now=MOMENT)
    session.commit()
    assert counted(session) == 1
    with pytest.raises(Refused, match="APPROVAL_GONE"):
        approvals.revoke_approval(session, event, first.id, "登记有误", actor_id=actor, now=MOMENT)


@POSTGRESQL_IN_DEEP
def test_nobody_a_day_to_come_and_no_result_are_refused(session, app, event, lines):
    later = GRANT._replace(on=MOMENT.date() + timedelta(days=2))
    scoring = build_event(session, "scoring")
    for where, people, grant, code in (
        (event, [], GRANT, "APPROVAL_NOBODY"),
        (event, lines, later, "APPROVAL_FUTURE"),
        (scoring, lines, GRANT, "PROMOTION_NOT_ANNOUNCED"),
    ):
        with pytest.raises(Refused, match=code):
            approvals.record_approvals(session, where, people, grant, actor_id=1, now=MOMENT)


@POSTGRESQL_IN_DEEP
def test_the_page_asks_for_what_it_needs(session, app, event, browser):
    organiser = build_user(session, grants=[("organiser", "site", 0)])
    session.commit()
    page = browser(organiser)
    address = f"/events/{event.id}/results/promotions/approved"
    page.get(address)
    page.post(address, {"people": "x", "document": "", "on": "31", "by": ""}, status=422)
    page.post(address, {"people": "999", "document": "1", "on": "2026-01-01", "by": "演示"}, status=422)
    page.post(f"{address}/999", {"reason": "x"}, status=422)
