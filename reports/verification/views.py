"""The pages that QR codes open: public, without JavaScript, nothing in them that the paper does not say."""

from typing import Any

from flask import Blueprint, Response, abort, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from accounts.guard import public
from core import clock
from core.database import db
from core.personal import masked_name
from reports.certificates import queries
from reports.certificates.rules import PUBLIC_ID
from reports.certificates.text import text_of
from reports.certificates.views import public_address
from reports.verification import documents
from reports.verification.brake import EXTENSION, Brake

blueprint = Blueprint("verification", __name__, url_prefix="/v")


@blueprint.get("/")
@public
def explain() -> ResponseReturnValue:
    """Say how a certificate is checked, with and without this system."""
    return render_template("verification/explain.html", address=public_address())


@blueprint.get("/<public_id>")
@public
def show(public_id: str) -> ResponseReturnValue:
    """Say whether a certificate counts; whatever is not one gets one and the same answer.

    A certificate is always shown: a whole office stands behind one address, and none of it has to wait
    because somebody there tried codes that do not exist.
    """
    now, asking = clock.now(), request.remote_addr or ""
    brake: Brake = current_app.extensions[EXTENSION]
    # A malformed name is looked up like any other, so that both take the same time.
    wanted = public_id if PUBLIC_ID.fullmatch(public_id) else "-"
    certificate = queries.find_by_public_id(db.session, wanted)
    if certificate is None and brake.holds(asking, now):
        return render_template("verification/wait.html"), 429, {"Retry-After": "60"}
    if certificate is None:
        brake.miss(asking, now)
        return render_template("verification/unknown.html", address=public_address()), 404
    return render_template("verification/show.html", address=public_address(), **_told(certificate))


@blueprint.get("/keys.json")
@public
def keys() -> ResponseReturnValue:
    """Publish the keys."""
    return jsonify(documents.keys_document(db.session))


@blueprint.get("/revoked.json")
@public
def revoked() -> ResponseReturnValue:
    """Publish what counts no longer, signed and dated."""
    return jsonify(documents.revoked_document(db.session, clock.now()) or abort(404))


@blueprint.get("/verify.py")
@public
def script() -> ResponseReturnValue:
    """Give the program that checks a QR code without this system."""
    headers = {"Content-Disposition": "attachment; filename=verify.py"}
    return Response(documents.verifying_script(), mimetype="text/x-python", headers=headers)


def _told(certificate: Any) -> dict[str, Any]:
    text = text_of(certificate)
    person = certificate.words.get("kind", "person") == "person"
    return {
        "certificate": certificate,
        "text": text,
        "recipient": masked_name(text.recipient) if person else text.recipient,
        "newer": certificate.replaced_by,
    }
