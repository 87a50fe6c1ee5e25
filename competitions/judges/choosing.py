"""Appoint several judges of the register at once."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from competitions.events.models import Event
from competitions.judges import services
from competitions.judges.models import Appointment
from competitions.judges.register.queries import Known
from competitions.judges.services import JudgeValues


def appoint_all(
    session: Session, event: Event, judges: Iterable[Known], *, actor_id: int, now: datetime
) -> list[Appointment]:
    """Appoint judges of the register; the own unit that stands there goes into the appointment.

    Raises: as competitions.judges.services.appoint; nobody is appointed then.
    """
    return [
        services.appoint(
            session, event, known.user, JudgeValues(unit_id=known.unit.id if known.unit else None),
            actor_id=actor_id, now=now,
        )
        for known in judges
    ]  # fmt: skip
