"""Hand out the record of acts, as far as its reader sees it and the filters choose."""

import hashlib

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts import queries
from accounts.guard import requires
from accounts.views.audit import filter_of, given_in, mentioned
from core import clock
from core.audit import queries as trail
from core.audit import services as audit
from core.database import db
from reports.records.files import MIMES, file_of

blueprint = Blueprint("records", __name__)
MOST = 200_000


@blueprint.post("/accounts/audit/export")
@requires("audit.view")
def export_audit() -> ResponseReturnValue:
    """Hand the chosen records out as a file; that somebody took them is recorded."""
    kind, now = request.form.get("format", ""), clock.now()
    if kind not in MIMES:
        abort(404)
    rows = trail.list_all(db.session, filter_of(given_in(request.form)), MOST)
    data = file_of(rows, queries.list_names(db.session, mentioned(rows)), kind)
    detail = {"format": kind, "count": len(rows), "sha256": hashlib.sha256(data).hexdigest()}
    audit.record(
        db.session, "record:export", actor_id=current_user.id, subject="site:0", now=now, detail=detail
    )
    db.session.commit()
    headers = {"Content-Disposition": f"attachment; filename=record.{kind}"}
    return Response(data, mimetype=MIMES[kind], headers=headers)
