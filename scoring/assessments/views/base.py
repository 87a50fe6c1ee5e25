"""What the views of periods share."""

from typing import Any

from flask import Blueprint, abort
from flask_login import current_user

from competitions.events.queries import get_event
from core import clock
from core.database import db
from core.refusals import Refused, words
from scoring.assessments import queries
from scoring.assessments.services import By
from scoring.assessments.sheet_pages import Of
from scoring.rules.model import Stage
from scoring.schemes.queries import find_scheme

blueprint = Blueprint("assessments", __name__, url_prefix="/events/<int:event_id>/periods")
STAGE = "/<stage>"
ENTRY = STAGE + "/entries/<int:entry_id>"


def by() -> By:
    """Return who acts, and when."""
    return By(int(current_user.id), clock.now())


def stage_of(event_id: int, code: str) -> tuple[Any, Stage]:
    """Return an event with one of its stages; 404 where there is none of that code."""
    scheme = find_scheme(db.session, event_id)
    stage = scheme.find_stage(code) if scheme is not None else None
    return (get_event(db.session, event_id), stage) if stage is not None else abort(404)


def of(event_id: int, code: str, entry_id: int) -> Of:
    """Return an approved entry in one period; 404 where there is no such thing."""
    event, stage = stage_of(event_id, code)
    scheme = find_scheme(db.session, event_id)
    entrant = queries.find_entrant(db.session, event_id, entry_id)
    if scheme is None or entrant is None:
        abort(404)
    return Of(event, scheme, stage, entrant)


def at_aspects(refused: Refused) -> tuple[dict[str, str], list[str]]:
    """Return the words of refusals by the aspect that they name, and those that name none."""
    found: dict[str, str] = {}
    others = []
    for refusal in refused.refusals:
        if refusal.where:
            found.setdefault(refusal.where, words(refusal))
        else:
            others.append(words(refusal))
    return found, others
