"""Acts at the board: take a tablet out of service, ask a judge, answer a call, close a round in spite."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.guard import requires
from competitions.events.places import event_place
from competitions.events.queries import get_event
from competitions.fields import show_refusals
from core import clock
from core.database import db
from core.refusals import Refused
from scoring.devices import queries, rules, services
from scoring.sheets import pages, rounds
from scoring.sheets.decisions import Act
from scoring.sheets.forms import ActForm, NudgeForm
from scoring.sheets.views.acts import Asked, answer_asked, show_asked
from scoring.sheets.views.base import act_of, blueprint


@blueprint.get("/tablets/<int:device_id>/withdraw")
@requires("device.attend", event_place)
def ask_device(event_id: int, device_id: int) -> ResponseReturnValue:
    """Ask why a tablet is taken out of service."""
    return show_asked(event_id, _withdrawing(event_id, device_id))


@blueprint.post("/tablets/<int:device_id>/withdraw")
@requires("device.attend", event_place)
def withdraw_device(event_id: int, device_id: int) -> ResponseReturnValue:
    """Take a tablet out of service: it is signed out, and what it still holds waits for the chief judge."""
    return answer_asked(event_id, _withdrawing(event_id, device_id))


def _withdrawing(event_id: int, device_id: int) -> Asked:
    device = queries.get_device(db.session, event_id, device_id)
    if device is None:
        abort(404)
    judge = queries.judge_codes(db.session, event_id)[device.user_id]

    def do(act: Act) -> None:
        services.revoke_device(
            db.session, device, act.reason, event_id=event_id, actor_id=int(current_user.id), now=act.now
        )

    name = rules.short_name(device.ref)
    return Asked(
        _("Take tablet %(name)s of %(judge)s out of service", name=name, judge=judge),
        _(
            "It is signed out at once. Marks that are still on it are received, but do not count until the "
            "chief judge has decided about them. The judge goes on with another tablet."
        ),
        _("Take out of service"),
        url_for(".show_judge", event_id=event_id, code=judge),
        do,
        _("Tablet %(name)s is out of service.", name=name),
    )


@blueprint.post("/judges/<path:code>/nudges")
@requires("device.attend", event_place)
def nudge(event_id: int, code: str) -> ResponseReturnValue:
    """Ask a judge something by the tablet."""
    users = {judge: user for user, judge in queries.judge_codes(db.session, event_id).items()}
    form = NudgeForm()
    if code not in users:
        abort(404)
    if not form.validate_on_submit():
        abort(422)
    services.nudge(
        db.session, event_id, users[code], form.message.data, actor_id=int(current_user.id), now=clock.now()
    )
    db.session.commit()
    flash(_("%(judge)s is asked by the tablet.", judge=code), "success")
    return redirect(url_for(".show_judge", event_id=event_id, code=code))


@blueprint.post("/calls/<int:call_id>/coming")
@requires("device.attend", event_place)
def come(event_id: int, call_id: int) -> ResponseReturnValue:
    """Tell a judge who called that somebody is on the way."""
    return _answer_call(event_id, call_id, "coming")


@blueprint.post("/calls/<int:call_id>/done")
@requires("device.attend", event_place)
def end_call(event_id: int, call_id: int) -> ResponseReturnValue:
    """Say that what a judge called for is settled."""
    return _answer_call(event_id, call_id, "done")


def _answer_call(event_id: int, call_id: int, state: str) -> ResponseReturnValue:
    call = queries.find_call(db.session, event_id, call_id)
    if call is None:
        abort(404)
    services.answer_call(db.session, call, state, actor_id=int(current_user.id), now=clock.now())
    db.session.commit()
    return redirect(url_for(".show_progress", event_id=event_id))


@blueprint.get("/round")
@requires("sheet.progress", event_place)
def show_round(event_id: int) -> ResponseReturnValue:
    """Show what keeps a round from being closed."""
    return _round(event_id)


@blueprint.post("/round")
@requires("closing.waive", event_place)
def waive_round(event_id: int) -> ResponseReturnValue:
    """Let the round be closed in spite of it."""
    event, form = get_event(db.session, event_id), ActForm(clock.new_ref())
    if not form.validate_on_submit():
        return _round(event_id, form), 422
    try:
        act = act_of(form)
        rounds.waive(db.session, event, act.reason, actor_id=int(current_user.id), now=act.now)
    except Refused as refused:
        db.session.rollback()
        return _round(event_id, form, show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("The decision is on record. Nothing on the tablets keeps the round open any more."), "success")
    return redirect(url_for(".show_progress", event_id=event_id))


def _round(event_id: int, form: ActForm | None = None, others: list[str] | None = None) -> str:
    event = get_event(db.session, event_id)
    page = pages.round_page(db.session, event, clock.now())
    form = form or ActForm(clock.new_ref())
    return render_template("sheets/round.html", event=event, form=form, others=others or [], **page)
