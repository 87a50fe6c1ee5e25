"""What waits for the signed-in user, shown where they start: each package adds what it knows at the start."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from accounts import policy
from accounts.guard import held_grants
from competitions.catalogue.naming import name_of
from competitions.events.models import Competition, Event
from competitions.events.search import in_scopes

MOST_EVENTS = 20  # whoever has more at once begins with these


class Waiting(NamedTuple):
    """One thing to do: what, where and until when, its page, and its chip (a kind and a word)."""

    label: str
    hint: str
    url: str
    state: str
    state_label: str


Source = Callable[[Session, datetime], Iterable[Waiting]]
_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Add a source under its name; it looks at the roles of the signed-in user itself."""
    _sources[name] = source


def list_waiting(session: Session, now: datetime) -> list[Waiting]:
    """Return what waits for the signed-in user, in the order in which the sources were registered."""
    return [one for source in _sources.values() for one in source(session, now)]


def list_events(session: Session, action: str, states: Iterable[str]) -> list[Event]:
    """Return the events in these states in which the user may do `action`, the first to begin in front."""
    scopes = policy.scopes_of(held_grants(), action)
    if not scopes:
        return []
    statement = (
        select(Event)
        .join(Event.competition)
        .options(joinedload(Event.competition).joinedload(Competition.kind))
        .where(in_scopes(scopes), Event.state.in_(tuple(states)))
        .order_by(Event.starts_on, Event.id)
    )
    return list(session.scalars(statement.limit(MOST_EVENTS)))


def where(event: Event) -> str:
    """Return the words for an event in such a line."""
    return f"{name_of(event.competition)} · {name_of(event)}"
