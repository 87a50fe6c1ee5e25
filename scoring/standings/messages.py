"""The words for what is refused about standings, and for findings and statuses."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core import refusals
from core.i18n import current_locale
from core.refusals import Refusal
from scoring.rules.findings import Finding
from scoring.rules.messages import render
from scoring.rules.parse_standing import FILE

GROUPS: dict[str, Any] = {"unit": _l("Units"), "union": _l("Unions (delegations)")}
STATUSES: dict[str, Any] = {
    "below": _l("Not considered: too few points"),
    "void": _l("Not ranked: not enough entries"),
}


def finding_words(finding: Finding) -> str:
    """Return the sentence of a finding in the language of the request."""
    return render(finding, "zh" if current_locale() == "zh" else "en")


def place_words(finding: Finding) -> str:
    """Return where in the method a finding is: its pointer, or the line of the text."""
    place = finding.where.removeprefix(f"{FILE}:")
    return _("line %(number)s", number=place) if place.isdecimal() else place or "/"


def _of_finding(refusal: Refusal) -> str:
    finding = refusal.params["finding"]
    return finding_words(finding) if isinstance(finding, Finding) else refusal.code


refusals.register(
    {
        "STANDING_CHANGED": _l(
            "Somebody else has saved this standing while you were editing. Open it again, then change it."
        ),
        "STANDING_EMPTY": _l("There is nothing to publish yet: none of the events has been announced."),
        "STANDING_FINDING": _of_finding,
        "STANDING_SAME": _l("This is already published; since then nothing has changed."),
        "STANDING_PUBLISHED": _l("What was published stays: this standing can be changed, but not removed."),
    }
)
