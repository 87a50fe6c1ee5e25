"""The judge's sheet as a scheme would make it: for looking at, nothing is entered and nothing is kept."""

from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from accounts.guard import requires
from competitions.events.places import event_place
from core.database import db
from core.web import audit_exempt
from scoring.schemes import documents, queries, sheet_preview
from scoring.schemes.documents import Read
from scoring.schemes.views.base import blueprint, event_of

audit_exempt.add("schemes.preview_unsaved")


@blueprint.get("/sheet")
@requires("scheme.view", event_place)
def preview(event_id: int) -> ResponseReturnValue:
    """Show the judge's sheet of the current version, or of the one that is asked for."""
    number = request.args.get("version", type=int)
    found = queries.find_current(db.session, event_id)
    if number is not None:
        found = queries.find_version(db.session, event_id, number)
    version = found or abort(404)
    return _page(event_of(event_id), documents.read_document(version.document), version.number)


@blueprint.post("/sheet")
@requires("scheme.edit", event_place)
def preview_unsaved(event_id: int) -> ResponseReturnValue:
    """Show the judge's sheet of a scheme that is still being edited."""
    read = documents.read_text(request.form.get("document", ""))
    return _page(event_of(event_id), read)


def _page(event: Any, read: Read, number: int | None = None) -> ResponseReturnValue:
    stages = sheet_preview.stages_of(read.scheme) if read.scheme else []
    page = render_template("schemes/preview.html", event=event, stages=stages, number=number)
    return page, 200 if stages else 422
