"""Certificates of an event: issue them, open one, open all."""

from collections.abc import Sequence

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.guard import may, requires
from competitions.events.places import event_place
from competitions.events.queries import event_path, find_event
from core import clock, refusals
from core.database import db
from core.refusals import Refusal, Refused
from reports.certificates import layout, queries, services
from reports.certificates.layout import CertificateStyle, CertificateText
from scoring.results import integrity

blueprint = Blueprint("certificates", __name__, url_prefix="/events/<int:event_id>/certificates")


@blueprint.get("/")
@requires("certificate.view", event_place)
def list_certificates(event_id: int) -> ResponseReturnValue:
    """Show the winners and their certificates."""
    return _page(event_id)


@blueprint.post("/")
@requires("certificate.issue", event_place)
def issue(event_id: int) -> ResponseReturnValue:
    """Issue what has not been issued yet."""
    event = find_event(db.session, event_id) or abort(404)
    try:
        made = services.issue(db.session, event, actor_id=current_user.id, now=clock.now())
    except Refused as refused:
        db.session.rollback()
        return _page(event_id, refused.refusals), 409
    db.session.commit()
    flash(_("%(count)s certificates issued.", count=len(made)), "success")
    return redirect(url_for(".list_certificates", event_id=event_id))


@blueprint.get("/all.pdf")
@requires("certificate.view", event_place)
def open_all(event_id: int) -> ResponseReturnValue:
    """Return one PDF with all certificates of the event."""
    certificates = services.list_printable(db.session, event_id) or abort(404)
    texts = [services.text_of(certificate, _language()) for certificate in certificates]
    return _pdf(texts, f"certificates-{event_id}.pdf")


@blueprint.get("/<int:certificate_id>.pdf")
@requires("certificate.view", event_place)
def open_one(event_id: int, certificate_id: int) -> ResponseReturnValue:
    """Return the PDF of one certificate."""
    certificates = services.list_printable(db.session, event_id)
    certificate = next((c for c in certificates if c.id == certificate_id), None) or abort(404)
    return _pdf([services.text_of(certificate, _language())], f"{certificate.number}.pdf")


def _page(event_id: int, refused: Sequence[Refusal] = ()) -> str:
    event = find_event(db.session, event_id) or abort(404)
    version = queries.find_final_version(db.session, event_id)
    winners = queries.list_winners(db.session, version.id) if version is not None else []
    changed = integrity.version_refusals(db.session, version) if version is not None else []
    return render_template(
        "certificates/list.html",
        event=event,
        version=version,
        winners=winners,
        issued=sum(winner.certificate is not None for winner in winners),
        reasons=[refusals.words(refusal) for refusal in refused or changed],
        may_issue=may("certificate.issue", event_path(db.session, event)),
    )


def _language() -> str:
    return "en" if request.args.get("language") == "en" else "zh"


def _pdf(texts: list[CertificateText], filename: str) -> Response:
    style = CertificateStyle(landscape=request.args.get("layout") != "portrait")
    response = Response(layout.draw(texts, language=_language(), style=style), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{filename}"'
    return response
