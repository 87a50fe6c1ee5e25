"""What is a judge's own: where one judges, and saying oneself from whom one has to stand back.

Nothing here says who takes part, so that no page of a judge changes with the entrants.
"""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.guard import signed_in
from competitions.events.queries import get_event
from competitions.fields import show_refusals
from competitions.judges import conflicts, queries, rules
from competitions.judges.forms import OwnConflictForm
from core import clock
from core.database import db
from core.once.door import once
from core.refusals import Refused

blueprint = Blueprint("own_judging", __name__, url_prefix="/judges/own")


@blueprint.get("/")
@signed_in
def list_own() -> ResponseReturnValue:
    """Show where one judges and what one has declared."""
    return _page()


@blueprint.post("/<int:event_id>/conflicts")
@signed_in
@once(".list_own")
def declare_conflict(event_id: int) -> ResponseReturnValue:
    """Keep from whom the signed-in judge has to stand back."""
    judge = next((one for one in _own() if one.event_id == event_id), None) or abort(404)
    form = _form(event_id)
    if not form.validate_on_submit():
        return _page(event_id, form), 422
    event, actor_id = get_event(db.session, event_id), int(current_user.id)
    try:
        conflicts.declare_own(
            db.session, event, judge, form.words(), actor_id=actor_id, now=clock.now()
        )
    except Refused as refused:
        db.session.rollback()
        return _page(event_id, form, show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("Thank you. The organiser sees it and decides what follows."), "success")
    return redirect(url_for(".list_own"))


def _own() -> list[Any]:
    """Return the appointments of whoever is signed in; a judge card opens those of its event alone."""
    return queries.list_own(db.session, int(current_user.id), current_user.card_event_id)


def _form(event_id: int, **settings: Any) -> OwnConflictForm:
    return OwnConflictForm(prefix=f"event-{event_id}", **settings)


def _page(event_id: int | None = None, refused: OwnConflictForm | None = None, others: Any = ()) -> str:
    """Show the page; `refused` is the form of one event with what is wrong in it."""
    judges = _own()
    forms = {one.event_id: _form(one.event_id, formdata=None) for one in judges}
    if event_id is not None and refused is not None:
        forms[event_id] = refused
    units = queries.list_unit_names(db.session, [one.unit_id for one in judges if one.unit_id])
    return render_template(
        "judges/own.html", judges=judges, forms=forms, others=others, refused=event_id, units=units,
        declared={one.id: conflicts.list_own(db.session, one) for one in judges}, kinds=conflicts.OWN_KINDS,
        open_in=rules.DISMISSED_IN,
    )  # fmt: skip
