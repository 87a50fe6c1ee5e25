"""Write devices, calls, nudges and the quarantine; the ledger of marks is not touched here."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from accounts.models import UserSession
from core import canonical, clock, database
from core.audit import services as audit
from core.refusals import refuse
from scoring.devices import queries, rules
from scoring.devices.models import Call, Device, HeldOperation, Nudge
from scoring.devices.rules import Facts

REASON_LENGTH = 200


@dataclass(frozen=True)
class Contact:
    """What a device says when it comes by: who uses it, in which session, its state."""

    ref: str
    proof: str
    user_id: int
    session_id: int | None
    card_id: int | None
    browser: str
    facts: Facts
    unsent: Mapping[str, int]
    checked: bool


def proof_hash(proof: str) -> str:
    """Return what the database keeps of a device's secret."""
    return hashlib.sha256(f"device:{proof}".encode()).hexdigest()


def record_contact(session: Session, contact: Contact, now: datetime) -> Device:
    """Note that a device was here, and how it is; its first contact of a day enrols it.

    A withdrawn device stays withdrawn, and what it says of its secret is not taken over.
    Raises: Refused DEVICES_TOO_MANY.
    """
    day = now.astimezone(clock.LOCAL).date()
    device = queries.find_device(session, contact.ref, contact.user_id)
    if device is None or device.day != day:
        database.lock(session, f"devices:{contact.user_id}")
        device = queries.find_device(session, contact.ref, contact.user_id)
        device = _enrol(session, contact, device, now)
    device.last_at, device.browser = now, contact.browser
    device.facts, device.unsent = contact.facts._asdict(), dict(contact.unsent)
    device.session_id, device.card_id = contact.session_id, contact.card_id
    if device.revoked_at is None:
        device.proof_hash = proof_hash(contact.proof)
    if contact.checked:
        device.checked_at = now
    session.flush()
    return device


def _enrol(session: Session, contact: Contact, device: Device | None, now: datetime) -> Device:
    day = now.astimezone(clock.LOCAL).date()
    if device is not None and device.day == day:
        return device  # another request of the same device was first
    if queries.count_new_devices(session, contact.user_id, day) >= rules.MOST_DEVICES:
        raise refuse("DEVICES_TOO_MANY", most=rules.MOST_DEVICES)
    if device is None:
        device = Device(
            ref=contact.ref, user_id=contact.user_id, proof_hash=proof_hash(contact.proof), first_at=now,
            last_at=now, facts={}, unsent={},
        )  # fmt: skip
        session.add(device)
    device.day = day
    session.flush()
    audit.record(
        session, "device:enrol", actor_id=contact.user_id, subject=f"device:{device.id}", now=now,
        detail={"device": contact.ref, "browser": contact.browser},
    )  # fmt: skip
    return device


def revoke_device(
    session: Session, device: Device, reason: str, *, event_id: int, actor_id: int, now: datetime
) -> None:
    """Withdraw a device: its session ends, and what comes from it waits for the chief judge.

    Raises: Refused REASON_NEEDED, DEVICE_REVOKED.
    """
    if not reason.strip():
        raise refuse("REASON_NEEDED", "reason")
    if device.revoked_at is not None:
        raise refuse("DEVICE_REVOKED")
    device.revoked_at, device.revoked_by_id, device.revoke_reason = now, actor_id, reason[:REASON_LENGTH]
    opened = update(UserSession).where(UserSession.id == device.session_id, UserSession.ended_at.is_(None))
    session.execute(opened.values(ended_at=now))
    session.flush()
    audit.record(
        session, "device:revoke", actor_id=actor_id, subject=f"device:{device.id}", now=now,
        event_id=event_id, detail={"device": device.ref, "reason": device.revoke_reason},
    )  # fmt: skip


# ---------------------------------------------------------------- calls and nudges


@dataclass(frozen=True)
class Called:
    """One call as its device states it; `sheet_id` where it concerns a sheet."""

    ref: str
    event_id: int
    sheet_id: int | None
    reason: str
    device_time: str
    taken_back: bool


def record_call(session: Session, called: Called, user_id: int, now: datetime) -> Call | None:
    """Keep a call, once for its number, or that it was taken back; None where too many of a judge wait."""
    database.lock(session, f"devices:{user_id}")
    call = queries.list_calls(session, [called.ref]).get(called.ref)
    if call is None:
        if called.taken_back or queries.count_open_calls(session, user_id) >= rules.MOST_CALLS:
            return None
        call = Call(
            ref=called.ref, event_id=called.event_id, user_id=user_id, sheet_id=called.sheet_id,
            reason=called.reason, device_time=called.device_time, received_at=now, state="open",
        )  # fmt: skip
        session.add(call)
        session.flush()
        _record_call(session, "call:make", call, user_id, now)
    elif call.user_id == user_id and called.taken_back and call.state in rules.CALL_OPEN:
        call.state, call.ended_at = "taken_back", now
        _record_call(session, "call:take_back", call, user_id, now)
    return call if call.user_id == user_id else None


def answer_call(session: Session, call: Call, state: str, *, actor_id: int, now: datetime) -> None:
    """Say that somebody is on the way ("coming"), or that a call is done; saying it again changes nothing."""
    if call.state == state or call.state not in rules.CALL_OPEN:
        return _record_call(session, "call:repeat", call, actor_id, now)
    call.state, call.answered_by_id = state, actor_id
    call.answered_at = call.answered_at or now
    if state == "done":
        call.ended_at = now
    return _record_call(session, "call:answer" if state == "coming" else "call:done", call, actor_id, now)


def _record_call(session: Session, action: str, call: Call, actor_id: int, now: datetime) -> None:
    audit.record(
        session, action, actor_id=actor_id, subject=f"call:{call.id}", now=now, event_id=call.event_id,
        detail={"reason": call.reason},
    )  # fmt: skip


def nudge(
    session: Session, event_id: int, user_id: int, message: str, *, actor_id: int, now: datetime
) -> Nudge:
    """Ask a judge something by the tablet.

    Raises: Refused NUDGE_UNKNOWN.
    """
    if message not in rules.NUDGES:
        raise refuse("NUDGE_UNKNOWN", "message")
    row = Nudge(event_id=event_id, user_id=user_id, message=message, sent_at=now, sent_by_id=actor_id)
    session.add(row)
    session.flush()
    audit.record(
        session, "judge:nudge", actor_id=actor_id, subject=f"user:{user_id}", now=now, event_id=event_id,
        detail={"message": message},
    )  # fmt: skip
    return row


def note_seen(session: Session, user_id: int, nudge_ids: Iterable[int], now: datetime) -> None:
    """Keep when a judge has seen what was asked."""
    unseen = (Nudge.user_id == user_id, Nudge.id.in_(list(nudge_ids)), Nudge.seen_at.is_(None))
    session.execute(update(Nudge).where(*unseen).values(seen_at=now))


# ---------------------------------------------------------------- quarantine


@dataclass(frozen=True)
class Held:
    """One operation to be kept for the chief judge, whole as it came."""

    operation_id: str
    event_id: int
    user_id: int
    sheet_id: int
    device: str
    reason: str
    stated: Any


def hold(session: Session, held: Held, now: datetime) -> HeldOperation:
    """Put an operation into quarantine, once for its number; the caller has looked for an earlier one.

    Raises: Refused OPERATION_REUSED for its number with another content, QUARANTINE_FULL.
    """
    database.lock(session, f"quarantine:{held.user_id}")
    known = queries.list_held(session, [held.operation_id]).get(held.operation_id)
    if known is not None:
        if not is_same(known, held.user_id, held.stated):
            raise refuse("OPERATION_REUSED", held.operation_id)
        return known
    size = len(canonical.dumps(held.stated).encode())
    count, total = queries.held_already(session, held.user_id)
    if count >= rules.MOST_HELD or total + size > rules.MOST_HELD_BYTES:
        raise refuse("QUARANTINE_FULL")
    row = HeldOperation(
        operation_id=held.operation_id, event_id=held.event_id, user_id=held.user_id, state="open",
        sheet_id=held.sheet_id, device=held.device, reason=held.reason, stated=held.stated, size=size,
        received_at=now, decision="",
    )  # fmt: skip
    session.add(row)
    session.flush()
    audit.record(
        session, "quarantine:hold", actor_id=held.user_id, subject=f"held_operation:{row.id}", now=now,
        event_id=held.event_id,
        detail={"operation": held.operation_id, "reason": held.reason, "device": held.device},
    )  # fmt: skip
    return row


def is_same(known: HeldOperation, user_id: int, stated: Any) -> bool:
    """Say whether an operation is the one that is in quarantine under its number."""
    return known.user_id == user_id and canonical.dumps(known.stated) == canonical.dumps(stated)
