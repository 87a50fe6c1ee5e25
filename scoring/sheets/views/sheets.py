"""One mark sheet, to be read and printed."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from accounts.guard import requires
from competitions.events.places import event_place
from competitions.events.queries import get_event
from core.database import db
from scoring.sheets.sheet_page import sheet_page
from scoring.sheets.views.base import blueprint


@blueprint.get("/sheets/<ref>")
@requires("result.view", event_place)
def show_sheet(event_id: int, ref: str) -> ResponseReturnValue:
    """Show the marks of a signed sheet and its signature."""
    event = get_event(db.session, event_id)
    page = sheet_page(db.session, event, ref) or abort(404)
    return render_template("sheets/sheet.html", event=event, **page)
