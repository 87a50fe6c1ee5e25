"""Pages of competitions and events."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from accounts.guard import requires
from competitions.events import queries
from competitions.events.places import event_place
from core.database import db

blueprint = Blueprint("events", __name__)


@blueprint.get("/competitions/")
@requires("competition.list")
def list_competitions() -> ResponseReturnValue:
    """Show the competitions that the user may see."""
    return "x"


@blueprint.get("/events/<int:event_id>/")
@requires("event.view", event_place)
def show_event(event_id: int) -> ResponseReturnValue:
    """Show how far an event has come and what comes next."""
    event = queries.find_event(db.session, event_id)
    return render_template("events/overview.html", event=event)
