"""A published standing as a workbook."""

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.guard import requires
from competitions.events.places import competition_place
from core import clock
from core.database import db
from reports.documents import xlsx
from reports.standings import sheet
from scoring.standings import queries

PREFIX = "/competitions/<int:competition_id>/standings"
blueprint = Blueprint("standing_sheets", __name__, url_prefix=PREFIX)


@blueprint.get("/<int:standing_id>/versions/<int:number>.xlsx")
@requires("standing.view", competition_place)
def download_workbook(competition_id: int, standing_id: int, number: int) -> ResponseReturnValue:
    """Return a published version as a workbook."""
    version = queries.find_version(db.session, competition_id, standing_id, number)
    if version is None:
        abort(404)
    document = sheet.build(version, issued_by=current_user.name, now=clock.now())
    response = Response(xlsx.render(document), mimetype=xlsx.MIME)
    name = f"standing-{standing_id}-{number}.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
