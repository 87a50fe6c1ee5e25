"""Marks from elsewhere: the template, the upload, the meaning of columns, the preview, entering it."""

import hashlib
import io
from typing import Any

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from accounts.guard import requires
from competitions.events.places import event_place
from competitions.fields import show_refusals
from core import clock
from core.database import db
from core.once.door import once
from core.refusals import Refused
from scoring.desk import list_pages, queries
from scoring.desk.forms import ColumnsForm, EnterForm, ListForm
from scoring.desk.lists import entering, template
from scoring.desk.lists.entering import Upload
from scoring.desk.lists.reading import read_list
from scoring.desk.views.base import (
    actor,
    blueprint,
    event_and_scheme,
    require_neutral,
    why_not,
)
from scoring.desk.views.home import desk_page, stages_of


@blueprint.get("/lists/template-<stage>.xlsx")
@requires("desk.view", event_place)
def download_template(event_id: int, stage: str) -> ResponseReturnValue:
    """Give the workbook to fill in for a stage."""
    event, scheme = event_and_scheme(event_id)
    found = scheme.find_stage(stage) or abort(404)
    data = template.template(queries.ground_of(db.session, event, scheme, found))
    name = _("Marks %(stage)s", stage=found.title or found.code) + ".xlsx"
    return send_file(io.BytesIO(data), template.TYPE, as_attachment=True, download_name=name)


@blueprint.post("/lists")
@requires("desk.write", event_place)
@once(".show_desk")
def bring_list(event_id: int) -> ResponseReturnValue:
    """Read a list of marks and keep it for its preview; no mark is written."""
    event, scheme = event_and_scheme(event_id)
    form = ListForm(stages_of(scheme))
    if not form.validate_on_submit():
        return desk_page(event_id, lists=form), 422
    stage = scheme.find_stage(form.stage.data) or abort(404)
    filename, data = form.file.data.filename or "", form.file.data.read()
    try:
        require_neutral(event)
        grid = read_list(filename, data, stage, list_pages.needed(stage))
        upload = Upload(stage, grid, filename, hashlib.sha256(data).hexdigest())
        signs = bool(form.signs.data)
        made = entering.keep_list(
            db.session, event, upload, signs=signs, actor_id=actor(), now=clock.now()
        )
    except Refused as refused:
        db.session.rollback()
        return desk_page(event_id, lists=form, others={"lists": show_refusals(form, refused)}), 422
    number = made.number
    db.session.commit()
    return redirect(url_for(".show_list", event_id=event_id, number=number))


@blueprint.get("/lists/<int:number>")
@requires("desk.view", event_place)
def show_list(event_id: int, number: int) -> ResponseReturnValue:
    """Show what a list would change with everything against it, or what it has changed."""
    return _page(event_id, number)


@blueprint.post("/lists/<int:number>/columns")
@requires("desk.write", event_place)
def choose_columns(event_id: int, number: int) -> ResponseReturnValue:
    """Say what the columns of a list mean."""
    event, scheme = event_and_scheme(event_id)
    made = _list(event_id, number)
    form = _columns_form(scheme, made)
    try:
        if form.validate_on_submit():
            list_pages.require_columns(form.fields)
            entering.choose_columns(db.session, made, form.fields, actor_id=actor(), now=clock.now())
            db.session.commit()
            return redirect(url_for(".show_list", event_id=event_id, number=number))
    except Refused as refused:
        db.session.rollback()
        return _page(event_id, number, columns=form, refused=refused), 422
    return _page(event_id, number, columns=form), 422


@blueprint.post("/lists/<int:number>/enter")
@requires("desk.write", event_place)
def enter_list(event_id: int, number: int) -> ResponseReturnValue:
    """Write every mark of a list, or none."""
    event, _scheme = event_and_scheme(event_id)
    made, form = _list(event_id, number), EnterForm()
    digest = (form.digest.data or "") if form.validate_on_submit() else ""
    try:
        require_neutral(event)
        found = entering.enter_list(db.session, event, made, digest, actor_id=actor(), now=clock.now())
    except Refused as refused:
        db.session.rollback()
        return _page(event_id, number, refused=refused), 422
    db.session.commit()
    count = sum(len(change.marks) for change in found.changes)
    told = ngettext("%(num)d mark is entered.", "%(num)d marks are entered.", count)
    flash(told, "success")
    return redirect(url_for(".show_list", event_id=event_id, number=number))


@blueprint.post("/lists/<int:number>/discard")
@requires("desk.write", event_place)
def discard_list(event_id: int, number: int) -> ResponseReturnValue:
    """Put a list away that was not entered."""
    try:
        entering.discard_list(db.session, _list(event_id, number), actor_id=actor(), now=clock.now())
    except Refused as refused:
        db.session.rollback()
        return _page(event_id, number, refused=refused), 422
    db.session.commit()
    flash(_("The list is put away; nothing of it was entered."), "success")
    return redirect(url_for(".show_desk", event_id=event_id))


def _list(event_id: int, number: int) -> Any:
    made = queries.find_list(db.session, event_id, number)
    return made if made is not None and made.state != "discarded" else abort(404)


def _columns_form(scheme: Any, made: Any) -> ColumnsForm:
    stage = entering.stage_of(scheme, made)
    return ColumnsForm(list_pages.headings(made), list_pages.offered(stage), entering.fields_of(made))


def _page(
    event_id: int, number: int, *, columns: ColumnsForm | None = None, refused: Refused | None = None
) -> str:
    event, scheme = event_and_scheme(event_id)
    made = _list(event_id, number)
    form, enter = columns or _columns_form(scheme, made), EnterForm(formdata=None)
    shown = list_pages.list_page(db.session, event, scheme, made, actor(), request.args.get("page"))
    enter.digest.data = shown["found"].digest if shown["found"] else ""
    return render_template(
        "desk/list.html",
        event=event,
        made=made,
        closed=why_not(event),
        columns_form=form,
        columns_rows=list(zip(shown["letters"], form.columns, strict=False)),
        enter_form=enter,
        refusals=show_refusals(enter, refused) if refused else [],
        **shown,
    )
