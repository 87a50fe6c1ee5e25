"""What schemes add to the life of an event."""

from collections.abc import Collection
from datetime import datetime

from flask import Flask
from sqlalchemy.orm import Session

from competitions.events import lifecycle
from competitions.events.models import Event
from competitions.judges import places
from competitions.judges.places import Place
from competitions.schedule import sources
from core.refusals import Refusal
from scoring.schemes import pages, queries, rules, services


def init_app(_app: Flask) -> None:
    """Register what a scheme is needed for, when it is frozen, and where its judges mark."""
    lifecycle.register_guard("open_registration", needs_scheme)
    lifecycle.register_guard("close_registration", needs_scheme)
    lifecycle.register_guard("start_scoring", needs_scheme)
    lifecycle.register_effect("close_registration", freeze)
    places.register(list_places)
    sources.register_titles(list_titles)


def needs_scheme(session: Session, event: Event, now: datetime) -> list[Refusal]:
    """Ask for a scheme without findings."""
    version = queries.find_current(session, event.id)
    if version is None:
        return [Refusal("SCHEME_MISSING")]
    return [Refusal("SCHEME_FINDINGS")] if rules.errors_of(version.document) else []


def freeze(session: Session, event: Event, actor_id: int | None, now: datetime) -> None:
    """Freeze the scheme when the field is closed."""
    services.freeze_scheme(session, event, now)


def list_places(session: Session, event: Event) -> list[Place]:
    """Return the stages of an event's scheme as places where judges mark."""
    scheme = queries.find_scheme(session, event.id)
    return [
        Place(
            stage=stage.code,
            title=stage.title or stage.code,
            needed_judges=pages.needed_judges(stage),
            aspects=tuple((aspect.code, aspect.title or aspect.code) for aspect in stage.aspects),
            most_judges=min(
                (a.panel.max_judges for a in stage.aspects if a.panel.max_judges is not None), default=None
            ),
        )
        for stage in (scheme.stages if scheme else ())
    ]


def list_titles(session: Session, event_ids: Collection[int]) -> dict[int, dict[str, str]]:
    """Return the titles of the stages of these events in the order of their schemes, by event and stage."""
    schemes = queries.list_schemes(session, event_ids)
    return {
        event_id: {stage.code: stage.title or stage.code for stage in scheme.stages}
        for event_id, scheme in schemes.items()
    }
