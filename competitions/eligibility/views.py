"""The rules of entry of an event: read them, change them, give single units their own quotas."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.guard import requires
from competitions.eligibility import queries, services
from competitions.eligibility.forms import QuotaForm, RulesForm, stored_form
from competitions.eligibility.places import rules_place
from competitions.eligibility.wording import registration_hint, sentences
from competitions.events.places import event_place
from competitions.events.queries import event_path, find_event
from competitions.fields import show_refusals
from core import clock
from core.database import db
from core.refusals import Refused

blueprint = Blueprint("eligibility", __name__, url_prefix="/events/<int:event_id>/entry-rules")


@blueprint.get("/")
@requires("entry.rules", rules_place)
def show_rules(event_id: int) -> ResponseReturnValue:
    """Show the rules of entry in sentences."""
    return _rules_page(event_id, QuotaForm(formdata=None))


@blueprint.get("/edit")
@requires("entry.set_rules", event_place)
def edit_rules(event_id: int) -> ResponseReturnValue:
    """Show the form of the rules of entry."""
    event = _event(event_id)
    rules = queries.rules_of(db.session, event)
    trades = queries.trades_in_words(db.session, rules)
    form = stored_form(rules, event.entry_kind, trade=event.trade is not None, trades=trades)
    return _form_page(event, form)


@blueprint.post("/edit")
@requires("entry.set_rules", event_place)
def save_rules(event_id: int) -> ResponseReturnValue:
    """Keep the rules of entry."""
    event = _event(event_id)
    form = RulesForm(event.entry_kind, trade=event.trade is not None)
    if not form.validate_on_submit():
        return _form_page(event, form), 422
    try:
        rules = services.with_trades(db.session, form.values())
        services.save_rules(db.session, event, rules, actor_id=int(current_user.id), now=clock.now())
    except Refused as refused:
        db.session.rollback()
        return _form_page(_event(event_id), form, show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("The rules of entry are saved."), "success")
    return redirect(url_for(".show_rules", event_id=event_id))


@blueprint.post("/quota")
@requires("entry.set_rules", event_place)
def save_quota(event_id: int) -> ResponseReturnValue:
    """Give one unit its own places."""
    event, form = _event(event_id), QuotaForm()
    if not form.validate_on_submit():
        return _rules_page(event_id, form), 422
    try:
        unit = services.find_unit(db.session, form.unit.data or "")
        services.set_quota(
            db.session, event, unit, form.places.data, actor_id=int(current_user.id), now=clock.now()
        )
    except Refused as refused:
        db.session.rollback()
        return _rules_page(event_id, form, show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("The places of the unit are saved."), "success")
    return redirect(url_for(".show_rules", event_id=event_id))


@blueprint.post("/quota/<int:unit_id>/drop")
@requires("entry.set_rules", event_place)
def drop_quota(event_id: int, unit_id: int) -> ResponseReturnValue:
    """Let a unit have as many places as all others."""
    event = _event(event_id)
    services.set_quota(db.session, event, unit_id, None, actor_id=int(current_user.id), now=clock.now())
    db.session.commit()
    flash(_("The places of the unit are saved."), "success")
    return redirect(url_for(".show_rules", event_id=event_id))


def _event(event_id: int) -> Any:
    return find_event(db.session, event_id) or abort(404)


def _rules_page(event_id: int, form: QuotaForm, others: list[str] | None = None) -> str:
    event = _event(event_id)
    rules = queries.rules_of(db.session, event)
    return render_template(
        "eligibility/show.html", event=event, said=sentences(db.session, event), form=form,
        quotas=queries.list_quotas(db.session, event_id), rules=rules, others=others or [],
        hint=registration_hint(rules, clock.now()), frozen=event.state not in services.OPEN_STATES,
        units=queries.list_unit_names(db.session), path=event_path(db.session, event),
    )  # fmt: skip


def _form_page(event: Any, form: RulesForm, others: list[str] | None = None) -> str:
    return render_template(
        "eligibility/form.html", event=event, form=form, others=others or [],
        frozen=event.state not in services.OPEN_STATES,
    )  # fmt: skip
