"""One sheet with its marks, and its corrections: the chief judge wants them, a supervisor witnesses."""

from collections.abc import Iterable
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.guard import requires
from competitions.events.places import event_place
from competitions.events.queries import get_event
from core import clock, refusals
from core.database import db
from core.refusals import Refused
from scoring.sheets import closed_pages, corrections, queries, releases
from scoring.sheets.forms import CorrectionForm, DeclineForm, read_marks
from scoring.sheets.views.base import blueprint


@blueprint.get("/sheets/<ref>/corrections")
@requires("sheet.view", event_place)
def show_corrections(event_id: int, ref: str) -> ResponseReturnValue:
    """Show one sheet by its code, with what was corrected on it."""
    return _page(event_id, ref)


@blueprint.post("/sheets/<ref>/corrections")
@requires("sheet.correct", event_place)
def propose(event_id: int, ref: str) -> ResponseReturnValue:
    """Keep what the chief judge wants to change until a supervisor has witnessed it."""
    event, sheet = get_event(db.session, event_id), queries.find_sheet(db.session, ref)
    form = CorrectionForm()
    if sheet is None or sheet.event_id != event_id:
        abort(404)
    if not form.validate_on_submit():
        return _page(event_id, ref, form), 422
    try:
        corrections.propose(
            db.session, event, sheet, form.version.data or 0, read_marks(request.form),
            form.reason.data or "", actor_id=current_user.id, now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        db.session.rollback()
        return _page(event_id, ref, form, [refusals.words(found) for found in refused.refusals]), 422
    db.session.commit()
    flash(_("The correction waits for a supervisor as its witness."), "success")
    return redirect(url_for(".show_corrections", event_id=event_id, ref=ref))


@blueprint.post("/sheets/<ref>/release")
@requires("sheet.correct", event_place)
def ask_release(event_id: int, ref: str) -> ResponseReturnValue:
    """Ask to correct a sheet although the names are open: an error was found on it."""
    event, sheet = get_event(db.session, event_id), queries.find_sheet(db.session, ref)
    form = DeclineForm(prefix="release")
    if sheet is None or sheet.event_id != event_id:
        abort(404)
    if not form.validate_on_submit():
        return _page(event_id, ref, release_form=form), 422
    releases.ask(
        db.session, event, sheet, form.reason.data or "", actor_id=current_user.id, now=clock.now()
    )
    db.session.commit()
    flash(_("An arbitrator has to approve it before the sheet is corrected."), "success")
    return redirect(url_for(".show_corrections", event_id=event_id, ref=ref))


@blueprint.post("/corrections/<int:correction_id>/witness")
@requires("sheet.witness", event_place)
def witness(event_id: int, correction_id: int) -> ResponseReturnValue:
    """Let a correction count."""
    event, correction = _found(event_id, correction_id)
    corrections.witness(db.session, event, correction, actor_id=current_user.id, now=clock.now())
    db.session.commit()
    flash(_("The sheet is corrected."), "success")
    return redirect(url_for(".show_corrections", event_id=event_id, ref=correction.sheet.ref))


@blueprint.post("/corrections/<int:correction_id>/decline")
@requires("sheet.witness", event_place)
def decline(event_id: int, correction_id: int) -> ResponseReturnValue:
    """Leave a sheet as it is, with a reason."""
    event, correction = _found(event_id, correction_id)
    form, ref = DeclineForm(), correction.sheet.ref
    if not form.validate_on_submit():
        return _page(event_id, ref, decline_form=form), 422
    corrections.decline(
        db.session, event, correction, form.reason.data or "", actor_id=current_user.id, now=clock.now()
    )
    db.session.commit()
    flash(_("The sheet stays as it is."), "success")
    return redirect(url_for(".show_corrections", event_id=event_id, ref=ref))


def _found(event_id: int, correction_id: int) -> tuple[Any, Any]:
    correction = corrections.find_correction(db.session, event_id, correction_id)
    return (get_event(db.session, event_id), correction) if correction is not None else abort(404)


def _page(
    event_id: int, ref: str, form: Any = None, others: Iterable[str] = (), decline_form: Any = None,
    release_form: Any = None,
) -> str:  # fmt: skip
    event = get_event(db.session, event_id)
    page = closed_pages.sheet_page(db.session, event, ref)
    if page is None:
        abort(404)
    return render_template(
        "sheets/corrections.html", event=event, others=list(others), typed=read_marks(request.form),
        form=form or CorrectionForm(version=page["row"].version),
        decline_form=decline_form or DeclineForm(prefix="decline"),
        release_form=release_form or DeclineForm(prefix="release"), **page,
    )  # fmt: skip
