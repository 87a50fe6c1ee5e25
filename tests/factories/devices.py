"""Builders of tablets that have come by, of calls, and of operations in quarantine."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.events.models import Event
from competitions.judges.models import Appointment
from core import clock
from scoring.devices import services
from scoring.devices.models import Call, Device, HeldOperation
from scoring.devices.rules import Facts
from scoring.devices.services import Called, Contact, Held
from scoring.sheets.models import Sheet

READY = Facts(
    version="", secure=True, worker=True, persisted=True, installed=True, free=9000, battery=80,
    charging=False, skew=1, tasks=24, current=True,
)  # fmt: skip


def judge_of(session: Session, event: Event, code: str) -> Appointment:
    """Return the appointment with this code."""
    here = (Appointment.event_id == event.id, Appointment.code == code)
    return session.scalars(select(Appointment).where(*here)).one()


def build_device(
    session: Session, event: Event, judge: str, now: datetime, *, unsent: int = 0, **facts: Any
) -> Device:
    """Return a judge's tablet that came by at this moment."""
    contact = Contact(
        ref=clock.new_ref(), proof=clock.new_token(), user_id=judge_of(session, event, judge).user_id,
        session_id=None, card_id=None, browser="Safari · iPad", facts=READY._replace(**facts),
        unsent={str(event.id): unsent} if unsent else {}, checked=True,
    )  # fmt: skip
    return services.record_contact(session, contact, now)


def build_call(session: Session, event: Event, judge: str, now: datetime, reason: str = "rules") -> Call:
    """Return a call from the first sheet of a judge."""
    appointment = judge_of(session, event, judge)
    own = select(Sheet.id).where(Sheet.appointment_id == appointment.id).order_by(Sheet.id).limit(1)
    called = Called(clock.new_ref(), event.id, session.scalar(own), reason, now.isoformat(), taken_back=False)
    call = services.record_call(session, called, appointment.user_id, now)
    assert call is not None
    return call


def build_held(
    session: Session, event: Event, sheet: Sheet, now: datetime, marks: list[list[Any]]
) -> HeldOperation:
    """Return an operation of a sheet's judge that waits for the chief judge."""
    stated = {
        "op_id": clock.new_ref(), "sheet": sheet.ref, "base": sheet.version, "kind": "save", "marks": marks,
        "device_time": now.isoformat(),
    }  # fmt: skip
    user_id = session.get_one(Appointment, sheet.appointment_id).user_id
    held = Held(
        stated["op_id"], event.id, user_id, sheet.id, "7f3a-a-tablet", "device_revoked", stated
    )
    return services.hold(session, held, now)
