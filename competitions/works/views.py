"""Pages of works: what is said of each, all of an event, how they are reviewed."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.guard import may, requires
from competitions.entries.places import entry_place
from competitions.entries.queries import find_entry
from competitions.entries.rules import OPEN
from competitions.events.places import event_place
from competitions.events.queries import event_path, find_event
from competitions.fields import show_refusals, version_said
from competitions.works import labels, queries, services
from competitions.works.forms import ImplementedForm, ParticularsForm, TermsForm
from competitions.works.rules import benefit_text
from core import clock
from core.database import db
from core.refusals import Refused

blueprint = Blueprint("works", __name__, url_prefix="/events/<int:event_id>")
ENTRY = "/entries/<int:entry_id>/particulars"
IN_USE = "/entries/<int:entry_id>/in-use"


@blueprint.get("/works/")
@requires("work.view", event_place)
def list_works(event_id: int) -> ResponseReturnValue:
    """Show the works of an event, and how and until when experts mark them."""
    event = _event(event_id)
    return _list_page(event, TermsForm(data={"anonymous": event.anonymous, "until": event.marks_until}))


@blueprint.post("/works/")
@requires("work.terms", event_place)
def save_terms(event_id: int) -> ResponseReturnValue:
    """Say how and until when experts mark."""
    event, form = _event(event_id), TermsForm()
    if not form.validate_on_submit():
        return _list_page(event, form), 422
    try:
        services.save_terms(
            db.session, event, anonymous=bool(form.anonymous.data), until=form.until.data, **_by()
        )
    except Refused as refused:
        db.session.rollback()
        return _list_page(_event(event_id), form, show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("How works are reviewed is saved."), "success")
    return redirect(url_for(".list_works", event_id=event_id))


@blueprint.get(ENTRY)
@requires("entry.edit", entry_place)
def edit_particulars(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Show the form of what is said of a work."""
    event, entry = _work(event_id, entry_id)
    said = queries.particulars_of(db.session, entry)
    form = ParticularsForm(len(entry.members), said)
    form.version.data = str(entry.revision)
    return _form_page(event, entry, form)


@blueprint.post(ENTRY)
@requires("entry.edit", entry_place)
def save_particulars(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Keep what is said of a work."""
    event, entry = _work(event_id, entry_id)
    authors = len(entry.members)
    form = ParticularsForm(authors)
    if not form.validate_on_submit():
        return _form_page(event, entry, form), 422
    try:
        services.save_particulars(
            db.session, event, entry_id, form.values(authors), revision=version_said(form.version.data),
            today=clock.today(), **_by(),
        )  # fmt: skip
    except Refused as refused:
        db.session.rollback()
        event, entry = _work(event_id, entry_id)
        return _form_page(event, entry, form, form.show(refused)), 422
    db.session.commit()
    flash(_("What is said of the work is saved."), "success")
    return redirect(url_for("entries.show_entry", event_id=event_id, entry_id=entry_id))


@blueprint.get(IN_USE)
@requires("work.terms", event_place)
def ask_implementation(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Ask since when a work is in use."""
    return _use_page(*_work(event_id, entry_id), ImplementedForm(formdata=None))


@blueprint.post(IN_USE)
@requires("work.terms", event_place)
def record_implementation(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Record since when a work is in use."""
    event, entry = _work(event_id, entry_id)
    form, name = ImplementedForm(), entry.name
    if not form.validate_on_submit():
        return _use_page(event, entry, form), 422
    try:
        on = form.implemented_on.data
        services.record_implementation(db.session, event, entry_id, on, today=clock.today(), **_by())
    except Refused as refused:
        db.session.rollback()
        return _use_page(*_work(event_id, entry_id), form, show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("“%(name)s” is in use.", name=name), "success")
    return redirect(url_for(".list_works", event_id=event_id))


def _event(event_id: int) -> Any:
    """Return an event in which works compete."""
    event = find_event(db.session, event_id)
    return event if event is not None and event.entry_kind == "work" else abort(404)


def _work(event_id: int, entry_id: int) -> tuple[Any, Any]:
    return _event(event_id), find_entry(db.session, event_id, entry_id) or abort(404)


def _by() -> dict[str, Any]:
    return {"actor_id": current_user.id, "now": clock.now()}


def _list_page(event: Any, form: TermsForm, others: Iterable[str] = ()) -> str:
    return render_template(
        "works/list.html", event=event, form=form, others=list(others), labels=labels,
        works=queries.list_works(db.session, event.id), benefit=benefit_text,
        changes=may("work.terms", event_path(db.session, event)),
        frozen=event.state in services.TERMS_FROZEN, over=event.state in services.OVER,
    )  # fmt: skip


def _form_page(event: Any, entry: Any, form: ParticularsForm, others: Iterable[str] = ()) -> str:
    return render_template(
        "works/form.html", event=event, entry=entry, form=form, others=list(others),
        closed=event.state != OPEN,
    )  # fmt: skip


def _use_page(event: Any, entry: Any, form: ImplementedForm, others: Iterable[str] = ()) -> str:
    return render_template("works/in_use.html", event=event, entry=entry, form=form, others=list(others))
