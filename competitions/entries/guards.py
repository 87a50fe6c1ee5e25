"""What closing the registration needs of the entries."""

from datetime import datetime

from sqlalchemy.orm import Session

from competitions.entries import queries
from competitions.events.models import Event
from competitions.events.queries import find_field_waiver
from core.refusals import Refusal


def every_entry_decided(session: Session, event: Event, now: datetime) -> list[Refusal]:
    """Ask for a decision on each entry, and for one entrant at least."""
    counts = queries.count_by_review(session, event.id)
    refusals = []
    undecided = counts["submitted"] + counts["returned"]  # a draft was never handed in
    if undecided:
        refusals.append(Refusal("ENTRIES_UNDECIDED", "entries", {"count": undecided}))
    elif not counts["approved"]:
        refusals.append(Refusal("ENTRIES_NONE", "entries"))
    return refusals


def field_is_large_enough(session: Session, event: Event, now: datetime) -> list[Refusal]:
    """Ask for the smallest field, or for its waiver in writing."""
    approved = queries.count_by_review(session, event.id)["approved"]
    if approved >= event.minimum_field or find_field_waiver(session, event) is not None:
        return []
    params = {"entries": approved, "minimum": event.minimum_field}
    return [Refusal("MIN_FIELD", "entries", params)]
