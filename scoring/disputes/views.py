"""Pages of disputes: for whoever raises them, for the unit of the work, for whoever decides."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.guard import held_grants, may, requires
from accounts.queries import list_names
from competitions.entries.places import own_units
from competitions.events.queries import event_path, find_event
from competitions.fields import show_refusals
from core import clock
from core.database import db
from core.files import answers, reading
from core.once.door import once
from core.refusals import Refused
from core.web import takes_files
from scoring.disputes import labels, queries, rules, services
from scoring.disputes.forms import DecisionForm, DisputeForm, EvidenceForm
from scoring.disputes.places import dispute_place, disputes_place, raised_place

blueprint = Blueprint("disputes", __name__, url_prefix="/events/<int:event_id>/disputes")
ONE = "/<int:number>"


@blueprint.get("/")
@requires("dispute.view", disputes_place)
def list_disputes(event_id: int) -> ResponseReturnValue:
    """Show the disputes of an event; to a unit those about its works and its own ones."""
    event = _event(event_id)
    units = own_units(held_grants(), "dispute.view", event_path(db.session, event))
    rows = queries.list_disputes(db.session, event.id, units, current_user.id)
    return render_template(
        "disputes/list.html", event=event, rows=rows, labels=labels, open=event.state in rules.STATES,
        raises=may("dispute.raise", _path(event), event.state),
    )  # fmt: skip


@blueprint.get("/new")
@requires("dispute.raise", disputes_place)
def new_dispute(event_id: int) -> ResponseReturnValue:
    """Show the form of a dispute."""
    return _form_page(_event(event_id), DisputeForm(clock.new_ref()))


@blueprint.post("/new")
@requires("dispute.raise", disputes_place)
def raise_dispute(event_id: int) -> ResponseReturnValue:
    """Take a dispute."""
    event, form = _event(event_id), DisputeForm(clock.new_ref())
    if not form.validate_on_submit():
        return _form_page(event, form), 422
    try:
        dispute = services.raise_dispute(
            db.session, event, form.work.data or "", form.kind.data or "", form.said(),
            ref=form.operation.data or "", **_by(),
        )  # fmt: skip
    except Refused as refused:
        db.session.rollback()
        return _form_page(_event(event_id), form, show_refusals(form, refused)), 422
    number = dispute.number
    db.session.commit()
    flash(_("Dispute no. %(number)s is on record. The work is not ranked until it is decided.",
            number=number), "success")  # fmt: skip
    return redirect(url_for(".show_dispute", event_id=event_id, number=number))


@blueprint.get(ONE)
@requires("dispute.view", dispute_place)
def show_dispute(event_id: int, number: int) -> ResponseReturnValue:
    """Show one dispute; who disputes stays masked."""
    return _page(event_id, number)


@blueprint.post(ONE + "/open")
@requires("dispute.decide", raised_place)
def open_speaker(event_id: int, number: int) -> ResponseReturnValue:
    """Show who disputes; that somebody looked is recorded."""
    whole = services.open_speaker(db.session, _found(event_id, number), **_by())
    db.session.commit()
    return _page(event_id, number, whole=whole)


@blueprint.post(ONE + "/files")
@takes_files
@requires("dispute.raise", raised_place)
@once(".show_dispute")
def attach(event_id: int, number: int) -> ResponseReturnValue:
    """Keep a piece of evidence."""
    form = EvidenceForm()
    try:
        upload = reading.take(form.file.data)
        services.attach(
            db.session, _event(event_id), _found(event_id, number), upload, ref=clock.new_ref(), **_by()
        )
    except Refused as refused:
        db.session.rollback()
        others = show_refusals(form, refused)
        return _page(event_id, number, evidence=form, others=others), 422
    db.session.commit()
    flash(_("The file is kept with the dispute."), "success")
    return redirect(url_for(".show_dispute", event_id=event_id, number=number))


@blueprint.post(ONE + "/files/<file_ref>")
@requires("dispute.view", dispute_place)
def fetch_file(event_id: int, number: int, file_ref: str) -> ResponseReturnValue:
    """Give a piece of evidence to those who may read the dispute; who took it is recorded."""
    dispute = _found(event_id, number)
    stored = queries.find_file(db.session, dispute, file_ref) or abort(404)
    answer = answers.send(stored)
    services.record_fetch(db.session, dispute, stored, **_by())
    db.session.commit()
    return answer


@blueprint.post(ONE + "/decision")
@requires("dispute.decide", raised_place)
def decide(event_id: int, number: int) -> ResponseReturnValue:
    """Decide a dispute for good."""
    form = DecisionForm()
    if not form.validate_on_submit():
        return _page(event_id, number, form=form), 422
    said = (form.decision.data or "", form.reasons.data or "")
    return _done(
        event_id, number, lambda event, one: services.decide(db.session, event, one, *said, **_by()),
        _("The decision is on record."), form,
    )  # fmt: skip


@blueprint.post(ONE + "/withdraw")
@requires("dispute.raise", raised_place)
def withdraw(event_id: int, number: int) -> ResponseReturnValue:
    """Take a dispute back."""
    return _done(
        event_id, number, lambda event, one: services.withdraw(db.session, event, one, **_by()),
        _("The dispute is withdrawn."), DecisionForm(formdata=None),
    )  # fmt: skip


def _done(
    event_id: int, number: int, do: Callable[[Any, Any], None], said: str, form: DecisionForm
) -> ResponseReturnValue:
    try:
        do(_event(event_id), _found(event_id, number))
    except Refused as refused:
        db.session.rollback()
        return _page(event_id, number, form=form, others=show_refusals(form, refused)), 422
    db.session.commit()
    flash(said, "success")
    return redirect(url_for(".show_dispute", event_id=event_id, number=number))


def _event(event_id: int) -> Any:
    """Return an event in which works compete."""
    event = find_event(db.session, event_id)
    return event if event is not None and event.entry_kind == "work" else abort(404)


def _found(event_id: int, number: int) -> Any:
    return queries.find_dispute(db.session, event_id, number) or abort(404)


def _by() -> dict[str, Any]:
    return {"actor_id": current_user.id, "now": clock.now()}


def _path(event: Any) -> Any:
    place = disputes_place(event.id)
    return place.path if place is not None else ()


def _form_page(event: Any, form: DisputeForm, others: Iterable[str] = ()) -> str:
    return render_template("disputes/new.html", event=event, form=form, others=list(others))


def _page(
    event_id: int, number: int, *, whole: Any = None, form: Any = None, evidence: Any = None,
    others: Iterable[str] = (),
) -> str:  # fmt: skip
    event, dispute = _event(event_id), _found(event_id, number)
    path, raised = event_path(db.session, event), raised_place(event_id, number)
    withdraws = raised is not None and may("dispute.raise", raised.path, event.state)
    return render_template(
        "disputes/show.html", event=event, dispute=dispute, labels=labels, others=list(others),
        said=whole or services.masked(dispute), whole=whole is not None,
        form=form or DecisionForm(formdata=None), evidence=evidence or EvidenceForm(formdata=None),
        names=list_names(db.session, {dispute.raised_by_id, dispute.decided_by_id or 0}),
        decides=may("dispute.decide", path, event.state) and not dispute.decision,
        withdraws=withdraws and not dispute.decision,
    )  # fmt: skip
