"""When a notice may be published, and how its period of objections stands. Pure.

Source: UX.md O8 and P1; DOMAIN.md section 7 (公示 before honours, five working days if nothing else is said).
"""

from datetime import date, timedelta
from typing import NamedTuple

from core import personal
from core.refusals import Refusal

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


def shape_refusals(values: NoticeValues) -> list[Refusal]:
    """Return what cannot even be kept as a draft."""
    found = []
    if len(values.body) > BODY_MAXIMUM:
        found.append(Refusal("NOTICE_LONG", "body", {"maximum": BODY_MAXIMUM, "length": len(values.body)}))
    if values.starts_on and values.ends_on and values.ends_on < values.starts_on:
        found.append(Refusal("NOTICE_PERIOD_REVERSED", "ends_on"))
    return found


def publish_refusals(
    kind: str, values: NoticeValues, states: list[str], file_names: list[str], today: date, *, corrects: bool
) -> list[Refusal]:
    """Return everything that stands against publishing a draft.

    Shape: `states` are those of the events that it tells of; `corrects`: everybody has read a version of it.
    """
    found = shape_refusals(values) + personal_refusals(values, file_names)
    if not values.body.strip():
        found.append(Refusal("NOTICE_EMPTY", "body"))
    if corrects and not values.correction.strip():
        found.append(Refusal("NOTICE_CORRECTION_MISSING", "correction"))
    held = [state for state in states if state != CANCELLED]
    if kind in RESULT_KINDS and (not held or any(state not in ANNOUNCED for state in held)):
        found.append(Refusal("NOTICE_NOT_ANNOUNCED", "kind"))
    return found + _period_refusals(kind, values, today, corrects)


def personal_refusals(values: NoticeValues, file_names: list[str]) -> list[Refusal]:
    """Return a refusal for each field with the number of a person; a contact may be reached by phone."""
    texts = {"title": values.title, "body": values.body, "correction": values.correction}
    texts["files"] = "\n".join(file_names)
    found = [(field, personal.numbers_in(text)) for field, text in texts.items()]
    found.append(("contact", personal.numbers_in(values.contact, phones=False)))
    return [
        Refusal("NOTICE_PERSONAL", field, {"shown": ", ".join(number.shown for number in numbers[:5])})
        for field, numbers in found
        if numbers
    ]


def _period_refusals(kind: str, values: NoticeValues, today: date, corrects: bool) -> list[Refusal]:
    found = []
    if kind in OPEN_KINDS and (values.starts_on is None or values.ends_on is None):
        found.append(Refusal("NOTICE_PERIOD_MISSING", "starts_on"))
    if values.starts_on is not None and values.ends_on is None and kind not in OPEN_KINDS:
        found.append(Refusal("NOTICE_PERIOD_OPEN", "ends_on"))
    if values.ends_on is not None and values.ends_on < today and not corrects:
        found.append(Refusal("NOTICE_PERIOD_PAST", "ends_on"))
    if values.starts_on and values.ends_on and (values.ends_on - values.starts_on).days > PERIOD_MAXIMUM:
        found.append(Refusal("NOTICE_PERIOD_LONG", "ends_on", {"maximum": PERIOD_MAXIMUM}))
    if values.ends_on is not None and not values.contact.strip():
        found.append(Refusal("NOTICE_CONTACT_MISSING", "contact"))
    return found
