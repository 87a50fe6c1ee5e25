"""The import of a list, third part: its preview, its confirmation, its copy with the errors."""

import io
from typing import Any

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms.fields import SelectChoice

from accounts.guard import requires
from competitions.entries import (
    labels,
    mapping,
    preview,
    progress,
    queries,
    rules,
    services,
)
from competitions.entries.forms import ConfirmForm, UnitsForm
from competitions.entries.places import entries_place
from competitions.entries.proposals import LEFT_OUT, Proposal
from competitions.entries.services import NotEnterable, Source
from competitions.entries.views.base import (
    EVENT,
    actor,
    blueprint,
    event_or_404,
    may_register_units,
    record_import,
    rights_in,
    wants_drafts,
)
from competitions.entries.views.kept import Kept, kept
from competitions.fields import page_of
from competitions.lists import errorcopy, uploads
from competitions.lists.messages import sentence
from competitions.lists.workbook import TYPE
from core import clock
from core.database import db
from core.refusals import Refusal


@blueprint.get(EVENT + "/import/<token>")
@requires("entry.import", entries_place)
def preview_import(event_id: int, token: str) -> ResponseReturnValue:
    """Show what a checked list would enter, and everything that stands against it."""
    held, event = kept(event_id, token), event_or_404(event_id)
    if mapping.missing(held.choices.fields, event.entry_kind):
        return redirect(url_for(".choose_columns", event_id=event_id, token=token))
    return _preview_page(event, held, held.proposal(event), ConfirmForm(formdata=None))


@blueprint.post(EVENT + "/import/<token>")
@requires("entry.import", entries_place)
def confirm_import(event_id: int, token: str) -> ResponseReturnValue:
    """Enter everything a checked list names, or what is right of it, or nothing."""
    form, held, event = ConfirmForm(), kept(event_id, token), event_or_404(event_id)
    drafts = wants_drafts(event)
    source = Source(held.upload.filename, held.upload.sha256)
    try:
        batch = services.import_entries(
            db.session, event, held.table(event.entry_kind), held.asked(event), source, actor_id=actor(),
            now=clock.now(), choice=form.choice, resubmit=not rights_in(event).decide,
            tell=progress.teller(held.place),
        )  # fmt: skip
    except NotEnterable as refused:
        db.session.rollback()
        return _preview_page(event_or_404(event_id), held, refused.proposal, form, refused), 422
    said = _imported(batch, drafts)
    db.session.commit()
    uploads.discard_upload(held.place)
    flash(said, "success")
    return redirect(url_for(".list_entries", event_id=event_id, review="draft" if drafts else None))


@blueprint.get(EVENT + "/import/<token>/errors.xlsx")
@requires("entry.import", entries_place)
def download_errors(event_id: int, token: str) -> ResponseReturnValue:
    """Give the list back to whoever uploaded it, with what is wrong in a column of its own."""
    held, event = kept(event_id, token), event_or_404(event_id)
    proposal, table = held.proposal(event), held.table(event.entry_kind)
    in_words = preview.fault_in_words(table, event.entry_kind)
    found = [f for group in LEFT_OUT for f in preview.faults(table, proposal, group)]
    letters = {name: column.letter for name, column in table.columns.items()}
    data = errorcopy.error_copy(held.upload.grid, letters, [(f.field, in_words(f)) for f in found])
    name = _("%(name)s with error notes", name=held.upload.filename.rsplit(".", 1)[0]) + ".xlsx"
    return send_file(io.BytesIO(data), TYPE, as_attachment=True, download_name=name)


@blueprint.post(EVENT + "/import/<token>/discard")
@requires("entry.import", entries_place)
def discard_import(event_id: int, token: str) -> ResponseReturnValue:
    """Forget a checked list."""
    held = kept(event_id, token)
    record_import(
        event_id, "entry:import_discard", held.upload, entries=len(list(held.upload.grid.below()))
    )
    db.session.commit()
    uploads.discard_upload(held.place)
    return redirect(url_for(".import_file", event_id=event_id))


def _imported(batch: Any, drafts: bool) -> str:
    """Say what came of a list."""
    numbers = {"number": batch.number, "new": batch.entries, "changed": batch.changed, "left": batch.left_out}
    if drafts:
        return _(
            "Batch %(number)s: %(new)s drafts kept, %(changed)s changed, %(left)s rows left out. Complete "
            "them and hand them in.",
            **numbers,
        )
    return _(
        "Batch %(number)s: %(new)s entries imported, %(changed)s changed, %(left)s rows left out.", **numbers
    )


def _preview_page(
    event: Any, held: Kept, proposal: Proposal, form: ConfirmForm, refused: NotEnterable | None = None
) -> str:
    table, kind = held.table(event.entry_kind), event.entry_kind
    group = preview.group_of(proposal, request.args.get("group"))
    listed, page = _listed(proposal, table, kind, group)
    again = queries.list_batches_of(db.session, event.id, held.upload.sha256)
    form.seen.data = proposal.fingerprint
    right = proposal.counts["right"]
    only_right = ngettext("Only the %(num)d right row", "Only the %(num)d right rows", right)
    form.mode.choices = [form.mode.choices[0], SelectChoice("right", only_right)]
    return render_template(
        "entries/preview.html", event=event, token=held.place.token, form=form, upload=held.upload,
        proposal=proposal, group=group, words=preview.GROUP_WORDS, listed=listed, page=page, table=table,
        kinds=preview.kinds(proposal, group), units=_units_form(event, held, proposal), labels=labels,
        refusal=_refusal(proposal, refused), notes=preview.notes(table, proposal, again, kind),
        rights=rights_in(event), may_register=may_register_units(event), drafts=wants_drafts(event),
    )  # fmt: skip


def _listed(proposal: Proposal, table: Any, kind: str, group: str) -> tuple[Any, tuple[int, int, int]]:
    """Return the rows of one page of a group, and (page, pages, all)."""
    whole, in_words = preview.listed(table, proposal, kind, group)
    page, pages = page_of(request.args.get("page"), len(whole), preview.PAGE)
    some = [in_words(item) for item in whole[(page - 1) * preview.PAGE : page * preview.PAGE]]
    return some, (page, pages, len(whole))


def _refusal(proposal: Proposal, refused: NotEnterable | None) -> str:
    """Return why a confirmation has written nothing."""
    if refused is None:
        return ""
    if refused.code:
        return sentence(Refusal(refused.code))
    count = len(proposal.errors)
    return ngettext("Nothing was entered: %(num)d error", "Nothing was entered: %(num)d errors", count)


def _units_form(event: Any, held: Kept, proposal: Proposal) -> UnitsForm:
    """Return what can be said of each unit that is not registered, with what was said already."""
    form = UnitsForm(formdata=None)
    new = [SelectChoice(UnitsForm.NEW, _("A new unit: register it"))] if may_register_units(event) else []
    none = SelectChoice("", _("— to be corrected in the list —"))
    register, named = held.choices.register, held.choices.named
    rows = [(unit.name, unit.near, rules.same_text(unit.name) in register) for unit in proposal.unknown_units]
    form.offer(
        [
            (name, [none, *(SelectChoice(one, one) for one in near), *new], UnitsForm.NEW if chosen else "")
            for name, near, chosen in rows
        ]
        + [(name, [none, SelectChoice(meant, meant), *new], meant) for name, meant in named.items()]
    )
    return form
