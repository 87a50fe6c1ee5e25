"""The recommendations for one honour as a workbook or a PDF."""

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue

from accounts.guard import requires
from competitions.events.places import competition_place
from competitions.events.queries import get_competition
from core.database import db
from reports.documents import pdf, xlsx
from reports.honours import sheet
from reports.papers.views import download, make_issue
from scoring.honours import grounds, queries, recommended

blueprint = Blueprint("honour_lists", __name__, url_prefix="/competitions/<int:competition_id>/honours")


@blueprint.get("/<honour>-<level>.<any(pdf, xlsx):format>")
@requires("honour.view", competition_place)
def download_list(competition_id: int, honour: str, level: str, format: str) -> ResponseReturnValue:
    """Return the list of one honour and level."""
    lists = recommended.lists_of(queries.list_of_competition(db.session, competition_id))
    found = next((one for one in lists if (one.kind, one.level) == (honour, level)), None) or abort(404)
    revoked = grounds.told(db.session, found.rows)
    document = sheet.build(get_competition(db.session, competition_id), found, revoked, make_issue())
    return _rendered(document, format, f"honours-{competition_id}-{honour}-{level}")


def _rendered(document: sheet.Document, kind: str, name: str) -> Response:
    if kind == "pdf":
        return download(pdf.render(document), "application/pdf", f"{name}.pdf")
    return download(xlsx.render(document), xlsx.MIME, f"{name}.xlsx")
