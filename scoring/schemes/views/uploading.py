"""Schemes as files: what somebody brings along becomes a version or is refused with every finding."""

import io
from typing import Any

from flask import abort, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.guard import requires
from competitions.events.places import event_place
from competitions.fields import show_refusals
from core.database import db
from core.refusals import Refused
from scoring.schemes import documents, queries, rules, workbooks
from scoring.schemes.bringing import Brought, bring
from scoring.schemes.cis.writing import obstacle, workbook_of
from scoring.schemes.forms import UploadForm
from scoring.schemes.template.writing import template
from scoring.schemes.views.base import blueprint, event_of, save

MOST_TOLD = 10

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
        brought = bring(form.file.data.filename or "", form.file.data.read())
        if not brought.read.usable:
            return _page(event, form, brought), 422
        save(event, brought.read.document, form.reason.data or "", form.base_number())
    except Refused as refused:
        db.session.rollback()
        return _page(event, form, others=show_refusals(form, refused)), 422
    for line in brought.lines[:MOST_TOLD]:
        flash(line["message"], "warning")
    return redirect(url_for(".show_scheme", event_id=event_id))


@blueprint.get("/template.xlsx")
@requires("scheme.edit", event_place)
def download_template(event_id: int) -> ResponseReturnValue:
    """Give the workbook to fill in."""
    name = _("Scheme template") + ".xlsx"
    return send_file(io.BytesIO(template()), workbooks.TYPE, as_attachment=True, download_name=name)


@blueprint.get("/versions/<int:number>/marking-scheme.xlsx")
@requires("scheme.view", event_place)
def export_marking_scheme(event_id: int, number: int) -> ResponseReturnValue:
    """Give one version in the layout of the WorldSkills workbook, where it fits into that."""
    version = queries.find_version(db.session, event_id, number) or abort(404)
    scheme = documents.read_document(version.document).scheme
    if scheme is None or obstacle(scheme):
        abort(404)
    file = io.BytesIO(workbook_of(scheme))
    return send_file(file, workbooks.TYPE, as_attachment=True, download_name="marking-scheme.xlsx")


def _page(event: Any, form: UploadForm, brought: Brought | None = None, others: Any = ()) -> str:
    if brought is not None:
        form.file.errors = [_("The scheme has errors; nothing was saved. Each is listed below.")]
    return render_template(
        "schemes/upload.html", event=event, form=form, findings=brought.lines if brought else [],
        others=list(others), needs_reason=rules.needs_reason(event.state),
        changeable=event.state in rules.CHANGEABLE_STATES,
    )  # fmt: skip
