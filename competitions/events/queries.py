"""Read competitions and events."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from accounts.models import User
from accounts.policy import SITE, ScopePath
from competitions.catalogue.naming import name_of
from competitions.events.models import Approval, Competition, Event, EventStep
from competitions.events.rules import reached
from competitions.organisations.queries import list_ancestor_ids
from core import canonical, database
from core.audit.models import AuditRecord
from core.database import asked_once

FIELD_WAIVER = "field_size_waiver"


@asked_once
def find_event(session: Session, event_id: int) -> Event | None:
    """Return the event with this number, with what every page asks: its competition, the kind of activity."""
    kind = joinedload(Event.competition, innerjoin=True).joinedload(Competition.kind, innerjoin=True)
    return session.get(Event, event_id, options=[kind])


def find_competition(session: Session, competition_id: int) -> Competition | None:
    """Return the competition with this number."""
    return session.get(Competition, competition_id)


def competition_path(session: Session, competition: Competition) -> ScopePath:
    """Return the scope path of a competition: itself, its union and all unions above, the site."""
    unions = tuple(("union", number) for number in list_ancestor_ids(session, competition.union_id))
    return (("competition", competition.id), *unions, SITE)


def event_path(session: Session, event: Event) -> ScopePath:
    """Return the scope path of an event."""

    def read() -> ScopePath:
        return (("event", event.id), *competition_path(session, event.competition))

    return database.kept(session, ("path", event.id), read)


def get_event(session: Session, event_id: int) -> Event:
    """Return the event with this number, which the guard of the view has already seen."""
    return session.get_one(Event, event_id)


def get_competition(session: Session, competition_id: int) -> Competition:
    """Return the competition with this number, which the guard of the view has already seen."""
    return session.get_one(Competition, competition_id)


def list_events_of(session: Session, competition_id: int) -> list[Event]:
    """Return the events of a competition in the order in which they were made."""
    statement = select(Event).where(Event.competition_id == competition_id).order_by(Event.id)
    return list(session.scalars(statement.options(joinedload(Event.trade))))


def first_beyond_draft(competition: Competition) -> Event | None:
    """Return an event of the competition that has left the draft and is not cancelled."""
    return next((event for event in competition.events if reached(event.state, "registration")), None)


def list_steps(session: Session, event_id: int) -> list[tuple[EventStep, str]]:
    """Return the steps of an event and who took them, the last one first."""
    rows = session.execute(
        select(EventStep, User.name)
        .join(User, User.id == EventStep.by_id, isouter=True)
        .where(EventStep.event_id == event_id)
        .order_by(EventStep.id.desc())
    )
    return [(step, name or "—") for step, name in rows]


def find_last_change(session: Session, subject: str) -> tuple[str, datetime] | None:
    """Return who changed a thing last, and when."""
    row = session.execute(
        select(User.name, AuditRecord.at)
        .join(User, User.id == AuditRecord.actor_id)
        .where(AuditRecord.subject == subject)
        .order_by(AuditRecord.id.desc())
        .limit(1)
    ).first()
    return None if row is None else (row.name, row.at)


def search_competition_scopes(session: Session, text: str) -> list[tuple[int, str]]:
    """Return competitions for which a role can be given, by a part of their name."""
    found = Competition.name.icontains(text.strip(), autoescape=True)
    rows = session.scalars(select(Competition).where(found).order_by(Competition.id.desc()).limit(30))
    return [(row.id, name_of(row)) for row in rows]


def search_event_scopes(session: Session, text: str) -> list[tuple[int, str]]:
    """Return events for which a role can be given, by a part of their name or their competition's."""
    words = [
        or_(Event.name.icontains(word, autoescape=True), Competition.name.icontains(word, autoescape=True))
        for word in text.split()
    ]
    statement = _with_competition().where(*words).order_by(Event.id.desc()).limit(30)
    return [(event.id, _full_name(event)) for event in session.scalars(statement)]


def list_competition_names(session: Session, ids: Collection[int]) -> dict[int, str]:
    """Return the names of these competitions."""
    rows = session.scalars(select(Competition).where(Competition.id.in_(ids)))
    return {row.id: name_of(row) for row in rows}


def list_event_names(session: Session, ids: Collection[int]) -> dict[int, str]:
    """Return the names of these events, each after its competition's."""
    events = session.scalars(_with_competition().where(Event.id.in_(ids)))
    return {event.id: _full_name(event) for event in events}


def _with_competition() -> Select[Event]:
    return select(Event).join(Event.competition).options(contains_eager(Event.competition))


def _full_name(event: Event) -> str:
    return f"{name_of(event.competition)} · {name_of(event)}"


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
