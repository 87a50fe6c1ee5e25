"""The import of a list, second part: what its columns mean, its preview, its confirmation."""

from dataclasses import replace

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from accounts.guard import requires
from competitions.entries import labels, mapping, preview, queries, services, uploads
from competitions.entries.forms import ColumnsForm, ConfirmForm
from competitions.entries.places import entries_place
from competitions.entries.proposals import propose
from competitions.entries.services import NotEnterable, Source
from competitions.entries.uploads import Choices, Place, Upload
from competitions.entries.views.base import (
    EVENT,
    actor,
    asked_for,
    blueprint,
    event_or_404,
    may_register_units,
    record_import,
    rights_in,
)
from core import clock, database
from core.database import db
from core.refusals import Refused, refuse


@blueprint.get(EVENT + "/import/<token>/columns")
@requires("entry.import", entries_place)
def choose_columns(event_id: int, token: str) -> ResponseReturnValue:
    """Show what each column is taken for."""
    upload, choices = _kept(event_id, token)
    return _columns_page(event_id, token, upload, choices)


@blueprint.post(EVENT + "/import/<token>/columns")
@requires("entry.import", entries_place)
def keep_columns(event_id: int, token: str) -> ResponseReturnValue:
    """Take the columns for what somebody says they are, and remember it for the next list."""
    upload, choices = _kept(event_id, token)
    kind = event_or_404(event_id).entry_kind
    form = ColumnsForm(_matches(upload, choices, kind), kind)
    if not form.validate_on_submit():
        return _columns_page(event_id, token, upload, choices, form), 422
    try:
        mapping.table_of(upload.grid, form.fields, kind)
    except Refused as refused:
        form.show(refused)
        return _columns_page(event_id, token, upload, choices, form), 422
    services.remember_headings(db.session, actor(), form.unusual)
    record_import(event_id, "entry:import_columns", upload, columns=form.spoken(upload.grid))
    uploads.keep_choices(replace(choices, fields=form.fields), _place(event_id, token), now=clock.now())
    db.session.commit()
    return redirect(url_for(".preview_import", event_id=event_id, token=token))


@blueprint.get(EVENT + "/import/<token>")
@requires("entry.import", entries_place)
def preview_import(event_id: int, token: str) -> ResponseReturnValue:
    """Show what a checked list would enter, and everything that stands against it."""
    upload, choices = _kept(event_id, token)
    if mapping.missing(choices.fields, event_or_404(event_id).entry_kind):
        return redirect(url_for(".choose_columns", event_id=event_id, token=token))
    return _preview_page(event_id, token, upload, choices, ConfirmForm())


@blueprint.post(EVENT + "/import/<token>")
@requires("entry.import", entries_place)
def confirm_import(event_id: int, token: str) -> ResponseReturnValue:
    """Enter everything a checked list names, or nothing of it."""
    form, (upload, choices) = ConfirmForm(), _kept(event_id, token)
    event = event_or_404(event_id)
    asked = asked_for(event, "entry.import", register_units=form.register_units.data)
    table = mapping.table_of(upload.grid, choices.fields, asked.kind)
    source = Source(upload.filename, upload.sha256)
    try:
        batch = services.import_entries(
            db.session, event, table, asked, source, actor_id=actor(), now=clock.now()
        )
    except NotEnterable as refused:
        db.session.rollback()
        return _preview_page(event_id, token, upload, choices, form, refused), 422
    count = batch.entries
    db.session.commit()
    uploads.discard_upload(_place(event_id, token))
    flash(ngettext("%(num)d entry was imported.", "%(num)d entries were imported.", count), "success")
    return redirect(url_for(".list_entries", event_id=event_id))


@blueprint.post(EVENT + "/import/<token>/discard")
@requires("entry.import", entries_place)
def discard_import(event_id: int, token: str) -> ResponseReturnValue:
    """Forget a checked list."""
    upload, _choices = _kept(event_id, token)
    uploads.discard_upload(_place(event_id, token))
    record_import(event_id, "entry:import_discard", upload, entries=len(list(upload.grid.below())))
    db.session.commit()
    return redirect(url_for(".import_file", event_id=event_id))


def _place(event_id: int, token: str) -> Place:
    return Place(token, actor(), event_id)


def _kept(event_id: int, token: str) -> tuple[Upload, Choices]:
    place, now = _place(event_id, token), clock.now()
    upload = uploads.find_upload(place, now=now)
    if upload is None:
        raise refuse("UPLOAD_GONE")
    return upload, uploads.find_choices(place, now=now)


def _matches(upload: Upload, choices: Choices, kind: str) -> list[mapping.Match]:
    """Return the columns as they are taken now, each with how it was known at first."""
    matches = mapping.suggest(upload.grid, kind, queries.heading_choices(db.session, actor()))
    return [match._replace(field=choices.fields.get(match.at, "")) for match in matches]


def _columns_page(
    event_id: int, token: str, upload: Upload, choices: Choices, form: ColumnsForm | None = None
) -> str:
    event = event_or_404(event_id)
    matches = _matches(upload, choices, event.entry_kind)
    form = form or ColumnsForm(matches, event.entry_kind)
    lacking = mapping.missing(choices.fields, event.entry_kind)
    return render_template(
        "entries/columns.html", event=event, token=token, upload=upload, form=form, labels=labels,
        columns=list(zip(matches, form.columns, strict=True)), ways=preview.WAYS, shown=preview.samples,
        lacking=[labels.field_word(name, event.entry_kind) for name in lacking], rights=rights_in(event),
    )  # fmt: skip


def _preview_page(
    event_id: int,
    token: str,
    upload: Upload,
    choices: Choices,
    form: ConfirmForm,
    refused: NotEnterable | None = None,
) -> str:
    event = event_or_404(event_id)
    asked = asked_for(event, "entry.import", register_units=True)
    table = mapping.table_of(upload.grid, choices.fields, asked.kind)
    with database.reading_session() as reader:
        proposal = propose(reader, asked, table)
        again = queries.list_batches_of(reader, event_id, upload.sha256)
    stands = refused.proposal if refused is not None else proposal
    return render_template(
        "entries/preview.html", event=event, token=token, form=form, upload=upload, proposal=proposal,
        faults=preview.faults(upload, table, stands, asked.kind) if stands.errors else None,
        shown=preview.shown_entries(proposal), notes=preview.notes(table, proposal, again, asked.kind),
        rights=rights_in(event), may_register=may_register_units(event),
    )  # fmt: skip
