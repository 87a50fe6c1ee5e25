"""The pages of results: the ranking, its versions, each entry's working, decisions on ties."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.guard import requires
from competitions.events.places import event_place
from competitions.events.queries import get_event
from competitions.fields import choice_id, show_refusals
from core import clock
from core.database import db, reading_session
from core.refusals import Refused
from core.web import audit_exempt
from scoring.results import deciding, forms, outcomes, pages, services, ties, whatif_page
from scoring.sheets.decisions import Act

blueprint = Blueprint("results", __name__, url_prefix="/events/<int:event_id>/results")
MOST_VERSIONS = range(1, 100_000)
audit_exempt.add("results.compute_what_if")  # it keeps nothing


@blueprint.get("")
@requires("result.view", event_place)
def show_results(event_id: int) -> ResponseReturnValue:
    """Show the result that stands: live while marks are entered, then the newest version."""
    return _results(event_id)


@blueprint.get("/versions/<int:number>")
@requires("result.view", event_place)
def show_version(event_id: int, number: int) -> ResponseReturnValue:
    """Show one version of the result, old ones too, with what it changed."""
    event = get_event(db.session, event_id)
    page = pages.version_page(db.session, event, number, request.args)
    return abort(404) if page is None else render_template("results/version.html", event=event, **page)


@blueprint.get("/entries/<path:code>")
@requires("result.view", event_place)
def show_entry(event_id: int, code: str) -> ResponseReturnValue:
    """Show how one entry came to its place, from every mark on."""
    return _entry("results/entry.html", event_id, code)


@blueprint.get("/working/<path:code>")
@requires("result.view", event_place)
def show_working(event_id: int, code: str) -> ResponseReturnValue:
    """Give the short working alone, for the row that a script opens in the table."""
    return _entry("results/_working.html", event_id, code)


@blueprint.post("/ties/<key>/order")
@requires("decision.record", event_place)
def record_order(event_id: int, key: str) -> ResponseReturnValue:
    """Record the order of entries that nothing else separates."""
    event = get_event(db.session, event_id)
    tie = ties.find_tie(outcomes.live(db.session, event_id).outcome, key)
    if tie is None:
        return _gone(event_id)
    form = forms.order_form(clock.new_ref(), key, tie["entries"], tie["rank"])
    if not form.validate_on_submit():
        return _results(event_id, form), 422
    order = form.order()
    return _recorded(event_id, form, lambda: deciding.record_order(db.session, event, order, _act(form)))


@blueprint.post("/ties/<key>/awards")
@requires("decision.record", event_place)
def record_awards(event_id: int, key: str) -> ResponseReturnValue:
    """Record which award each entry on a border gets."""
    event = get_event(db.session, event_id)
    border = ties.find_border(outcomes.live(db.session, event_id).outcome, key)
    if border is None:
        return _gone(event_id)
    form = forms.awards_form(clock.new_ref(), key, border.entries, ties.titles_of(border))
    if not form.validate_on_submit():
        return _results(event_id, form), 422
    chosen = form.chosen()
    return _recorded(event_id, form, lambda: deciding.record_awards(db.session, event, chosen, _act(form)))


@blueprint.post("/correction")
@requires("result.correct", event_place)
def announce_correction(event_id: int) -> ResponseReturnValue:
    """Announce what has changed since the announcement as a new version."""
    event, form = get_event(db.session, event_id), forms.CorrectForm()
    if not form.validate_on_submit():
        return _results(event_id, correct=form), 422
    try:
        version = services.correct(
            db.session, event, form.reason.data or "", actor_id=current_user.id, now=clock.now()
        )
    except Refused as refused:
        db.session.rollback()
        return _results(event_id, None, show_refusals(form, refused), form), 422
    number = version.number
    db.session.commit()
    flash(_("Version %(number)s is announced. The time for appeals and the public notice begin anew.",
            number=number), "success")
    return redirect(url_for(".show_results", event_id=event_id))


@blueprint.get("/what-if")
@requires("result.view", event_place)
def ask_what_if(event_id: int) -> ResponseReturnValue:
    """Ask what should be otherwise."""
    page = whatif_page.page(db.session, get_event(db.session, event_id))
    return abort(404) if page is None else render_template("results/whatif.html", **page)


@blueprint.post("/what-if")
@requires("result.view", event_place)
def compute_what_if(event_id: int) -> ResponseReturnValue:
    """Show the result that would be, beside the real one; nothing is kept."""
    db.session.rollback()  # counting a large result must not keep the writer waiting
    with reading_session() as session:
        page = whatif_page.page(session, get_event(session, event_id), sent=True)
        if page is None:
            abort(404)
        return render_template("results/whatif.html", **page), 200 if page["pairs"] is not None else 422


def _recorded(event_id: int, form: Any, record: Any) -> ResponseReturnValue:
    try:
        record()
    except Refused as refused:
        db.session.rollback()
        return _results(event_id, form, show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("The decision is recorded."), "success")
    return redirect(url_for(".show_results", event_id=event_id))


def _gone(event_id: int) -> ResponseReturnValue:
    others = [_("This tie is gone: the marks or another decision have changed. Look again.")]
    return _results(event_id, None, others), 422


def _results(event_id: int, form: Any = None, others: Any = (), correct: Any = None) -> str:
    event = get_event(db.session, event_id)
    page = pages.results_page(db.session, event, request.args, clock.now(), form)
    page["correct"] = correct or forms.CorrectForm(formdata=None)
    return render_template("results/results.html", event=event, others=others, **page)


def _entry(template: str, event_id: int, code: str) -> ResponseReturnValue:
    event = get_event(db.session, event_id)
    number = choice_id(request.args.get("version"), MOST_VERSIONS)
    page = pages.entry_page(db.session, event, code, number)
    return abort(404) if page is None else render_template(template, event=event, **page)


def _act(form: Any) -> Act:
    return Act(form.operation.data, current_user.id, form.reason.data, clock.now())
