"""One judge: the own sheets, and the panels that the judge is taken out of."""

from collections.abc import Iterable
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.guard import requires
from competitions.events.places import event_place
from competitions.events.queries import get_event
from competitions.fields import show_refusals
from core import clock, refusals
from core.database import db
from core.refusals import Refused
from scoring.sheets import decisions, pages, queries
from scoring.sheets.forms import AbsenceForm
from scoring.sheets.views.base import act_of, blueprint


@blueprint.get("/judges/<path:code>")
@requires("sheet.progress", event_place)
def show_judge(event_id: int, code: str) -> ResponseReturnValue:
    """Show the sheets of one judge."""
    return _page(event_id, code)


@blueprint.post("/judges/<path:code>/absences")
@requires("decision.record", event_place)
def record_absence(event_id: int, code: str) -> ResponseReturnValue:
    """Take a judge out of the panels of entries that the judge has not signed."""
    event = get_event(db.session, event_id)
    page = pages.judge_page(db.session, event, code, clock.now()) or abort(404)
    form = _form(page)
    form.codes = tuple(row.entry for row in page["open"] if row.stage == form.stage.data)
    if not form.validate_on_submit():
        return _page(event_id, code, form), 422
    named = [form.entry.data] if form.entry.data else list(form.codes)
    try:
        _record(event, code, named, form)
    except Refused as refused:
        db.session.rollback()
        return _page(event_id, code, form, show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("%(judge)s is out of the panel; entries: %(count)s.", judge=code, count=len(named)), "success")
    return redirect(url_for(".show_judge", event_id=event_id, code=code))


def _record(event: Any, judge: str, codes: list[str], form: AbsenceForm) -> None:
    if event.state != "scoring":
        raise refusals.refuse("SCORING_OVER")
    if not codes:
        raise refusals.refuse("NOTHING_OPEN", judge=judge)
    for number, code in enumerate(codes, start=1):
        entry = queries.find_marked_entry(db.session, event.id, code)
        if entry is not None:
            act = act_of(form, f"-{number}")
            place = (form.stage.data, "", judge)
            decisions.record_decision(db.session, event, entry, "absent_judge", act, place=place)


def _form(page: dict[str, Any]) -> AbsenceForm:
    return AbsenceForm(clock.new_ref(), page["stages"])


def _page(event_id: int, code: str, form: AbsenceForm | None = None, others: Iterable[str] = ()) -> str:
    event = get_event(db.session, event_id)
    page = pages.judge_page(db.session, event, code, clock.now()) or abort(404)
    return render_template(
        "sheets/judge.html", event=event, form=form or _form(page), others=list(others), **page
    )
