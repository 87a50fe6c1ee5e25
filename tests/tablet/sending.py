"""Batches as a tablet sends them."""

from typing import Any

from sqlalchemy.orm import Session

from accounts import identity, pins
from accounts.models import User
from competitions.judges.models import Appointment
from core import canonical
from scoring.sheets.models import Sheet
from tests.client import Browser

DEVICE = "tablet-1"


def owner(session: Session, sheet: Sheet) -> User:
    """Return the judge whose sheet this is."""
    return session.get_one(User, session.get_one(Appointment, sheet.appointment_id).user_id)


def save(op_id: str, sheet: str, base: int, *marks: list[Any]) -> dict[str, Any]:
    """Return an operation that saves marks: [aspect, attempt, value]."""
    return operation(op_id, sheet, base, "save", list(marks))


def sign(op_id: str, sheet: str, base: int, *marks: list[Any]) -> dict[str, Any]:
    """Return a signature over these marks, with neither PIN nor drawing."""
    signature = {"hash": canonical.digest(sorted(marks)), "strokes": [], "proof": "", "reason": ""}
    return operation(op_id, sheet, base, "sign", []) | {"signature": signature}


def with_pin(signature: dict[str, Any], pin: str, salt: str) -> dict[str, Any]:
    """Return a signature with the proof that the PIN was known, as the device makes it."""
    signed = signature["signature"]
    said = "\n".join(("jiangsai-signature/1", signature["sheet"], signed["hash"], signature["device_time"]))
    return signature | {"signature": signed | {"proof": pins.proof(pins.derive(pin, salt).key, said)}}


def operation(op_id: str, sheet: str, base: int, kind: str, marks: list[Any]) -> dict[str, Any]:
    """Return one operation."""
    return {"op_id": op_id, "sheet": sheet, "base": base, "kind": kind, "marks": marks, "device_time": ""}


def batch(user_id: int, *operations: Any) -> dict[str, Any]:
    """Return the body of a request."""
    return {"judge": identity.who(user_id), "device": DEVICE, "operations": list(operations)}


def send(browser: Browser, user_id: int, *operations: Any) -> list[dict[str, Any]]:
    """Send operations and return their verdicts."""
    answer = browser.post_json("/marking/operations", batch(user_id, *operations))
    return list(answer["verdicts"])
