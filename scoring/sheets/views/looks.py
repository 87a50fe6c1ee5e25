"""What judges were asked to look at again."""

from flask import render_template
from flask.typing import ResponseReturnValue

from accounts.guard import requires
from competitions.events.places import event_place
from competitions.events.queries import get_event
from core.database import db
from scoring.sheets.look_page import looks_page
from scoring.sheets.views.base import blueprint


@blueprint.get("/looks")
@requires("result.view", event_place)
def show_looks(event_id: int) -> ResponseReturnValue:
    """Show who was asked about which value, and what came of it."""
    event = get_event(db.session, event_id)
    return render_template("sheets/looks.html", event=event, **looks_page(db.session, event))
