"""Make the periods of a labour contest from the indicator table that stands first in the scheme."""

from typing import Any

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.guard import requires
from competitions.events.places import event_place
from competitions.fields import show_refusals
from core.database import db
from core.refusals import Refused
from scoring.schemes import periods, queries, rules
from scoring.schemes.forms import PeriodsForm
from scoring.schemes.quarters import QUARTERS
from scoring.schemes.views.base import blueprint, event_of, save


@blueprint.get("/periods")
@requires("scheme.edit", event_place)
def ask_periods(event_id: int) -> ResponseReturnValue:
    """Ask which periods the contest has and what the year is made of."""
    current = _current(event_id)
    stages = [stage["title"] or stage["code"] for stage in current.document["stages"]]
    titles = stages if len(stages) > 1 else [str(quarter) for quarter in QUARTERS]
    return _page(event_id, PeriodsForm(formdata=None, base=str(current.number), titles=titles))


@blueprint.post("/periods")
@requires("scheme.edit", event_place)
def make_periods(event_id: int) -> ResponseReturnValue:
    """Make a stage of the table for every period: the next version of the scheme."""
    current, form = _current(event_id), PeriodsForm()
    if not form.validate_on_submit():
        return _page(event_id, form), 422
    document = periods.with_periods(current.document, form.titles.data or [], form.way.data)
    try:
        save(event_of(event_id), document, form.reason.data or "", form.base_number())
    except Refused as refused:
        db.session.rollback()
        return _page(event_id, form, show_refusals(form, refused)), 422
    return redirect(url_for(".show_scheme", event_id=event_id))


def _current(event_id: int) -> Any:
    """Return the current version, in which there has to be a table without errors."""
    current = queries.find_current(db.session, event_id)
    return abort(404) if current is None or rules.errors_of(current.document) else current


def _page(event_id: int, form: Any, others: Any = ()) -> str:
    event = event_of(event_id)
    document = _current(event_id).document
    return render_template(
        "schemes/periods.html", event=event, form=form, others=list(others),
        table=document["stages"][0].get("title") or document["stages"][0]["code"],
        changeable=event.state in rules.CHANGEABLE_STATES, needs_reason=rules.needs_reason(event.state),
    )  # fmt: skip
