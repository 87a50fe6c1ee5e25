"""Read devices, calls, nudges and what waits for the chief judge."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Text, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from accounts.models import JudgeCard
from competitions.judges.models import Appointment
from core.database import asked_once
from scoring.devices.models import Call, ClosingWaiver, Device, HeldOperation, Nudge
from scoring.devices.rules import CALL_OPEN


def find_device(session: Session, ref: str, user_id: int) -> Device | None:
    """Return a device as this judge uses it."""
    return session.scalar(select(Device).where(Device.ref == ref, Device.user_id == user_id))


def list_proven(session: Session, ref: str, proof_hash: str) -> Sequence[Device]:
    """Return the rows of a device whose secret has this digest: one for each judge who has used it."""
    rows = select(Device).where(Device.ref == ref, Device.proof_hash == proof_hash).order_by(Device.id)
    return session.scalars(rows).all()


def count_new_devices(session: Session, user_id: int, day: date) -> int:
    """Return how many devices a judge has used on a day."""
    return session.scalar(select(func.count()).where(Device.user_id == user_id, Device.day == day)) or 0


def is_card_revoked(session: Session, card_id: int | None) -> bool:
    """Say whether the card with which a device was opened opens nothing any more."""
    if card_id is None:
        return False
    return session.scalar(select(JudgeCard.revoked_at).where(JudgeCard.id == card_id)) is not None


def holds(event_id: int) -> ColumnElement[bool]:
    """Return the condition that a device holds something of an event."""
    return type_coerce(Device.unsent, Text).contains(f'"{event_id}":', autoescape=True)


@asked_once
def list_devices(session: Session, event_id: int, day: date) -> Sequence[Device]:
    """Return the devices of an event's judges that were in use on this day or hold something of the event.

    Those of a judge whose appointment was ended belong to it: what is on them is still of this event.
    """
    judges = select(Appointment.user_id).where(Appointment.event_id == event_id)
    return session.scalars(
        select(Device)
        .where(Device.user_id.in_(judges), or_(Device.day == day, holds(event_id)))
        .order_by(Device.user_id, Device.last_at.desc(), Device.id)
    ).all()


def get_device(session: Session, event_id: int, device_id: int) -> Device | None:
    """Return a device of one of this event's judges by its number."""
    judges = select(Appointment.user_id).where(Appointment.event_id == event_id)
    return session.scalar(select(Device).where(Device.id == device_id, Device.user_id.in_(judges)))


@asked_once
def judge_codes(session: Session, event_id: int) -> dict[int, str]:
    """Return the codes of an event's judges by user, also of those whose appointment was ended."""
    rows = select(Appointment.user_id, Appointment.code).where(Appointment.event_id == event_id)
    return {row.user_id: row.code for row in session.execute(rows)}


# ---------------------------------------------------------------- calls and nudges


def list_calls(session: Session, refs: Collection[str]) -> dict[str, Call]:
    """Return calls by the number that their device gave them."""
    if not refs:
        return {}
    return {call.ref: call for call in session.scalars(select(Call).where(Call.ref.in_(refs)))}


def count_open_calls(session: Session, user_id: int) -> int:
    """Return how many calls of a judge wait."""
    waiting = select(func.count()).where(Call.user_id == user_id, Call.state.in_(CALL_OPEN))
    return session.scalar(waiting) or 0


@asked_once
def list_open_calls(session: Session, event_id: int) -> Sequence[Call]:
    """Return the calls of an event that wait, the oldest first."""
    waiting = select(Call).where(Call.event_id == event_id, Call.state.in_(CALL_OPEN))
    return session.scalars(waiting.order_by(Call.id)).all()


def find_call(session: Session, event_id: int, call_id: int) -> Call | None:
    """Return a call of an event."""
    return session.scalar(select(Call).where(Call.id == call_id, Call.event_id == event_id))


def list_waiting_nudges(session: Session, user_id: int) -> Sequence[Nudge]:
    """Return what a judge has been asked and not seen, the newest first."""
    waiting = select(Nudge).where(Nudge.user_id == user_id, Nudge.seen_at.is_(None))
    return session.scalars(waiting.order_by(Nudge.id.desc())).all()


@asked_once
def list_nudged(session: Session, event_id: int) -> dict[int, Nudge]:
    """Return the newest nudge of each judge of an event who has one, by user."""
    newest = select(func.max(Nudge.id)).where(Nudge.event_id == event_id).group_by(Nudge.user_id)
    rows = session.scalars(select(Nudge).where(Nudge.id.in_(newest)))
    return {row.user_id: row for row in rows}


# ---------------------------------------------------------------- quarantine


def list_held(session: Session, operation_ids: Collection[str]) -> dict[str, HeldOperation]:
    """Return what is in quarantine, or was, by the number of the operation."""
    rows = session.scalars(select(HeldOperation).where(HeldOperation.operation_id.in_(operation_ids)))
    return {row.operation_id: row for row in rows}


def held_already(session: Session, user_id: int) -> tuple[int, int]:
    """Return how many operations of a judge wait for a decision, and their bytes."""
    waiting = select(func.count(), func.coalesce(func.sum(HeldOperation.size), 0))
    row = session.execute(
        waiting.where(HeldOperation.user_id == user_id, HeldOperation.state == "open")
    ).one()
    return row[0], row[1]


def list_open_held(session: Session, event_id: int) -> Sequence[HeldOperation]:
    """Return what waits for the chief judge of an event, in the order in which it came."""
    waiting = select(HeldOperation).where(HeldOperation.event_id == event_id, HeldOperation.state == "open")
    return session.scalars(waiting.order_by(HeldOperation.id)).all()


def list_decided_held(session: Session, event_id: int, most: int) -> Sequence[HeldOperation]:
    """Return what the chief judge has decided, the newest first."""
    decided = select(HeldOperation).where(HeldOperation.event_id == event_id, HeldOperation.state != "open")
    newest = decided.order_by(HeldOperation.decided_at.desc(), HeldOperation.id).limit(most)
    return session.scalars(newest).all()


@asked_once
def list_open_held_ids(session: Session, event_id: int) -> list[int]:
    """Return the numbers of what waits for the chief judge of an event."""
    waiting = select(HeldOperation.id).where(
        HeldOperation.event_id == event_id, HeldOperation.state == "open"
    )
    return list(session.scalars(waiting.order_by(HeldOperation.id)))


@asked_once
def is_anything_open(session: Session, event_id: int) -> bool:
    """Say in one statement whether tablets hold something, an operation waits, or a judge has called."""
    judges = select(Appointment.user_id).where(Appointment.event_id == event_id)
    parts = (
        select(Device.id).where(Device.user_id.in_(judges), holds(event_id)),
        select(HeldOperation.id).where(HeldOperation.event_id == event_id, HeldOperation.state == "open"),
        select(Call.id).where(Call.event_id == event_id, Call.state.in_(CALL_OPEN)),
    )
    return bool(session.scalar(select(or_(*(part.exists() for part in parts)))))


@asked_once
def find_waiver(session: Session, event_id: int) -> ClosingWaiver | None:
    """Return the newest decision to close a round although something is open."""
    rows = select(ClosingWaiver).where(ClosingWaiver.event_id == event_id)
    return session.scalar(rows.order_by(ClosingWaiver.id.desc()).limit(1))
