"""Templates of a competition's own: list, begin, edit, bring pictures, remove."""

import json
from collections.abc import Sequence
from typing import Any

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from wtforms.fields import SelectChoice

from accounts.guard import requires
from competitions.events.places import competition_place
from competitions.events.queries import get_competition
from competitions.fields import show_refusals
from core import clock, refusals
from core.database import db
from core.files import reading
from core.once.door import once
from core.refusals import Refusal, Refused
from core.web import audit_exempt, takes_files
from reports.certificates import layout, preview
from reports.certificates import template as templates
from reports.certificates.designs import queries, services
from reports.certificates.designs.forms import DocumentForm, NewForm, PictureForm
from reports.certificates.designs.offers import offers
from reports.certificates.designs.printing import template_of
from reports.certificates.designs.samples import SAMPLES
from reports.certificates.designs.views.base import blueprint, box_names, pdf, place_names, sample

LIST = "/competitions/<int:competition_id>/certificate-templates"
ONE = LIST + "/<ref>"
PICTURES = frozenset({"png", "jpg"})
audit_exempt.add("designs.draw_preview")


@blueprint.get(LIST + "/")
@requires("certificate.design", competition_place)
def list_templates(competition_id: int) -> ResponseReturnValue:
    """Show the templates of a competition."""
    return _list_page(competition_id, _new_form(competition_id, empty=True))


@blueprint.post(LIST + "/")
@requires("certificate.design", competition_place)
@once(".list_templates")
def add_template(competition_id: int) -> ResponseReturnValue:
    """Begin a template of one's own."""
    form = _new_form(competition_id)
    if not form.validate_on_submit():
        return _list_page(competition_id, form), 422
    try:
        row = services.add_template(
            db.session, get_competition(db.session, competition_id), form.base.data or "",
            form.name.data or "", ref=clock.new_ref(), actor_id=current_user.id, now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        db.session.rollback()
        return _list_page(competition_id, form, show_refusals(form, refused)), 422
    db.session.commit()
    return redirect(url_for(".edit_template", competition_id=competition_id, ref=row.ref))


@blueprint.get(ONE + "/")
@requires("certificate.design", competition_place)
def edit_template(competition_id: int, ref: str) -> ResponseReturnValue:
    """Show the editor."""
    row = _find(competition_id, ref)
    document = json.dumps(row.document, ensure_ascii=False, indent=1)
    return _edit_page(
        row, DocumentForm(formdata=None, data={"document": document, "version": str(row.version)})
    )


@blueprint.post(ONE + "/")
@requires("certificate.design", competition_place)
def save_template(competition_id: int, ref: str) -> ResponseReturnValue:
    """Keep the template as it was edited."""
    row, form = _find(competition_id, ref), DocumentForm()
    if not form.validate_on_submit():
        return _edit_page(row, form), 422
    try:
        services.save_template(
            db.session, row, _read(form.document.data or ""), int(form.version.data or 0),
            actor_id=current_user.id, now=clock.now(),
        )  # fmt: skip
    except (Refused, ValueError) as error:
        db.session.rollback()
        return _edit_page(_find(competition_id, ref), form, _told(error)), 422
    db.session.commit()
    flash(_("The template has been saved."), "success")
    return redirect(url_for(".edit_template", competition_id=competition_id, ref=ref))


@blueprint.post(ONE + "/preview")
@requires("certificate.design", competition_place)
def draw_preview(competition_id: int, ref: str) -> ResponseReturnValue:
    """Return what a template looks like while it is edited, and what is wrong with it; keep nothing."""
    row = _find(competition_id, ref)
    try:
        asked = _read(request.get_data(as_text=True))
    except ValueError:
        asked = None
    if not isinstance(asked, dict):
        abort(400)
    try:
        made = templates.from_document(asked.get("document"))
    except Refused as refused:
        return jsonify(svg=None, faults=_faults(refused.refusals))
    text = sample(row_competition(row), None, str(asked.get("kind")))
    drawn, refused_text = preview.render(
        made, text, seals=bool(asked.get("seals")), pictures=queries.read_pictures(db.session, row),
        label=made.name,
    )  # fmt: skip
    return jsonify(svg=str(drawn), faults=_faults(refused_text.refusals if refused_text else ()))


@blueprint.post(ONE + "/pictures")
@takes_files
@requires("certificate.design", competition_place)
@once(".edit_template")
def add_picture(competition_id: int, ref: str) -> ResponseReturnValue:
    """Bring a picture; the editor asks for it in the background, a browser without a script by its form."""
    row = _find(competition_id, ref)
    try:
        upload = reading.take(request.files.get("file"), PICTURES)
        services.add_picture(
            db.session, row, upload, ref=clock.new_ref(), actor_id=current_user.id, now=clock.now()
        )
    except Refused as refused:
        db.session.rollback()
        return _edit_page(
            _find(competition_id, ref), _document_form(competition_id, ref), _told(refused)
        ), 422
    db.session.commit()
    flash(_("The picture is there; choose it in the template."), "success")
    return redirect(url_for(".edit_template", competition_id=competition_id, ref=ref))


@blueprint.get(ONE + "/sample.pdf")
@requires("certificate.design", competition_place)
def open_own_sample(competition_id: int, ref: str) -> ResponseReturnValue:
    """Return an invented certificate after the template as it was saved."""
    row = _find(competition_id, ref)
    pictures = queries.read_pictures(db.session, row)
    text = sample(row_competition(row), None, request.args.get("kind", "person"))
    return pdf(layout.draw([text], template_of(row), seals=True, pictures=pictures), "sample.pdf")


@blueprint.post(ONE + "/remove")
@requires("certificate.design", competition_place)
def remove_template(competition_id: int, ref: str) -> ResponseReturnValue:
    """Remove a template that no event prints with."""
    try:
        services.remove_template(
            db.session, _find(competition_id, ref), actor_id=current_user.id, now=clock.now()
        )
    except Refused as refused:
        db.session.rollback()
        return _list_page(competition_id, _new_form(competition_id, empty=True), _told(refused)), 409
    db.session.commit()
    flash(_("The template has been removed."), "success")
    return redirect(url_for(".list_templates", competition_id=competition_id))


def row_competition(row: Any) -> Any:
    """Return the competition of a template."""
    return get_competition(db.session, row.competition_id)


def _find(competition_id: int, ref: str) -> Any:
    return queries.find_template(db.session, competition_id, ref) or abort(404)


def _new_form(competition_id: int, *, empty: bool = False) -> NewForm:
    form = NewForm(formdata=None) if empty else NewForm()
    found = offers(get_competition(db.session, competition_id))
    form.base.choices = [SelectChoice(key, name) for key, name in found]
    return form


def _document_form(competition_id: int, ref: str) -> DocumentForm:
    row = _find(competition_id, ref)
    document = json.dumps(row.document, ensure_ascii=False, indent=1)
    return DocumentForm(formdata=None, data={"document": document, "version": str(row.version)})


def _read(text: str) -> Any:
    """Return what a text says in JSON; raises ValueError for what is none, or nested beyond all sense."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def _told(error: Exception) -> list[str]:
    if isinstance(error, Refused):
        return [refusals.words(refusal) for refusal in error.refusals]
    return [_("This is no valid JSON. Correct it, or open the template again.")]


def _faults(found: Sequence[Refusal]) -> list[dict[str, str]]:
    return [{"where": refusal.where, "says": refusals.words(refusal)} for refusal in found]


def _list_page(competition_id: int, form: NewForm, others: Sequence[str] = ()) -> str:
    competition = get_competition(db.session, competition_id)
    rows = [(row, template_of(row)) for row in queries.list_templates(db.session, competition_id)]
    return render_template(
        "certificates/designs/list.html", competition=competition, rows=rows, form=form, others=list(others),
    )  # fmt: skip


def _edit_page(row: Any, form: DocumentForm, others: Sequence[str] = ()) -> str:
    return render_template(
        "certificates/designs/edit.html", competition=row_competition(row), row=row, form=form,
        picture_form=PictureForm(formdata=None), others=list(others), names=box_names(), samples=SAMPLES,
        pictures=[(picture.file.ref, picture.file.name) for picture in row.pictures],
        places=[{"key": key, "name": name} for key, name in place_names().items()],
    )  # fmt: skip
