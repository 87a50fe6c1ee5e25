"""What is known of a tablet, how long it counts as there, and how much waits at most. Pure.

Source: UX.md 8.1 (J0) and 8.2 (O5), SECURITY.md T15.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

ONLINE_FOR = timedelta(seconds=100)  # three rounds of static/js/tablet/sender.js and a little patience
LOW_BATTERY = 20
CLOCK_SLIP = 60  # seconds
# What one judge can bring in at most: far more than any contest needs, and no flood.
MOST_DEVICES = 20  # new ones in a day
MOST_CALLS = 12  # open ones
MOST_HELD = 1000
MOST_HELD_BYTES = 2_000_000

# What a judge reports of an entry, with the status for scoring that it comes to: the chief judge records it.
REPORTS = {"absent": "absent", "gave_up": "absent", "stopped": "dnf", "breach": "dsq"}
CALL_REASONS = ("safety", "equipment", "rules", "entrant", "other", *REPORTS)
NUDGES = ("connect", "finish", "desk")
CALL_OPEN = frozenset({"open", "coming"})
# Why an operation waits for the chief judge; the first that holds is told.
DEVICE_REVOKED, APPOINTMENT_ENDED, CARD_REVOKED = "device_revoked", "appointment_ended", "card_revoked"


class Facts(NamedTuple):
    """What a device says of itself; None where its browser does not tell."""

    version: str = ""
    secure: bool = False
    worker: bool = False
    persisted: bool | None = None
    installed: bool = False
    free: int | None = None  # MB
    battery: int | None = None  # per cent
    charging: bool | None = None
    skew: int | None = None  # seconds that its clock is ahead
    tasks: int = 0
    current: bool = True  # the version is the server's; this server says it


def facts_of(stored: Mapping[str, Any]) -> Facts:
    """Return stored facts; what an older row does not have is not known."""
    return Facts(**{name: stored[name] for name in Facts._fields if name in stored})


def is_online(last: datetime, now: datetime) -> bool:
    """Say whether a device counts as there."""
    return now - last <= ONLINE_FOR


def short_name(ref: str) -> str:
    """Return by what people tell devices apart: four characters of the device's own number."""
    letters = [character for character in ref.upper() if character.isalnum()]
    return "".join(letters[:4])


def step_of_ten(battery: int | None) -> int | None:
    """Return a charge to the ten below, so that a board is not drawn anew for each per cent."""
    return None if battery is None else battery // 10 * 10
