"""The import of a list, second part: what its columns mean, and which units it means."""

from dataclasses import replace

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guard import requires
from competitions.entries import labels, mapping, preview, queries, rules, services
from competitions.entries.forms import ColumnsForm, UnitsForm
from competitions.entries.places import entries_place
from competitions.entries.views.base import (
    EVENT,
    actor,
    blueprint,
    event_or_404,
    may_register_units,
    record_import,
    rights_in,
)
from competitions.entries.views.kept import Kept, kept
from core.database import db
from core.refusals import Refused


@blueprint.get(EVENT + "/import/<token>/columns")
@requires("entry.import", entries_place)
def choose_columns(event_id: int, token: str) -> ResponseReturnValue:
    """Show what each column is taken for."""
    return _columns_page(event_id, kept(event_id, token))


@blueprint.post(EVENT + "/import/<token>/columns")
@requires("entry.import", entries_place)
def keep_columns(event_id: int, token: str) -> ResponseReturnValue:
    """Take the columns for what somebody says they are, and remember it for the next list."""
    held, kind = kept(event_id, token), event_or_404(event_id).entry_kind
    form = ColumnsForm(_matches(held, kind), kind)
    if not form.validate_on_submit():
        return _columns_page(event_id, held, form), 422
    try:
        mapping.table_of(held.upload.grid, form.fields, kind)
    except Refused as refused:
        form.show(refused)
        return _columns_page(event_id, held, form), 422
    services.remember_headings(db.session, actor(), form.unusual)
    record_import(event_id, "entry:import_columns", held.upload, columns=form.spoken(held.upload.grid))
    db.session.commit()
    held.keep(replace(held.choices, fields=form.fields))
    return _preview(event_id, token)


@blueprint.post(EVENT + "/import/<token>/units")
@requires("entry.import", entries_place)
def keep_units(event_id: int, token: str) -> ResponseReturnValue:
    """Take unknown units for registered ones or for new ones, as somebody says; each in all its rows."""
    held, event, form = kept(event_id, token), event_or_404(event_id), UnitsForm()
    registered = {name for _number, name in queries.list_units(db.session)}
    said = {rules.same_text(name): meant for name, meant in form.said.items() if name}
    named = {name: meant for name, meant in said.items() if meant in registered}
    new = {name for name, meant in said.items() if meant == form.NEW and may_register_units(event)}
    before = held.choices
    untouched = {name: meant for name, meant in before.named.items() if name not in said}
    record_import(event_id, "entry:import_units", held.upload, named=len(named), new=len(new))
    db.session.commit()
    register = frozenset(new) | (before.register - said.keys())
    held.keep(replace(before, named=untouched | named, register=register))
    return _preview(event_id, token)


def _preview(event_id: int, token: str) -> ResponseReturnValue:
    """Go to the preview, as of drafts where that was looked at before."""
    draft = request.args.get("draft")
    return redirect(url_for(".preview_import", event_id=event_id, token=token, draft=draft))


def _matches(held: Kept, kind: str) -> list[mapping.Match]:
    """Return the columns as they are taken now, each with how it was known at first."""
    matches = mapping.suggest(held.upload.grid, kind, queries.heading_choices(db.session, actor()))
    return [match._replace(field=held.choices.fields.get(match.at, "")) for match in matches]


def _columns_page(event_id: int, held: Kept, form: ColumnsForm | None = None) -> str:
    event = event_or_404(event_id)
    matches = _matches(held, event.entry_kind)
    form = form or ColumnsForm(matches, event.entry_kind)
    lacking = mapping.missing(held.choices.fields, event.entry_kind)
    return render_template(
        "entries/columns.html", event=event, token=held.place.token, upload=held.upload, form=form,
        columns=list(zip(matches, form.columns, strict=True)), ways=preview.WAYS, shown=preview.samples,
        lacking=[labels.field_word(name, event.entry_kind) for name in lacking], labels=labels,
        rights=rights_in(event),
    )  # fmt: skip
