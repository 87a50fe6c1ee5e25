"""What closing the registration needs of the entries."""

from datetime import datetime

from sqlalchemy.orm import Session

from competitions.eligibility.queries import quotas_of, rules_of
from competitions.eligibility.rules import DEFAULT
from competitions.entries import queries
from competitions.entries.admission import entry_breaches
from competitions.entries.labels import listed
from competitions.entries.queries import Narrowed
from competitions.events.models import Event
from competitions.events.queries import find_field_waiver
from core.refusals import Refusal

NAMED = 12  # entries named in one refusal


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


def every_entry_keeps_the_rules(session: Session, event: Event, now: datetime) -> list[Refusal]:
    """Ask once more for the rules of entry: they, and what is known of people, may have changed since.

    Not before every entry is decided; an approval asks the same.
    """
    asks = rules_of(session, event) != DEFAULT or event.entry_kind == "team" or quotas_of(session, event.id)
    if not asks or every_entry_decided(session, event, now):
        return []
    approved = queries.list_entries(session, event.id, Narrowed(review="approved"))
    numbers = sorted({found.row for found in entry_breaches(session, event, approved)})
    if not numbers:
        return []
    params = {"count": len(numbers), "numbers": listed(numbers[:NAMED])}
    return [Refusal("ENTRIES_BREAK_RULES", "entries", params)]


def field_is_large_enough(session: Session, event: Event, now: datetime) -> list[Refusal]:
    """Ask for the smallest field, or for its waiver in writing."""
    approved = queries.count_by_review(session, event.id)["approved"]
    if approved >= event.minimum_field or find_field_waiver(session, event) is not None:
        return []
    params = {"entries": approved, "minimum": event.minimum_field}
    return [Refusal("MIN_FIELD", "entries", params)]
