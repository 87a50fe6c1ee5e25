"""The list of promotion proposals as a workbook."""

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.guard import requires
from competitions.events.places import event_place
from competitions.events.queries import get_event
from core import clock
from core.database import db
from reports.documents import xlsx
from reports.promotions import sheet
from scoring.promotions import proposals

blueprint = Blueprint("promotion_sheets", __name__, url_prefix="/events/<int:event_id>/results")


@blueprint.get("/promotions.xlsx")
@requires("promotion.view", event_place)
def download_workbook(event_id: int) -> ResponseReturnValue:
    """Return the list as a workbook; not there while names are sealed."""
    event = get_event(db.session, event_id)
    result = proposals.result_of(db.session, event)
    found = proposals.proposals_of(db.session, event, result) if result is not None else None
    if found is None or not found.named:
        abort(404)
    document = sheet.build(event, found, issued_by=current_user.name, now=clock.now())
    response = Response(xlsx.render(document), mimetype=xlsx.MIME)
    response.headers["Content-Disposition"] = f'attachment; filename="promotions-{event_id}.xlsx"'
    return response
