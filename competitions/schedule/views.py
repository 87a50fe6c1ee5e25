"""The schedule of an event: its sittings by day, planned one by one or many at once, held or cancelled."""

from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from accounts.guard import requires
from competitions.events.offers import saved_meanwhile
from competitions.events.places import event_place
from competitions.events.queries import find_event
from competitions.events.rules import YEARS_AHEAD
from competitions.fields import show_refusals, version_said
from competitions.schedule import pages, queries, services
from competitions.schedule.forms import PlanForm, ReasonForm, ShiftForm, SittingForm
from competitions.schedule.places import sitting_place
from core import clock
from core.database import db
from core.refusals import Refused

blueprint = Blueprint("schedule", __name__, url_prefix="/events/<int:event_id>/schedule")


@blueprint.get("/")
@requires("schedule.view", event_place)
def show_schedule(event_id: int) -> ResponseReturnValue:
    """Show the sittings of an event by day."""
    return _schedule_page(event_id)


@blueprint.get("/new")
@requires("schedule.edit", event_place)
def new_sitting(event_id: int) -> ResponseReturnValue:
    """Show the form for one sitting."""
    event = _event(event_id)
    start = pages.planned(db.session, event)
    site = start["sites"][0] if start["sites"] else ""
    return _form_page(event, _form(event, data={"batch": 0, "day": start["day"], "site": site}))


@blueprint.post("/new")
@requires("schedule.edit", event_place)
def add_sitting(event_id: int) -> ResponseReturnValue:
    """Plan one sitting."""
    event = _event(event_id)
    form = _form(event)
    if not form.validate_on_submit():
        return _form_page(event, form), 422
    try:
        services.add_sitting(db.session, event, form.values(), **_by())
    except Refused as refused:
        return _form_page(event, form, others=_told(form, refused)), 422
    return _done(event_id, _("The sitting is in the schedule."))


@blueprint.get("/plan")
@requires("schedule.edit", event_place)
def new_plan(event_id: int) -> ResponseReturnValue:
    """Show the form for many sittings at once."""
    event = _event(event_id)
    titles = pages.titles_with(db.session, event)
    return _plan_page(event, PlanForm(titles, _last_year(), data=pages.planned(db.session, event)))


@blueprint.post("/plan")
@requires("schedule.edit", event_place)
def add_plan(event_id: int) -> ResponseReturnValue:
    """Plan many sittings: all of them, or none and what is wrong."""
    event = _event(event_id)
    form = PlanForm(pages.titles_with(db.session, event), _last_year())
    if not form.validate_on_submit():
        return _plan_page(event, form), 422
    try:
        made = services.plan_sittings(
            db.session, event, form.stage.data, form.rounds(), form.rhythm(), **_by()
        )
    except Refused as refused:
        return _plan_page(event, form, _told(form, refused)), 422
    number = len(made)
    said = ngettext("%(num)d sitting is planned.", "%(num)d sittings are planned.", number)
    return _done(event_id, said)


@blueprint.post("/shift")
@requires("schedule.edit", event_place)
def shift_sittings(event_id: int) -> ResponseReturnValue:
    """Move everything that is planned, on one day or on all, by some minutes."""
    event = _event(event_id)
    form = ShiftForm(pages.planned_days(queries.list_sittings(db.session, event_id)))
    if not form.validate_on_submit():
        return _schedule_page(event_id, form), 422
    of = date.fromisoformat(form.day.data) if form.day.data else None
    try:
        moved = services.shift_sittings(db.session, event, form.minutes.data or 0, of, **_by())
    except Refused as refused:
        return _schedule_page(event_id, form, _told(form, refused)), 422
    return _done(event_id, ngettext("%(num)d sitting was moved.", "%(num)d sittings were moved.", moved))


@blueprint.post("/held")
@requires("schedule.hold", event_place)
def record_marked(event_id: int) -> ResponseReturnValue:
    """Record as held whatever has signed mark sheets."""
    held = services.record_marked(db.session, _event(event_id), **_by())
    said = ngettext("%(num)d sitting is recorded as held.", "%(num)d sittings are recorded as held.", held)
    return _done(event_id, said)


@blueprint.get("/<int:sitting_id>")
@requires("schedule.edit", sitting_place)
def edit_sitting(event_id: int, sitting_id: int) -> ResponseReturnValue:
    """Show one sitting, and how to change, cancel or remove it."""
    event, sitting = _event(event_id), _sitting(event_id, sitting_id)
    return _form_page(event, _form(event, sitting, data=pages.stored(sitting)), sitting)


@blueprint.post("/<int:sitting_id>")
@requires("schedule.edit", sitting_place)
def change_sitting(event_id: int, sitting_id: int) -> ResponseReturnValue:
    """Change a sitting, unless somebody else has changed it meanwhile."""
    event, sitting = _event(event_id), _sitting(event_id, sitting_id)
    form = _form(event, sitting)
    if not form.validate_on_submit():
        return _form_page(event, form, sitting), 422
    try:
        version = version_said(form.version.data)
        services.change_sitting(db.session, event, sitting, form.values(), version=version, **_by())
    except Refused as refused:
        if refused.refusals[0].code == "VERSION_CONFLICT":
            stored = _form(event, sitting, data=pages.stored(sitting), formdata=None)
            conflict = saved_meanwhile(form, stored, refused)
            return _form_page(event, form, sitting, conflict=conflict), 409
        return _form_page(event, form, sitting, others=_told(form, refused)), 422
    return _done(event_id, _("The sitting is changed."))


@blueprint.post("/<int:sitting_id>/held")
@requires("schedule.hold", sitting_place)
def hold_sitting(event_id: int, sitting_id: int) -> ResponseReturnValue:
    """Record a sitting as held."""
    services.hold_sittings(db.session, _event(event_id), [sitting_id], **_by())
    return _done(event_id, _("The sitting is recorded as held."))


@blueprint.post("/<int:sitting_id>/cancel")
@requires("schedule.edit", sitting_place)
def cancel_sitting(event_id: int, sitting_id: int) -> ResponseReturnValue:
    """Record that a sitting does not take place, and why."""
    event, sitting, reason = _event(event_id), _sitting(event_id, sitting_id), ReasonForm()
    valid = reason.validate_on_submit()
    try:
        if valid:
            services.cancel_sitting(db.session, event, sitting, reason.reason.data or "", **_by())
    except Refused as refused:
        show_refusals(reason, refused)
        valid = False
    if not valid:
        db.session.rollback()
        event, sitting = _event(event_id), _sitting(event_id, sitting_id)
        shown = _form(event, sitting, data=pages.stored(sitting), formdata=None)
        return _form_page(event, shown, sitting, reason=reason), 422
    return _done(event_id, _("The sitting is cancelled."))


@blueprint.post("/<int:sitting_id>/reopen")
@requires("schedule.edit", sitting_place)
def reopen_sitting(event_id: int, sitting_id: int) -> ResponseReturnValue:
    """Set a sitting back to planned."""
    event, sitting = _event(event_id), _sitting(event_id, sitting_id)
    services.reopen_sitting(db.session, event, sitting, **_by())
    return _done(event_id, _("The sitting is planned again."))


@blueprint.post("/<int:sitting_id>/remove")
@requires("schedule.edit", sitting_place)
def remove_sitting(event_id: int, sitting_id: int) -> ResponseReturnValue:
    """Take a planned sitting out of the schedule."""
    services.remove_sitting(db.session, _event(event_id), _sitting(event_id, sitting_id), **_by())
    return _done(event_id, _("The sitting is removed."))


def _event(event_id: int) -> Any:
    return find_event(db.session, event_id) or abort(404)


def _sitting(event_id: int, sitting_id: int) -> Any:
    return queries.find_sitting(db.session, event_id, sitting_id) or abort(404)


def _by() -> dict[str, Any]:
    return {"actor_id": int(current_user.id), "now": clock.now()}


def _last_year() -> int:
    return clock.today().year + YEARS_AHEAD


def _form(event: Any, sitting: Any = None, **settings: Any) -> SittingForm:
    return SittingForm(pages.titles_with(db.session, event, sitting), _last_year(), **settings)


def _told(form: Any, refused: Refused) -> list[str]:
    """Put refusals at their fields, undo what the attempt has read, and return the words of the others."""
    others = show_refusals(form, refused)
    db.session.rollback()
    return others


def _done(event_id: int, said: str) -> ResponseReturnValue:
    db.session.commit()
    flash(said, "success")
    return redirect(url_for(".show_schedule", event_id=event_id))


def _schedule_page(event_id: int, shift: ShiftForm | None = None, others: Any = ()) -> str:
    page = pages.schedule_page(db.session, _event(event_id))
    shift = shift or ShiftForm(page["shiftable"], formdata=None)
    return render_template("schedule/show.html", shift=shift, others=list(others), **page)


def _plan_page(event: Any, form: PlanForm, others: Any = ()) -> str:
    batches = queries.count_batches(db.session, event)
    return render_template(
        "schedule/plan.html", event=event, form=form, others=list(others), batches=batches
    )


def _form_page(
    event: Any, form: SittingForm, sitting: Any = None, *, others: Any = (), conflict: Any = None,
    reason: ReasonForm | None = None,
) -> str:  # fmt: skip
    row = pages.row(sitting, pages.titles_with(db.session, event, sitting)) if sitting is not None else None
    return render_template(
        "schedule/form.html", event=event, form=form, sitting=sitting, others=list(others), conflict=conflict,
        row=row, reason=reason or ReasonForm(formdata=None),
    )  # fmt: skip
