"""Put another judge in the place of one; declare from whom a judge has to stand back."""

from typing import Any

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.guard import requires
from competitions.fields import show_refusals
from competitions.judges import conflicts, queries, substitution
from competitions.judges.conflicts import Declaration
from competitions.judges.forms import ConflictForm, ReasonForm, SubstituteForm
from competitions.judges.places import appointment_place
from competitions.judges.views.base import actor, blueprint, event_or_404, judge_or_404
from competitions.judges.views.people import form_of, judge_page, meant
from core import clock
from core.database import db
from core.once.door import once
from core.refusals import Refusal, Refused, words


@blueprint.post("/<int:appointment_id>/substitute")
@requires("judge.appoint", appointment_place)
def substitute(event_id: int, appointment_id: int) -> ResponseReturnValue:
    """Let another judge take over what this one has not signed."""
    event, judge = event_or_404(event_id), judge_or_404(event_id, appointment_id)
    form = SubstituteForm(prefix="substitute")
    user = meant(form) if form.validate_on_submit() else None
    known, unit_id = _unit(form)
    if user is None or not known:
        return _again(event_id, judge, "substitute", form), 422
    try:
        done = substitution.substitute(
            db.session, event, judge, user, unit_id, form.reason.data or "", actor_id=actor(), now=clock.now()
        )
    except Refused as refused:
        others = show_refusals(form, refused)
        db.session.rollback()
        return _again(event_id, judge_or_404(event_id, appointment_id), "substitute", form, others), 422
    said = _said(judge, done)
    db.session.commit()
    flash(said, "success")
    return redirect(url_for(".list_judges", event_id=event_id))


@blueprint.post("/<int:appointment_id>/conflicts")
@requires("judge.appoint", appointment_place)
@once(".edit_judge")
def declare_conflict(event_id: int, appointment_id: int) -> ResponseReturnValue:
    """Keep from whom a judge has to stand back."""
    event, judge = event_or_404(event_id), judge_or_404(event_id, appointment_id)
    form = ConflictForm(prefix="conflict")
    valid = form.validate_on_submit()
    known, unit = _unit(form)
    if not valid or not known:
        return _again(event_id, judge, "conflict", form), 422
    found = queries.find_unit(db.session, form.unit.data) if unit else None
    what = Declaration(form.kind.data, found, form.entry_number, form.note.data or "")
    try:
        conflicts.declare(db.session, event, judge, what, actor_id=actor(), now=clock.now())
    except Refused as refused:
        others = show_refusals(form, refused)
        db.session.rollback()
        return _again(event_id, judge_or_404(event_id, appointment_id), "conflict", form, others), 422
    return _kept(event_id, appointment_id, _("The conflict of interest is on record."))


@blueprint.post("/<int:appointment_id>/conflicts/<int:conflict_id>/withdraw")
@requires("judge.appoint", appointment_place)
def withdraw_conflict(event_id: int, appointment_id: int, conflict_id: int) -> ResponseReturnValue:
    """Take a declaration back."""
    said = _("The declaration is withdrawn.")
    return _settle(event_id, appointment_id, conflict_id, conflicts.withdraw, said)


@blueprint.post("/<int:appointment_id>/conflicts/<int:conflict_id>/override")
@requires("judge.appoint", appointment_place)
def override_conflict(event_id: int, appointment_id: int, conflict_id: int) -> ResponseReturnValue:
    """Let a judge mark in spite of a declared conflict."""
    said = _("The conflict is overridden; your reason is on record.")
    return _settle(event_id, appointment_id, conflict_id, conflicts.override, said)


def _settle(
    event_id: int, appointment_id: int, conflict_id: int, act: Any, said: str
) -> ResponseReturnValue:
    event, judge = event_or_404(event_id), judge_or_404(event_id, appointment_id)
    row = conflicts.find_declared(db.session, judge.id, conflict_id) or abort(404)
    form = ReasonForm(prefix=f"conflict-{conflict_id}")
    reason = form.reason.data or ""
    try:
        act(db.session, event, judge, row, reason, actor_id=actor(), now=clock.now())
    except Refused as refused:
        others = [words(refusal) for refusal in refused.refusals]
        db.session.rollback()
        judge = judge_or_404(event_id, appointment_id)
        return judge_page(event_id, judge, form_of(judge), others=others), 422
    return _kept(event_id, appointment_id, said)


def _kept(event_id: int, appointment_id: int, said: str) -> ResponseReturnValue:
    db.session.commit()
    flash(said, "success")
    return redirect(url_for(".edit_judge", event_id=event_id, appointment_id=appointment_id))


def _unit(form: Any) -> tuple[bool, int | None]:
    """Return whether the unit that a form names is known, and its number."""
    name = form.unit.data or ""
    unit = queries.find_unit(db.session, name) if name else None
    if name and unit is None:
        form.unit.errors = [words(Refusal("UNIT_NOT_FOUND"))]
        return False, None
    return True, unit.id if unit else None


def _again(event_id: int, judge: Any, name: str, form: Any, others: Any = ()) -> str:
    return judge_page(event_id, judge, form_of(judge), (name, form), others)


def _said(judge: Any, done: substitution.Substitution) -> str:
    told = {"out": judge.code, "name": done.stand_in.user.name, "code": done.stand_in.code}
    if done.sheets is None:
        return _("%(name)s (%(code)s) has the places of %(out)s now. Print a card.", **told)
    return _(
        "%(name)s (%(code)s) takes over %(count)s sheets of %(out)s; what %(out)s has signed stays. "
        "Print a card.", count=done.sheets, **told,
    )  # fmt: skip
