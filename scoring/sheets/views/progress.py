"""The board of progress, and the part of it that a page fetches anew every few seconds."""

from datetime import datetime
from typing import Any

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from accounts.guard import requires
from competitions.events.places import event_place
from competitions.events.queries import get_event
from core import clock
from core.database import db
from core.i18n import current_locale
from scoring.boards import queries as boards
from scoring.sheets import board, pages
from scoring.sheets.board import Wanted
from scoring.sheets.views.base import blueprint

LONGEST = 40


@blueprint.get("")
@requires("sheet.progress", event_place)
def show_progress(event_id: int) -> ResponseReturnValue:
    """Show how far marking has come, stage by stage, and how the judges' tablets are."""
    return _page(event_id, "sheets/progress.html", _wanted())


@blueprint.get("/screen")
@requires("sheet.progress", event_place)
def show_screen(event_id: int) -> ResponseReturnValue:
    """Show the board for a large screen in the hall: no name, no mark."""
    return _page(event_id, "sheets/screen.html", _wanted()._replace(screen=True))


@blueprint.get("/board")
@requires("sheet.progress", event_place)
def show_board(event_id: int) -> ResponseReturnValue:
    """Give the board alone, or say that nothing has changed since the one that the page has (304)."""
    event, now, wanted = get_event(db.session, event_id), clock.now(), _wanted()
    etag = _etag(event, wanted, now)
    if request.if_none_match.contains_weak(etag):
        response = Response(status=304)
    else:
        template = "sheets/_screen.html" if wanted.screen else "sheets/_board.html"
        page = pages.progress_page(db.session, event, wanted, now)
        response = make_response(render_template(template, event=event, **page))
    response.set_etag(etag, weak=True)
    if not (wanted.screen and boards.find_freeze(db.session, event_id)):
        response.headers["X-As-Of"] = now.astimezone(clock.LOCAL).strftime("%H:%M:%S")
    return response


def _page(event_id: int, template: str, wanted: Wanted) -> str:
    event, now = get_event(db.session, event_id), clock.now()
    page = pages.progress_page(db.session, event, wanted, now)
    return render_template(template, event=event, etag=_etag(event, wanted, now), chosen=wanted.stage, **page)


def _wanted() -> Wanted:
    named = {name: request.args.get(name, "")[:LONGEST] for name in ("stage", "page", "show", "judge")}
    return Wanted(**named, screen=request.args.get("screen") == "1")


def _etag(event: Any, wanted: Wanted, now: datetime) -> str:
    rights = pages.rights(db.session, event)
    last = boards.find_last(db.session, event.id) if wanted.screen else None
    frozen = last.id if last is not None else 0
    return board.fingerprint(db.session, event, now, wanted, current_locale(), rights, frozen)
