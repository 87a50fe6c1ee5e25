"""The judge's app: its shells, what fills them, and the one door through which operations come in."""

from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from accounts import identity
from accounts.guard import Where, held_grants, public, requires
from competitions.events.queries import event_path, find_event
from core import clock, refusals, web
from core.database import db
from core.refusals import Refused
from core.web import let_caches_keep
from scoring.schemes.queries import find_scheme
from scoring.tablet import assets, bundle, forms, pages, queries, signing, verdicts
from scoring.tablet.batches import is_long, take_all
from scoring.tablet.doors import few_at_once
from scoring.tablet.taking import Sender

blueprint = Blueprint("tablet", __name__, url_prefix="/marking")
SAME = 304


def sheet_place(ref: str) -> Where | None:
    """Return where the judge's own sheet stands; other people's sheets are not there."""
    own = queries.find_own_sheet(db.session, current_user.id, ref)
    return None if own is None else Where(event_path(db.session, own.event))


def stage_place(event_id: int, stage: str) -> Where | None:
    """Return where an event that somebody judges stands."""
    event = find_event(db.session, event_id)
    return None if event is None else Where(event_path(db.session, event))


@blueprint.get("/")
@requires("sheet.mark")
def list_tasks() -> ResponseReturnValue:
    """Show the shell of the judge's tasks."""
    return _shell("tablet/tasks.html", pages.tasks_shell())


@blueprint.get("/<int:event_id>/<stage>/")
@requires("sheet.mark", stage_place)
def show_stage(event_id: int, stage: str) -> ResponseReturnValue:
    """Show the shell of a stage: the blank sheet, which the device fills."""
    event = find_event(db.session, event_id)
    found = pages.find_stage(find_scheme(db.session, event_id), stage)
    if event is None or found is None or not queries.has_sheets(db.session, current_user.id, event_id, stage):
        abort(404)
    return _shell("tablet/stage.html", pages.stage_shell(event, found))


def _shell(template: str, values: dict[str, Any]) -> Response:
    response = make_response(render_template(template, **values))
    response.headers["X-Version"], response.headers["X-Shell"] = values["version"], values["shell"]
    return response


@blueprint.get("/bundle")
@few_at_once(lambda: True)
@requires("sheet.mark")
def get_bundle() -> ResponseReturnValue:
    """Return the judge's own sheets, with a card those of its event, and a token of this session."""
    connection = _connection()
    told = bundle.build(db.session, current_user.id, current_user.card_event_id, connection.can_check)
    told |= {"judge": identity.who(current_user.id), "card": connection.with_card}
    told |= {"pin": identity.device_pin()}
    mark = f'"{verdicts.fingerprint(told)}"'
    same = request.headers.get("If-None-Match") == mark
    response = make_response(("", SAME) if same else told)
    response.headers["ETag"] = mark
    response.headers["X-CSRF-Token"] = generate_csrf()
    response.headers["X-Server-Time"] = clock.now().isoformat()
    identity.name_judge(response, current_user.id)
    return response


@blueprint.post("/operations")
@few_at_once(lambda: is_long(request.content_length))
@requires("sheet.mark")
def send_operations() -> ResponseReturnValue:
    """Take operations one by one, each with a transaction and a verdict of its own."""
    if request.mimetype != "application/json":
        abort(415)
    try:
        batch = forms.read_batch(request.get_data(as_text=True))
    except Refused as refused:
        return {"outcome": "refused", "reasons": [refusals.words(r) for r in refused.refusals]}, 422
    if batch.judge != identity.who(current_user.id):
        return {"outcome": "other_judge"}, 409
    sender = Sender(current_user.id, tuple(held_grants()), current_user.id, _connection())
    told = take_all(sender, batch.operations, batch.device, clock.now())
    if not told:
        abort(web.busy())
    fault = all(verdict["outcome"] == "fault" for verdict in told)
    return {"verdicts": told}, 500 if fault else 200


def _connection() -> signing.Connection:
    """Return how this judge came here, which says what a signature needs."""
    can_check = signing.can_check(request.host, secure=current_app.config["SESSION_COOKIE_SECURE"])
    return signing.Connection(current_user.card_event_id is not None, can_check)


@blueprint.get("/sw.js")
@public
def show_worker() -> ResponseReturnValue:
    """Return the service worker: it names the version and the files that make the app work offline."""
    files = [url_for("static", filename=name) for name in assets.names()]
    values = {"version": assets.version(), "files": files, "tasks": url_for(".list_tasks")}
    script = render_template("tablet/sw.js", **values)
    let_caches_keep(shared=True)
    return Response(script, mimetype="text/javascript")


@blueprint.get("/sheets/<ref>")
@blueprint.get("/sheets/<ref>/review", endpoint="show_review")
@requires("sheet.mark", sheet_place)
def show_sheet(ref: str) -> ResponseReturnValue:
    """Lead an address of a single sheet into the app."""
    own = queries.find_own_sheet(db.session, current_user.id, ref)
    if own is None:
        abort(404)
    part = f"{own.code}/review" if request.path.endswith("/review") else own.code
    return redirect(url_for(".show_stage", event_id=own.event.id, stage=own.sheet.stage, _anchor=part))


@blueprint.get("/events/<int:event_id>/<stage>")
@requires("sheet.mark", stage_place)
def list_entries(event_id: int, stage: str) -> ResponseReturnValue:
    """Lead an earlier address of a stage into the app."""
    return redirect(url_for(".show_stage", event_id=event_id, stage=stage))
