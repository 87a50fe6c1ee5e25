"""Where judges mark: the stages of an event's scheme, asked from the slice that keeps schemes.

`competitions` cannot know schemes; `scoring` registers its answer once, when the application is put together:

    places.register(fn)    # fn(session, event) -> list[Place], empty while there is no scheme in order
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from accounts.guard import Where
from competitions.events.models import Event
from competitions.events.places import event_place
from competitions.judges import queries
from core.database import db


class Place(NamedTuple):
    """One stage: its code and title, how many judges its panels need, its aspects (code, title).

    `most_judges` is how many a panel may have at most, None for no limit.
    """

    stage: str
    title: str
    needed_judges: int = 1
    aspects: tuple[tuple[str, str], ...] = ()
    most_judges: int | None = None


Source = Callable[[Session, Event], list[Place]]
_source: list[Source] = []


def register(source: Source) -> None:
    """Say who knows the places of an event; the last one who says so is asked."""
    _source[:] = [source]


def list_places(session: Session, event: Event) -> list[Place]:
    """Return the places of an event in the order of its scheme; none while it has no scheme."""
    return _source[0](session, event) if _source else []


def known_seats(session: Session, event: Event) -> dict[str, frozenset[str]]:
    """Return the codes of the aspects of each stage."""
    return {p.stage: frozenset(code for code, _title in p.aspects) for p in list_places(session, event)}


def appointment_place(event_id: int, appointment_id: int, **_others: Any) -> Where | None:
    """Return where the appointment of a judge stands: its event."""
    found = queries.find_appointment(db.session, event_id, appointment_id)
    return event_place(event_id) if found is not None else None
