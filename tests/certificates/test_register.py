"""Numbers are reserved, then issued; whatever happens at the same time, they have no gap and no double."""

import threading

import pytest
from sqlalchemy import select

from competitions.events.models import Event
from core.database import db
from core.refusals import Refused
from reports.certificates import queries, services
from reports.certificates.models import CertificateNumber
from scoring.results.models import ResultVersion
from tests.documents import poppler
from tests.factories.accounts import MOMENT
from tests.factories.marking import build_organiser, build_theory_and_practice, take

AWARDS = {"tiers": [{"title": "一等奖", "count": 2}, {"title": "二等奖", "count": 2}]}


@pytest.fixture
def event(session):
    scores = {name: (str(90 - 5 * n), "80") for n, name in enumerate("甲乙丙丁戊")}
    event = build_theory_and_practice(session, scores, awards=AWARDS)
    take(session, event, "tabulate", "announce", "finalise")
    return event


@pytest.fixture
def organiser(session, event):
    user = build_organiser(session, event)
    session.commit()
    return user


def states(session, event):
    rows = session.scalars(
        select(CertificateNumber)
        .where(CertificateNumber.event_id == event.id)
        .order_by(CertificateNumber.serial)
    )
    return [(row.serial, row.state) for row in rows]


def test_a_reserved_number_counts_for_nothing_until_it_is_issued(
    session, event, organiser, browser, tmp_path
):
    reserved = services.reserve(session, event, actor_id=organiser.id, now=MOMENT)
    session.commit()
    assert states(session, event) == [(n, "reserved") for n in (1, 2, 3, 4)]
    assert services.list_printable(session, event.id, "") == []
    page = browser(organiser)
    page.get(f"/events/{event.id}/certificates/")
    assert "已预留 4 个编号" in page.page
    proof = poppler.text_of(page.get(f"/events/{event.id}/certificates/proof.pdf").data, tmp_path)
    assert all(number.number in proof for number in reserved)
    assert poppler.images_of(page.get(f"/events/{event.id}/certificates/proof.pdf").data, tmp_path) == 0
    page.get(f"/events/{event.id}/certificates/all.pdf", status=404)


def test_issuing_keeps_the_numbers_and_takes_the_names_as_they_are_then(session, event, organiser):
    reserved = services.reserve(session, event, actor_id=organiser.id, now=MOMENT)
    winner = queries.list_winners(session, reserved[0].version_id)[0]
    winner.entry.name = "更正后"
    session.flush()
    issued = services.issue(session, event, actor_id=organiser.id, now=MOMENT)
    assert [c.number for c in issued] == [number.number for number in reserved]
    assert issued[0].words["recipient"] == "更正后"
    assert all(c.statement and c.public_id and c.issued_at == MOMENT for c in issued)
    assert states(session, event) == [(n, "used") for n in (1, 2, 3, 4)]


def test_a_number_is_never_used_again(session, event, organiser):
    first, second, *_rest = services.issue(session, event, actor_id=organiser.id, now=MOMENT)
    services.revoke(session, event, first, "退回奖项", actor_id=organiser.id, now=MOMENT)
    anew = services.replace(session, event, second, "姓名有误", actor_id=organiser.id, now=MOMENT)
    assert anew.number.endswith("10005")
    assert services.issue(session, event, actor_id=organiser.id, now=MOMENT) == []
    assert states(session, event) == [(n, "used") for n in (1, 2, 3, 4, 5)]
    with pytest.raises(Refused, match="CERTIFICATE_ENDED"):
        services.revoke(session, event, second, "再次", actor_id=organiser.id, now=MOMENT)


def test_what_was_reserved_for_an_earlier_result_is_void(session, event, organiser):
    reserved = services.reserve(session, event, actor_id=organiser.id, now=MOMENT)
    old = session.get_one(ResultVersion, reserved[0].version_id)
    earlier = ResultVersion(
        **{
            column.key: getattr(old, column.key)
            for column in ResultVersion.__table__.columns
            if column.key not in {"id", "number"}
        },
        number=0,
    )
    session.add(earlier)
    session.flush()
    for number in reserved:
        number.version_id = earlier.id
    session.flush()
    services.issue(session, event, actor_id=organiser.id, now=MOMENT)
    assert states(session, event) == [(n, "void") for n in (1, 2, 3, 4)] + [(n, "used") for n in (5, 6, 7, 8)]


def test_of_several_who_reserve_and_issue_at_once_none_leaves_a_gap(session, app, event, organiser):
    acts = [services.reserve, services.issue, services.issue, services.reserve]
    barrier, faults = threading.Barrier(len(acts)), []

    def run(act):
        with app.app_context():
            barrier.wait()
            try:
                act(db.session, db.session.get(Event, event.id), actor_id=organiser.id, now=MOMENT)
                db.session.commit()
            except Exception as error:  # told below
                faults.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    session.expire_all()
    assert faults == []
    assert states(session, event) == [(n, "used") for n in (1, 2, 3, 4)]
