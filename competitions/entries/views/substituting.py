"""Putting somebody in another's place."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.guard import requires
from competitions.eligibility.queries import asked_of_people
from competitions.entries import labels, roles, substitutions
from competitions.entries.forms import SubstituteForm
from competitions.entries.places import entry_place
from competitions.entries.services import NotEnterable
from competitions.entries.substitutions import Coming
from competitions.entries.views.base import (
    EVENT,
    actor,
    asked_for,
    blueprint,
    entry_or_404,
    event_or_404,
    rights_in,
)
from competitions.fields import show_refusals
from core import clock
from core.database import db
from core.refusals import Refused, words

AT_THE_FORM = {"reason", "name", "ref"}


@blueprint.get(EVENT + "/<int:entry_id>/substitute/<person_ref>")
@requires("entry.substitute", entry_place)
def ask_substitute(event_id: int, entry_id: int, person_ref: str) -> ResponseReturnValue:
    """Ask who takes somebody's place, and why."""
    return _page(event_id, entry_id, person_ref, _form(_leaving(event_id, entry_id, person_ref)))


@blueprint.post(EVENT + "/<int:entry_id>/substitute/<person_ref>")
@requires("entry.substitute", entry_place)
def substitute(event_id: int, entry_id: int, person_ref: str) -> ResponseReturnValue:
    """Put somebody in another's place; what a unit does is decided anew, what the organiser does counts."""
    event, leaving = event_or_404(event_id), _leaving(event_id, entry_id, person_ref)
    form, place, person = _form(leaving), leaving.position, leaving.entry.kind == "person"
    if not form.validate_on_submit():
        return _page(event_id, entry_id, person_ref, form), 422
    asked = asked_for(
        event, "entry.substitute", ignoring=entry_id if person else None, updating=not person
    )
    try:
        row = substitutions.substitute(
            db.session, event, entry_id, person_ref, Coming(**form.new), form.reason.data or "", asked,
            decides=rights_in(event).decide, actor_id=actor(), now=clock.now(),
        )  # fmt: skip
    except NotEnterable as refused:
        db.session.rollback()
        form.show(refused.proposal.errors, place)
        return _page(event_id, entry_id, person_ref, form), 422
    except Refused as refused:
        if not {refusal.where for refusal in refused.refusals} <= AT_THE_FORM:
            raise
        db.session.rollback()
        return _page(event_id, entry_id, person_ref, form, show_refusals(form, refused)), 422
    names = {"left": row.left_name, "came": row.came_name}
    db.session.commit()
    flash(_("%(came)s takes the place of %(left)s.", **names), "success")
    return redirect(url_for(".show_entry", event_id=event_id, entry_id=entry_id))


def _leaving(event_id: int, entry_id: int, person_ref: str) -> Any:
    members = entry_or_404(event_id, entry_id).members
    return next((member for member in members if member.person.ref == person_ref), None) or abort(404)


def _form(leaving: Any) -> SubstituteForm:
    reserves = leaving.entry.members if leaving.role == roles.MEMBER else []
    return SubstituteForm([(m.person.ref, m.person.name) for m in reserves if m.role == roles.SUBSTITUTE])


def _page(
    event_id: int, entry_id: int, person_ref: str, form: SubstituteForm, others: list[str] | None = None
) -> str:
    event, entry = event_or_404(event_id), entry_or_404(event_id, entry_id)
    rights = rights_in(event)
    closed = substitutions.refusals(db.session, event, entry, decides=rights.decide)
    return render_template(
        "entries/substitute.html", event=event, entry=entry, form=form, labels=labels, rights=rights,
        leaving=_leaving(event_id, entry_id, person_ref), asked=asked_of_people(db.session, event),
        others=others or [],
        closed=words(closed[0]) if closed else "", roles=roles,
    )  # fmt: skip
