"""The files of a work: adding, naming, ordering, removing, fetching."""

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.guard import requires
from competitions.entries import work_files
from competitions.entries.forms import WorkFileForm
from competitions.entries.places import entry_place, shown_entry_place
from competitions.entries.views.base import EVENT, actor, blueprint, entry_or_404, event_or_404
from competitions.entries.views.listing import entry_page
from competitions.fields import show_refusals
from core import clock
from core.database import db
from core.files import answers, reading
from core.refusals import Refused
from core.web import takes_files

FILES = EVENT + "/<int:entry_id>/files"
FILE = FILES + "/<int:file_id>"
AT_THE_FORM = {"file", "title"}


@blueprint.post(FILE)
@requires("entry.list", shown_entry_place)
def fetch_file(event_id: int, entry_id: int, file_id: int) -> ResponseReturnValue:
    """Give a file to whoever may see the entry, to be saved; who took it is recorded."""
    event, entry = event_or_404(event_id), entry_or_404(event_id, entry_id)
    row = work_files.find_file(db.session, entry_id, file_id) or abort(404)
    answer = answers.send(row.file)
    work_files.record_fetch(db.session, event, entry, row.file, actor_id=actor(), now=clock.now())
    db.session.commit()
    return answer


@blueprint.post(FILES)
@requires("entry.edit", entry_place)
@takes_files
def add_file(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Add a file to a work."""
    form, event = WorkFileForm(prefix="file"), event_or_404(event_id)
    if not form.validate_on_submit():
        return entry_page(event_id, entry_id, file_form=form), 422
    try:
        upload = reading.take(form.file.data, work_files.ALLOWED)
        row = work_files.add_file(
            db.session, event, entry_id, upload, form.title.data or "", ref=clock.new_ref(),
            actor_id=actor(), now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        return _refused(event_id, entry_id, form, refused)
    title = row.title
    db.session.commit()
    flash(_("“%(title)s” was added.", title=title), "success")
    return _back(event_id, entry_id)


@blueprint.post(FILE + "/name")
@requires("entry.edit", entry_place)
def rename_file(event_id: int, entry_id: int, file_id: int) -> ResponseReturnValue:
    """Give a file another title."""
    form, event = WorkFileForm(prefix=f"name{file_id}"), event_or_404(event_id)
    try:
        row = work_files.rename_file(
            db.session, event, entry_id, file_id, form.title.data or "", actor_id=actor(), now=clock.now()
        )
    except Refused as refused:
        return _refused(event_id, entry_id, form, refused)
    title = row.title
    db.session.commit()
    flash(_("The file is called “%(title)s” now.", title=title), "success")
    return _back(event_id, entry_id)


def _refused(event_id: int, entry_id: int, form: WorkFileForm, refused: Refused) -> ResponseReturnValue:
    """Show what is wrong at its field; what belongs to no field is a page of its own."""
    if not {refusal.where for refusal in refused.refusals} <= AT_THE_FORM:
        raise refused
    db.session.rollback()
    show_refusals(form, refused)
    return entry_page(event_id, entry_id, file_form=form), 422


@blueprint.post(FILE + "/up")
@requires("entry.edit", entry_place)
def raise_file(event_id: int, entry_id: int, file_id: int) -> ResponseReturnValue:
    """Put a file one place up."""
    event = event_or_404(event_id)
    work_files.raise_file(db.session, event, entry_id, file_id, actor_id=actor(), now=clock.now())
    db.session.commit()
    return _back(event_id, entry_id)


@blueprint.post(FILE + "/remove")
@requires("entry.edit", entry_place)
def remove_file(event_id: int, entry_id: int, file_id: int) -> ResponseReturnValue:
    """Remove a file for good."""
    event = event_or_404(event_id)
    title = work_files.remove_file(
        db.session, event, entry_id, file_id, actor_id=actor(), now=clock.now()
    )
    db.session.commit()
    flash(_("“%(title)s” was removed.", title=title), "success")
    return _back(event_id, entry_id)


def _back(event_id: int, entry_id: int) -> ResponseReturnValue:
    return redirect(url_for(".show_entry", event_id=event_id, entry_id=entry_id, _anchor="files"))
