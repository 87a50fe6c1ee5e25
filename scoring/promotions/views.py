"""The pages of promotions: proposals, the rules they follow, levels to record, the list as data."""

import json
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.guard import requires
from competitions.events.places import event_place
from competitions.events.queries import get_event
from competitions.fields import show_refusals
from core import clock
from core.database import db
from core.once.door import once
from core.refusals import Refused
from scoring.promotions import approvals, data, offers, pages, proposals, queries, rules, services
from scoring.promotions.approvals import Grant
from scoring.promotions.forms import ApprovalForm, RulesForm, TakeBackForm

blueprint = Blueprint("promotions", __name__, url_prefix="/events/<int:event_id>/results")


@blueprint.get("/promotions")
@requires("promotion.view", event_place)
def show_proposals(event_id: int) -> ResponseReturnValue:
    """Show who is proposed for which level, and by which rule."""
    return _proposals(event_id)


@blueprint.get("/promotions.json")
@requires("promotion.view", event_place)
def download_data(event_id: int) -> ResponseReturnValue:
    """Give the proposals as data; not there while names are sealed."""
    event = get_event(db.session, event_id)
    result = proposals.result_of(db.session, event)
    found = proposals.proposals_of(db.session, event, result) if result is not None else None
    if found is None or not found.named:
        abort(404)
    text = json.dumps(data.document(event, found), ensure_ascii=False, indent=2) + "\n"
    headers = {"Content-Disposition": f'attachment; filename="promotions-{event_id}.json"'}
    return Response(text, mimetype="application/json", headers=headers)


@blueprint.get("/promotions/rules")
@requires("promotion.edit", event_place)
def edit_rules(event_id: int) -> ResponseReturnValue:
    """Show the editor with the current rules, or with those of a rule book to start from."""
    current = queries.find_current(db.session, event_id)
    text = offers.LIBRARY.find_text(request.args.get("start", ""))
    if text is None:
        text = _as_text(current.document) if current else offers.empty_text()
    return _editor(event_id, RulesForm(document=text, base=str(current.number if current else 0)))


@blueprint.post("/promotions/rules")
@requires("promotion.edit", event_place)
def save_rules(event_id: int) -> ResponseReturnValue:
    """Keep the rules as the next version, or say everything that is wrong with them."""
    event, form = get_event(db.session, event_id), RulesForm()
    if not form.validate_on_submit():
        return _editor(event_id, form), 422
    read = rules.read_text(form.document.data or "", proposals.ground_of_event(db.session, event))
    if read.rules is None:
        form.document.errors = [_("Nothing was saved; everything that has to be mended is listed here.")]
        return _editor(event_id, form, read.findings), 422
    try:
        services.save_rules(
            db.session, event, _mapping(read.document), base=form.base_number(),
            reason=form.reason.data or "", actor_id=current_user.id, now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        db.session.rollback()
        return _editor(event_id, form, (), show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("The promotion rules are saved."), "success")
    return redirect(url_for(".show_proposals", event_id=event_id))


@blueprint.get("/promotions/approved")
@requires("promotion.view", event_place)
def list_approvals(event_id: int) -> ResponseReturnValue:
    """Show what was approved, and which proposals wait for it."""
    return _approvals(event_id, ApprovalForm(formdata=None))


@blueprint.post("/promotions/approved")
@requires("promotion.edit", event_place)
@once(".list_approvals")
def record_approvals(event_id: int) -> ResponseReturnValue:
    """Record that some proposals were approved."""
    event, form = get_event(db.session, event_id), ApprovalForm()
    if not form.validate_on_submit():
        return _approvals(event_id, form), 422
    picked = set(request.form.getlist("people"))
    lines = [line for line in pages.approvable(db.session, event) if str(line.person_id) in picked]
    grant = Grant(form.document.data or "", form["on"].data, form.by.data or "")
    try:
        count = approvals.record_approvals(
            db.session, event, lines, grant, actor_id=current_user.id, now=clock.now()
        )
    except Refused as refused:
        db.session.rollback()
        return _approvals(event_id, form, show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("%(count)s approvals recorded.", count=count), "success")
    return redirect(url_for(".list_approvals", event_id=event_id))


@blueprint.post("/promotions/approved/<int:number>")
@requires("promotion.edit", event_place)
def revoke_approval(event_id: int, number: int) -> ResponseReturnValue:
    """Take back an approval that was recorded wrongly."""
    event, form = get_event(db.session, event_id), TakeBackForm()
    if not form.validate_on_submit():
        return _approvals(event_id, ApprovalForm(formdata=None), [_("Say why it is taken back.")]), 422
    try:
        approvals.revoke_approval(
            db.session, event, number, form.reason.data or "", actor_id=current_user.id, now=clock.now()
        )
    except Refused as refused:
        db.session.rollback()
        return _approvals(event_id, ApprovalForm(formdata=None), show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("The approval has been taken back."), "success")
    return redirect(url_for(".list_approvals", event_id=event_id))


@blueprint.post("/promotions/levels")
@requires("promotion.edit", event_place)
def record_levels(event_id: int) -> ResponseReturnValue:
    """Record the levels that people held, where nobody had written them down."""
    event = get_event(db.session, event_id)
    result = proposals.result_of(db.session, event)
    found = proposals.proposals_of(db.session, event, result) if result is not None else None
    form = pages.levels_form(found) if found is not None else None
    if form is None:
        return _proposals(event_id, others=[_("There is nobody here whose level is not recorded.")]), 422
    if not form.validate_on_submit():
        return _proposals(event_id, form), 422
    actor, picked = current_user.id, form.picked()
    try:
        services.record_levels(db.session, event, picked, actor_id=actor, now=clock.now())
    except Refused as refused:
        db.session.rollback()
        return _proposals(event_id, form, show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("%(count)s levels recorded.", count=len(picked)), "success")
    return redirect(url_for(".show_proposals", event_id=event_id))


def _proposals(event_id: int, form: Any = None, others: Any = ()) -> str:
    event = get_event(db.session, event_id)
    page = pages.proposals_page(db.session, event, form)
    return render_template("promotions/show.html", event=event, others=list(others), **page)


def _approvals(event_id: int, form: ApprovalForm, others: Any = ()) -> str:
    event = get_event(db.session, event_id)
    page = pages.approvals_page(db.session, event)
    picked = set(request.form.getlist("people"))
    return render_template(
        "promotions/approvals.html", event=event, form=form, others=list(others), picked=picked,
        back=TakeBackForm(formdata=None), **page,
    )  # fmt: skip


def _editor(event_id: int, form: Any, findings: Any = (), others: Any = ()) -> str:
    event = get_event(db.session, event_id)
    page = pages.editor_page(db.session, event, form, findings)
    return render_template("promotions/edit.html", event=event, others=list(others), **page)


def _as_text(document: Any) -> str:
    return json.dumps(rules.in_order(document), ensure_ascii=False, indent=2)


def _mapping(document: object) -> dict[str, Any]:
    return document if isinstance(document, dict) else {}
