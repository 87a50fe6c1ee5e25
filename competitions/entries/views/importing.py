"""The import of a workbook: template, check, preview, confirmation. The check writes no entry."""

import hashlib
import io
from typing import Any

from flask import flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from accounts.guard import requires
from competitions.entries import files, preview, queries, services, uploads
from competitions.entries.forms import ConfirmForm, UploadForm
from competitions.entries.places import entries_place
from competitions.entries.proposals import propose
from competitions.entries.reading import read_table
from competitions.entries.services import NotEnterable, Source
from competitions.entries.uploads import Upload
from competitions.entries.views.base import (
    EVENT,
    actor,
    asked_for,
    blueprint,
    event_or_404,
    may_register_units,
    rights_in,
    units_for,
)
from core import clock, database
from core.audit import services as audit
from core.database import db
from core.refusals import Refused, refuse


@blueprint.get(EVENT + "/template.xlsx")
@requires("entry.import", entries_place)
def download_template(event_id: int) -> ResponseReturnValue:
    """Give the workbook to fill in."""
    event = event_or_404(event_id)
    units = queries.list_units(db.session, units_for("entry.import", event))
    data = files.template(event.entry_kind, [name for _number, name in units])
    name = _("Registration form %(event)s", event=event.name) + ".xlsx"
    return send_file(io.BytesIO(data), files.TYPE, as_attachment=True, download_name=name)


@blueprint.get(EVENT + "/import")
@requires("entry.import", entries_place)
def import_file(event_id: int) -> ResponseReturnValue:
    """Explain the import and ask for the file."""
    return _upload_page(event_id, UploadForm())


@blueprint.post(EVENT + "/import")
@requires("entry.import", entries_place)
def check_file(event_id: int) -> ResponseReturnValue:
    """Read a workbook and show every fault at once, or what would be entered."""
    form = UploadForm()
    if not form.validate_on_submit():
        return _upload_page(event_id, form), 422
    data = form.file.data.read()
    event = event_or_404(event_id)
    asked = asked_for(event, "entry.import", register_units=True)
    db.session.rollback()  # reading a large file must not keep the writer waiting
    try:
        table = read_table(form.file.data.filename or "", data, asked.kind)
    except Refused as refused:
        form.file.errors = [preview.sentence(refusal) for refusal in refused.refusals]
        return _upload_page(event_id, form), 422
    upload = Upload(table, (form.file.data.filename or "")[-200:], hashlib.sha256(data).hexdigest())
    with database.reading_session() as reader:
        proposal = propose(reader, asked, table)
    if proposal.errors:
        return _upload_page(event_id, form, preview.faults(upload, proposal, asked.kind)), 422
    return _keep(event_id, upload, len(proposal.entries))


@blueprint.get(EVENT + "/import/<token>")
@requires("entry.import", entries_place)
def preview_import(event_id: int, token: str) -> ResponseReturnValue:
    """Show what a checked workbook would enter."""
    return _preview_page(event_id, token, ConfirmForm())


@blueprint.post(EVENT + "/import/<token>")
@requires("entry.import", entries_place)
def confirm_import(event_id: int, token: str) -> ResponseReturnValue:
    """Enter everything a checked workbook names, or nothing of it."""
    form, upload = ConfirmForm(), _upload(event_id, token)
    event = event_or_404(event_id)
    asked = asked_for(event, "entry.import", register_units=form.register_units.data)
    source = Source(upload.filename, upload.sha256)
    try:
        batch = services.import_entries(
            db.session, event, upload.table, asked, source, actor_id=actor(), now=clock.now()
        )
    except NotEnterable as refused:
        db.session.rollback()
        return _preview_page(event_id, token, form, refused), 422
    count = batch.entries
    db.session.commit()
    uploads.discard_upload(token)
    flash(ngettext("%(num)d entry was imported.", "%(num)d entries were imported.", count), "success")
    return redirect(url_for(".list_entries", event_id=event_id))


@blueprint.post(EVENT + "/import/<token>/discard")
@requires("entry.import", entries_place)
def discard_import(event_id: int, token: str) -> ResponseReturnValue:
    """Forget a checked workbook."""
    upload = _upload(event_id, token)
    uploads.discard_upload(token)
    _record(event_id, "entry:import_discard", upload, len(upload.table.lines))
    db.session.commit()
    return redirect(url_for(".import_file", event_id=event_id))


def _keep(event_id: int, upload: Upload, entries: int) -> ResponseReturnValue:
    token, now = clock.new_ref(), clock.now()
    uploads.keep_upload(upload, token=token, owner=actor(), event_id=event_id, now=now)
    _record(event_id, "entry:import_check", upload, entries)
    db.session.commit()
    return redirect(url_for(".preview_import", event_id=event_id, token=token))


def _record(event_id: int, action: str, upload: Upload, entries: int) -> None:
    audit.record(
        db.session, action, actor_id=actor(), subject=f"event:{event_id}", now=clock.now(), event_id=event_id,
        detail={"file": upload.filename, "sha256": upload.sha256, "entries": entries},
    )  # fmt: skip


def _upload(event_id: int, token: str) -> Upload:
    upload = uploads.find_upload(token, owner=actor(), event_id=event_id, now=clock.now())
    if upload is None:
        raise refuse("UPLOAD_GONE")
    return upload


def _upload_page(event_id: int, form: UploadForm, faults: Any = None) -> str:
    event = event_or_404(event_id)
    return render_template(
        "entries/import.html", event=event, form=form, faults=faults, rights=rights_in(event)
    )


def _preview_page(
    event_id: int, token: str, form: ConfirmForm, refused: NotEnterable | None = None
) -> str:
    event, upload = event_or_404(event_id), _upload(event_id, token)
    asked = asked_for(event, "entry.import", register_units=True)
    with database.reading_session() as reader:
        proposal = propose(reader, asked, upload.table)
        again = queries.list_batches_of(reader, event_id, upload.sha256)
    stands = refused.proposal if refused is not None else proposal
    return render_template(
        "entries/preview.html", event=event, token=token, form=form, upload=upload, proposal=proposal,
        faults=preview.faults(upload, stands, asked.kind) if stands.errors else None,
        shown=preview.shown_entries(proposal), notes=preview.notes(upload, proposal, again, asked.kind),
        rights=rights_in(event), may_register=may_register_units(event),
    )  # fmt: skip
