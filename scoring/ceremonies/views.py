"""The ceremony: its preparation, its screen, and the step that somebody uncovers."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.guard import requires
from competitions.events.places import event_place
from competitions.events.queries import get_event
from competitions.fields import choice_id, show_refusals
from core import clock, refusals
from core.database import db
from core.once.door import once
from core.refusals import Refused
from scoring.ceremonies import pages, queries, services
from scoring.ceremonies.forms import CeremonyForm, StepForm

blueprint = Blueprint("ceremonies", __name__, url_prefix="/events/<int:event_id>/ceremony")
FRAGMENT = "X-Screen-Alone"  # what the script asks for: the screen without the page around it
NUMBERS = range(100_001)


@blueprint.get("")
@requires("ceremony.uncover", event_place)
def list_ceremonies(event_id: int) -> ResponseReturnValue:
    """Show the ceremonies of an event with their records, and the way to a new one."""
    return _list(event_id, CeremonyForm(formdata=None))


@blueprint.post("")
@requires("ceremony.prepare", event_place)
@once(".list_ceremonies")
def prepare(event_id: int) -> ResponseReturnValue:
    """Prepare a ceremony."""
    form, event = CeremonyForm(), get_event(db.session, event_id)
    if not form.validate_on_submit():
        return _list(event_id, form), 422
    try:
        made = services.prepare(
            db.session, event, form.manner.data, form.singly.data or 0, ref=clock.new_ref(),
            actor_id=current_user.id, now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        db.session.rollback()
        return _list(event_id, form, show_refusals(form, refused)), 422
    db.session.commit()
    return redirect(url_for(".show_screen", event_id=event_id, ref=made.ref))


@blueprint.get("/<ref>")
@requires("ceremony.uncover", event_place)
def show_screen(event_id: int, ref: str) -> ResponseReturnValue:
    """Show the screen for the hall: how far the ceremony is, or an earlier step."""
    number = choice_id(request.args.get("step"), NUMBERS)
    return _screen(event_id, ref, number)


@blueprint.post("/<ref>")
@requires("ceremony.uncover", event_place)
def uncover(event_id: int, ref: str) -> ResponseReturnValue:
    """Uncover the next step."""
    event, form = get_event(db.session, event_id), StepForm()
    ceremony = queries.find_ceremony(db.session, event_id, ref)
    if ceremony is None:
        abort(404)
    if not form.validate_on_submit():
        abort(400)
    number = form.number.data or 0
    try:
        services.uncover(db.session, event, ceremony, number, actor_id=current_user.id, now=clock.now())
    except Refused as refused:
        db.session.rollback()
        return _screen(event_id, ref, None, [refusals.words(one) for one in refused.refusals]), 422
    db.session.commit()
    if FRAGMENT in request.headers:
        return _screen(event_id, ref, number)
    return redirect(url_for(".show_screen", event_id=event_id, ref=ref))


def _list(event_id: int, form: CeremonyForm, others: Any = ()) -> str:
    event = get_event(db.session, event_id)
    page = pages.list_page(db.session, event)
    return render_template("ceremonies/list.html", event=event, form=form, others=list(others), **page)


def _screen(event_id: int, ref: str, number: int | None, others: Any = ()) -> str:
    event, ceremony = get_event(db.session, event_id), queries.find_ceremony(db.session, event_id, ref)
    page = pages.screen_page(db.session, event, ceremony, number) if ceremony is not None else None
    if page is None:
        abort(404)
    template = "ceremonies/_screen.html" if FRAGMENT in request.headers else "ceremonies/screen.html"
    return render_template(template, event=event, form=StepForm(formdata=None), others=list(others), **page)
