"""What schemes add to the life of an event."""

from datetime import datetime

from flask import Flask
from sqlalchemy.orm import Session

from competitions.events import lifecycle
from competitions.events.models import Event
from core.refusals import Refusal
from scoring.schemes import queries, rules, services


def init_app(_app: Flask) -> None:
    """Register what a scheme is needed for and when it is frozen."""
    lifecycle.register_guard("open_registration", needs_scheme)
    lifecycle.register_guard("close_registration", needs_scheme)
    lifecycle.register_guard("start_scoring", needs_scheme)
    lifecycle.register_effect("close_registration", freeze)


def needs_scheme(session: Session, event: Event, now: datetime) -> list[Refusal]:
    """Ask for a scheme without findings."""
    version = queries.find_current(session, event.id)
    if version is None:
        return [Refusal("SCHEME_MISSING")]
    return [Refusal("SCHEME_FINDINGS")] if rules.errors_of(version.document) else []


def freeze(session: Session, event: Event, actor_id: int | None, now: datetime) -> None:
    """Freeze the scheme when the field is closed."""
    services.freeze_scheme(session, event, now)
