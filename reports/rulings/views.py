"""What is handed out of an appeal, a correction, a re-check: ruling, correction sheet, record."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from accounts.guard import requires
from competitions.events.places import event_place
from competitions.events.queries import get_event
from core.database import db
from reports.documents import pdf
from reports.papers.views import download, make_issue
from reports.rulings import correction, recheck, ruling
from scoring.appeals import queries as appeals
from scoring.appeals.places import appeal_place
from scoring.rechecks import queries as rechecks
from scoring.sheets import corrections

blueprint = Blueprint("rulings", __name__, url_prefix="/events/<int:event_id>")
PDF = "application/pdf"


@blueprint.get("/appeals/<int:number>/ruling.pdf")
@requires("appeal.view", appeal_place)
def download_ruling(event_id: int, number: int) -> ResponseReturnValue:
    """Return the ruling on an appeal."""
    appeal = appeals.find_appeal(db.session, event_id, number)
    if appeal is None or appeal.decided_at is None or appeal.state == "withdrawn":
        abort(404)
    made = ruling.build(db.session, get_event(db.session, event_id), appeal, make_issue())
    return download(pdf.render(made), PDF, f"ruling-{event_id}-{number}.pdf")


@blueprint.get("/progress/corrections/<int:correction_id>.pdf")
@requires("sheet.view", event_place)
def download_correction(event_id: int, correction_id: int) -> ResponseReturnValue:
    """Return the sheet of a correction that counts."""
    row = corrections.find_correction(db.session, event_id, correction_id)
    if row is None or row.outcome != "witnessed":
        abort(404)
    made = correction.build(db.session, get_event(db.session, event_id), row, make_issue())
    return download(pdf.render(made), PDF, f"correction-{event_id}-{correction_id}.pdf")


@blueprint.get("/recheck/record.pdf")
@requires("recheck.view", event_place)
def download_recheck(event_id: int) -> ResponseReturnValue:
    """Return the record of the re-check, from the drawing of its sheets on."""
    event = get_event(db.session, event_id)
    found = rechecks.find_progress(db.session, event)
    if found is None:
        abort(404)
    made = recheck.build(db.session, event, found, make_issue())
    return download(pdf.render(made), PDF, f"recheck-{event_id}.pdf")
