"""The life of an event: its states and the steps between them. Pure.

Source: DESIGN.md section 5. What a step needs besides its state is asked from the guards that each package
registers (competitions.events.lifecycle).
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

STATES = ("draft", "registration", "ready", "scoring", "tabulated", "announced", "final", "archived")
CANCELLED = "cancelled"


class Step(NamedTuple):
    """One step: from which states, to which, and whether it needs a reason in writing."""

    name: str
    sources: tuple[str, ...]
    target: str
    needs_reason: bool = False


STEPS = {
    step.name: step
    for step in (
        Step("open_registration", ("draft",), "registration"),
        Step("close_registration", ("registration",), "ready"),
        Step("start_scoring", ("ready",), "scoring"),
        Step("tabulate", ("scoring",), "tabulated"),
        Step("announce", ("tabulated",), "announced"),
        Step("finalise", ("announced",), "final"),
        Step("archive", ("final",), "archived"),
        Step("reopen_draft", ("registration",), "draft", needs_reason=True),
        Step("reopen_registration", ("ready",), "registration", needs_reason=True),
        Step("reopen_scoring", ("tabulated",), "scoring", needs_reason=True),
        Step("cancel", STATES[:5], CANCELLED, needs_reason=True),
    )
}
# Taken by the announcement of a corrected result alone (scoring.results.services.correct), never by itself.
CORRECTED = Step("correct", ("final",), "announced", needs_reason=True)
FORWARD = {step.sources[0]: step for step in list(STEPS.values())[:7]}
BACK = {step.sources[0]: step for step in list(STEPS.values())[7:10]}


def next_step(state: str) -> Step | None:
    """Return the step that leads on from a state."""
    return FORWARD.get(state)


def step_back(state: str) -> Step | None:
    """Return the one step that may be taken back from a state."""
    return BACK.get(state)


def reached(state: str, other: str) -> bool:
    """Say whether an event in `state` has come at least as far as `other`."""
    return state in STATES and STATES.index(state) >= STATES.index(other)


class CompetitionValues(NamedTuple):
    """What an organiser says about a competition; bodies are (role, name) in their order on documents."""

    name: str
    year: int
    kind_id: int
    level_id: int
    union_id: int
    industry_ids: tuple[int, ...] = ()
    name_en: str = ""
    theme: str = ""
    region_id: int | None = None
    profile: str = "simple"
    starts_on: date | None = None
    ends_on: date | None = None
    bodies: tuple[tuple[str, str], ...] = ()


class EventValues(NamedTuple):
    """What an organiser says about an event."""

    name: str
    entry_kind: str
    trade_id: int | None = None
    name_en: str = ""
    group_name: str = ""
    minimum_field: int = 0
    starts_on: date | None = None
    ends_on: date | None = None
    venue: str = ""
    appeal_minutes: int = 0
    notice_days: int = 0
    signing: str = "card"
    role: str = ""


ROLE_KINDS = frozenset({"SKILL_ROLE"})  # contests for a role (班组长, 加油员) in the place of a trade
FIRST_YEAR, YEARS_AHEAD = 1949, 20  # what lies outside is a slip of the finger
ENTRY_KINDS = ("person", "team", "unit", "work")
BODY_ROLES = ("organiser", "host", "co_organiser")
CLOSED = frozenset({"final", "archived", CANCELLED})
# A field of an event, and the state from which on it stays as it is: others have relied on it by then.
FROZEN_FROM = {
    "trade_id": "registration",
    "role": "registration",
    "entry_kind": "registration",
    "group_name": "ready",
    "minimum_field": "ready",
    "name": "announced",
    "name_en": "announced",
    "appeal_minutes": "announced",
    "notice_days": "announced",
    "signing": "tabulated",
}
# Fields of a competition that stay once one of its events has left the draft.
COMPETITION_FROZEN = ("kind_id", "level_id", "union_id", "year", "profile")


def frozen_fields(state: str) -> frozenset[str]:
    """Return the fields of an event that can no longer be changed in this state."""
    if state in CLOSED:
        return frozenset(EventValues._fields)
    return frozenset(name for name, since in FROZEN_FROM.items() if reached(state, since))


def kind_faults(
    needs_trade: str, entry_kinds: Sequence[str], *, trade: bool, entry_kind: str, needs_role: bool = False,
    role: bool = False,
) -> list[tuple[str, str]]:
    """Return (field, reason) for what does not fit the kind of activity: KIND_FIELD of DOMAIN.md section 14.

    Shape: `needs_trade` is yes, no or optional; `entry_kinds` holds who may enter.
    """
    faults = []
    if needs_trade == "yes" and not trade:
        faults.append(("trade", "trade_missing"))
    if needs_trade == "no" and trade:
        faults.append(("trade", "trade_given"))
    if needs_role != role:
        faults.append(("role", "role_missing" if needs_role else "role_given"))
    if entry_kind not in entry_kinds:
        faults.append(("entry_kind", "entry_kind"))
    return faults


def days_faults(starts: date | None, ends: date | None, first: date | None, last: date | None) -> list[str]:
    """Return the codes of what is wrong with two days that should lie within two others; None is open."""
    if starts and ends and ends < starts:
        return ["DATES_ORDER"]
    given = [day for day in (starts, ends) if day]
    outside = any((first and day < first) or (last and day > last) for day in given)
    return ["DATES_OUTSIDE"] if outside else []


def appeals_end(announced_at: datetime, minutes: int) -> datetime:
    """Return the moment until which appeals can be filed."""
    return announced_at + timedelta(minutes=minutes)


def notice_ends(announced_at: datetime, days: int, zone: tzinfo) -> datetime:
    """Return the moment at which the public notice is over.

    The day of the announcement does not count: a notice of 5 days announced on Monday lasts until Saturday,
    24 o'clock in `zone`. No days: over at once.
    """
    if days == 0:
        return announced_at
    first = announced_at.astimezone(zone).date()
    return datetime.combine(first + timedelta(days=days + 1), time.min, zone)
