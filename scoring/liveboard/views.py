"""The public board of standings, and the page from which it is opened and frozen."""

from typing import Any

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from accounts.guard import public, requires
from competitions.events.places import event_place
from competitions.events.queries import find_event, get_event
from core import clock, refusals
from core.database import db
from core.refusals import Refused
from scoring.boards import services
from scoring.boards.rules import ACTS
from scoring.liveboard import pages

blueprint = Blueprint("liveboard", __name__, url_prefix="/events/<int:event_id>/live")
DONE: dict[str, Any] = {
    "open": _l("The boards are open: everybody with their address sees them."),
    "freeze": _l("The boards are frozen: they show this moment, whatever is entered from now on."),
    "thaw": _l("The boards follow the marks again."),
    "close": _l("The boards are closed."),
}


@blueprint.get("")
@public
def show_board(event_id: int) -> ResponseReturnValue:
    """Show the standings to everybody, while the board is open."""
    return render_template("liveboard/board.html", **_board(event_id))


@blueprint.get("/rows")
@public
def show_rows(event_id: int) -> ResponseReturnValue:
    """Give the rows alone, for the page that fetches them anew every few seconds."""
    page = _board(event_id)
    response = make_response(render_template("liveboard/_rows.html", **page))
    response.headers["X-As-Of"] = page["as_of"]
    return response


@blueprint.get("/lead")
@requires("board.lead", event_place)
def show_lead(event_id: int) -> ResponseReturnValue:
    """Show how the boards stand and who did what."""
    return _lead(event_id)


@blueprint.post("/lead")
@requires("board.lead", event_place)
def act(event_id: int) -> ResponseReturnValue:
    """Open, freeze, thaw or close the boards."""
    event, kind = get_event(db.session, event_id), request.form.get("act", "")
    if kind not in ACTS:
        abort(400)
    try:
        services.act(db.session, event, kind, actor_id=current_user.id, now=clock.now())
    except Refused as refused:
        db.session.rollback()
        return _lead(event_id, [refusals.words(one) for one in refused.refusals]), 422
    db.session.commit()
    flash(DONE[kind], "success")
    return redirect(url_for(".show_lead", event_id=event_id))


def _lead(event_id: int, others: Any = ()) -> str:
    event = get_event(db.session, event_id)
    page = pages.lead_page(db.session, event)
    return render_template("liveboard/lead.html", event=event, others=list(others), **page)


def _board(event_id: int) -> dict[str, Any]:
    event = find_event(db.session, event_id)
    page = pages.public_page(db.session, event, request.args.get("page")) if event is not None else None
    if page is None:
        abort(404)
    return page | {"event": event, "turns": request.args.get("screen") == "1"}
