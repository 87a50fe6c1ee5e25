"""Pages of printing in bulk."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.guard import may, requires
from competitions.events.places import event_place
from competitions.events.queries import event_path, get_event
from core import clock, refusals
from core.database import db
from core.files import answers
from core.jobs import keeper, services, showing
from core.jobs import queries as jobs
from core.refusals import Refusal, Refused
from reports.certificates import bulk, queries
from reports.certificates.runs.forms import RunForm
from reports.certificates.views import public_address

blueprint = Blueprint("runs", __name__, url_prefix="/events/<int:event_id>/certificates/runs")


@blueprint.get("/")
@requires("certificate.view", event_place)
def list_runs(event_id: int) -> ResponseReturnValue:
    """Show what was printed in bulk, and begin another run."""
    return _page(event_id, RunForm(formdata=None))


@blueprint.post("/")
@requires("certificate.issue", event_place)
def start_run(event_id: int) -> ResponseReturnValue:
    """Put a run into the queue."""
    form = RunForm()
    if not form.validate_on_submit():
        return _page(event_id, form), 422
    try:
        if not queries.count_issued(db.session, event_id):
            raise refusals.refuse("NO_CERTIFICATES")
        wishes = {"event": event_id, "form": form.form.data, "address": public_address()}
        services.start(
            db.session, bulk.KIND, _subject(event_id), wishes, ref=clock.new_ref(), actor_id=current_user.id,
            now=clock.now(), event_id=event_id,
        )  # fmt: skip
    except Refused as refused:
        db.session.rollback()
        return _page(event_id, form, refused.refusals), 409
    db.session.commit()
    keeper.wake()
    return redirect(url_for(".list_runs", event_id=event_id))


@blueprint.get("/<ref>/state")
@requires("certificate.view", event_place)
def ask_state(event_id: int, ref: str) -> ResponseReturnValue:
    """Say how far a run has come, for the script of the page."""
    return jsonify(showing.progress_of(_find(event_id, ref)))


@blueprint.post("/<ref>/cancel")
@requires("certificate.issue", event_place)
def cancel_run(event_id: int, ref: str) -> ResponseReturnValue:
    """Cancel a run."""
    try:
        services.cancel(
            db.session, _find(event_id, ref), actor_id=current_user.id, now=clock.now(), event_id=event_id
        )
    except Refused as refused:
        db.session.rollback()
        return _page(event_id, RunForm(formdata=None), refused.refusals), 409
    db.session.commit()
    flash(_("The run has been cancelled."), "success")
    return redirect(url_for(".list_runs", event_id=event_id))


@blueprint.get("/<ref>/<int:number>")
@requires("certificate.view", event_place)
def download_part(event_id: int, ref: str, number: int) -> ResponseReturnValue:
    """Give one file of a run."""
    part = next((part for part in _find(event_id, ref).parts if part.number == number), None)
    if part is None or part.file is None:
        abort(404)
    return answers.send(part.file)


def _subject(event_id: int) -> str:
    return f"event:{event_id}"


def _find(event_id: int, ref: str) -> Any:
    job = jobs.find_job(db.session, ref)
    if job is None or job.kind != bulk.KIND or job.subject != _subject(event_id):
        abort(404)
    return job


def _page(event_id: int, form: RunForm, refused: Sequence[Refusal] = ()) -> str:
    event = get_event(db.session, event_id)
    found = [job for job in jobs.list_jobs(db.session, _subject(event_id)) if job.kind == bulk.KIND]
    return render_template(
        "certificates/runs/list.html",
        event=event,
        form=form,
        reasons=[refusals.words(refusal) for refusal in refused],
        rows=[_row(job) for job in found],
        count=queries.count_issued(db.session, event_id),
        unfinished=any(job.state in jobs.UNFINISHED for job in found),
        may_print=may("certificate.issue", event_path(db.session, event)),
    )


def _row(job: Any) -> dict[str, Any]:
    """Return a run as the page shows it."""
    forms = {choice.value: choice.label for choice in RunForm.form.kwargs["choices"]}
    return {"form": forms[job.wishes["form"]], **showing.shown(job)}
