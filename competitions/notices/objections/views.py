"""Pages of objections: for everybody who objects, and for the organiser who answers."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts import guard
from accounts.guard import public, requires
from competitions.events.queries import competition_path
from competitions.fields import show_refusals
from competitions.notices import pages
from competitions.notices import queries as notices
from competitions.notices.objections import labels, queries, services
from competitions.notices.objections.forms import DecisionForm, ObjectionForm
from competitions.notices.objections.rules import Said
from competitions.notices.objections.services import Sender
from competitions.notices.places import notice_place
from competitions.notices.views.base import BOARD, ONE, find
from core import clock
from core.database import db
from core.once.door import digest_of_form
from core.refusals import Refused

NUMBER = ONE + "/objections/<int:number>"
DECIDE = "objection.decide"
blueprint = Blueprint("objections", __name__)


@blueprint.get(BOARD + "/<ref>/object")
@public
def new_objection(ref: str) -> ResponseReturnValue:
    """Show the form of an objection, or say that none is taken today."""
    form = ObjectionForm(formdata=None)
    if current_user.is_authenticated:
        form.name.data = current_user.name
    return _form_page(_public(ref), form)


@blueprint.post(BOARD + "/<ref>/object")
@public
def file_objection(ref: str) -> ResponseReturnValue:
    """Take an objection and lead to its receipt."""
    notice, form = _public(ref), ObjectionForm()
    if not form.validate_on_submit():
        return _form_page(notice, form), 422
    sender = Sender(request.remote_addr or "", current_user.id if current_user.is_authenticated else None)
    try:
        objection = services.file_objection(
            db.session, notice, form.said(), sender, ref=digest_of_form()[:32] or clock.new_ref(),
            today=clock.today(), now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        db.session.rollback()
        status = 429 if refused.refusals[0].code == "OBJECTION_WAIT" else 422
        return _form_page(_public(ref), form, show_refusals(form, refused)), status
    receipt = objection.ref
    db.session.commit()
    return redirect(url_for(".show_receipt", receipt=receipt))


@blueprint.get(BOARD + "/objections/<receipt>")
@public
def show_receipt(receipt: str) -> ResponseReturnValue:
    """Show how an objection stands to whoever has its receipt; nothing of the person."""
    objection = queries.find_receipt(db.session, receipt) or abort(404)
    version = pages.current_version(objection.notice)
    return render_template(
        "objections/receipt.html", objection=objection, notice=objection.notice, version=version,
        chip=labels.CHIPS[objection.decision],
    )  # fmt: skip


@blueprint.get(ONE + "/objections")
@requires("notice.view", notice_place)
def list_objections(competition_id: int, ref: str) -> ResponseReturnValue:
    """Show the objections to a notice."""
    notice = find(competition_id, ref)
    rows = [(row, services.masked(row)) for row in queries.list_objections(db.session, notice)]
    return render_template("objections/list.html", notice=notice, rows=rows, chips=labels.CHIPS)


@blueprint.get(NUMBER)
@requires("notice.view", notice_place)
def show_objection(competition_id: int, ref: str, number: int) -> ResponseReturnValue:
    """Show one objection and what was or is to be answered; who objects stays masked."""
    return _one_page(*_one(competition_id, ref, number), DecisionForm(formdata=None))


@blueprint.post(NUMBER + "/open")
@requires(DECIDE, notice_place)
def open_objection(competition_id: int, ref: str, number: int) -> ResponseReturnValue:
    """Show who objects; that somebody looked is recorded."""
    notice, objection = _one(competition_id, ref, number)
    whole = services.open_sender(db.session, notice, objection, actor_id=current_user.id, now=clock.now())
    db.session.commit()
    return _one_page(notice, objection, DecisionForm(formdata=None), whole=whole)


@blueprint.post(NUMBER)
@requires(DECIDE, notice_place)
def decide_objection(competition_id: int, ref: str, number: int) -> ResponseReturnValue:
    """Answer an objection."""
    notice, objection = _one(competition_id, ref, number)
    form = DecisionForm()
    said = (form.decision.data or "", form.answer.data or "")
    try:
        services.decide(db.session, notice, objection, *said, actor_id=current_user.id, now=clock.now())
    except Refused as refused:
        db.session.rollback()
        again = _one(competition_id, ref, number)
        return _one_page(*again, form, others=show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("The answer is on record. Tell whoever objected; the receipt shows it, too."), "success")
    return redirect(url_for(".list_objections", competition_id=competition_id, ref=ref))


def _public(ref: str) -> Any:
    return notices.find_public(db.session, ref) or abort(404)


def _one(competition_id: int, ref: str, number: int) -> tuple[Any, Any]:
    notice = find(competition_id, ref)
    return notice, queries.find_objection(db.session, notice, number) or abort(404)


def _form_page(notice: Any, form: ObjectionForm, others: Any = ()) -> str:
    version = pages.current_version(notice)
    return render_template(
        "objections/new.html", notice=notice, version=version, form=form, others=list(others),
        open=pages.takes_objections(notice, clock.today()),
    )  # fmt: skip


def _one_page(
    notice: Any, objection: Any, form: DecisionForm, *, whole: Said | None = None, others: Any = ()
) -> str:
    return render_template(
        "objections/show.html", notice=notice, objection=objection, form=form, others=list(others),
        said=whole or services.masked(objection), whole=whole is not None,
        chip=labels.CHIPS[objection.decision], words=labels.DECISIONS,
        who=services.who_decided(db.session, objection),
        decides=guard.may(DECIDE, competition_path(db.session, notice.competition)),
    )  # fmt: skip
