"""The judge's pages: tasks, entries by blind code, one sheet, review and signature."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.guard import Where, requires
from competitions.events.queries import event_path, find_event
from core import clock, refusals
from core.audit import services as audit
from core.database import db
from core.refusals import Refused
from scoring.sheets import services
from scoring.sheets.services import SheetOperation
from scoring.tablet import forms, pages, queries

blueprint = Blueprint("tablet", __name__, url_prefix="/marking")
STATUS = {"applied": 200, "duplicate": 200, "conflict": 409, "rejected": 422, "locked": 423}


def sheet_place(ref: str) -> Where | None:
    """Return where the judge's own sheet stands; other people's sheets are not there."""
    own = queries.find_own_sheet(db.session, current_user.id, ref)
    return None if own is None else Where(event_path(db.session, own.event))


def stage_place(event_id: int, stage: str) -> Where | None:
    """Return where an event that somebody judges stands."""
    event = find_event(db.session, event_id)
    return None if event is None else Where(event_path(db.session, event))


@blueprint.get("/")
@requires("sheet.mark")
def list_tasks() -> ResponseReturnValue:
    """Show what the judge has to mark, event by event and stage by stage; with a judge card in its event."""
    tasks = pages.tasks(db.session, current_user.id, only_event=current_user.card_event_id)
    return render_template("tablet/tasks.html", tasks=tasks)


@blueprint.get("/events/<int:event_id>/<stage>")
@requires("sheet.mark", stage_place)
def list_entries(event_id: int, stage: str) -> ResponseReturnValue:
    """Show the entries of one stage by blind code."""
    page = pages.stage_page(db.session, current_user.id, event_id, stage)
    return abort(404) if page is None else render_template("tablet/entries.html", **page)


@blueprint.get("/sheets/<ref>")
@requires("sheet.mark", sheet_place)
def show_sheet(ref: str) -> ResponseReturnValue:
    """Show one mark sheet."""
    return render_template("tablet/sheet.html", **pages.sheet_page(db.session, current_user.id, ref))


@blueprint.post("/sheets/<ref>/operations")
@requires("sheet.mark", sheet_place)
def save(ref: str) -> ResponseReturnValue:
    """Store marks at once and answer with how the sheet stands now."""
    own = queries.find_own_sheet(db.session, current_user.id, ref)
    assert own is not None  # noqa: S101  # sheet_place has found it
    if request.mimetype != "application/json":
        abort(415)
    try:
        operation = forms.read_operation(request.get_data(as_text=True), ref)
        answer = services.save_marks(db.session, own.event, own.sheet, operation, clock.now())
    except Refused as refused:
        db.session.rollback()
        return {"outcome": "refused", "reasons": [refusals.words(r) for r in refused.refusals]}, 422
    if answer.outcome == "duplicate":
        _note_repeat(own, operation)
    body = pages.answer_body(db.session, own, answer)
    if STATUS[answer.outcome] == 200:
        db.session.commit()
    return body, STATUS[answer.outcome]


@blueprint.get("/sheets/<ref>/review")
@requires("sheet.mark", sheet_place)
def review(ref: str) -> ResponseReturnValue:
    """Show everything on the sheet once more before it is signed."""
    page = pages.sheet_page(db.session, current_user.id, ref)
    return render_template("tablet/review.html", operation_id=clock.new_ref(), **page)


@blueprint.post("/sheets/<ref>/sign")
@requires("sheet.mark", sheet_place)
def sign(ref: str) -> ResponseReturnValue:
    """Sign the sheet; in the profile `simple` this locks it."""
    own = queries.find_own_sheet(db.session, current_user.id, ref)
    assert own is not None  # noqa: S101  # sheet_place has found it
    try:
        operation = forms.read_signature(request.form, ref)
        answer = services.sign_sheet(db.session, own.event, own.sheet, operation, clock.now())
    except Refused as refused:
        return _not_signed(ref, [refusals.words(refusal) for refusal in refused.refusals]), 422
    if answer.outcome == "duplicate":
        _note_repeat(own, operation)
    if STATUS[answer.outcome] != 200:
        return _not_signed(ref, pages.why_not_signed(answer)), 409
    following = pages.next_open(db.session, current_user.id, own)
    db.session.commit()
    flash(_("%(code)s is signed and locked.", code=own.code), "success")
    return redirect(following or url_for(".list_entries", event_id=own.event.id, stage=own.sheet.stage))


def _not_signed(ref: str, told: list[str]) -> str:
    db.session.rollback()
    page = pages.sheet_page(db.session, current_user.id, ref)
    return render_template("tablet/review.html", operation_id=clock.new_ref(), told=told, **page)


def _note_repeat(own: Any, operation: SheetOperation) -> None:
    """Record that an operation arrived again: every unsafe request leaves a trace."""
    audit.record(
        db.session,
        "sheet:repeat",
        actor_id=current_user.id,
        subject=f"sheet:{own.sheet.id}",
        now=clock.now(),
        detail={"operation": operation.operation_id},
        event_id=own.event.id,
    )
