"""Who judges an event: appoint, invite, change, dismiss."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.guard import requires
from accounts.queries import state_of
from competitions.events.places import event_place
from competitions.fields import show_refusals
from competitions.judges import conflicts, queries, rules, services
from competitions.judges.forms import (
    AppointForm,
    ConflictForm,
    InviteJudgeForm,
    JudgeForm,
    ReasonForm,
    SubstituteForm,
)
from competitions.judges.places import appointment_place
from competitions.judges.services import JudgeValues
from competitions.judges.views.base import actor, blueprint, closed, event_or_404, judge_or_404, list_page
from core import clock
from core.database import db
from core.refusals import Refusal, Refused, words

OLD, NEW = "old", "new"


@blueprint.get("/")
@requires("judge.list", event_place)
def list_judges(event_id: int) -> ResponseReturnValue:
    """Show the judges of an event and where each of them marks."""
    return list_page(event_id)


@blueprint.get("/new")
@requires("judge.appoint", event_place)
def new_judge(event_id: int) -> ResponseReturnValue:
    """Ask whom to appoint."""
    return _new_page(event_id, AppointForm(formdata=None, prefix=OLD), _empty_invitation())


@blueprint.post("/new")
@requires("judge.appoint", event_place)
def appoint_judge(event_id: int) -> ResponseReturnValue:
    """Appoint somebody who has an account."""
    event, form = event_or_404(event_id), AppointForm(prefix=OLD)
    user = meant(form) if form.validate_on_submit() else None
    values = _values(form) if user is not None else None
    if user is None or values is None:
        return _new_page(event_id, form, _empty_invitation()), 422
    try:
        judge = services.appoint(db.session, event, user, values, actor_id=actor(), now=clock.now())
    except Refused as refused:
        return _new_page(event_id, form, _empty_invitation(), show_refusals(form, refused)), 422
    _commit_and_tell(judge)
    return redirect(url_for(".list_judges", event_id=event_id))


@blueprint.post("/invite")
@requires("judge.appoint", event_place)
def invite_judge(event_id: int) -> ResponseReturnValue:
    """Make an account for a new judge and show its link, once."""
    event, form, token = event_or_404(event_id), InviteJudgeForm(prefix=NEW), clock.new_token()
    values = _values(form) if form.validate_on_submit() else None
    if values is None:
        return _new_page(event_id, AppointForm(formdata=None, prefix=OLD), form), 422
    try:
        link = services.invite_judge(
            db.session, event, values, login=form.login.data, name=form.name.data, token=token,
            actor_id=actor(), now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        others = show_refusals(form, refused)
        return _new_page(event_id, AppointForm(formdata=None, prefix=OLD), form, others), 422
    db.session.commit()
    return _link_page(event_id, link, token)


@blueprint.post("/<int:appointment_id>/link")
@requires("judge.appoint", appointment_place)
def renew_link(event_id: int, appointment_id: int) -> ResponseReturnValue:
    """Make a new link for a judge who has never signed in."""
    judge, token = judge_or_404(event_id, appointment_id), clock.new_token()
    link = services.renew_link(db.session, judge, token=token, actor_id=actor(), now=clock.now())
    db.session.commit()
    return _link_page(event_id, link, token)


@blueprint.get("/<int:appointment_id>")
@requires("judge.appoint", appointment_place)
def edit_judge(event_id: int, appointment_id: int) -> ResponseReturnValue:
    """Show one judge, and how to change or end the appointment."""
    judge = judge_or_404(event_id, appointment_id)
    return judge_page(event_id, judge, form_of(judge))


@blueprint.post("/<int:appointment_id>")
@requires("judge.appoint", appointment_place)
def change_judge(event_id: int, appointment_id: int) -> ResponseReturnValue:
    """Change what is said about a judge."""
    event, judge, form = event_or_404(event_id), judge_or_404(event_id, appointment_id), JudgeForm()
    values = _values(form) if form.validate_on_submit() else None
    if values is None:
        return judge_page(event_id, judge, form), 422
    try:
        services.change_judge(db.session, event, judge, values, actor_id=actor(), now=clock.now())
    except Refused as refused:
        return judge_page(event_id, judge, form, others=show_refusals(form, refused)), 422
    _commit_and_tell(judge)
    return redirect(url_for(".list_judges", event_id=event_id))


@blueprint.post("/<int:appointment_id>/dismiss")
@requires("judge.appoint", appointment_place)
def dismiss_judge(event_id: int, appointment_id: int) -> ResponseReturnValue:
    """End an appointment."""
    return _end(event_id, appointment_id, "dismiss", services.dismiss, _("%(name)s was dismissed."))


@blueprint.post("/<int:appointment_id>/stop")
@requires("judge.appoint", appointment_place)
def stop_judge(event_id: int, appointment_id: int) -> ResponseReturnValue:
    """Let a judge do no new work; what was signed stays."""
    return _end(event_id, appointment_id, "stop", services.stop_work, _("%(name)s does no new work."))


@blueprint.post("/<int:appointment_id>/resume")
@requires("judge.appoint", appointment_place)
def resume_judge(event_id: int, appointment_id: int) -> ResponseReturnValue:
    """Let a judge work again."""
    event, judge = event_or_404(event_id), judge_or_404(event_id, appointment_id)
    services.resume_work(db.session, event, judge, actor_id=actor(), now=clock.now())
    db.session.commit()
    flash(_("%(name)s works again.", name=judge.user.name), "success")
    return redirect(url_for(".list_judges", event_id=event_id))


def _end(event_id: int, appointment_id: int, name: str, act: Any, said: str) -> ResponseReturnValue:
    event, judge = event_or_404(event_id), judge_or_404(event_id, appointment_id)
    form = ReasonForm(prefix=name)
    who = judge.user.name
    if not form.validate_on_submit():
        return judge_page(event_id, judge, form_of(judge), ended=(name, form)), 422
    try:
        act(db.session, event, judge, form.reason.data or "", actor_id=actor(), now=clock.now())
    except Refused as refused:
        others = show_refusals(form, refused)
        db.session.rollback()
        judge = judge_or_404(event_id, appointment_id)
        return judge_page(event_id, judge, form_of(judge), (name, form), others), 422
    db.session.commit()
    flash(said % {"name": who}, "success")
    return redirect(url_for(".list_judges", event_id=event_id))


def form_of(judge: Any) -> JudgeForm:
    """Return the form with what is said of a judge."""
    names = queries.list_unit_names(db.session, [judge.unit_id or 0])
    unit = names.get(judge.unit_id or 0, "")
    return JudgeForm(formdata=None, unit=unit, chief=judge.chief, head=judge.head)


def _empty_invitation() -> InviteJudgeForm:
    return InviteJudgeForm(formdata=None, prefix=NEW)


def meant(form: AppointForm) -> Any | None:
    """Return who is meant; otherwise say at the field that it is nobody, or several to choose from."""
    text = form.who.data or ""
    if len(text) < queries.SHORTEST_SEARCH:
        form.who.errors = [words(Refusal("WHO_SHORT"))]
        return None
    users = queries.find_users(db.session, text)
    form.offer(users, queries.list_known_units(db.session, [user.id for user in users]))
    user = form.chosen(users)
    if user is None:
        form.who.errors = [words(Refusal("WHO_SEVERAL" if users else "WHO_UNKNOWN"))]
    return user


def _values(form: JudgeForm) -> JudgeValues | None:
    """Return what a form says of a judge; None with a word at the field where the unit is not known."""
    name = form.unit.data or ""
    unit = queries.find_unit(db.session, name) if name else None
    if name and unit is None:
        form.unit.errors = [words(Refusal("UNIT_NOT_FOUND"))]
        return None
    return JudgeValues(form.chief.data, form.head.data, unit.id if unit else None)


def _commit_and_tell(judge: Any) -> None:
    """Say what was done, and name a conflict of interest at once: it will stop the closing later."""
    event_id, code, name, number = judge.event_id, judge.code, judge.user.name, judge.id
    db.session.commit()
    flash(_("%(name)s judges as %(code)s.", name=name, code=code), "success")
    for conflict in conflicts.list_conflicts(db.session, event_or_404(event_id), only=number):
        flash(words(conflict.refusal()), "warning")


def _new_page(event_id: int, old: AppointForm, new: InviteJudgeForm, others: Any = ()) -> str:
    db.session.rollback()
    event = event_or_404(event_id)
    return render_template(
        "judges/new.html", event=event, old=old, new=new, others=list(others), closed=closed(event),
        units=queries.list_units(db.session),
    )  # fmt: skip


def judge_page(
    event_id: int, judge: Any, form: JudgeForm, ended: Any = ("", None), others: Any = ()
) -> str:
    """Return the page of one judge; `ended` names the form below that was refused, with its errors."""
    event, (name, refused) = event_or_404(event_id), ended
    reasons: dict[str, Any] = {key: ReasonForm(formdata=None, prefix=key) for key in ("dismiss", "stop")}
    reasons["substitute"] = SubstituteForm(formdata=None, prefix="substitute")
    reasons["conflict"] = ConflictForm(formdata=None, prefix="conflict")
    if refused is not None:
        reasons[name] = refused
    return render_template(
        "judges/show.html", event=event, judge=judge, form=form, reasons=reasons, ended=name,
        others=list(others), closed=closed(event), units=queries.list_units(db.session),
        working=bool(queries.working_judges(db.session, event_id, [judge.user_id])),
        state=state_of(judge.user), kinds=conflicts.KINDS, may_override=conflicts.may_override(event),
        declared=conflicts.list_declared(db.session, event, [judge.id]),
        changes_over=event.state not in rules.DISMISSED_IN,
    )  # fmt: skip


def _link_page(event_id: int, link: Any, token: str) -> str:
    address = url_for("accounts.open_link", _external=True, _anchor=token)
    return render_template(
        "judges/invited.html", event=event_or_404(event_id), link=link, address=address
    )
