"""The page of who qualifies for an event: rules, what they give, what was carried out."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from wtforms.fields import SelectChoice

from accounts.guard import may, requires
from competitions.catalogue.naming import name_of
from competitions.entries.rules import OPEN
from competitions.events.places import event_place
from competitions.events.queries import event_path, find_event, get_event
from competitions.fields import show_refusals
from core import clock
from core.database import db
from core.refusals import Refused, words
from scoring.qualifying import carrying, labels, queries, rules, services
from scoring.qualifying.forms import CarryForm, QualificationForm, ReasonForm
from scoring.schemes.queries import find_scheme

blueprint = Blueprint("qualifying", __name__, url_prefix="/events/<int:event_id>/qualifying")
ONE = "/<int:number>"


@blueprint.get("/")
@requires("entry.rules", event_place)
def show(event_id: int) -> ResponseReturnValue:
    """Show from which events who qualifies for this one."""
    return _page(_event(event_id))


@blueprint.post("/")
@requires("entry.set_rules", event_place)
def add(event_id: int) -> ResponseReturnValue:
    """Let entries of another event qualify."""
    target = _event(event_id)
    form = _form(target)
    if not form.validate_on_submit():
        return _page(target, form), 422
    try:
        source = get_event(db.session, form.source_id.data or 0)
        services.add(db.session, target, source, form.rule(), form.stage.data or "", **_by())
    except Refused as refused:
        db.session.rollback()
        return _page(_event(event_id), form, show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("The rule is kept. Look below at who qualifies."), "success")
    return redirect(url_for(".show", event_id=event_id))


@blueprint.post(ONE + "/remove")
@requires("entry.set_rules", event_place)
def remove(event_id: int, number: int) -> ResponseReturnValue:
    """Take a rule back that was not carried out."""
    return _done(
        event_id, number, lambda target, row: services.remove(db.session, target, row, **_by()),
        _("The rule is removed."),
    )  # fmt: skip


@blueprint.post(ONE + "/carry-out")
@requires("entry.set_rules", event_place)
def carry_out(event_id: int, number: int) -> ResponseReturnValue:
    """Enter everybody who qualifies."""
    seen = CarryForm().seen.data or ""
    return _done(
        event_id, number,
        lambda target, row: services.carry_out(db.session, target, row, seen, **_by()),
        _("Everybody who qualifies is entered."),
    )  # fmt: skip


@blueprint.post(ONE + "/<int:place_id>/withdraw")
@requires("entry.set_rules", event_place)
def withdraw(event_id: int, number: int, place_id: int) -> ResponseReturnValue:
    """Take somebody out, and let the next one move up."""
    form = ReasonForm(prefix=f"place{place_id}")

    def do(target: Any, row: Any) -> None:
        place = next((one for one in row.places if one.id == place_id), None) or abort(404)
        services.withdraw(db.session, target, row, place, form.reason.data or "", **_by())

    return _done(event_id, number, do, _("Withdrawn; the next one has moved up where there is one."))


@blueprint.post(ONE + "/totals")
@requires("desk.write", event_place)
def bring_totals(event_id: int, number: int) -> ResponseReturnValue:
    """Lay the earlier totals before whoever enters them, at the desk."""
    target, row = _event(event_id), _found(event_id, number)
    try:
        made = carrying.bring_totals(db.session, target, row, **_by())
    except Refused as refused:
        db.session.rollback()
        return _page(_event(event_id), others=[words(one) for one in refused.refusals]), 422
    onward = url_for("desk.show_list", event_id=event_id, number=made.number)
    db.session.commit()
    return redirect(onward)


def _done(event_id: int, number: int, do: Callable[[Any, Any], Any], said: str) -> ResponseReturnValue:
    target, row = _event(event_id), _found(event_id, number)
    try:
        do(target, row)
    except Refused as refused:
        db.session.rollback()
        return _page(_event(event_id), others=[words(one) for one in refused.refusals]), 422
    db.session.commit()
    flash(said, "success")
    return redirect(url_for(".show", event_id=event_id))


def _event(event_id: int) -> Any:
    return find_event(db.session, event_id) or abort(404)


def _found(event_id: int, number: int) -> Any:
    return queries.find_qualification(db.session, event_id, number) or abort(404)


def _by() -> dict[str, Any]:
    return {"actor_id": current_user.id, "now": clock.now()}


def _form(target: Any, **settings: Any) -> QualificationForm:
    sources = [
        SelectChoice(str(one.id), f"{name_of(one.competition)} · {name_of(one)}")
        for one in queries.list_sources(db.session, target)
    ]
    scheme = find_scheme(db.session, target.id)
    stages = [(stage.code, stage.title) for stage in scheme.stages] if scheme is not None else []
    return QualificationForm(sources, stages, **settings)


def _page(target: Any, form: QualificationForm | None = None, others: Iterable[str] = ()) -> str:
    path = event_path(db.session, target)
    found = queries.list_qualifications(db.session, target.id)
    return render_template(
        "qualifying/show.html", event=target, form=form or _form(target, formdata=None), others=list(others),
        parts=[_part(row) for row in found], labels=labels, rules=rules,
        changes=may("entry.set_rules", path) and target.state in services.CHANGEABLE,
        open=target.state == OPEN,
        carries=may("desk.write", path, target.state) and carrying.may_carry(target),
        ngettext=ngettext,
    )  # fmt: skip


def _part(row: Any) -> dict[str, Any]:
    """Return one qualification as the page shows it: what would be, or what was carried out."""
    shown = None if row.done_at is not None else services.preview(db.session, row)
    version, choice = shown if shown is not None else (None, rules.Choice([], []))
    lines = [*choice.chosen, *choice.reserves[:5]]
    named = queries.names_of(db.session, [one.entry for one in lines])
    return {
        "row": row, "said": labels.sentences(rules.from_document(row.rule)), "version": version,
        "count": len(choice.chosen),
        "lines": [(one, named[one.entry], one in choice.chosen) for one in lines],
        "carry": CarryForm(formdata=None, data={"seen": version.sha256 if version else ""}),
        "reasons": {place.id: ReasonForm(formdata=None, prefix=f"place{place.id}") for place in row.places},
    }  # fmt: skip
