"""Where a request about documents happens, and which documents somebody may see."""

from collections.abc import Iterable
from typing import Any

from accounts.guard import Where, held_grants, may
from accounts.policy import ScopePath
from competitions.documents import queries
from competitions.documents.models import CompetitionDocument
from competitions.events.models import Event
from competitions.events.places import competition_place
from competitions.events.queries import competition_path, event_path, find_competition
from core.database import db

BEFORE_REGISTRATION = "draft"


def documents_place(competition_id: int, **_others: Any) -> Where | None:
    """Return where the documents of a competition stand.

    A role for one of its events is enough to open the list, which then shows what belongs to that event; so
    is registering for a unit, from the opening of a registration on.
    """
    competition = find_competition(db.session, competition_id)
    if competition is None:
        return None
    events = tuple(("event", event.id) for event in competition.events)
    return Where((*events, *_units(competition.events), *competition_path(db.session, competition)))


def document_place(competition_id: int, ref: str, **_others: Any) -> Where | None:
    """Return where one document stands: its event's path, or its competition's with all its events."""
    document = queries.find_document(db.session, competition_id, ref)
    return None if document is None else where_is(document)


def edited_place(competition_id: int, ref: str, **_others: Any) -> Where | None:
    """Return where a document is changed: in the scope of its competition alone."""
    if queries.find_document(db.session, competition_id, ref) is None:
        return None
    return competition_place(competition_id)


def where_is(document: CompetitionDocument) -> Where | None:
    """Return where a document stands for whoever reads it."""
    if document.event is None:
        return documents_place(document.competition_id)
    return _event_place(document.event)


def readable(documents: Iterable[CompetitionDocument]) -> list[CompetitionDocument]:
    """Return those documents that the signed-in reader may open; public ones are everybody's."""
    return [document for document in documents if document.public or may_read(document)]


def may_read(document: CompetitionDocument) -> bool:
    """Say whether the signed-in reader may open a document that is not public."""
    place = where_is(document)
    return place is not None and may("document.view", place.path)


def may_open_event(event: Event) -> bool:
    """Say whether the signed-in reader may open what belongs to an event, and so to its competition."""
    return may("document.view", _event_place(event).path)


def _event_place(event: Event) -> Where:
    return Where((*_units([event]), *event_path(db.session, event)))


def _units(events: Iterable[Event]) -> ScopePath:
    if all(event.state == BEFORE_REGISTRATION for event in events):
        return ()
    return tuple((g.scope_kind, g.scope_id) for g in held_grants() if g.scope_kind == "unit")
