"""One entry: its sheets, its status, its penalties."""

from collections.abc import Mapping

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.guard import requires
from competitions.events.places import event_place
from competitions.events.queries import get_event
from competitions.fields import show_refusals
from core import clock
from core.database import db
from core.refusals import Refused
from scoring.sheets import board, decisions, pages
from scoring.sheets.forms import PenaltyForm, StatusForm
from scoring.sheets.views.base import act_of, blueprint, find_entry, refuse_late


@blueprint.get("/entries/<path:code>")
@requires("sheet.progress", event_place)
def show_entry(event_id: int, code: str) -> ResponseReturnValue:
    """Show the sheets of one entry and what was decided about it; `status` is what a judge has reported."""
    return _page(event_id, code, offered=request.args.get("status", ""))


@blueprint.post("/entries/<path:code>/status")
@requires("entry.status", event_place)
def set_status(event_id: int, code: str) -> ResponseReturnValue:
    """Set how an entry takes part."""
    event, entry = find_entry(event_id, code)
    form = _status_form(entry.status)
    if not form.validate_on_submit():
        return _page(event_id, code, status=form), 422
    try:
        refuse_late(event)
        decisions.set_status(
            db.session, event, entry, form.status.data, act_of(form), veto=form.veto()
        )
    except Refused as refused:
        db.session.rollback()
        return _page(event_id, code, status=form, others={"status": show_refusals(form, refused)}), 422
    db.session.commit()
    flash(_("%(code)s: %(status)s.", code=code, status=board.STATUSES[entry.status]), "success")
    return redirect(url_for(".show_entry", event_id=event_id, code=code))


@blueprint.post("/entries/<path:code>/penalties")
@requires("penalty.give", event_place)
def give_penalty(event_id: int, code: str) -> ResponseReturnValue:
    """Take points off the total of an entry."""
    event, entry = find_entry(event_id, code)
    form = _penalty_form()
    if not form.validate_on_submit():
        return _page(event_id, code, penalty=form), 422
    try:
        decisions.give_penalty(db.session, event, entry, form.points.data or "", act_of(form))
    except Refused as refused:
        db.session.rollback()
        return _page(event_id, code, penalty=form, others={"penalty": show_refusals(form, refused)}), 422
    db.session.commit()
    flash(_("%(points)s points are taken off %(code)s.", points=form.points.data, code=code), "success")
    return redirect(url_for(".show_entry", event_id=event_id, code=code))


def _status_form(current: str, chosen: str = "") -> StatusForm:
    offered = [(key, board.STATUSES[key]) for key in decisions.STATUSES if key != current]
    form = StatusForm(clock.new_ref(), offered, clock.today(), prefix="status-")
    if chosen in dict(offered):
        form.status.data = chosen
    return form


def _penalty_form() -> PenaltyForm:
    return PenaltyForm(clock.new_ref(), prefix="penalty-")


def _page(
    event_id: int,
    code: str,
    *,
    status: StatusForm | None = None,
    penalty: PenaltyForm | None = None,
    others: Mapping[str, list[str]] | None = None,
    offered: str = "",
) -> str:
    event = get_event(db.session, event_id)
    page = pages.entry_page(db.session, event, code)
    if page is None:
        abort(404)
    return render_template(
        "sheets/entry.html",
        event=event,
        status_form=status or _status_form(page["entry"].status, offered),
        penalty_form=penalty or _penalty_form(),
        others=others or {},
        **page,
    )
