"""Read competitions and events."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.policy import SITE, ScopePath
from competitions.events.models import Approval, Competition, Event
from competitions.organisations.queries import list_ancestor_ids
from core import canonical

FIELD_WAIVER = "field_size_waiver"


def find_event(session: Session, event_id: int) -> Event | None:
    """Return the event with this number."""
    return session.get(Event, event_id)


def find_competition(session: Session, competition_id: int) -> Competition | None:
    """Return the competition with this number."""
    return session.get(Competition, competition_id)


def competition_path(session: Session, competition: Competition) -> ScopePath:
    """Return the scope path of a competition: itself, its union and all unions above, the site."""
    unions = tuple(("union", number) for number in list_ancestor_ids(session, competition.union_id))
    return (("competition", competition.id), *unions, SITE)


def event_path(session: Session, event: Event) -> ScopePath:
    """Return the scope path of an event."""
    return (("event", event.id), *competition_path(session, event.competition))


def list_events_of(session: Session, competition_id: int) -> list[Event]:
    """Return the events of a competition in the order in which they were made."""
    statement = select(Event).where(Event.competition_id == competition_id).order_by(Event.id)
    return list(session.scalars(statement))


def waiver_subject(event: Event) -> str:
    """Return the hash of what a waiver of the smallest field is about; another minimum needs another one."""
    return canonical.digest({"event": event.id, "minimum_field": event.minimum_field})


def find_field_waiver(session: Session, event: Event) -> Approval | None:
    """Return the written waiver of the event's smallest field, as it stands now."""
    return session.scalar(
        select(Approval).where(
            Approval.event_id == event.id,
            Approval.kind == FIELD_WAIVER,
            Approval.subject_hash == waiver_subject(event),
        )
    )
