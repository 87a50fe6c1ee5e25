"""The page of the re-check: what is compared, what was found."""

from collections.abc import Iterable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.guard import requires
from competitions.events.places import event_place
from competitions.events.queries import get_event
from core import clock, refusals
from core.database import db
from core.refusals import Refused
from scoring.rechecks import pages, services
from scoring.rechecks.forms import ComparisonForm, SampleForm

blueprint = Blueprint("rechecks", __name__, url_prefix="/events/<int:event_id>/recheck")


@blueprint.get("")
@requires("recheck.view", event_place)
def show_recheck(event_id: int) -> ResponseReturnValue:
    """Show the sheets to compare, those first that nobody has found right yet."""
    return _page(event_id)


@blueprint.post("/sample")
@requires("recheck.check", event_place)
def draw_sample(event_id: int) -> ResponseReturnValue:
    """Draw the sheets to compare."""
    event, form = get_event(db.session, event_id), SampleForm(clock.new_ref())
    if not form.validate_on_submit():
        return _page(event_id, form.errors), 422
    services.draw_sample(
        db.session, event, seed=clock.new_token(), operation_id=form.operation.data or "",
        actor_id=current_user.id, now=clock.now(),
    )  # fmt: skip
    db.session.commit()
    flash(_("The sheets to compare are drawn."), "success")
    return redirect(url_for(".show_recheck", event_id=event_id))


@blueprint.post("/sheets/<ref>")
@requires("recheck.check", event_place)
def compare(event_id: int, ref: str) -> ResponseReturnValue:
    """Record whether a sheet agrees."""
    event, form = get_event(db.session, event_id), ComparisonForm(clock.new_ref())
    if not form.validate_on_submit():
        return _page(event_id, [error for found in form.errors.values() for error in found]), 422
    try:
        services.compare(
            db.session, event, ref, form.version.data or 0, agrees=form.found.data == "agrees",
            note=form.note.data or "", operation_id=form.operation.data or "",
            actor_id=current_user.id, now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        db.session.rollback()
        return _page(event_id, [refusals.words(found) for found in refused.refusals]), 422
    db.session.commit()
    flash(_("Recorded."), "success")
    return redirect(url_for(".show_recheck", event_id=event_id, page=request.args.get("page")))


def _page(event_id: int, others: Iterable[str] = ()) -> str:
    event = get_event(db.session, event_id)
    page = pages.recheck_page(db.session, event, request.args.get("page"))
    return render_template(
        "rechecks/show.html", event=event, others=list(others), sample=SampleForm(clock.new_ref()),
        comparison=lambda row: ComparisonForm(clock.new_ref(), formdata=None, version=row.version), **page,
    )  # fmt: skip
