"""Certificates of an event: issue them, open one, open all; revoke one or issue it anew."""

from collections.abc import Callable, Sequence

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.guard import may, requires
from competitions.events.places import event_place
from competitions.events.queries import event_path, find_event, get_event
from core import clock, refusals
from core.database import db
from core.refusals import Refusal, Refused
from reports.certificates import layout, queries, services
from reports.certificates.designs.offers import offers
from reports.certificates.designs.printing import printing_of
from reports.certificates.forms import EndForm
from reports.certificates.places import certificate_place
from reports.certificates.text import CertificateText, text_of
from scoring.results import integrity
from scoring.results.queries import find_last_announced

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
    return _numbered(
        event_id, services.issue, lambda count: _("%(count)s certificates issued.", count=count)
    )


@blueprint.post("/reserve")
@requires("certificate.issue", event_place)
def reserve(event_id: int) -> ResponseReturnValue:
    """Take the numbers, so that the names can be read over before anything counts."""
    return _numbered(
        event_id,
        services.reserve,
        lambda count: _("%(count)s numbers are reserved. Read the proof, then issue.", count=count),
    )


def _numbered(
    event_id: int, act: Callable[..., Sequence[object]], said: Callable[[int], str]
) -> ResponseReturnValue:
    """Do what takes numbers, and say how many."""
    event = find_event(db.session, event_id) or abort(404)
    try:
        made = act(db.session, event, actor_id=current_user.id, now=clock.now())
    except Refused as refused:
        db.session.rollback()
        return _page(event_id, refused.refusals), 409
    db.session.commit()
    flash(said(len(made)), "success")
    return redirect(url_for(".list_certificates", event_id=event_id))


@blueprint.get("/all.pdf")
@requires("certificate.view", event_place)
def open_all(event_id: int) -> ResponseReturnValue:
    """Return one PDF with all certificates of the event, as long as they fit into one."""
    texts = services.list_printable(db.session, event_id, public_address()) or abort(404)
    if len(texts) > layout.MOST_PAGES:
        return redirect(url_for("runs.list_runs", event_id=event_id))
    return _pdf(event_id, texts, f"certificates-{event_id}")


@blueprint.get("/proof.pdf")
@requires("certificate.view", event_place)
def open_proof(event_id: int) -> ResponseReturnValue:
    """Return what is reserved, to be read over: without a code, and marked as a specimen."""
    version = queries.find_final_version(db.session, event_id) or abort(404)
    found = services.drafts(db.session, get_event(db.session, event_id), version, clock.now()) or abort(404)
    texts = [text_of(draft) for draft, _number in found[: layout.MOST_PAGES]]
    return _pdf(event_id, texts, f"proof-{event_id}", specimen=True)


@blueprint.get("/<int:certificate_id>.pdf")
@requires("certificate.view", event_place)
def open_one(event_id: int, certificate_id: int) -> ResponseReturnValue:
    """Return the PDF of one certificate."""
    certificate = queries.find_certificate(db.session, event_id, certificate_id) or abort(404)
    texts = services.list_printable(db.session, event_id, public_address())
    text = next((text for text in texts if text.serial == certificate.number), None) or abort(404)
    return _pdf(event_id, [text], text.serial)


@blueprint.get("/<int:certificate_id>/")
@requires("certificate.end", certificate_place)
def show(event_id: int, certificate_id: int) -> ResponseReturnValue:
    """Show one certificate, and ask how it shall end."""
    return _end_page(event_id, certificate_id, EndForm())


@blueprint.post("/<int:certificate_id>/revoke")
@requires("certificate.end", certificate_place)
def revoke(event_id: int, certificate_id: int) -> ResponseReturnValue:
    """Let a certificate count no longer."""
    return _end(event_id, certificate_id, anew=False)


@blueprint.post("/<int:certificate_id>/replace")
@requires("certificate.end", certificate_place)
def replace(event_id: int, certificate_id: int) -> ResponseReturnValue:
    """Issue a certificate anew; the old one counts no longer."""
    return _end(event_id, certificate_id, anew=True)


def _end(event_id: int, certificate_id: int, *, anew: bool) -> ResponseReturnValue:
    event = find_event(db.session, event_id) or abort(404)
    certificate = queries.find_certificate(db.session, event_id, certificate_id) or abort(404)
    form = EndForm()
    if not form.validate_on_submit():
        return _end_page(event_id, certificate_id, form), 422
    end = services.replace if anew else services.revoke
    try:
        made = end(
            db.session, event, certificate, form.reason.data or "", actor_id=current_user.id, now=clock.now()
        )
    except Refused as refused:
        db.session.rollback()
        return _end_page(event_id, certificate_id, form, refused.refusals), 409
    db.session.commit()
    told = _("Issued anew with number %(number)s.", number=made.number) if made else _("Revoked.")
    flash(told, "success")
    return redirect(url_for(".list_certificates", event_id=event_id))


def _end_page(event_id: int, certificate_id: int, form: EndForm, refused: Sequence[Refusal] = ()) -> str:
    certificate = queries.find_certificate(db.session, event_id, certificate_id) or abort(404)
    return render_template(
        "certificates/show.html",
        event=find_event(db.session, event_id) or abort(404),
        certificate=certificate,
        address=f"{public_address()}/v/{certificate.public_id}" if certificate.public_id else "",
        form=form,
        reasons=[refusals.words(refusal) for refusal in refused],
    )


def _page(event_id: int, refused: Sequence[Refusal] = ()) -> str:
    event = find_event(db.session, event_id) or abort(404)
    version = queries.find_final_version(db.session, event_id)
    winners = queries.list_winners(db.session, version.id) if version is not None else []
    changed = integrity.version_refusals(db.session, version) if version is not None else []
    last = find_last_announced(db.session, event_id) if version is not None else None
    path, found = event_path(db.session, event), printing_of(db.session, event)
    return render_template(
        "certificates/list.html",
        event=event,
        version=version,
        corrected=last if last is not version else None,
        winners=winners,
        issued=sum(winner.certificate is not None for winner in winners),
        reserved=sum(winner.reserved is not None for winner in winners),
        printing=found,
        key=found.key,
        name=dict(offers(event.competition)).get(found.key, found.whole.name),
        reasons=[refusals.words(refusal) for refusal in refused or changed],
        may_issue=may("certificate.issue", path),
        may_end=may("certificate.end", path),
        address=public_address(),
        address_is_set=bool(current_app.config["SETTINGS"].public_url),
    )


def public_address() -> str:
    """Return where everybody reaches this server: as it is set, else as this request came."""
    return current_app.config["SETTINGS"].public_url or request.host_url.rstrip("/")


def _pdf(event_id: int, texts: list[CertificateText], name: str, *, specimen: bool = False) -> Response:
    key = "english" if request.args.get("language") == "en" else None
    found = printing_of(db.session, get_event(db.session, event_id), key)
    drawn = layout.draw(texts, found.template, seals=found.seals, pictures=found.pictures, specimen=specimen)
    response = Response(drawn, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
