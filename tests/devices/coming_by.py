"""A judge's device that comes by, hands in, calls: what the judge's app sends, as plain values."""

from typing import Any

from accounts import identity
from tests.client import Browser

REF, PROOF = "7f3a0000-0000-4000-8000-000000000001", "5" * 64
FACTS: dict[str, Any] = {
    "version": "0123456789abcdef", "secure": True, "worker": True, "persisted": True, "installed": False,
    "free": 900, "battery": 80, "charging": False, "skew": 2, "tasks": 3,
}  # fmt: skip


def said(user_id: int, **changes: Any) -> dict[str, Any]:
    """Return the body of a contact."""
    facts = FACTS | changes.pop("facts", {})
    return {
        "judge": identity.who(user_id), "device": REF, "proof": PROOF, "facts": facts, "unsent": {},
        "calls": [], "seen": [], "checked": False, **changes,
    }  # fmt: skip


def come_by(browser: Browser, user_id: int, status: int = 200, **changes: Any) -> Any:
    """Let a device come by and return what it is told."""
    return browser.post_json("/marking/contact", said(user_id, **changes), status)


def hand_in(browser: Browser, user_id: int, *operations: Any, status: int = 200, proof: str = PROOF) -> Any:
    """Hand in operations at the quarantine's door."""
    body = {"judge": identity.who(user_id), "device": REF, "proof": proof, "operations": list(operations)}
    return browser.post_json("/marking/quarantine", body, status)


def call(ref: str, event_id: int, sheet: str = "", reason: str = "rules", **changes: Any) -> dict[str, Any]:
    """Return one call for the chief judge."""
    return {
        "id": ref, "event": event_id, "sheet": sheet, "reason": reason, "at": "2026-11-23T02:31:00Z",
        "taken_back": False, **changes,
    }  # fmt: skip
