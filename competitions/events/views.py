"""Pages of competitions and events."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.guard import held_grants, may, public, requires
from competitions.events import (
    checks,
    frame,
    front,
    labels,
    listing,
    offers,
    overview,
    panels,
    queries,
    rules,
    services,
    waiting,
)  # fmt: skip
from competitions.events.forms import CompetitionForm, EventForm, ReasonForm
from competitions.events.places import competition_place, event_place
from competitions.fields import show_refusals, version_said
from core import clock, refusals
from core.database import db
from core.refusals import Refused

STEPS = ",".join(rules.STEPS)
blueprint = Blueprint("events", __name__)


@blueprint.get("/")
@public
def start() -> ResponseReturnValue:
    """Lead everybody to the page where their work is."""
    if not current_user.is_authenticated:
        return redirect(url_for(front.find_page(db.session) or "accounts.sign_in"))
    roles = {grant.role for grant in held_grants()}
    only = {"judge": "tablet.list_tasks", "analyst": "statistics.show", "registrar": "entries.list_open"}
    endpoint = only.get(next(iter(roles))) if len(roles) == 1 else None
    if endpoint in current_app.view_functions:
        return redirect(url_for(endpoint))
    if may("competition.list"):
        return redirect(url_for(".list_competitions"))
    return render_template("events/nothing.html", roles=roles)


@blueprint.get("/competitions/")
@requires("competition.list")
def list_competitions() -> ResponseReturnValue:
    """Show the competitions that the user may see, narrowed by the filters of the address."""
    page = listing.load(db.session, request.args)
    own = waiting.list_waiting(db.session, clock.now()) if not page["narrowed"] else []
    return render_template("events/competitions.html", waiting=own, **page)


@blueprint.get("/competitions/new")
@requires("competition.create")
def new_competition() -> ResponseReturnValue:
    """Show the form for a new competition."""
    form = CompetitionForm(offers.for_competition(), _last_year(), year=clock.today().year)
    return _competition_form(form)


@blueprint.post("/competitions/new")
@requires("competition.create")
def create_competition() -> ResponseReturnValue:
    """Add a competition to a union in which the user may."""
    form = CompetitionForm(offers.for_competition(), _last_year())
    if not form.validate_on_submit():
        return _competition_form(form), 422
    try:
        competition = services.create_competition(
            db.session, form.values(), actor_id=current_user.id, now=clock.now()
        )
    except Refused as refused:
        return _competition_form(form, others=show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("“%(name)s” has been created. Now add its events.", name=competition.name), "success")
    return redirect(url_for(".show_competition", competition_id=competition.id))


@blueprint.get("/competitions/<int:competition_id>/")
@requires("competition.view", competition_place)
def show_competition(competition_id: int) -> ResponseReturnValue:
    """Show a competition and its events."""
    competition = queries.get_competition(db.session, competition_id)
    return render_template(
        "events/competition.html", competition=competition, labels=labels, days=frame.days,
        events=queries.list_events_of(db.session, competition.id),
        path=queries.competition_path(db.session, competition),
        panels=panels.list_panels_of_competition(db.session, competition),
    )  # fmt: skip


@blueprint.get("/competitions/<int:competition_id>/edit")
@requires("competition.edit", competition_place)
def edit_competition(competition_id: int) -> ResponseReturnValue:
    """Show the form for a competition."""
    competition = queries.get_competition(db.session, competition_id)
    return _competition_form(_stored_competition(competition), competition)


@blueprint.post("/competitions/<int:competition_id>/edit")
@requires("competition.edit", competition_place)
def change_competition(competition_id: int) -> ResponseReturnValue:
    """Change a competition, unless somebody else has changed it meanwhile."""
    competition = queries.get_competition(db.session, competition_id)
    form = _stored_competition(competition)
    if not form.validate_on_submit():
        return _competition_form(form, competition), 422
    version = version_said(form.version.data)
    try:
        services.change_competition(
            db.session, competition, form.values(), version=version, actor_id=current_user.id,
            now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        if refused.refusals[0].code == "VERSION_CONFLICT":
            stored = _stored_competition(competition, formdata=None)
            conflict = offers.saved_meanwhile(form, stored, refused)
            return _competition_form(form, competition, conflict=conflict), 409
        return _competition_form(form, competition, show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("“%(name)s” has been changed.", name=competition.name), "success")
    return redirect(url_for(".show_competition", competition_id=competition.id))


@blueprint.get("/competitions/<int:competition_id>/events/new")
@requires("event.create", competition_place)
def new_event(competition_id: int) -> ResponseReturnValue:
    """Show the form for a new event."""
    competition = queries.get_competition(db.session, competition_id)
    form = EventForm(offers.entry_kinds(competition), _last_year(), data=offers.planned_event(competition))
    return _event_form(form, competition)


@blueprint.post("/competitions/<int:competition_id>/events/new")
@requires("event.create", competition_place)
def create_event(competition_id: int) -> ResponseReturnValue:
    """Add an event to a competition."""
    competition = queries.get_competition(db.session, competition_id)
    form = EventForm(offers.entry_kinds(competition), _last_year())
    if not form.validate_on_submit():
        return _event_form(form, competition), 422
    try:
        trade = checks.get_trade(db.session, form.trade.data)
        event = services.create_event(
            db.session, competition, form.values(trade.id if trade else None), actor_id=current_user.id,
            now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        return _event_form(form, competition, others=show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("“%(name)s” has been created as a draft.", name=event.name), "success")
    return redirect(url_for(".show_event", event_id=event.id))


@blueprint.get("/events/<int:event_id>/")
@requires("event.view", event_place)
def show_event(event_id: int) -> ResponseReturnValue:
    """Show how far an event has come and what comes next."""
    return _overview(queries.get_event(db.session, event_id))


@blueprint.get("/events/<int:event_id>/edit")
@requires("event.edit", event_place)
def edit_event(event_id: int) -> ResponseReturnValue:
    """Show the form for an event."""
    event = queries.get_event(db.session, event_id)
    return _event_form(_stored_event(event), event.competition, event)


@blueprint.post("/events/<int:event_id>/edit")
@requires("event.edit", event_place)
def change_event(event_id: int) -> ResponseReturnValue:
    """Change an event, unless somebody else has changed it meanwhile."""
    event = queries.get_event(db.session, event_id)
    form = _stored_event(event)
    if not form.validate_on_submit():
        return _event_form(form, event.competition, event), 422
    version = version_said(form.version.data)
    try:
        services.change_event(
            db.session, event, _event_values(form, event), version=version, actor_id=current_user.id,
            now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        if refused.refusals[0].code == "VERSION_CONFLICT":
            stored = _stored_event(event, formdata=None)
            conflict = offers.saved_meanwhile(form, stored, refused)
            return _event_form(form, event.competition, event, conflict=conflict), 409
        return _event_form(form, event.competition, event, show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("“%(name)s” has been changed.", name=event.name), "success")
    return redirect(url_for(".show_event", event_id=event.id))


@blueprint.get(f"/events/<int:event_id>/steps/<any({STEPS}):step>")
@requires("step.{step}", event_place)
def ask_step(event_id: int, step: str) -> ResponseReturnValue:
    """Ask for the reason of a step that needs one."""
    return _step_form(queries.get_event(db.session, event_id), rules.STEPS[step], ReasonForm())


@blueprint.post(f"/events/<int:event_id>/steps/<any({STEPS}):step>")
@requires("step.{step}", event_place)
def take_step(event_id: int, step: str) -> ResponseReturnValue:
    """Take a step of the event's life."""
    event = queries.get_event(db.session, event_id)
    form = ReasonForm()
    try:
        services.take_step(
            db.session, event, step, actor_id=current_user.id, now=clock.now(), reason=form.reason.data or ""
        )
    except Refused as refused:
        db.session.rollback()
        return _step_refused(queries.get_event(db.session, event_id), rules.STEPS[step], form, refused)
    db.session.commit()
    flash(_("The event is now in the state “%(state)s”.", state=labels.STATES[event.state]), "success")
    return redirect(url_for(".show_event", event_id=event.id))


@blueprint.post("/events/<int:event_id>/field-waiver")
@requires("step.close_registration", event_place)
def waive_field(event_id: int) -> ResponseReturnValue:
    """Waive the smallest field in writing."""
    event = queries.get_event(db.session, event_id)
    coming = overview.next_of(db.session, event, clock.now())
    if coming is None or coming.short_field is None:
        raise refusals.refuse("WAIVER_UNNEEDED")
    form = ReasonForm()
    try:
        services.waive_field_size(
            db.session, event, entries=int(str(coming.short_field.params["entries"])),
            reason=form.reason.data or "", actor_id=current_user.id, now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        return _overview(event, [refusals.words(refusal) for refusal in refused.refusals]), 422
    db.session.commit()
    flash(_("The smallest field is waived, with your reason."), "success")
    return redirect(url_for(".show_event", event_id=event.id))


def _last_year() -> int:
    return clock.today().year + rules.YEARS_AHEAD


def _stored_competition(competition: Any, **settings: Any) -> CompetitionForm:
    stored = offers.stored_competition(competition)
    return CompetitionForm(offers.for_competition(competition), _last_year(), data=stored, **settings)


def _stored_event(event: Any, **settings: Any) -> EventForm:
    if event.state in rules.CLOSED:
        raise refusals.refuse("EVENT_CLOSED", state=labels.STATES[event.state])
    kinds = offers.entry_kinds(event.competition, event.entry_kind)
    frozen = rules.frozen_fields(event.state)
    return EventForm(kinds, _last_year(), frozen, data=offers.stored_event(event), **settings)


def _event_values(form: EventForm, event: Any) -> Any:
    trade_id = event.trade_id
    if form.trade:
        trade = checks.get_trade(db.session, form.trade.data, keep=event.trade_id)
        trade_id = trade.id if trade else None
    return form.values(trade_id, offers.event_values(event))


def _competition_form(form: Any, competition: Any = None, others: Any = (), conflict: Any = None) -> str:
    return render_template(
        "events/competition_form.html", form=form, competition=competition, others=list(others),
        conflict=conflict,
    )  # fmt: skip


def _event_form(
    form: Any, competition: Any, event: Any = None, others: Any = (), conflict: Any = None
) -> str:
    return render_template(
        "events/event_form.html", form=form, competition=competition, event=event, others=list(others),
        conflict=conflict, trades=offers.trades(competition),
        frozen=offers.frozen_facts(event) if event is not None else [],
        needs_trade=competition.kind.attributes["needs_trade"],
        needs_role=competition.kind.key in rules.ROLE_KINDS,
    )  # fmt: skip


def _overview(event: Any, refused: Any = ()) -> str:
    return render_template(
        "events/overview.html", event=event, labels=labels, refused=list(refused), days=frame.days,
        panels=panels.list_panels(db.session, event), may_step=frame.may_step, reason=ReasonForm(),
        asides=panels.list_panels(db.session, event, aside=True),
        **overview.load(db.session, event, clock.now()),
    )  # fmt: skip


def _step_form(event: Any, step: rules.Step, form: ReasonForm, others: Any = ()) -> str:
    if event.state not in step.sources or not step.needs_reason:
        names = {"step": labels.STEPS[step.name], "state": labels.STATES[event.state]}
        raise refusals.refuse("STATE_GUARD", **names)
    return render_template(
        "events/step.html", event=event, step=step, form=form, others=list(others), labels=labels
    )


def _step_refused(event: Any, step: rules.Step, form: ReasonForm, refused: Refused) -> ResponseReturnValue:
    if any(refusal.where == "reason" for refusal in refused.refusals) and event.state in step.sources:
        return _step_form(event, step, form, show_refusals(form, refused)), 422
    return _overview(event, [refusals.words(refusal) for refusal in refused.refusals]), 409
