"""The sheets that wait for the head of their panel or the chief judge: read, then confirmed or locked."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_login import current_user

from accounts.guard import requires
from competitions.events.places import event_place
from competitions.events.queries import get_event
from core import clock, refusals
from core.database import db
from core.refusals import Refused
from scoring.sheets import closed_pages, closing
from scoring.sheets.forms import ClosingForm
from scoring.sheets.views.base import blueprint


class Act(NamedTuple):
    """What is done on one of the two pages, in its words."""

    name: str
    title: Any
    text: Any
    button: Any
    confirm: Any


CONFIRM = Act(
    "confirm",
    _l("Sheets to confirm"),
    _l(
        "As head of the panel, compare each signed sheet with what the panel saw. The chief judge locks "
        "next."
    ),
    _l("Confirm the chosen sheets"),
    _l("Confirm the chosen sheets? Only the chief judge can give them back afterwards."),
)
LOCK = Act(
    "lock",
    _l("Sheets to lock"),
    _l(
        "As chief judge, lock what is right and give back what is not. A locked sheet is changed by a "
        "correction of two people alone."
    ),
    _l("Lock the chosen sheets"),
    _l("Lock the chosen sheets? Only a correction by two people changes them afterwards."),
)


@blueprint.get("/confirm")
@requires("sheet.confirm", event_place)
def show_confirm(event_id: int) -> ResponseReturnValue:
    """Show the signed sheets of the panels that the judge is head of."""
    return _page(event_id, CONFIRM)


@blueprint.post("/confirm")
@requires("sheet.confirm", event_place)
def confirm(event_id: int) -> ResponseReturnValue:
    """Confirm sheets of the own panels."""
    return _close(event_id, CONFIRM)


@blueprint.get("/lock")
@requires("sheet.lock", event_place)
def show_lock(event_id: int) -> ResponseReturnValue:
    """Show the sheets that wait for the chief judge."""
    return _page(event_id, LOCK)


@blueprint.post("/lock")
@requires("sheet.lock", event_place)
def lock(event_id: int) -> ResponseReturnValue:
    """Lock sheets."""
    return _close(event_id, LOCK)


def _close(event_id: int, act: Act) -> ResponseReturnValue:
    event, form = get_event(db.session, event_id), ClosingForm(clock.new_ref())
    if not form.validate_on_submit():
        told = _("This page and what it sent do not fit together. Reload the page.")
        return _page(event_id, act, [told]), 422
    try:
        count = closing.close_sheets(
            db.session, event, act.name, form.shown(), operation_id=form.operation.data or "",
            actor_id=current_user.id, now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        db.session.rollback()
        return _page(event_id, act, [refusals.words(found) for found in refused.refusals]), 422
    db.session.commit()
    flash(_done(act, count), "success")
    return redirect(url_for(f".show_{act.name}", event_id=event_id))


def _done(act: Act, count: int) -> str:
    if act is CONFIRM:
        return ngettext("%(num)d sheet is confirmed.", "%(num)d sheets are confirmed.", count)
    return ngettext("%(num)d sheet is locked.", "%(num)d sheets are locked.", count)


def _page(event_id: int, act: Act, others: Iterable[str] = ()) -> str:
    event = get_event(db.session, event_id)
    stages = closing.stages_of_head(db.session, event_id, current_user.id) if act is CONFIRM else None
    return render_template(
        "sheets/closing.html", event=event, act=act, others=list(others), form=ClosingForm(clock.new_ref()),
        chosen=set(request.form.getlist("sheet")) if request.method == "POST" else None,
        **closed_pages.closing_page(db.session, event, act.name, stages, request.args.get("page")),
    )  # fmt: skip
