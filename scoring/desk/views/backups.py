"""Backup files of tablets: brought, shown with the verdict of each record, single records put away."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from accounts.guard import may, requires
from competitions.events.places import event_place
from competitions.events.queries import event_path
from competitions.fields import show_refusals
from core import clock
from core.database import db
from core.refusals import Refused
from scoring.desk import backup_pages, backups, queries
from scoring.desk.forms import BackupForm
from scoring.desk.views.base import actor, blueprint, event_and_scheme
from scoring.desk.views.home import desk_page
from scoring.sheets.forms import ActForm

RECORD = "/backups/<int:backup_id>/records/<int:number>/withdraw"


@blueprint.post("/backups")
@requires("desk.write", event_place)
def bring_backup(event_id: int) -> ResponseReturnValue:
    """Take every operation of a backup file; the same file again gets the same verdicts."""
    event, _scheme = event_and_scheme(event_id)
    form = BackupForm()
    if not form.validate_on_submit():
        return desk_page(event_id, backup=form), 422
    data = form.backup.data.read(backups.MEGABYTES * 2**20 + 1)
    try:
        backup = backups.read_backup(db.session, event, data)
        made = backups.keep(db.session, event, backup, actor_id=actor(), now=clock.now())
    except Refused as refused:
        db.session.rollback()
        return desk_page(event_id, backup=form, others={"backup": show_refusals(form, refused)}), 422
    db.session.commit()
    backup_id = made.id
    backups.take_all(db.session, made, actor_id=actor())
    count = sum(record.outcome == "applied" for record in made.records)
    told = ngettext("%(num)d record is on its sheet.", "%(num)d records are on their sheets.", count)
    flash(told, "success")
    return redirect(url_for(".show_backup", event_id=event_id, backup_id=backup_id))


@blueprint.get("/backups/<int:backup_id>")
@requires("desk.view", event_place)
def show_backup(event_id: int, backup_id: int) -> ResponseReturnValue:
    """Show a backup file with the verdict of each record."""
    event, scheme = event_and_scheme(event_id)
    made = _backup(event_id, backup_id)
    return render_template(
        "desk/backup.html",
        event=event,
        withdraws=may("desk.withdraw", event_path(db.session, event), event.state),
        **backup_pages.backup_page(db.session, event, scheme, made),
    )


@blueprint.get(RECORD)
@requires("desk.withdraw", event_place)
def ask_withdraw(event_id: int, backup_id: int, number: int) -> ResponseReturnValue:
    """Ask why a record is put away."""
    return _ask_page(event_id, backup_id, number, ActForm(clock.new_ref()))


@blueprint.post(RECORD)
@requires("desk.withdraw", event_place)
def withdraw_record(event_id: int, backup_id: int, number: int) -> ResponseReturnValue:
    """Put a record away that was not applied."""
    form, made = ActForm(clock.new_ref()), _backup(event_id, backup_id)
    if not form.validate_on_submit():
        return _ask_page(event_id, backup_id, number, form), 422
    record, reason = _record(made, number), form.reason.data or ""
    try:
        backups.withdraw(db.session, made, record, reason=reason, actor_id=actor(), now=clock.now())
    except Refused as refused:
        db.session.rollback()
        return _ask_page(event_id, backup_id, number, form, show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("The record is put away; what it says stays on record."), "success")
    return redirect(url_for(".show_backup", event_id=event_id, backup_id=backup_id))


def _backup(event_id: int, backup_id: int) -> Any:
    return queries.find_backup(db.session, event_id, backup_id) or abort(404)


def _record(made: Any, number: int) -> Any:
    return next((record for record in made.records if record.position == number), None) or abort(404)


def _ask_page(event_id: int, backup_id: int, number: int, form: ActForm, others: Any = ()) -> str:
    event, scheme = event_and_scheme(event_id)
    made = _backup(event_id, backup_id)
    record = _record(made, number)
    shown = backup_pages.backup_page(db.session, event, scheme, made)["records"]
    row = next(row for row in shown if row["record"] is record)
    asked = {
        "title": _("Put away record %(number)s of %(judge)s", number=number, judge=made.judge_code),
        "text": "\n".join([str(row["outcome"][1]), row["code"], *row["what"]]),
        "button": _("Put away"),
        "back": url_for(".show_backup", event_id=event_id, backup_id=backup_id),
    }
    return render_template("sheets/ask.html", event=event, asked=asked, form=form, others=others)
