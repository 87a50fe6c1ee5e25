"""What a unit reports of itself for a period, with its evidence."""

from collections.abc import Mapping
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.guard import requires
from competitions.events.queries import get_event
from competitions.fields import show_refusals, version_said
from core import clock
from core.database import db
from core.files import answers, kinds, reading
from core.refusals import Refused
from core.web import takes_files
from scoring.assessments import queries, services, sheet_pages
from scoring.assessments.forms import EvidenceForm, ValuesForm, read_texts
from scoring.assessments.places import report_place
from scoring.assessments.services import Texts
from scoring.assessments.sheet_pages import Of
from scoring.assessments.views.base import ENTRY, at_aspects, blueprint, by, of


@blueprint.get(ENTRY)
@requires("assessment.view", report_place)
def show_report(event_id: int, stage: str, entry_id: int) -> ResponseReturnValue:
    """Show the report of an entry, to be filled in while it may be."""
    return _page(of(event_id, stage, entry_id))


@blueprint.post(ENTRY)
@requires("assessment.report", report_place)
def save_report(event_id: int, stage: str, entry_id: int) -> ResponseReturnValue:
    """Keep a report, or hand it in."""
    thing, form = of(event_id, stage, entry_id), ValuesForm()
    typed = read_texts(request.form, thing.stage, "value", "note")
    submits = request.form.get("act") == "submit"
    try:
        services.save_report(
            db.session, thing.event, thing.entrant.entry, thing.stage, typed, by(),
            version=version_said(form.version.data), submits=submits,
        )  # fmt: skip
    except Refused as refused:
        db.session.rollback()
        errors, others = at_aspects(refused)
        opened = form.version.data or ""
        return _page(of(event_id, stage, entry_id), typed, errors, others, opened=opened), 422
    db.session.commit()
    said = _("The report is handed in.") if submits else _("The report is saved, not handed in yet.")
    flash(said, "success")
    return _back(event_id, stage, entry_id)


@blueprint.post(ENTRY + "/files")
@requires("assessment.report", report_place)
@takes_files
def add_file(event_id: int, stage: str, entry_id: int) -> ResponseReturnValue:
    """Add a piece of evidence."""
    thing = of(event_id, stage, entry_id)
    form = _evidence(thing)
    if not form.validate_on_submit():
        return _page(thing, evidence=form), 422
    try:
        upload = reading.take(form.file.data, kinds.WITH_ARCHIVES)
        services.add_file(
            db.session, thing.event, thing.entrant.entry, thing.stage, form.aspect.data or "", upload,
            form.title.data or "", by(), ref=clock.new_ref(),
        )  # fmt: skip
    except Refused as refused:
        db.session.rollback()
        others = show_refusals(form, refused)
        return _page(of(event_id, stage, entry_id), others=others, evidence=form), 422
    db.session.commit()
    flash(_("The file was added."), "success")
    return _back(event_id, stage, entry_id)


@blueprint.post(ENTRY + "/files/<int:file_id>")
@requires("assessment.view", report_place)
def fetch_file(event_id: int, stage: str, entry_id: int, file_id: int) -> ResponseReturnValue:
    """Give a piece of evidence to whoever may see the report, to be saved; who took it is recorded."""
    found = queries.find_file(db.session, entry_id, stage, file_id) or abort(404)
    answer = answers.send(found.file)
    services.record_fetch(db.session, get_event(db.session, event_id), found, by())
    db.session.commit()
    return answer


@blueprint.post(ENTRY + "/files/<int:file_id>/remove")
@requires("assessment.report", report_place)
def remove_file(event_id: int, stage: str, entry_id: int, file_id: int) -> ResponseReturnValue:
    """Remove a piece of evidence for good, while the report is not handed in."""
    thing = of(event_id, stage, entry_id)
    found = queries.find_file(db.session, entry_id, stage, file_id) or abort(404)
    title = services.remove_file(
        db.session, thing.event, thing.entrant.entry, thing.stage, found, by()
    )
    db.session.commit()
    flash(_("“%(title)s” was removed.", title=title), "success")
    return _back(event_id, stage, entry_id)


def _evidence(thing: Of, **settings: Any) -> EvidenceForm:
    aspects = [(one.code, f"{one.code} {one.title}") for one in thing.stage.aspects]
    return EvidenceForm(aspects, prefix="file", **settings)


def _page(
    thing: Of, typed: Texts | None = None, errors: Mapping[str, str] | None = None, others: Any = (),
    evidence: EvidenceForm | None = None, opened: str | None = None,
) -> str:  # fmt: skip
    """Show the page; `opened` is the version of a form that was refused, which stays the one it was."""
    page = sheet_pages.report_page(db.session, thing, clock.now(), typed, errors)
    now = str(page.pop("version"))
    form = ValuesForm(formdata=None, version=now if opened is None else opened)
    return render_template(
        "assessments/report.html", form=form, others=list(others), errors=errors or {},
        evidence=evidence or _evidence(thing, formdata=None), **page,
    )  # fmt: skip


def _back(event_id: int, stage: str, entry_id: int) -> ResponseReturnValue:
    return redirect(url_for(".show_report", event_id=event_id, stage=stage, entry_id=entry_id))
