"""Pages of appeals: for the unit that files, the arbitrator who decides, whoever looks after the event."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.guard import requires
from competitions.entries.places import entry_place
from competitions.entries.queries import find_entry
from competitions.events.places import event_place
from competitions.events.queries import get_event
from competitions.fields import show_refusals, tidy_text
from core import clock, refusals
from core.database import db
from core.files import answers, reading
from core.once.door import once
from core.refusals import Refused
from core.web import takes_files
from scoring.appeals import labels, pages, queries, services
from scoring.appeals.forms import AppealForm, DecisionForm, EvidenceForm, ReasonsForm
from scoring.appeals.places import appeal_place, appeals_place
from scoring.appeals.rules import Said
from scoring.sheets import releases

blueprint = Blueprint("appeals", __name__, url_prefix="/events/<int:event_id>")
ONE = "/appeals/<int:number>"


@blueprint.get("/appeals/")
@requires("appeal.view", appeals_place)
def list_appeals(event_id: int) -> ResponseReturnValue:
    """Show the appeals of an event, or of the own unit, and until when one can be filed."""
    return _list_page(event_id)


@blueprint.get("/entries/<int:entry_id>/appeal")
@requires("appeal.file", entry_place)
def new_appeal(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Show the form of an appeal."""
    return _form_page(event_id, entry_id, _form(event_id, entry_id))


@blueprint.post("/entries/<int:entry_id>/appeal")
@requires("appeal.file", entry_place)
def file_appeal(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Take an appeal and lead to its receipt."""
    form = _form(event_id, entry_id)
    if not form.validate_on_submit():
        return _form_page(event_id, entry_id, form), 422
    entry = find_entry(db.session, event_id, entry_id) or abort(404)
    try:
        appeal = services.file_appeal(
            db.session, get_event(db.session, event_id), entry, form.said(), form.things(),
            ref=form.operation.data or "", actor_id=current_user.id, now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        db.session.rollback()
        return _form_page(event_id, entry_id, form, show_refusals(form, refused)), 422
    number = appeal.number
    db.session.commit()
    receipt = labels.receipt(event_id, number)
    flash(_("The appeal is filed. Its receipt is %(number)s; add evidence below.", number=receipt), "success")
    return redirect(url_for(".show_appeal", event_id=event_id, number=number))


@blueprint.get(ONE)
@requires("appeal.view", appeal_place)
def show_appeal(event_id: int, number: int) -> ResponseReturnValue:
    """Show one appeal and what becomes of it; who speaks stays masked."""
    return _page(event_id, number)


@blueprint.post(ONE + "/open")
@requires("appeal.open", appeal_place)
def open_speaker(event_id: int, number: int) -> ResponseReturnValue:
    """Show who speaks; that somebody looked is recorded."""
    whole = services.open_speaker(
        db.session, _found(event_id, number), actor_id=current_user.id, now=clock.now()
    )
    db.session.commit()
    return _page(event_id, number, whole=whole)


@blueprint.post(ONE + "/files")
@takes_files
@requires("appeal.file", appeal_place)
@once(".show_appeal")
def attach(event_id: int, number: int) -> ResponseReturnValue:
    """Keep a piece of evidence."""
    form = EvidenceForm()

    def do(event: Any, appeal: Any, by: Any) -> None:
        services.attach(db.session, event, appeal, reading.take(form.file.data), ref=clock.new_ref(), **by)

    return _done(event_id, number, do, _("The file is kept with the appeal."), evidence=form)


@blueprint.post(ONE + "/files/<file_ref>")
@requires("appeal.view", appeal_place)
def fetch_file(event_id: int, number: int, file_ref: str) -> ResponseReturnValue:
    """Give a piece of evidence to those who may read the appeal; who took it is recorded."""
    appeal = _found(event_id, number)
    stored = queries.find_file(db.session, appeal, file_ref) or abort(404)
    answer = answers.send(stored)
    services.record_fetch(db.session, appeal, stored, actor_id=current_user.id, now=clock.now())
    db.session.commit()
    return answer


@blueprint.post(ONE + "/withdraw")
@requires("appeal.file", appeal_place)
def withdraw(event_id: int, number: int) -> ResponseReturnValue:
    """Take an appeal back."""
    return _done(
        event_id, number, lambda event, appeal, by: services.withdraw(db.session, event, appeal, **by),
        _("The appeal is withdrawn."),
    )  # fmt: skip


@blueprint.post(ONE + "/accept")
@requires("appeal.decide", appeal_place)
def accept(event_id: int, number: int) -> ResponseReturnValue:
    """Take an appeal up."""
    return _done(
        event_id, number, lambda event, appeal, by: services.accept(db.session, event, appeal, **by),
        _("The appeal is taken up; the unit sees that."),
    )  # fmt: skip


@blueprint.post(ONE + "/refuse")
@requires("appeal.decide", appeal_place)
def turn_away(event_id: int, number: int) -> ResponseReturnValue:
    """Refuse an appeal that is none."""
    form = ReasonsForm(prefix="refuse")

    def do(event: Any, appeal: Any, by: Any) -> None:
        services.turn_away(db.session, event, appeal, form.reasons.data or "", **by)

    return _done(event_id, number, do, _("The appeal is not taken up."), refusing=form)


@blueprint.post(ONE + "/decision")
@requires("appeal.decide", appeal_place)
def decide(event_id: int, number: int) -> ResponseReturnValue:
    """Decide an appeal for good."""
    form = _decision(event_id, _found(event_id, number))
    if not form.validate_on_submit():
        return _page(event_id, number, deciding=form), 422

    def do(event: Any, appeal: Any, by: Any) -> None:
        opened = queries.chosen(db.session, appeal, form.sheets.data or (), form.penalties.data or ())
        said = (form.decision.data or "", form.reasons.data or "")
        services.decide(db.session, event, appeal, *said, opened, **by)

    return _done(event_id, number, do, _("The decision is on record, and final."), deciding=form)


@blueprint.post("/releases/<int:release_id>/<any(approve, decline, close):act>")
@requires("release.decide", event_place)
def decide_release(event_id: int, release_id: int, act: str) -> ResponseReturnValue:
    """Approve or decline that a sheet is corrected for an error found, or end what was not used."""
    event, row = get_event(db.session, event_id), releases.find_release(db.session, event_id, release_id)
    by: dict[str, Any] = {"actor_id": current_user.id, "now": clock.now()}
    reason = tidy_text(request.form.get("reason"))[:500]
    try:
        if act == "approve":
            releases.approve(db.session, event, row or abort(404), **by)
        elif act == "decline":
            releases.decline(db.session, event, row or abort(404), reason, **by)
        else:
            releases.close(db.session, event, row or abort(404), reason, **by)
    except Refused as refused:
        db.session.rollback()
        return _list_page(event_id, [refusals.words(found) for found in refused.refusals]), 422
    db.session.commit()
    flash(_("Recorded."), "success")
    return redirect(url_for(".list_appeals", event_id=event_id))


def _done(
    event_id: int, number: int, do: Callable[[Any, Any, Any], None], said: str, **forms: Any
) -> ResponseReturnValue:
    """Do something with an appeal; what is refused is shown on its page."""
    event, appeal = get_event(db.session, event_id), _found(event_id, number)
    try:
        do(event, appeal, {"actor_id": current_user.id, "now": clock.now()})
    except Refused as refused:
        db.session.rollback()
        form = next(iter(forms.values()), None)
        others = show_refusals(form if form is not None else EvidenceForm(formdata=None), refused)
        return _page(event_id, number, others=others, **forms), 422
    db.session.commit()
    flash(said, "success")
    return redirect(url_for(".show_appeal", event_id=event_id, number=number))


def _found(event_id: int, number: int) -> Any:
    return queries.find_appeal(db.session, event_id, number) or abort(404)


def _form(event_id: int, entry_id: int) -> AppealForm:
    event = get_event(db.session, event_id)
    entry = find_entry(db.session, event_id, entry_id) or abort(404)
    return AppealForm(clock.new_ref(), pages.offered_things(db.session, event, entry))


def _decision(event_id: int, appeal: Any, **settings: Any) -> DecisionForm:
    event = get_event(db.session, event_id)
    offered = (
        pages.offered_sheets(db.session, event, appeal), pages.offered_penalties(db.session, appeal),
    )  # fmt: skip
    return DecisionForm(*offered, **settings)


def _form_page(event_id: int, entry_id: int, form: AppealForm, others: Iterable[str] = ()) -> str:
    event = get_event(db.session, event_id)
    return render_template(
        "appeals/new.html", event=event, entry=find_entry(db.session, event_id, entry_id), form=form,
        others=list(others), window=pages.window(event, clock.now()),
    )  # fmt: skip


def _list_page(event_id: int, others: Iterable[str] = ()) -> str:
    event = get_event(db.session, event_id)
    page = pages.list_page(db.session, event, clock.now())
    return render_template("appeals/list.html", event=event, others=list(others), **page)


def _page(
    event_id: int, number: int, *, whole: Said | None = None, others: Iterable[str] = (),
    evidence: Any = None, refusing: Any = None, deciding: Any = None,
) -> str:  # fmt: skip
    event, appeal = get_event(db.session, event_id), _found(event_id, number)
    page = pages.appeal_page(db.session, event, appeal)
    if whole is not None:
        page |= {"said": whole, "may_open": False}
    return render_template(
        "appeals/show.html", event=event, others=list(others),
        evidence=evidence or EvidenceForm(formdata=None),
        refusing=refusing or ReasonsForm(formdata=None, prefix="refuse"),
        deciding=deciding or _decision(event_id, appeal, formdata=None), **page,
    )  # fmt: skip
