"""Pages of lists of results: order one, follow it, fetch its files."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.guard import requires
from accounts.policy import SITE
from core import clock, refusals
from core.database import db
from core.files import answers
from core.i18n import current_locale
from core.jobs import keeper, services, showing
from core.jobs import queries as jobs
from core.refusals import Refused
from core.web import error_page
from reports.statistics import page
from reports.statistics.lists import plans

blueprint = Blueprint("result_lists", __name__, url_prefix="/statistics/lists")


@blueprint.errorhandler(Refused)
def show_refused(refused: Refused) -> ResponseReturnValue:
    """Say why there is no such list."""
    return error_page(422, None, [refusals.words(one) for one in refused.refusals])


@blueprint.get("/")
@requires("statistics.view")
def list_lists() -> ResponseReturnValue:
    """Show one's own lists, and offer the one that the address asks for."""
    try:
        return _page(_chosen())
    except Refused as refused:
        shown = _page(None, [refusals.words(one) for one in refused.refusals])
        return shown, 422 if request.args else 200


@blueprint.post("/")
@requires("statistics.view")
def start_list() -> ResponseReturnValue:
    """Put a list into the queue."""
    chosen = _chosen()
    wishes = {
        "scopes": sorted(map(list, page.scopes())), "address": chosen.address, "about": chosen.about,
        "language": current_locale(),
    }  # fmt: skip
    try:
        services.start(
            db.session, plans.KIND, _subject(), wishes, ref=clock.new_ref(), actor_id=current_user.id,
            now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        db.session.rollback()
        return _page(None, [refusals.words(one) for one in refused.refusals]), 409
    db.session.commit()
    keeper.wake()
    return redirect(url_for(".list_lists"))


@blueprint.get("/<ref>/state")
@requires("statistics.view")
def ask_state(ref: str) -> ResponseReturnValue:
    """Say how far a list has come, for the script of the page."""
    return jsonify(showing.progress_of(_find(ref)))


@blueprint.post("/<ref>/cancel")
@requires("statistics.view")
def cancel_list(ref: str) -> ResponseReturnValue:
    """Cancel a list."""
    try:
        services.cancel(db.session, _find(ref), actor_id=current_user.id, now=clock.now())
    except Refused as refused:
        db.session.rollback()
        return _page(None, [refusals.words(one) for one in refused.refusals]), 409
    db.session.commit()
    flash(_("The list has been cancelled."), "success")
    return redirect(url_for(".list_lists"))


@blueprint.get("/<ref>/<int:number>")
@requires("statistics.view")
def download_part(ref: str, number: int) -> ResponseReturnValue:
    """Give one file of a list."""
    part = next((part for part in _find(ref).parts if part.number == number), None)
    if part is None or part.file is None:
        abort(404)
    return answers.send(part.file)


def _chosen() -> plans.Chosen:
    page.check_address(db.session, request.args)
    return plans.choose(db.session, page.scopes(), request.args)


def _subject() -> str:
    return f"statistics:{current_user.id}"


def _find(ref: str) -> Any:
    """Return one's own list, as long as one may see everything that it was ordered for."""
    job = jobs.find_job(db.session, ref)
    if job is None or job.kind != plans.KIND or job.subject != _subject() or not _is_open(job):
        abort(404)
    return job


def _is_open(job: Any) -> bool:
    scopes = page.scopes()
    return SITE in scopes or all((kind, number) in scopes for kind, number in job.wishes["scopes"])


def _page(chosen: plans.Chosen | None, reasons: Sequence[str] = ()) -> str:
    own = jobs.list_jobs(db.session, _subject())
    found = [job for job in own if job.kind == plans.KIND and _is_open(job)]
    return render_template(
        "statistics/lists.html",
        reasons=reasons,
        rows=[showing.shown(job) for job in found],
        unfinished=any(job.state in jobs.UNFINISHED for job in found),
        chosen=chosen,
    )
