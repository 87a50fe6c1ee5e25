"""What the pages of judges share."""

from typing import Any

from flask import Blueprint, abort, render_template
from flask_babel import gettext as _
from flask_login import current_user

from accounts import guard
from accounts.queries import state_of
from competitions.events.queries import event_path, find_event
from competitions.judges import overview, queries, rules
from core.database import db

blueprint = Blueprint("judges", __name__, url_prefix="/events/<int:event_id>/judges")


def event_or_404(event_id: int) -> Any:
    """Return the event with this number."""
    return find_event(db.session, event_id) or abort(404)


def judge_or_404(event_id: int, appointment_id: int) -> Any:
    """Return the appointment with this number in this event."""
    return queries.find_appointment(db.session, event_id, appointment_id) or abort(404)


def actor() -> int:
    """Return the number of whoever is signed in."""
    return int(current_user.id)


def may_appoint(event: Any) -> bool:
    """Say whether the user appoints judges of this event."""
    return guard.may("judge.appoint", event_path(db.session, event))


def list_page(event_id: int, said: str = "") -> str:
    """Return the page of an event's judges; `said` is a word on top of it."""
    event = event_or_404(event_id)
    return render_template(
        "judges/list.html", event=event, board=overview.board(db.session, event), state_of=state_of,
        may_appoint=may_appoint(event), closed=closed(event), said=said,
    )  # fmt: skip


def closed(event: Any) -> str:
    """Say why judges cannot be appointed now; empty where they can."""
    said = _("From scoring on a judge is only put in the place of another.")
    return "" if event.state in rules.APPOINTED_IN else said
