"""At which levels entries are decided, and where each of them waits."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.eligibility.queries import rules_of, union_paths
from competitions.eligibility.rules import ORGANISER, REVIEW_LEVELS
from competitions.eligibility.rules.reviewing import Stop, stops_of
from competitions.entries import holding, rules
from competitions.entries.models import Entry
from competitions.entries.work import ProposedEntry
from competitions.events.models import Event
from competitions.events.services import hold


def stops_for(session: Session, event: Event, units: Collection[int]) -> dict[int, list[Stop]]:
    """Return the levels that decide an entry of each of some units, in their order."""
    review = rules_of(session, event).review
    if review == (ORGANISER,):
        return dict.fromkeys(units, [Stop(ORGANISER)])
    paths = union_paths(session, units)
    return {unit: stops_of(review, paths.get(unit, [])) for unit in units}


def hand_in(
    session: Session, event: Event, entries: Sequence[Entry], *, actor_id: int | None, now: datetime
) -> None:
    """Let entries wait for the decision of their first levels, whatever was decided before."""
    stops = stops_for(session, event, {entry.unit_id for entry in entries})
    for entry in entries:
        before = entry.review, entry.level, entry.level_union_id
        entry.review, entry.status_reason = "submitted", ""
        entry.level, entry.level_union_id = stops[entry.unit_id][0]
        if before != (entry.review, entry.level, entry.level_union_id):
            holding.record_history(session, entry, "submitted", "", actor_id=actor_id, now=now)
    session.flush()


def hand_in_again(
    session: Session,
    event: Event,
    changed: Sequence[ProposedEntry],
    *,
    draft: bool,
    actor_id: int | None,
    now: datetime,
) -> None:
    """Let entries that their unit has changed be decided anew; `draft`: what it holds it keeps."""
    entries = [session.get_one(Entry, entry.standing) for entry in changed]
    handed_in = [entry for entry in entries if not (draft and entry.review in rules.WITH_UNIT)]
    hand_in(session, event, handed_in, actor_id=actor_id, now=now)


def follow_rules(session: Session, event: Event) -> None:
    """Let entries stand at levels which the rules of entry still name, and at the unions of now.

    Also those that have ended: whoever decides them again is the union that stands above the unit now. Who
    decided before is kept in their history.
    """
    stands = select(Entry).where(Entry.event_id == event.id, Entry.review != "draft")
    entries = list(session.scalars(stands))
    stops = stops_for(session, event, {entry.unit_id for entry in entries})
    for entry in entries:
        entry.level, entry.level_union_id = _nearest(stops[entry.unit_id], entry.level)
    session.flush()


def follow_unions(session: Session) -> Callable[[], None]:
    """Hold the events with entries at levels of unions; return what lets those stand at the unions of now.

    Held before the tree is: whoever enters people holds the two in that order, too.
    """
    at_unions = select(Entry.event_id).where(Entry.review != "draft", Entry.level != ORGANISER)
    found = select(Event).where(Event.id.in_(at_unions), Event.state == rules.OPEN).order_by(Event.id)
    events = list(session.scalars(found))
    for event in events:
        hold(session, event)

    def follow() -> None:
        for event in events:
            follow_rules(session, event)

    return follow


def _nearest(stops: list[Stop], level: str) -> Stop:
    """Return the level itself or the first one after it: what lower levels decided stays decided."""
    place = REVIEW_LEVELS.index(level)
    return next(stop for stop in stops if REVIEW_LEVELS.index(stop.level) >= place)
