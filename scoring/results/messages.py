"""The words for what stands in the way of a result."""

from typing import Any

from flask_babel import lazy_gettext as _l

from core import refusals
from core.i18n import current_locale
from core.refusals import Refusal
from scoring.rules.findings import Finding
from scoring.rules.messages import render


def finding_words(finding: Finding) -> str:
    """Return the sentence of a finding in the language of the request."""
    return render(finding, "zh" if current_locale() == "zh" else "en")


def _words_of_finding(refusal: Refusal) -> str:
    finding: Any = refusal.params["finding"]
    return finding_words(finding)


refusals.register(
    {
        "RESULT_INCOMPLETE": _l("%(count)s entries have no total yet because marks are missing (%(codes)s)."),
        "RESULT_FINDING": _words_of_finding,
        "DECISION_LATE": _l("The result is past the step for which this would have been decided."),
        "TIE_GONE": _l(
            "%(entries)s are not tied any more: the marks or another decision have changed. Look again."
        ),
        "AWARD_NOT_TOUCHED": _l("Choose one of the awards that this tie touches."),
    }
)
