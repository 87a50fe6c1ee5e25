"""What stands against keeping or publishing a notice, as refusals at their fields."""

from datetime import date

from competitions.notices import rules
from competitions.notices.rules import NoticeValues
from core import personal
from core.refusals import Refusal


def shape_refusals(values: NoticeValues) -> list[Refusal]:
    """Return what cannot even be kept as a draft."""
    found = []
    if len(values.body) > rules.BODY_MAXIMUM:
        sizes = {"maximum": rules.BODY_MAXIMUM, "length": len(values.body)}
        found.append(Refusal("NOTICE_LONG", "body", sizes))
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
    held = [state for state in states if state != rules.CANCELLED]
    if kind in rules.RESULT_KINDS and (not held or any(state not in rules.ANNOUNCED for state in held)):
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
    if kind in rules.OPEN_KINDS and (values.starts_on is None or values.ends_on is None):
        found.append(Refusal("NOTICE_PERIOD_MISSING", "starts_on"))
    if values.starts_on is not None and values.ends_on is None and kind not in rules.OPEN_KINDS:
        found.append(Refusal("NOTICE_PERIOD_OPEN", "ends_on"))
    if values.ends_on is not None and values.ends_on < today and not corrects:
        found.append(Refusal("NOTICE_PERIOD_PAST", "ends_on"))
    days = (values.ends_on - values.starts_on).days if values.starts_on and values.ends_on else 0
    if days > rules.PERIOD_MAXIMUM:
        found.append(Refusal("NOTICE_PERIOD_LONG", "ends_on", {"maximum": rules.PERIOD_MAXIMUM}))
    if values.ends_on is not None and not values.contact.strip():
        found.append(Refusal("NOTICE_CONTACT_MISSING", "contact"))
    return found
