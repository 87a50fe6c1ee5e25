"""What a device sends beside its marks: how it is, and what it hands in when it is withdrawn."""

from pathlib import Path
from typing import Any

from flask import Blueprint, abort, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from accounts import identity
from accounts.guard import public, requires
from accounts.rules import describe_agent
from core import clock, refusals
from core.database import db
from core.refusals import Refused
from core.web import audit_exempt
from scoring.tablet import signing
from scoring.tablet.batches import take_all
from scoring.tablet.contact import certificate, forms, services

blueprint = Blueprint("contact", __name__, url_prefix="/marking")
# A device comes by every half minute; its first contact of a day and every call is recorded. What is handed
# in is recorded, too; a second time it changes nothing.
audit_exempt.update({"contact.take_contact", "contact.hand_in"})


@blueprint.post("/contact")
@requires("sheet.mark")
def take_contact() -> ResponseReturnValue:
    """Note how a judge's device is, and tell it what concerns it."""
    said = _read(forms.read_contact)
    if said.judge != identity.who(current_user.id):
        return {"outcome": "other_judge"}, 409
    now, browser = clock.now(), describe_agent(request.user_agent.string)
    told = services.take_contact(db.session, said, current_user.id, current_user.session_id, browser, now)
    db.session.commit()
    instance = Path(current_app.instance_path)
    days = certificate.days_left(instance, request.host, now) if said.facts.secure else None
    return told | {"certificate": days, "at": now.isoformat()}


@blueprint.get("/quarantine")
@public
def open_door() -> ResponseReturnValue:
    """Give a token to a device that is signed in no more, so that it can hand in what it holds."""
    response = jsonify({})
    response.headers["X-CSRF-Token"] = generate_csrf()
    return response


@blueprint.post("/quarantine")
@public
def hand_in() -> ResponseReturnValue:
    """Take the operations of a withdrawn device for the chief judge; none of them is applied."""
    handover = _read(forms.read_handover)
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    can_check = signing.can_check(request.host, secure=secure)
    sender = services.find_withdrawn(db.session, handover, can_check=can_check)
    if sender is None:
        return {"outcome": "sign_in"}, 401
    told = take_all(sender, handover.operations, handover.device, clock.now())
    return {"reason": sender.withdrawn, "verdicts": told}


def _read(read: Any) -> Any:
    if request.mimetype != "application/json":
        abort(415)
    try:
        return read(request.get_data(as_text=True))
    except Refused as refused:
        answer = jsonify({"reasons": [refusals.words(refusal) for refusal in refused.refusals]})
        answer.status_code = 422
        abort(answer)
