"""What the pages of templates share."""

from typing import Any

from flask import Blueprint, Response
from flask_babel import gettext as _

from core import clock
from core.database import db
from reports.certificates import template as templates
from reports.certificates.designs import samples
from reports.certificates.queries import list_issuers
from reports.certificates.text import CertificateText

blueprint = Blueprint("designs", __name__)


def sample(competition: Any, event: Any = None, kind: str = "person") -> CertificateText:
    """Return an invented certificate of a competition or of one of its events."""
    issuers = list_issuers(db.session, competition)
    known = kind if kind in samples.SAMPLES else "person"
    return samples.sample_of(competition, issuers, clock.today(), event=event, kind=known)


def box_names() -> dict[str, Any]:
    """Return what the kinds of boxes are called."""
    return {
        "text": _("Text"), "issuers": _("Issuing bodies"), "code": _("QR code"), "image": _("Picture"),
        "ornament": _("Ornament"),
    }  # fmt: skip


def place_names() -> dict[str, str]:
    """Return what the places of a template are called, in the order in which they are offered."""
    english = _("in English")
    names = {
        "recipient": _("Recipient"), "unit": _("Unit"), "members": _("Members of the team"),
        "prize": _("Prize"), "competition": _("Competition"), "event": _("Event"), "trade": _("Trade"),
        "achievement": _("Sentence before the prize"), "serial": _("Certificate number"),
        "check": _("Scan to verify"), "date": _("Day in han characters"),
    }  # fmt: skip
    found = {}
    for key in templates.PLACES:
        if key == "date_digits":
            found[key] = _("Day in digits")
        else:
            plain = key.removesuffix("_en")
            found[key] = names[plain] if plain == key else f"{names[plain]} ({english})"
    return found


def pdf(content: bytes, filename: str) -> Response:
    """Answer with a PDF to be looked at."""
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{filename}"'
    return response
