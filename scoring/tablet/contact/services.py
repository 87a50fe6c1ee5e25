"""Take in what a device says, and tell it what it needs to know."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts import identity, policy
from accounts.models import User, UserSession
from accounts.queries import list_held_grants
from competitions.judges.models import Appointment
from scoring.devices import queries, rules, services
from scoring.devices.models import Device, Nudge
from scoring.devices.services import Called, Contact
from scoring.sheets.models import Sheet
from scoring.tablet import assets
from scoring.tablet.contact.forms import CallForm, ContactForm, Handover
from scoring.tablet.signing import Connection
from scoring.tablet.taking import Sender


def take_contact(
    session: Session, form: ContactForm, user_id: int, session_id: int, browser: str, now: datetime
) -> dict[str, Any]:
    """Note a device's state, keep its calls, and return what it is told: short name, calls, nudges.

    Raises: Refused DEVICES_TOO_MANY.
    """
    card_id = session.get_one(UserSession, session_id).card_id
    facts = form.facts._replace(current=form.facts.version == assets.version())
    contact = Contact(
        ref=form.device, proof=form.proof, user_id=user_id, session_id=session_id, card_id=card_id,
        browser=browser, facts=facts, unsent=form.unsent, checked=form.checked,
    )  # fmt: skip
    device = services.record_contact(session, contact, now)
    if form.seen:
        services.note_seen(session, user_id, form.seen, now)
    calls = [_call(session, call, user_id, now) for call in form.calls]
    return {
        "device": rules.short_name(device.ref),
        "revoked": device.revoked_at is not None,
        "calls": [call for call in calls if call is not None],
        "nudges": [_nudge(row) for row in queries.list_waiting_nudges(session, user_id)],
    }


def _nudge(row: Nudge) -> dict[str, Any]:
    return {"id": row.id, "event": row.event_id, "message": row.message, "at": row.sent_at.isoformat()}


def _call(session: Session, stated: CallForm, user_id: int, now: datetime) -> dict[str, str] | None:
    """Keep a call of an event that this judge works in; what cannot be kept is told as done with."""
    sheet_id = _own_sheet(session, stated, user_id) if _works_in(session, stated.event_id, user_id) else 0
    if sheet_id == 0:
        return {"id": stated.ref, "state": "refused"}
    called = Called(stated.ref, stated.event_id, sheet_id, stated.reason, stated.at, stated.taken_back)
    call = services.record_call(session, called, user_id, now)
    return {"id": stated.ref, "state": call.state if call is not None else "refused"}


def _works_in(session: Session, event_id: int, user_id: int) -> bool:
    here = (Appointment.event_id == event_id, Appointment.user_id == user_id)
    return session.scalar(select(Appointment.id).where(*here, Appointment.dismissed_at.is_(None))) is not None


def _own_sheet(session: Session, stated: CallForm, user_id: int) -> int | None:
    """Return the number of the sheet that a call names, None where it names none, 0 for nobody's own."""
    if not stated.sheet:
        return None
    own = (
        select(Sheet.id)
        .join(Appointment, Appointment.id == Sheet.appointment_id)
        .where(Sheet.ref == stated.sheet, Sheet.event_id == stated.event_id, Appointment.user_id == user_id)
    )
    return session.scalar(own) or 0


# ---------------------------------------------------------------- the door of a withdrawn device


def find_withdrawn(session: Session, handover: Handover, *, can_check: bool) -> Sender | None:
    """Return as whom a device may hand in what it holds, known by the device's own secret alone.

    None for an unknown one, and for one whose judge can simply sign in again.
    """
    proven = queries.list_proven(session, handover.device, services.proof_hash(handover.proof))
    device = next((row for row in proven if identity.who(row.user_id) == handover.judge), None)
    if device is None:
        return None
    user = session.get_one(User, device.user_id)
    grants = list_held_grants(session, user.id) if user.disabled_at is None else []
    why = _withdrawn(session, device, marks=policy.allows_somewhere(grants, "sheet.mark"))
    connection = Connection(device.card_id is not None, can_check)
    return Sender(user.id, tuple(grants), user.id, connection, why) if why else None


def _withdrawn(session: Session, device: Device, *, marks: bool) -> str:
    if device.revoked_at is not None:
        return rules.DEVICE_REVOKED
    if not marks:
        return rules.APPOINTMENT_ENDED
    return rules.CARD_REVOKED if queries.is_card_revoked(session, device.card_id) else ""
