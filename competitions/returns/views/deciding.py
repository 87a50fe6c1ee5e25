"""What the union above decides of a return, and the figures as they were at each step."""

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.guard import requires
from competitions.fields import show_refusals
from competitions.indicators import labels as words
from competitions.returns import labels, queries, services
from competitions.returns.figures import counted_from_json, from_json
from competitions.returns.forms import SendBackForm
from competitions.returns.places import DECIDE, VIEW, deciding_place, return_place
from competitions.returns.rules import Around
from competitions.returns.views.base import (
    ONE,
    address,
    blueprint,
    find_begun,
    find_period,
    lines,
    now_by,
    return_page,
    seen_version,
)
from core.database import db
from core.refusals import Refused
from core.refusals import words as sentence


@blueprint.post(ONE + "/accept")
@requires(DECIDE, deciding_place)
def accept_return(ref: str, union_id: int) -> ResponseReturnValue:
    """Take a return into the own one."""
    period, given = find_begun(ref, union_id)
    onward = address("show_return", period, union_id)
    try:
        services.accept(db.session, period, given, version=seen_version(), **now_by())
    except Refused as refused:
        db.session.rollback()
        told = [sentence(one) for one in refused.refusals]
        return return_page(find_period(ref), union_id, others=told), 422
    db.session.commit()
    flash(_("The return is accepted. Its figures stand in the sums of the return above."), "success")
    return redirect(onward)


@blueprint.post(ONE + "/send-back")
@requires(DECIDE, deciding_place)
def send_back_return(ref: str, union_id: int) -> ResponseReturnValue:
    """Give a return back with the reason."""
    period, given = find_begun(ref, union_id)
    form, onward = SendBackForm(), address("show_return", period, union_id)
    try:
        services.send_back(
            db.session, period, given, form.reason.data or "", version=seen_version(), **now_by()
        )
    except Refused as refused:
        db.session.rollback()
        others = show_refusals(form, refused)
        period, _given = find_begun(ref, union_id)
        return return_page(period, union_id, form, others), 422
    db.session.commit()
    flash(_("The return is sent back."), "success")
    return redirect(onward)


@blueprint.get(ONE + "/steps/<int:number>")
@requires(VIEW, return_place)
def show_step(ref: str, union_id: int, number: int) -> ResponseReturnValue:
    """Show the figures as they were when a step was taken."""
    period, given = find_begun(ref, union_id)
    step = queries.find_step(db.session, given, number) or abort(404)
    return render_template(
        "returns/step.html", period=period, given=given, step=step, labels=labels, words=words,
        names=queries.names_of(db.session, given),
        lines=lines(from_json(step.figures), Around(computed=counted_from_json(step.computed))),
    )  # fmt: skip
