"""Pages of the documents of a competition."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.guard import public, requires
from competitions.catalogue.naming import choices
from competitions.documents import labels, pages, places, queries, services
from competitions.documents.forms import DocumentForm, ReplaceForm, WithdrawForm
from competitions.documents.places import document_place, documents_place, edited_place
from competitions.events.places import competition_place
from competitions.events.queries import competition_path, get_competition
from competitions.fields import show_refusals
from core import clock
from core.database import db
from core.files import answers, reading
from core.files.kinds import size_words
from core.once.door import once
from core.refusals import Refused
from core.web import takes_files

LIST = "/competitions/<int:competition_id>/documents"
ONE = LIST + "/<ref>"
blueprint = Blueprint("documents", __name__)


@blueprint.get(LIST + "/")
@requires("document.view", documents_place)
def list_documents(competition_id: int) -> ResponseReturnValue:
    """Show the documents of a competition that the reader may open."""
    competition = get_competition(db.session, competition_id)
    found = places.readable(queries.list_documents(db.session, competition_id))
    return render_template(
        "documents/list.html", competition=competition, rows=pages.rows(found),
        path=competition_path(db.session, competition),
    )  # fmt: skip


@blueprint.get(LIST + "/new")
@requires("document.edit", competition_place)
def new_document(competition_id: int) -> ResponseReturnValue:
    """Show the form for a new document."""
    return _new_page(competition_id, _document_form(competition_id, public=True))


@blueprint.post(LIST + "/new")
@takes_files
@requires("document.edit", competition_place)
@once(".list_documents")
def add_document(competition_id: int) -> ResponseReturnValue:
    """Add a document."""
    form = _document_form(competition_id)
    if not form.validate_on_submit():
        return _new_page(competition_id, form), 422
    try:
        upload = reading.take(form.file.data)
        document = services.add_document(
            db.session, get_competition(db.session, competition_id), form.values(), upload,
            refs=(clock.new_ref(), clock.new_ref(), clock.new_ref()), actor_id=current_user.id,
            now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        db.session.rollback()
        return _new_page(competition_id, form, show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("“%(title)s” has been added.", title=document.title), "success")
    return redirect(url_for(".list_documents", competition_id=competition_id))


@blueprint.get(ONE)
@requires("document.view", document_place)
def show_document(competition_id: int, ref: str) -> ResponseReturnValue:
    """Show a document with all its versions."""
    return _document_page(_find(competition_id, ref), ReplaceForm(formdata=None))


@blueprint.post(ONE + "/replace")
@takes_files
@requires("document.edit", edited_place)
def replace_document(competition_id: int, ref: str) -> ResponseReturnValue:
    """Add a newer version of a document."""
    document, form = _find(competition_id, ref), ReplaceForm()
    if not form.validate_on_submit():
        return _document_page(document, form), 422
    try:
        version = services.replace_document(
            db.session, document, reading.take(form.file.data), change=form.change.data or "",
            ref=clock.new_ref(), actor_id=current_user.id, now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        db.session.rollback()
        return _document_page(_find(competition_id, ref), form, show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("Version %(number)s is the one that is read now.", number=version.number), "success")
    return redirect(url_for(".show_document", competition_id=competition_id, ref=ref))


@blueprint.post(ONE + "/public")
@requires("document.edit", edited_place)
def change_readers(competition_id: int, ref: str) -> ResponseReturnValue:
    """Let everybody read a document, or only those who work on the competition."""
    everybody = request.form.get("public") == "yes"
    services.show_document(
        db.session, _find(competition_id, ref), everybody, ref=clock.new_ref(), actor_id=current_user.id,
        now=clock.now(),
    )  # fmt: skip
    db.session.commit()
    told = _("Everybody may read the document now.") if everybody else _("The document is internal now.")
    flash(told, "success")
    return redirect(url_for(".show_document", competition_id=competition_id, ref=ref))


@blueprint.get(ONE + "/withdraw")
@requires("document.edit", edited_place)
def ask_withdraw(competition_id: int, ref: str) -> ResponseReturnValue:
    """Ask for the reason of a withdrawal."""
    return _withdraw_page(_find(competition_id, ref), WithdrawForm(formdata=None))


@blueprint.post(ONE + "/withdraw")
@requires("document.edit", edited_place)
def withdraw_document(competition_id: int, ref: str) -> ResponseReturnValue:
    """Withdraw a document."""
    form = WithdrawForm()
    try:
        services.withdraw_document(
            db.session, _find(competition_id, ref), reason=form.reason.data or "", actor_id=current_user.id,
            now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        db.session.rollback()
        return _withdraw_page(_find(competition_id, ref), form, show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("The document has been withdrawn."), "success")
    return redirect(url_for(".list_documents", competition_id=competition_id))


@blueprint.get("/documents/<ref>/<int:number>")
@public
def download(ref: str, number: int) -> ResponseReturnValue:
    """Give a version of a document: a public one to everybody, another to whoever may read it."""
    found = queries.find_file(db.session, ref, number)
    if found is None:
        abort(404)
    document, stored = found
    # What somebody may not have is as little there as what nobody has.
    shown = document.public and document.withdrawn_at is None and number >= document.public_from
    if not shown and not places.may_read(document):
        abort(404)
    return answers.send(stored, public=shown and not current_user.is_authenticated)


def _find(competition_id: int, ref: str) -> Any:
    document = queries.find_document(db.session, competition_id, ref)
    if document is None:
        abort(404)
    return document


def _document_form(competition_id: int, **said: Any) -> DocumentForm:
    return DocumentForm(choices(get_competition(db.session, competition_id).events), data=said)


def _new_page(competition_id: int, form: DocumentForm, others: Any = ()) -> str:
    competition = get_competition(db.session, competition_id)
    return render_template(
        "documents/new.html", competition=competition, form=form, others=list(others)
    )


def _document_page(document: Any, form: ReplaceForm, others: Any = ()) -> str:
    return render_template(
        "documents/show.html", document=document, form=form, others=list(others), labels=labels,
        size_words=size_words, lines=queries.list_version_lines(db.session, document.id),
        path=competition_path(db.session, document.competition),
    )  # fmt: skip


def _withdraw_page(document: Any, form: WithdrawForm, others: Any = ()) -> str:
    return render_template("documents/withdraw.html", document=document, form=form, others=list(others))
