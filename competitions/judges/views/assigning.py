"""Where the judges mark: a matrix of stages, and of the aspects of one stage."""

from collections.abc import Mapping

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from accounts.guard import requires
from competitions.events.places import event_place
from competitions.judges import overview, seats
from competitions.judges.views.base import actor, blueprint, closed, event_or_404, list_page
from core import clock
from core.database import db
from core.refusals import Refused, words


@blueprint.post("/stages")
@requires("judge.appoint", event_place)
def assign_stages(event_id: int) -> ResponseReturnValue:
    """Set the stages of all judges at once."""
    event = event_or_404(event_id)
    changed = seats.assign_stages(db.session, event, _ticked(), actor_id=actor(), now=clock.now())
    return _done(event_id, changed)


@blueprint.get("/stages/<stage>")
@requires("judge.appoint", event_place)
def show_aspects(event_id: int, stage: str) -> ResponseReturnValue:
    """Show which judges of a stage are narrowed to aspects and stations."""
    return _stage_page(event_id, stage)


@blueprint.post("/stages/<stage>")
@requires("judge.appoint", event_place)
def assign_aspects(event_id: int, stage: str) -> ResponseReturnValue:
    """Narrow the judges of a stage to aspects and stations."""
    event, written = event_or_404(event_id), _written()
    try:
        changed = seats.assign_aspects(
            db.session, event, stage, _ticked(), actor_id=actor(), now=clock.now(), stations=written
        )
    except Refused as refused:
        if any(not refusal.where for refusal in refused.refusals):
            raise
        return _stage_page(event_id, stage, refused, written), 422
    return _done(event_id, changed)


def _stage_page(
    event_id: int, stage: str, refused: Refused | None = None, written: Mapping[int, str] | None = None
) -> str:
    db.session.rollback()
    event = event_or_404(event_id)
    board = overview.board(db.session, event)
    place = next((place for place in board.places if place.stage == stage), None) or abort(404)
    rows = [row for row in board.rows if row.marks(stage)]
    faults = {refusal.where: words(refusal) for refusal in refused.refusals} if refused else {}
    kept = {row.judge.id: row.stations(stage) for row in rows} | dict(written or {})
    return render_template(
        "judges/aspects.html", event=event, place=place, rows=rows, closed=closed(event), faults=faults,
        written=kept,
    )  # fmt: skip


def _done(event_id: int, changed: int) -> ResponseReturnValue:
    if not changed:
        db.session.rollback()
        return list_page(event_id, _("Nothing was changed: the ticks are as they were.")), 422
    db.session.commit()
    said = ngettext(
        "The places of %(num)d judge were changed.", "The places of %(num)d judges were changed.", changed
    )
    flash(said, "success")
    return redirect(url_for(".list_judges", event_id=event_id))


def _written() -> dict[int, str]:
    """Return the stations written for each appointment."""
    return {
        int(name[9:]): text[:400]
        for name, text in request.form.items()
        if name.startswith("stations-") and name[9:].isascii() and name[9:].isdigit() and len(name) < 19
    }


def _ticked() -> dict[int, set[str]]:
    """Return the ticks of a matrix: what was ticked for each appointment."""
    found: dict[int, set[str]] = {}
    for name in request.form:
        if name.startswith("judge-") and name[6:].isascii() and name[6:].isdigit() and len(name) < 16:
            found[int(name[6:])] = set(request.form.getlist(name))
    return found
