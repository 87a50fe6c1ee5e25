"""Certificates that two people end at once: one wins, the other is told, and no number is lost."""

import pytest
from sqlalchemy import select

from competitions.events.models import Event
from reports.certificates import services
from reports.certificates.models import Certificate, CertificateNumber
from tests.factories.accounts import MOMENT
from tests.factories.marking import build_organiser, build_theory_and_practice, take
from tests.races.racing import Racers


@pytest.fixture
def event(session):
    scores = {name: ("90", str(90 - n)) for n, name in enumerate(("甲", "乙", "丙"))}
    event = build_theory_and_practice(session, scores, awards={"tiers": [{"title": "一等奖", "count": 3}]})
    take(session, event, "tabulate", "announce", "finalise")
    return event


@pytest.fixture
def racers(app):
    found = Racers(app)
    yield found
    found.pool.shutdown()


def ending(act, certificate_id, actor_id):
    def end(session):
        found = session.get(Certificate, certificate_id)
        event = session.get(Event, found.event_id)
        act(session, event, found, "更正", actor_id=actor_id, now=MOMENT)
        return "ended"

    return end


@pytest.mark.parametrize(
    ("acts", "state"),
    [
        ((services.revoke, services.revoke), "revoked"),
        # What was revoked may still be issued anew, so both may come through.
        ((services.revoke, services.replace), "replaced"),
        ((services.replace, services.replace), "replaced"),
    ],
)
def test_of_two_who_end_one_at_once_no_number_is_lost(session, racers, event, acts, state):
    organiser = build_organiser(session, event)
    first = services.issue(session, event, actor_id=organiser.id, now=MOMENT)[0]
    session.commit()
    told = racers.race(*[ending(act, first.id, organiser.id) for act in acts])
    session.expire_all()
    assert set(told) <= {"ended", "CERTIFICATE_ENDED"}
    assert told.count("ended") == 1 or len(set(acts)) == 2
    assert first.state == state
    anew = int(services.replace in acts)
    serials = session.scalars(select(CertificateNumber.serial).order_by(CertificateNumber.serial)).all()
    assert serials == list(range(1, 4 + anew))
    holders = session.scalars(select(Certificate.entry_id).where(Certificate.state == "issued")).all()
    assert len(holders) == len(set(holders)) == 2 + anew
