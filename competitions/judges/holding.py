"""What every act on judges does: hold the event, ask for a reason, keep a record."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from competitions.events.labels import STATES
from competitions.events.models import Event
from competitions.events.services import hold
from competitions.judges.models import Appointment
from core.audit import services as audit
from core.refusals import refuse

REASON_MAXIMUM = 200


def hold_open(session: Session, event: Event, states: Collection[str]) -> None:
    """Hold the event; refuse JUDGES_CLOSED in any other state."""
    hold(session, event)
    if event.state not in states:
        raise refuse("JUDGES_CLOSED", state=STATES[event.state])


def demand_reason(written: str) -> str:
    """Return a reason as it is kept; refuse JUDGE_REASON where there is none."""
    reason = written.strip()
    if not reason:
        raise refuse("JUDGE_REASON", "reason")
    return reason[:REASON_MAXIMUM]


def record(
    session: Session,
    action: str,
    event: Event,
    appointment: Appointment,
    actor_id: int | None,
    now: datetime,
    **detail: object,
) -> None:
    """Record an act on a judge, with the code that the judge has in this event."""
    audit.record(
        session, action, actor_id=actor_id, subject=f"judge:{appointment.id}", now=now, event_id=event.id,
        detail={"code": appointment.code, **detail},
    )  # fmt: skip
