"""A judge who has signed stays appointed: what was signed counts."""

import pytest
from sqlalchemy import select

from competitions.judges import services
from competitions.judges.models import Appointment
from core.refusals import Refused
from tests.factories.accounts import MOMENT
from tests.factories.scoring import build_scoring_event, sheet_of


def test_a_judge_who_has_signed_is_not_dismissed(session):
    event = build_scoring_event(session, entries=1, judges=2)
    sheet = sheet_of(session, event, "J1", "A01", "T")
    sheet.state = "locked"
    session.flush()
    first, second = session.scalars(
        select(Appointment).where(Appointment.event_id == event.id).order_by(Appointment.id)
    )
    with pytest.raises(Refused) as caught:
        services.dismiss(session, event, first, "生病", actor_id=None, now=MOMENT)
    assert [refusal.code for refusal in caught.value.refusals] == ["JUDGE_HAS_SIGNED"]
    services.stop_work(session, event, first, "生病", actor_id=None, now=MOMENT)
    services.dismiss(session, event, second, "生病", actor_id=None, now=MOMENT)
    assert second.dismissed_at == MOMENT
