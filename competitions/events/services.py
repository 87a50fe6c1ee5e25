"""Write competitions and events, and take the steps of an event's life."""

from datetime import datetime

from sqlalchemy.orm import Session

from competitions.events import labels, lifecycle, queries, rules
from competitions.events.models import Approval, Event, EventStep
from core import database
from core.audit import services as audit
from core.refusals import Refusal, Refused, refuse

REASON_MAXIMUM = 500


def take_step(
    session: Session, event: Event, step: str, *, actor_id: int | None, now: datetime, reason: str = ""
) -> Event:
    """Take one step of an event's life, all of it or nothing.

    Two at once: the second waits for the first, sees the new state and is refused.
    Raises: Refused STATE_GUARD, REASON_MISSING, or everything that the guards of the step still miss.
    """
    hold(session, event)
    known = rules.STEPS[step]
    reason = reason.strip()
    _refuse_step(event, known, reason)
    missing = lifecycle.missing(session, event, step, now)
    if missing:
        raise Refused(*missing)
    before = event.state
    lifecycle.bring_about(session, event, step, actor_id, now)
    event.state = known.target
    session.add(
        EventStep(
            event_id=event.id, from_state=before, to_state=known.target, at=now, by_id=actor_id, reason=reason
        )
    )
    session.flush()
    _record_step(session, event, known, before, reason, actor_id, now)
    return event


def hold(session: Session, event: Event) -> None:
    """Keep everybody else from changing an event until this transaction ends, and read it as it is now."""
    database.lock(session, f"event:{event.id}")
    session.flush()
    session.refresh(event, with_for_update=True)


def waive_field_size(
    session: Session, event: Event, *, entries: int, reason: str, actor_id: int, now: datetime
) -> Approval:
    """Waive the smallest field in writing, for the minimum as it stands now.

    Raises: Refused REASON_MISSING, STATE_GUARD, WAIVER_UNNEEDED.
    """
    hold(session, event)
    step = rules.STEPS["close_registration"]
    _refuse_step(event, step._replace(needs_reason=True), reason.strip())
    if entries >= event.minimum_field or queries.find_field_waiver(session, event) is not None:
        raise refuse("WAIVER_UNNEEDED")
    approval = Approval(
        event_id=event.id, kind=queries.FIELD_WAIVER, by_id=actor_id, at=now, reason=reason.strip(),
        subject_hash=queries.waiver_subject(event),
    )  # fmt: skip
    session.add(approval)
    session.flush()
    audit.record(
        session, "event:waive_field_size", actor_id=actor_id, subject=f"event:{event.id}", now=now,
        event_id=event.id,
        detail={"reason": approval.reason, "minimum": event.minimum_field, "entries": entries},
    )  # fmt: skip
    return approval


def _refuse_step(event: Event, step: rules.Step, reason: str) -> None:
    refusals = []
    if event.state not in step.sources:
        names = {"step": labels.STEPS[step.name], "state": labels.STATES[event.state]}
        refusals.append(Refusal("STATE_GUARD", "", names))
    if step.needs_reason and not reason:
        refusals.append(Refusal("REASON_MISSING", "reason"))
    if len(reason) > REASON_MAXIMUM:
        refusals.append(Refusal("REASON_TOO_LONG", "reason", {"maximum": REASON_MAXIMUM}))
    if refusals:
        raise Refused(*refusals)


def _record_step(
    session: Session, event: Event, step: rules.Step, before: str, reason: str, actor_id: int | None,
    now: datetime,
) -> None:  # fmt: skip
    cancelled = step.name == "cancel"
    detail = {"from": before, "reason": reason} | ({} if cancelled else {"to": step.target})
    audit.record(
        session, "event:cancel" if cancelled else "event:step", actor_id=actor_id, now=now, detail=detail,
        subject=f"event:{event.id}", event_id=event.id,
    )  # fmt: skip
