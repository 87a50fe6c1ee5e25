"""The tab Scheme of an event: the scheme in words, its findings, its versions."""

import io
import json

from flask import abort, render_template, send_file
from flask.typing import ResponseReturnValue

from accounts.guard import requires
from competitions.events.places import event_place
from core.database import db
from scoring.schemes import pages, queries
from scoring.schemes.views.base import blueprint, event_of


@blueprint.get("/")
@requires("scheme.view", event_place)
def show_scheme(event_id: int) -> ResponseReturnValue:
    """Show the current scheme, or the ways to start one."""
    page = pages.scheme_page(db.session, event_of(event_id)) or abort(404)
    return render_template("schemes/show.html", **page)


@blueprint.get("/versions/<int:number>")
@requires("scheme.view", event_place)
def show_version(event_id: int, number: int) -> ResponseReturnValue:
    """Show one version of the scheme."""
    page = pages.scheme_page(db.session, event_of(event_id), number)
    return abort(404) if page is None else render_template("schemes/show.html", **page)


@blueprint.get("/versions/<int:number>/scheme.json")
@requires("scheme.view", event_place)
def download(event_id: int, number: int) -> ResponseReturnValue:
    """Give one version as the file that a recount package holds."""
    version = queries.find_version(db.session, event_id, number) or abort(404)
    text = json.dumps(version.document, ensure_ascii=False, indent=2) + "\n"
    return send_file(
        io.BytesIO(text.encode()), "application/json", as_attachment=True, download_name="scheme.json"
    )
