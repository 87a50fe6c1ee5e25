"""Read what a device says of itself: strictly, every field named, nothing more."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core import canonical
from core.refusals import refuse
from scoring.devices.rules import CALL_REASONS, Facts
from scoring.tablet.forms import LONGEST_VALUE, MOST_OPERATIONS, REFERENCE

CONTACT_FIELDS = frozenset({"judge", "device", "proof", "facts", "unsent", "calls", "seen", "checked"})
HANDOVER_FIELDS = frozenset({"judge", "device", "proof", "operations"})
CALL_FIELDS = frozenset({"id", "event", "sheet", "reason", "at", "taken_back"})
DEVICE = re.compile(r"[0-9A-Za-z-]{8,40}")
PROOF = re.compile(r"[0-9A-Za-z-]{32,128}")
CALL_ID = re.compile(r"[0-9A-Za-z-]{8,64}")
NUMBER = re.compile(r"[1-9][0-9]{0,9}")
VERSION = re.compile(r"[0-9a-f]{0,16}")
MOST_CALLS, MOST_EVENTS, MOST_SEEN = 20, 200, 20
MOST = 2**31 - 1


@dataclass(frozen=True)
class CallForm:
    """One call as a device states it."""

    ref: str
    event_id: int
    sheet: str
    reason: str
    at: str
    taken_back: bool


@dataclass(frozen=True)
class ContactForm:
    """A device's state, what waits there by event, its calls, the nudges that were seen."""

    judge: str
    device: str
    proof: str
    facts: Facts
    unsent: Mapping[str, int]
    calls: Sequence[CallForm]
    seen: Sequence[int]
    checked: bool


@dataclass(frozen=True)
class Handover:
    """What a device that may not sign in any more hands in."""

    judge: str
    device: str
    proof: str
    operations: Sequence[Any]


def read_contact(text: str) -> ContactForm:
    """Return what a device says.

    Raises: Refused REQUEST_FORM for anything else.
    """
    said = _document(text, CONTACT_FIELDS)
    calls, seen, unsent = said["calls"], said["seen"], said["unsent"]
    _demand(isinstance(calls, list) and len(calls) <= MOST_CALLS)
    _demand(isinstance(seen, list) and len(seen) <= MOST_SEEN and all(_is_count(row) for row in seen))
    _demand(isinstance(unsent, dict) and len(unsent) <= MOST_EVENTS and type(said["checked"]) is bool)
    _demand(all(NUMBER.fullmatch(event) and _is_count(count) for event, count in unsent.items()))
    return ContactForm(
        *_sender(said), facts=_facts(said["facts"]), unsent={e: n for e, n in unsent.items() if n},
        calls=[_call(row) for row in calls], seen=seen, checked=said["checked"],
    )  # fmt: skip


def read_handover(text: str) -> Handover:
    """Return what a device hands in.

    Raises: Refused REQUEST_FORM for anything else.
    """
    said = _document(text, HANDOVER_FIELDS)
    operations = said["operations"]
    _demand(isinstance(operations, list) and len(operations) <= MOST_OPERATIONS)
    return Handover(*_sender(said), operations=operations)


def _document(text: str, fields: frozenset[str]) -> dict[str, Any]:
    try:
        document = canonical.loads(text)
    except (ValueError, RecursionError) as fault:
        raise refuse("REQUEST_FORM") from fault
    _demand(isinstance(document, dict) and set(document) == fields)
    return dict(document)


def _sender(said: Mapping[str, Any]) -> tuple[str, str, str]:
    judge = said["judge"]
    _demand(isinstance(judge, str) and len(judge) <= LONGEST_VALUE)
    return judge, _matched(DEVICE, said["device"]), _matched(PROOF, said["proof"])


def _call(row: Any) -> CallForm:
    _demand(isinstance(row, dict) and set(row) == CALL_FIELDS)
    sheet = row["sheet"]
    _demand(sheet == "" or (isinstance(sheet, str) and REFERENCE.fullmatch(sheet) is not None))
    _demand(row["reason"] in CALL_REASONS and _is_count(row["event"]) and type(row["taken_back"]) is bool)
    _demand(isinstance(row["at"], str) and len(row["at"]) <= LONGEST_VALUE and row["at"].isprintable())
    ref = _matched(CALL_ID, row["id"])
    return CallForm(ref, row["event"], sheet, row["reason"], row["at"], row["taken_back"])


def _is_flag(value: object) -> bool:
    return type(value) is bool


def _is_maybe(value: object) -> bool:
    return value is None or type(value) is bool


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value <= MOST


def _is_share(value: object) -> bool:
    return value is None or (type(value) is int and 0 <= value <= 100)


def _is_space(value: object) -> bool:
    return value is None or _is_count(value)


def _is_seconds(value: object) -> bool:
    return value is None or (type(value) is int and abs(value) <= MOST)


def _is_version(value: object) -> bool:
    return isinstance(value, str) and VERSION.fullmatch(value) is not None


FACTS: Mapping[str, Callable[[object], bool]] = {
    "version": _is_version, "secure": _is_flag, "worker": _is_flag, "persisted": _is_maybe,
    "installed": _is_flag, "free": _is_space, "battery": _is_share, "charging": _is_maybe,
    "skew": _is_seconds, "tasks": _is_count,
}  # fmt: skip


def _facts(stated: Any) -> Facts:
    _demand(isinstance(stated, dict) and set(stated) == set(FACTS))
    _demand(all(fits(stated[name]) for name, fits in FACTS.items()))
    return Facts(**stated)


def _matched(form: re.Pattern[str], value: object) -> str:
    if not isinstance(value, str) or form.fullmatch(value) is None:
        raise refuse("REQUEST_FORM")
    return value


def _demand(fits: bool) -> None:
    if not fits:
        raise refuse("REQUEST_FORM")
