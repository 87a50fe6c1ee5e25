"""A return as workbook and as PDF."""

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.guard import requires
from competitions.returns import file_names, queries
from competitions.returns.computed import figures_of
from competitions.returns.figures import from_json
from competitions.returns.places import VIEW, return_place
from core import clock
from core.database import db
from reports.documents import pdf, xlsx
from reports.papers.issue import Issue
from reports.returns import sheet

blueprint = Blueprint("return_sheets", __name__, url_prefix="/returns/<ref>/unions/<int:union_id>")


@blueprint.get("/return.<any(pdf, xlsx):format>")
@requires(VIEW, return_place)
def download(ref: str, union_id: int, format: str) -> ResponseReturnValue:
    """Hand out the return with its cover, to be signed and sent upward."""
    period = queries.find_period(db.session, ref) or abort(404)
    given = queries.find_return(db.session, period, union_id) or abort(404)
    counted = figures_of(db.session, union_id, period.first_day, period.last_day)
    below = queries.list_below(db.session, period, union_id)
    before = queries.find_before(db.session, period, union_id)
    last = from_json(before.figures) if before else {}
    document = sheet.build(given, counted, below, last, Issue(current_user.name, clock.now()))
    content = pdf.render(document) if format == "pdf" else xlsx.render(document)
    response = Response(content, mimetype="application/pdf" if format == "pdf" else xlsx.MIME)
    response.headers["Content-Disposition"] = file_names.heading(period, given.union, format)
    return response
