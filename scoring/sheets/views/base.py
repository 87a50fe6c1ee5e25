"""What the views of the progress share."""

from typing import Any

from flask import Blueprint, abort
from flask_login import current_user

from competitions.events.queries import get_event
from core import clock, refusals
from core.database import db
from scoring.sheets import pages, queries
from scoring.sheets.decisions import Act
from scoring.sheets.forms import ActForm

blueprint = Blueprint("sheets", __name__, url_prefix="/events/<int:event_id>/progress")


def find_entry(event_id: int, code: str) -> tuple[Any, Any]:
    """Return an event and its entry with this blind code; 404 for an unknown one."""
    event = get_event(db.session, event_id)
    entry = queries.find_marked_entry(db.session, event_id, code)
    return (event, entry) if entry is not None else abort(404)


def act_of(form: ActForm, part: str = "") -> Act:
    """Return who does now what a form says; `part` tells the operations of one form apart."""
    operation = f"{form.operation.data}{part}"
    return Act(operation, current_user.id, form.reason.data or "", clock.now())


def refuse_late(event: Any) -> None:
    """Refuse what can no longer change a result.

    Raises: Refused RESULT_CLOSED.
    """
    if event.state not in pages.STATUS_STATES:
        raise refusals.refuse("RESULT_CLOSED")
