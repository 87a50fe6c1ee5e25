"""A scheme.json that somebody brings along: read, judged, kept as a version or refused with every finding."""

from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.guard import requires
from competitions.events.places import event_place
from competitions.fields import show_refusals
from core.database import db
from core.refusals import Refused, refuse
from scoring.schemes import documents, pages, queries, rules
from scoring.schemes.documents import Read
from scoring.schemes.forms import UploadForm
from scoring.schemes.views.base import blueprint, event_of, save


@blueprint.get("/upload")
@requires("scheme.edit", event_place)
def upload(event_id: int) -> ResponseReturnValue:
    """Ask for the file."""
    event = event_of(event_id)
    current = queries.find_current(db.session, event_id)
    return _page(event, UploadForm(base=str(current.number if current else 0)))


@blueprint.post("/upload")
@requires("scheme.edit", event_place)
def receive(event_id: int) -> ResponseReturnValue:
    """Keep the uploaded scheme as the next version, or show everything that is wrong with it."""
    event, form = event_of(event_id), UploadForm()
    if not form.validate_on_submit():
        return _page(event, form), 422
    try:
        read = _read(form.file.data.read(documents.LONGEST + 1))
        if not read.usable:
            return _page(event, form, read), 422
        save(event, read.document, form.reason.data or "", form.base_number())
    except Refused as refused:
        db.session.rollback()
        return _page(event, form, others=show_refusals(form, refused)), 422
    return redirect(url_for(".show_scheme", event_id=event_id))


def _read(data: bytes) -> Read:
    if not data:
        raise refuse("FILE_EMPTY", "file")
    if len(data) > documents.LONGEST:
        raise refuse("SCHEME_LONG", "file")
    return documents.read_bytes(data)


def _page(event: Any, form: UploadForm, read: Read | None = None, others: Any = ()) -> str:
    found = pages.said(read) if read is not None else []
    if read is not None:
        form.file.errors = [_("The scheme has errors; nothing was saved. Each is listed below.")]
    return render_template(
        "schemes/upload.html", event=event, form=form, findings=found, others=list(others),
        needs_reason=rules.needs_reason(event.state), changeable=event.state in rules.CHANGEABLE_STATES,
    )  # fmt: skip
