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
    """Show the judge's sheet of the current version."""
    version = queries.find_current(db.session, event_id) or abort(404)
    return _page(event_of(event_id), documents.read_document(version.document))


@blueprint.post("/sheet")
@requires("scheme.edit", event_place)
def preview_unsaved(event_id: int) -> ResponseReturnValue:
    """Show the judge's sheet of a scheme that is still being edited."""
    read = documents.read_text(request.form.get("document", ""))
    return _page(event_of(event_id), read)


def _page(event: Any, read: Read) -> ResponseReturnValue:
    stages = sheet_preview.stages_of(read.scheme) if read.scheme else []
    page = render_template("schemes/preview.html", event=event, stages=stages)
    return page, 200 if stages else 422
