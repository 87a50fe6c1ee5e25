"""The timetable of a competition over all its events, as PDF to post and as workbook."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.guard import requires
from competitions.events.places import competition_place
from competitions.events.queries import get_competition
from core import clock
from core.database import db
from reports.documents import pdf, xlsx
from reports.papers.issue import Issue
from reports.timetables import sheet

blueprint = Blueprint("timetables", __name__, url_prefix="/competitions/<int:competition_id>")


@blueprint.get("/timetable.<any(pdf, xlsx):format>")
@requires("competition.view", competition_place)
def download(competition_id: int, format: str) -> ResponseReturnValue:
    """Return the timetable of all events."""
    competition = get_competition(db.session, competition_id)
    document = sheet.build_all(db.session, competition, Issue(current_user.name, clock.now()))
    content = pdf.render(document) if format == "pdf" else xlsx.render(document)
    response = Response(content, mimetype="application/pdf" if format == "pdf" else xlsx.MIME)
    name = f"timetable-{competition_id}.{format}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
