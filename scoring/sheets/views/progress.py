"""The board of progress, and the part of it that a page fetches anew every few seconds."""

from typing import Any

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from accounts.guard import requires
from competitions.events.places import event_place
from competitions.events.queries import get_event
from core import clock
from core.database import db
from core.i18n import current_locale
from scoring.sheets import board, pages
from scoring.sheets.views.base import blueprint


@blueprint.get("")
@requires("sheet.progress", event_place)
def show_progress(event_id: int) -> ResponseReturnValue:
    """Show how far marking has come, stage by stage."""
    event = get_event(db.session, event_id)
    return render_template("sheets/progress.html", event=event, etag=_etag(event), **_progress(event))


@blueprint.get("/board")
@requires("sheet.progress", event_place)
def show_board(event_id: int) -> ResponseReturnValue:
    """Give the board alone, or say that nothing has changed since the one that the page has (304)."""
    event = get_event(db.session, event_id)
    etag = _etag(event)
    if request.if_none_match.contains_weak(etag):
        response = Response(status=304)
    else:
        response = make_response(render_template("sheets/_board.html", event=event, **_progress(event)))
    response.set_etag(etag, weak=True)
    response.headers["X-As-Of"] = clock.now().astimezone(clock.LOCAL).strftime("%H:%M:%S")
    return response


def _progress(event: Any) -> dict[str, Any]:
    stage, page = request.args.get("stage"), request.args.get("page")
    return pages.progress_page(db.session, event, stage, page, clock.now())


def _etag(event: Any) -> str:
    rights = pages.rights(db.session, event)
    asked = (request.args.get("stage"), request.args.get("page"), current_locale(), rights)
    return board.fingerprint(db.session, event, *asked)
