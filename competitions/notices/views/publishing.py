"""The steps of a notice: published, withdrawn, its draft discarded."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.guard import requires
from competitions.fields import show_refusals, version_said
from competitions.notices import services
from competitions.notices.forms import WithdrawForm
from competitions.notices.places import notice_place
from competitions.notices.views.base import ONE, blueprint, find, show_work
from core import clock, refusals
from core.database import db
from core.refusals import Refused


@blueprint.post(ONE + "/publish")
@requires("notice.publish", notice_place)
def publish(competition_id: int, ref: str) -> ResponseReturnValue:
    """Let everybody read the draft."""
    try:
        services.publish(
            db.session, find(competition_id, ref), version=version_said(request.form.get("version")),
            today=clock.today(), ref=clock.new_ref(), actor_id=current_user.id, now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        db.session.rollback()
        words = [refusals.words(refusal) for refusal in refused.refusals]
        return show_work(find(competition_id, ref), others=words), 409
    db.session.commit()
    flash(_("Published. Everybody can read it now."), "success")
    return redirect(url_for(".show_notice", competition_id=competition_id, ref=ref))


@blueprint.get(ONE + "/withdraw")
@requires("notice.publish", notice_place)
def ask_withdraw(competition_id: int, ref: str) -> ResponseReturnValue:
    """Ask for the reason of a withdrawal."""
    return _withdraw_page(find(competition_id, ref), WithdrawForm(formdata=None))


@blueprint.post(ONE + "/withdraw")
@requires("notice.publish", notice_place)
def withdraw(competition_id: int, ref: str) -> ResponseReturnValue:
    """Withdraw a published notice."""
    form = WithdrawForm()
    try:
        services.withdraw(
            db.session, find(competition_id, ref), reason=form.reason.data or "", actor_id=current_user.id,
            now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        db.session.rollback()
        return _withdraw_page(find(competition_id, ref), form, show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("The notice has been withdrawn. Its page says why."), "success")
    return redirect(url_for(".show_notice", competition_id=competition_id, ref=ref))


@blueprint.post(ONE + "/discard")
@requires("notice.edit", notice_place)
def discard_draft(competition_id: int, ref: str) -> ResponseReturnValue:
    """Discard what has not been published."""
    gone = services.discard_draft(
        db.session, find(competition_id, ref), version=version_said(request.form.get("version")),
        actor_id=current_user.id, now=clock.now(),
    )  # fmt: skip
    db.session.commit()
    flash(_("The draft has been discarded."), "success")
    if gone:
        return redirect(url_for(".list_notices", competition_id=competition_id))
    return redirect(url_for(".show_notice", competition_id=competition_id, ref=ref))


def _withdraw_page(notice: Any, form: WithdrawForm, others: Any = ()) -> str:
    return render_template("notices/withdraw.html", notice=notice, form=form, others=list(others))
