"""The import of a list, first part: the template, the upload, the check of the file. No entry is written."""

import hashlib
import io
from dataclasses import replace

from flask import jsonify, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.guard import requires
from competitions.eligibility.queries import asked_of_people
from competitions.eligibility.wording import sentences
from competitions.entries import files, labels, mapping, progress, queries
from competitions.entries.forms import UploadForm
from competitions.entries.places import entries_place
from competitions.entries.reading import Progress, read_grid
from competitions.entries.views.base import (
    EVENT,
    actor,
    blueprint,
    event_or_404,
    record_import,
    rights_in,
    units_for,
)
from competitions.lists import uploads
from competitions.lists.messages import sentence
from competitions.lists.uploads import Choices, Place, Upload
from competitions.lists.workbook import TYPE
from core import clock
from core.database import db
from core.refusals import Refused


@blueprint.get(EVENT + "/template.xlsx")
@requires("entry.import", entries_place)
def download_template(event_id: int) -> ResponseReturnValue:
    """Give the workbook to fill in."""
    event = event_or_404(event_id)
    own = units_for("entry.import", event)
    if own is None:
        units = queries.list_units_below(db.session, event.competition.union_id)
    else:
        units = [name for _number, name in queries.list_units(db.session, own)]
    data = files.template(event.entry_kind, units, asked_of_people(db.session, event))
    name = _("Registration form %(event)s", event=event.name) + ".xlsx"
    return send_file(io.BytesIO(data), TYPE, as_attachment=True, download_name=name)


@blueprint.get(EVENT + "/import")
@requires("entry.import", entries_place)
def import_file(event_id: int) -> ResponseReturnValue:
    """Explain the import and ask for the file."""
    return _upload_page(event_id, UploadForm(formdata=None))


@blueprint.get(EVENT + "/import/<token>/progress")
@requires("entry.import", entries_place)
def show_progress(event_id: int, token: str) -> ResponseReturnValue:
    """Say how far the work on a list has come, to whoever sent it."""
    return jsonify(progress.how_far(Place(token, actor(), str(event_id))))


@blueprint.post(EVENT + "/import")
@requires("entry.import", entries_place)
def check_file(event_id: int) -> ResponseReturnValue:
    """Read a list and keep it for its preview; where a column is in doubt, ask for its meaning first."""
    form = UploadForm()
    if not form.validate_on_submit():
        return _upload_page(event_id, form), 422
    kind = event_or_404(event_id).entry_kind
    remembered = queries.heading_choices(db.session, actor())
    db.session.rollback()  # reading a large file must not keep the writer waiting
    place = _place(form, event_id)
    try:
        upload = _read(form, kind, progress.teller(place))
        matches = mapping.suggest(upload.grid, kind, remembered)
        doubtful = mapping.doubtful(matches, kind)
        rows = 0 if doubtful else len(mapping.table_of(upload.grid, mapping.fields_of(matches), kind).lines)
    except Refused as refused:
        form.file.errors = [sentence(refusal) for refusal in refused.refusals]
        return _upload_page(event_id, form), 422
    _keep(event_id, place, upload, Choices(mapping.fields_of(matches)), rows)
    page = ".choose_columns" if doubtful else ".preview_import"
    return redirect(url_for(page, event_id=event_id, token=place.token))


def _place(form: UploadForm, event_id: int) -> Place:
    """Return where the upload is kept: under the reference that its page asks for progress with."""
    place = Place(form.token.data or "", actor(), str(event_id))
    return place if place.path("") is not None else replace(place, token=clock.new_ref())


def _read(form: UploadForm, kind: str, tell: Progress) -> Upload:
    filename, data = form.file.data.filename or "", form.file.data.read()
    grid = read_grid(filename, data, kind, tell)
    return Upload(grid, filename[-200:], hashlib.sha256(data).hexdigest())


def _keep(event_id: int, place: Place, upload: Upload, choices: Choices, rows: int) -> None:
    uploads.keep_upload(upload, choices, place, now=clock.now())
    record_import(event_id, "entry:import_check", upload, entries=rows)
    db.session.commit()


def _upload_page(event_id: int, form: UploadForm) -> str:
    event = event_or_404(event_id)
    form.token.data = token = clock.new_ref()
    return render_template(
        "entries/import.html", event=event, form=form, rights=rights_in(event), token=token, labels=labels,
        said=sentences(db.session, event),
    )  # fmt: skip
