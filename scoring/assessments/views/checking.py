"""The check of the office: what was reported, what was found on the spot, what counts."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.guard import requires
from competitions.fields import show_refusals, version_said
from core import clock
from core.database import db
from core.refusals import Refused
from scoring.assessments import checking, queries, sheet_pages
from scoring.assessments.checking import Checked
from scoring.assessments.forms import CheckForm, ReturnForm, read_texts
from scoring.assessments.pages import check_state
from scoring.assessments.places import assessed_place
from scoring.assessments.sheet_pages import Of
from scoring.assessments.views.base import ENTRY, at_aspects, blueprint, by, of


@blueprint.get(ENTRY + "/check")
@requires("assessment.view", assessed_place)
def show_check(event_id: int, stage: str, entry_id: int) -> ResponseReturnValue:
    """Show reported, found and checked values side by side."""
    return _page(of(event_id, stage, entry_id))


@blueprint.post(ENTRY + "/check")
@requires("assessment.check", assessed_place)
def save_check(event_id: int, stage: str, entry_id: int) -> ResponseReturnValue:
    """Write the checked values of an entry; confirmed, the next entrant follows."""
    thing, form = of(event_id, stage, entry_id), CheckForm(clock.new_ref())
    spot = read_texts(request.form, thing.stage, "spot", "note")
    values = read_texts(request.form, thing.stage, "checked").values
    confirms = request.form.get("act") == "confirm"
    try:
        checking.save_check(
            db.session, thing.event, thing.entrant.entry, thing.scheme, thing.stage,
            Checked(spot, values, confirms), by(), operation=form.operation.data or "",
            version=version_said(form.version.data),
        )  # fmt: skip
    except Refused as refused:
        db.session.rollback()
        errors, others = at_aspects(refused)
        opened = form.version.data or ""
        return _page(of(event_id, stage, entry_id), (spot, values), errors, others, opened=opened), 422
    db.session.commit()
    said = {"name": thing.entrant.entry.name}
    flash(_("%(name)s: confirmed.", **said) if confirms else _("%(name)s: saved.", **said), "success")
    return redirect(_after(thing, confirms=confirms))


@blueprint.post(ENTRY + "/return")
@requires("assessment.plan", assessed_place)
def return_report(event_id: int, stage: str, entry_id: int) -> ResponseReturnValue:
    """Give a report back to its unit with the reason."""
    thing, form = of(event_id, stage, entry_id), ReturnForm(prefix="return")
    if not form.validate_on_submit():
        return _page(thing, returning=form), 422
    try:
        checking.return_report(
            db.session, thing.event, thing.entrant.entry, thing.scheme, thing.stage, form.reason.data or "",
            by(),
        )  # fmt: skip
    except Refused as refused:
        db.session.rollback()
        others = show_refusals(form, refused)
        return _page(of(event_id, stage, entry_id), others=others, returning=form), 422
    db.session.commit()
    flash(_("The report was returned to the unit."), "success")
    return redirect(url_for(".show_period", event_id=event_id, stage=stage))


def _after(thing: Of, *, confirms: bool) -> str:
    """Return where it goes on: to the next entrant who can be checked, or to the period once nobody can.

    Where the units are asked to report, whoever has not done so yet is left out.
    """
    place: dict[str, Any] = {"event_id": thing.event.id, "stage": thing.stage.code}
    if not confirms:
        return url_for(".show_check", entry_id=thing.entrant.entry.id, **place)
    found = queries.list_places(db.session, thing.event.id, thing.scheme, thing.stage)
    reported = queries.list_reported(db.session, thing.event.id, thing.stage.code)
    for one in queries.list_entrants(db.session, thing.event.id):
        ready = reported is None or one.entry.id in reported
        if ready and one.code in found and check_state(found[one.code]) != "confirmed":
            return url_for(".show_check", entry_id=one.entry.id, **place)
    return url_for(".show_period", **place)


def _page(
    thing: Of, typed: Any = None, errors: Mapping[str, str] | None = None, others: Any = (),
    returning: ReturnForm | None = None, opened: str | None = None,
) -> str:  # fmt: skip
    """Show the page; `opened` is the version of a form that was refused, which stays the one it was."""
    page = sheet_pages.check_page(db.session, thing, clock.now(), typed, errors)
    now = str(page.pop("version"))
    form = CheckForm(clock.new_ref(), formdata=None, version=now if opened is None else opened)
    return render_template(
        "assessments/check.html", form=form, others=list(others), errors=errors or {},
        returning=returning or ReturnForm(formdata=None, prefix="return"), **page,
    )  # fmt: skip
