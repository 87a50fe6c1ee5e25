"""The result of an event to post and to send upward: PDF and workbook of one frozen version."""

from dataclasses import replace

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.guard import requires
from competitions.events.places import event_place
from competitions.events.queries import get_event
from core import clock
from core.database import db
from reports.announcements import sheet
from reports.documents import pdf, xlsx
from reports.documents.model import Document
from scoring.results import reader, statements

VERSION = "/events/<int:event_id>/results/versions/<int:number>"
blueprint = Blueprint("announcements", __name__, url_prefix=VERSION)


@blueprint.get("/announcement.pdf")
@requires("result.view", event_place)
def download_pdf(event_id: int, number: int) -> ResponseReturnValue:
    """Return a version of the result as a PDF."""
    return _download(pdf.render(_document(event_id, number)), "application/pdf", f"{event_id}-{number}.pdf")


@blueprint.get("/announcement.xlsx")
@requires("result.view", event_place)
def download_workbook(event_id: int, number: int) -> ResponseReturnValue:
    """Return a version of the result as a workbook."""
    # Without the counts of awards: they would be a sheet of their own before the table.
    document = replace(_document(event_id, number), figures=())
    return _download(xlsx.render(document), xlsx.MIME, f"{event_id}-{number}.xlsx")


def _document(event_id: int, number: int) -> Document:
    event = get_event(db.session, event_id)
    shown = reader.version_of(db.session, event, number)
    if shown is None:
        abort(404)
    names = reader.names_for(db.session, event)
    version = shown.version
    said = [row for row in statements.list_statements(db.session, event_id) if row.version is version]
    return sheet.build(
        event, shown, names, said[0] if said else None, issued_by=current_user.name, now=clock.now()
    )


def _download(content: bytes, mimetype: str, name: str) -> Response:
    response = Response(content, mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="results-{name}"'
    return response
