"""When a notice may be published, and how its period of objections stands. Pure.

Source: UX.md O8 and P1; DOMAIN.md section 7 (公示 before honours, five working days if nothing else is said).
"""

from datetime import date, timedelta
from typing import NamedTuple

KINDS = ("call", "entrants", "result", "award", "correction", "other")
STATES = ("draft", "published", "withdrawn")
# Kinds that stand open for objections: they need a period and somebody to object to.
OPEN_KINDS = frozenset({"entrants", "award"})
# Kinds that tell results, which must have been announced before.
RESULT_KINDS = frozenset({"result", "award"})
ANNOUNCED = frozenset({"announced", "final", "archived"})
CANCELLED = "cancelled"
BODY_MAXIMUM = 100_000
PERIOD_MAXIMUM = 365
WORKING_DAYS = 5
FILES_MAXIMUM = 20


class NoticeValues(NamedTuple):
    """What a notice says."""

    title: str
    body: str
    starts_on: date | None
    ends_on: date | None
    contact: str
    correction: str


class Standing(NamedTuple):
    """How a period stands on a day: "before", "running" or "over", and how many days are left in it.

    Before: until it begins. Running: after today, so that 0 is the last day.
    """

    state: str
    days: int


def standing(starts: date | None, ends: date | None, today: date) -> Standing | None:
    """Return how a period stands; None for a notice without one."""
    if ends is None:
        return None
    if starts is not None and today < starts:
        return Standing("before", (starts - today).days)
    return Standing("over", 0) if today > ends else Standing("running", (ends - today).days)


def usual_end(start: date) -> date:
    """Return the last of five working days after a day; holidays are not known here."""
    end, left = start, WORKING_DAYS
    while left:
        end += timedelta(days=1)
        left -= end.weekday() < 5
    return end
