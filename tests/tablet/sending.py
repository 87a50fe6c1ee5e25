"""Batches as a tablet sends them."""

from typing import Any

from sqlalchemy.orm import Session

from accounts import identity
from accounts.models import User
from competitions.judges.models import Appointment
from scoring.sheets.models import Sheet
from tests.client import Browser

DEVICE = "tablet-1"


def owner(session: Session, sheet: Sheet) -> User:
    """Return the judge whose sheet this is."""
    return session.get_one(User, session.get_one(Appointment, sheet.appointment_id).user_id)


def save(op_id: str, sheet: str, base: int, *marks: list[Any]) -> dict[str, Any]:
    """Return an operation that saves marks: [aspect, attempt, value]."""
    return operation(op_id, sheet, base, "save", list(marks))


def sign(op_id: str, sheet: str, base: int) -> dict[str, Any]:
    """Return a signature."""
    return operation(op_id, sheet, base, "sign", [])


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
