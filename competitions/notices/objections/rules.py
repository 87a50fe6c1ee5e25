"""What an objection needs. Pure.

Source: UX.md O8 and P1; DOMAIN.md section 7 (公示 in practice: in writing, under one's own name, within the
period, to the named office).
"""

from datetime import timedelta
from typing import NamedTuple

DECISIONS = ("upheld", "dismissed")
NAME_MAXIMUM, UNIT_MAXIMUM, CONTACT_MAXIMUM = 80, 120, 120
REASON_LEAST, REASON_MAXIMUM, ANSWER_MAXIMUM = 10, 3000, 2000
# So many from one address: a works office behind one connection can object, a script cannot flood.
MOST, WINDOW = 10, timedelta(hours=1)


class Said(NamedTuple):
    """Who objects, how to reach them, and why."""

    name: str
    unit: str
    contact: str
    reason: str
