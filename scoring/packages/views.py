"""Hand out the recount package of a result and the program that checks it."""

from io import BytesIO

from flask import Blueprint, abort, request, send_file
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.guard import public, requires
from competitions.events.places import event_place
from competitions.events.queries import get_event
from competitions.fields import choice_id
from core import clock
from core.database import db
from scoring.packages import exporting
from scoring.packages.services import recount_program

blueprint = Blueprint("packages", __name__)


@blueprint.post("/events/<int:event_id>/results/package.zip")
@requires("package.export", event_place)
def export_package(event_id: int) -> ResponseReturnValue:
    """Hand out the package of the result that stands, or of the version that the form names."""
    event = get_event(db.session, event_id)
    number = choice_id(request.form.get("version"), range(1, 100_000))
    exported = exporting.export(
        db.session, event, number, actor_id=current_user.id, now=clock.now()
    )
    if exported is None:
        abort(404)
    db.session.commit()
    return send_file(
        BytesIO(exported.data), mimetype="application/zip", as_attachment=True, download_name=exported.name
    )


@blueprint.get("/recount.pyz")
@public
def download_recount() -> ResponseReturnValue:
    """Hand out the recount: one file that any Python runs, for whoever holds a package."""
    program = recount_program()
    return send_file(
        BytesIO(program.data), mimetype="application/zip", as_attachment=True, download_name=program.name
    )
