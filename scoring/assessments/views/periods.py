"""The periods of a contest: how far each has come, deadlines, targets."""

from collections.abc import Mapping
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.guard import requires
from competitions.events.queries import get_event
from competitions.fields import half_width, show_refusals
from core import clock
from core.database import db
from core.refusals import Refused
from scoring.assessments import pages, queries, rules, services, sheet_pages
from scoring.assessments.forms import DueForm, ValuesForm
from scoring.assessments.places import assessed_place, periods_place
from scoring.assessments.views.base import STAGE, at_aspects, blueprint, by, stage_of
from scoring.rules.model import Stage


@blueprint.get("/")
@requires("assessment.view", periods_place)
def list_periods(event_id: int) -> ResponseReturnValue:
    """Show the periods: to the office all of it, to a unit its own reports."""
    event = get_event(db.session, event_id)
    return render_template(
        "assessments/periods.html", event=event, **pages.overview(db.session, event, clock.now())
    )


@blueprint.get(STAGE)
@requires("assessment.view", assessed_place)
def show_period(event_id: int, stage: str) -> ResponseReturnValue:
    """Show one period."""
    return _page(event_id, stage, None)


@blueprint.post(STAGE + "/due")
@requires("assessment.plan", assessed_place)
def ask_units(event_id: int, stage: str) -> ResponseReturnValue:
    """Ask the units to report until a moment."""
    event, known = stage_of(event_id, stage)
    form = DueForm()
    if not form.validate_on_submit():
        return _page(event_id, stage, form), 422
    try:
        services.ask(db.session, event, known, form.due_at.data, by())
    except Refused as refused:
        db.session.rollback()
        return _page(event_id, stage, form, show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("The units are asked to report “%(period)s”.", period=known.title or stage), "success")
    return redirect(url_for(".show_period", event_id=event_id, stage=stage))


@blueprint.get(STAGE + "/targets")
@requires("assessment.plan", assessed_place)
def edit_targets(event_id: int, stage: str) -> ResponseReturnValue:
    """Show the grid of targets; `from` copies those of another period into it."""
    _event, known = stage_of(event_id, stage)
    source = request.args.get("from", "") or known.code
    seen = queries.targets_seen(db.session, event_id, known.code)
    return _targets(event_id, known, queries.list_targets(db.session, event_id, source), seen)


@blueprint.post(STAGE + "/targets")
@requires("assessment.plan", assessed_place)
def save_targets(event_id: int, stage: str) -> ResponseReturnValue:
    """Keep the targets that were sent for a period."""
    event, known = stage_of(event_id, stage)
    typed, seen = _typed(event_id, known), ValuesForm().version.data or ""
    try:
        services.set_targets(db.session, event, known, typed, by(), seen=seen)
    except Refused as refused:
        db.session.rollback()
        kept = queries.list_targets(db.session, event_id, stage)
        shown = {entry: {**kept.get(entry, {}), **own} for entry, own in typed.items()}
        return _targets(event_id, known, shown, seen, *at_aspects(refused)), 422
    db.session.commit()
    flash(_("The targets are saved."), "success")
    return redirect(url_for(".show_period", event_id=event_id, stage=stage))


def _page(event_id: int, stage: str, form: DueForm | None, others: Any = ()) -> str:
    event = get_event(db.session, event_id)
    page = pages.period_page(db.session, event, stage, clock.now()) or abort(404)
    due = page["due"]
    shown = form or DueForm(formdata=None, due_at=due["at"] if due else None)
    return render_template("assessments/period.html", event=event, form=shown, others=list(others), **page)


def _typed(event_id: int, stage: Stage) -> dict[int, dict[str, str]]:
    aspects = [aspect.code for aspect in stage.aspects if rules.takes_target(aspect)]
    return {
        one.entry.id: {
            code: half_width(request.form[name])[: rules.LONGEST_VALUE]
            for code in aspects
            if (name := f"{one.entry.id}-{code}") in request.form
        }
        for one in queries.list_entrants(db.session, event_id)
    }


def _targets(
    event_id: int, stage: Stage, values: Mapping[int, Mapping[str, str]], seen: str,
    errors: Mapping[str, str] | None = None, others: Any = (),
) -> str:  # fmt: skip
    event = get_event(db.session, event_id)
    entrants = queries.list_entrants(db.session, event_id)
    confirmed = queries.list_confirmed(db.session, event_id, stage.code)
    kept = queries.list_targets(db.session, event_id, stage.code)
    shown = {**values, **{entry: kept.get(entry, {}) for entry in confirmed}}
    page = sheet_pages.targets_page(entrants, stage, shown, confirmed, errors)
    stages = [one for one in stage_titles(event_id) if one[0] != stage.code]
    return render_template(
        "assessments/targets.html", event=event, others=list(others),
        form=ValuesForm(formdata=None, version=seen),
        closed=event.state not in rules.PLANNED_IN, sources=stages, errors=errors or {}, **page,
    )  # fmt: skip


def stage_titles(event_id: int) -> list[tuple[str, str]]:
    """Return the periods whose targets can be copied: those that have any."""
    ground = pages.ground_of(db.session, get_event(db.session, event_id))
    if ground is None:
        return []
    given = {code for (_entry, code), row in ground.assessments.items() if row.targets}
    return [(one.code, one.title or one.code) for one in ground.scheme.stages if one.code in given]
