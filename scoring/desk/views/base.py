"""What the views of the desk share."""

from typing import Any

from flask import Blueprint, abort
from flask_login import current_user

from accounts import guard
from competitions.events.queries import event_path, get_event
from core.database import db
from core.refusals import Refusal, words
from scoring.desk import people
from scoring.rules.model import Scheme
from scoring.schemes.queries import find_scheme

blueprint = Blueprint("desk", __name__, url_prefix="/events/<int:event_id>/desk")


def event_and_scheme(event_id: int) -> tuple[Any, Scheme]:
    """Return an event with its scheme; 404 where there is none to mark by."""
    scheme = find_scheme(db.session, event_id)
    return (get_event(db.session, event_id), scheme) if scheme is not None else abort(404)


def actor() -> int:
    """Return the number of the signed-in user."""
    return int(current_user.id)


def why_not(event: Any) -> str:
    """Return why the signed-in user cannot write marks here now; empty where nothing stands against it."""
    path = event_path(db.session, event)
    if not guard.may("desk.write", path):
        return words(Refusal("DESK_READ_ONLY"))
    if event.state != "scoring":
        return words(Refusal("DESK_CLOSED"))
    if people.needs_second(event) and guard.may("sheet.mark", path):
        return words(Refusal("DESK_JUDGE"))
    return ""


def require_neutral(event: Any) -> None:
    """Refuse whoever marks in the event where the profile keeps the two apart.

    Raises: Refused DESK_JUDGE.
    """
    marks = guard.may("sheet.mark", event_path(db.session, event))
    people.require_neutral(event, marks=marks)
