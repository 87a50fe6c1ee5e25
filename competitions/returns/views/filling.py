"""Pages of one return: as it stands, its form, and its submission."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.guard import requires
from competitions.fields import show_refusals
from competitions.indicators import labels as words
from competitions.organisations.queries import get_union
from competitions.returns import queries, rows, services
from competitions.returns.figures import from_json
from competitions.returns.forms import ReturnForm
from competitions.returns.places import FILL, VIEW, return_place
from competitions.returns.rules import OPEN
from competitions.returns.services import Filled
from competitions.returns.views.base import (
    ONE,
    address,
    blueprint,
    find_begun,
    find_period,
    lines,
    now_by,
    return_page,
)
from core.database import db
from core.refusals import Refusal, Refused, refuse
from core.refusals import words as sentence


@blueprint.get(ONE)
@requires(VIEW, return_place)
def show_return(ref: str, union_id: int) -> ResponseReturnValue:
    """Show the return of a union."""
    return return_page(find_period(ref), union_id)


@blueprint.get(ONE + "/edit")
@requires(FILL, return_place)
def edit_return(ref: str, union_id: int) -> ResponseReturnValue:
    """Show the form of a return; computed figures stand beside it, never in it."""
    period = find_period(ref)
    given = queries.find_return(db.session, period, union_id)
    if given is not None and given.state not in OPEN:
        raise refuse("RETURN_CLOSED")
    form = ReturnForm(formdata=None, obj=given, data=None if given else {"version": "0"})
    return _form_page(period, union_id, form, rows.shown(from_json(given.figures) if given else {}))


@blueprint.post(ONE)
@requires(FILL, return_place)
def save_return(ref: str, union_id: int) -> ResponseReturnValue:
    """Keep what was filled in; what cannot be true is told on the page of the return."""
    period, form = find_period(ref), ReturnForm()
    typed = rows.typed(request.form)
    figures, unread = rows.read(typed)
    if not form.validate_on_submit() or unread:
        return _form_page(period, union_id, form, typed, unread), 422
    filled = Filled(figures, form.head.data or "", form.filler.data or "")
    try:
        services.save_return(db.session, period, union_id, filled, form.said_version(), **now_by())
    except Refused as refused:
        db.session.rollback()
        others = show_refusals(form, refused)
        return _form_page(find_period(ref), union_id, form, typed, others=others), 409
    onward = address("show_return", period, union_id)
    db.session.commit()
    flash(_("Saved. Check the return and submit it."), "success")
    return redirect(onward)


@blueprint.post(ONE + "/submit")
@requires(FILL, return_place)
def submit_return(ref: str, union_id: int) -> ResponseReturnValue:
    """Send a return to the union above."""
    period, given = find_begun(ref, union_id)
    onward = address("show_return", period, union_id)
    try:
        services.submit(db.session, period, given, **now_by())
    except Refused as refused:
        db.session.rollback()
        told = [sentence(one) for one in refused.refusals if one.code != "STAT_LOGIC"]
        return return_page(find_period(ref), union_id, others=told), 422
    db.session.commit()
    flash(_("The return is submitted."), "success")
    return redirect(onward)


def _form_page(
    period: Any, union_id: int, form: ReturnForm, typed: Mapping[str, rows.Row],
    unread: Sequence[Refusal] = (), others: Sequence[str] = (),
) -> str:  # fmt: skip
    around = services.around(db.session, period, union_id)
    errors: dict[str, list[str]] = {}
    for refusal in unread:
        errors.setdefault(refusal.where, []).append(sentence(refusal))
    given = queries.find_return(db.session, period, union_id)
    return render_template(
        "returns/form.html", period=period, union=get_union(db.session, union_id), form=form, typed=typed,
        lines=lines({}, around), around=around, errors=errors, words=words, begun=given,
        others=[*others, *(told for one in errors.values() for told in one)],
        has_below=bool(queries.list_below(db.session, period, union_id)),
    )  # fmt: skip
