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
    return _targets(event_id, known, _kept(event_id, request.args.get("from", "") or known.code))


@blueprint.post(STAGE + "/targets")
@requires("assessment.plan", assessed_place)
def save_targets(event_id: int, stage: str) -> ResponseReturnValue:
    """Keep the targets of all entrants for a period."""
    event, known = stage_of(event_id, stage)
    typed = _typed(event_id, known)
    try:
        services.set_targets(db.session, event, known, typed, by())
    except Refused as refused:
        db.session.rollback()
        return _targets(event_id, known, typed, *at_aspects(refused)), 422
    db.session.commit()
    flash(_("The targets are saved."), "success")
    return redirect(url_for(".show_period", event_id=event_id, stage=stage))


def _page(event_id: int, stage: str, form: DueForm | None, others: Any = ()) -> str:
    event = get_event(db.session, event_id)
    page = pages.period_page(db.session, event, stage, clock.now()) or abort(404)
    due = page["due"]
    shown = form or DueForm(formdata=None, due_at=due["at"] if due else None)
    return render_template("assessments/period.html", event=event, form=shown, others=list(others), **page)


def _kept(event_id: int, stage: str) -> dict[int, dict[str, str]]:
    found = queries.list_assessments(db.session, event_id)
    return {entry: dict(row.targets) for (entry, code), row in found.items() if code == stage}


def _typed(event_id: int, stage: Stage) -> dict[int, dict[str, str]]:
    aspects = [aspect.code for aspect in stage.aspects if rules.takes_target(aspect)]
    return {
        one.entry.id: {
            code: half_width(request.form.get(f"{one.entry.id}-{code}"))[: rules.LONGEST_VALUE]
            for code in aspects
        }
        for one in queries.list_entrants(db.session, event_id)
    }


def _targets(
    event_id: int, stage: Stage, values: Mapping[int, Mapping[str, str]],
    errors: Mapping[str, str] | None = None, others: Any = (),
) -> str:  # fmt: skip
    event = get_event(db.session, event_id)
    entrants = queries.list_entrants(db.session, event_id)
    page = sheet_pages.targets_page(entrants, stage, values, errors)
    stages = [one for one in stage_titles(event_id) if one[0] != stage.code]
    return render_template(
        "assessments/targets.html", event=event, form=ValuesForm(formdata=None), others=list(others),
        closed=event.state not in rules.PLANNED_IN, sources=stages, errors=errors or {}, **page,
    )  # fmt: skip


def stage_titles(event_id: int) -> list[tuple[str, str]]:
    """Return the periods whose targets can be copied: those that have any."""
    ground = pages.ground_of(db.session, get_event(db.session, event_id))
    if ground is None:
        return []
    given = {code for (_entry, code), row in ground.assessments.items() if row.targets}
    return [(one.code, one.title or one.code) for one in ground.scheme.stages if one.code in given]
