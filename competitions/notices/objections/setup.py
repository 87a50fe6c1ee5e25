"""What objections bring when the application is put together."""

from datetime import datetime

from flask import Flask
from sqlalchemy.orm import Session

from competitions.events import lifecycle
from competitions.events.models import Event
from competitions.notices.objections import queries
from core.refusals import Refusal


def init_app(_app: Flask) -> None:
    """Let the steps that settle what a notice says wait until every objection to it is answered."""
    for step in ("close_registration", "start_scoring"):
        lifecycle.register_guard(step, no_entrant_is_objected_to)
    lifecycle.register_guard("finalise", no_result_is_objected_to)


def no_entrant_is_objected_to(session: Session, event: Event, _now: datetime) -> list[Refusal]:
    """Ask for an answer to each objection to a list of entrants."""
    return _unanswered(session, event, "entrants")


def no_result_is_objected_to(session: Session, event: Event, _now: datetime) -> list[Refusal]:
    """Ask for an answer to each objection to a notice of results or awards."""
    return _unanswered(session, event, "result", "award")


def _unanswered(session: Session, event: Event, *kinds: str) -> list[Refusal]:
    count = queries.count_open(session, event, kinds)
    return [Refusal("OBJECTION_OPEN", "notices", {"count": count})] if count else []
