"""The words for what stands in the way of a result."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core import refusals
from core.i18n import current_locale
from core.refusals import Refusal
from scoring.rules.findings import Finding
from scoring.rules.messages import render

DASH = "—"


def finding_words(finding: Finding) -> str:
    """Return the sentence of a finding in the language of the request."""
    return render(finding, "zh" if current_locale() == "zh" else "en")


COLUMNS: dict[str, Any] = {
    "entry": _l("Entry code"),
    "rank": _l("Rank"),
    "status": _l("Status"),
    "total": _l("Total score"),
    "award": _l("Award"),
    "award_tier": _l("Award tier"),
    "position": _l("Place in the table"),
}


def _words_of_change(refusal: Refusal) -> str:
    told: Any = refusal.params
    shown = {name: DASH if told[name] in (None, "") else told[name] for name in ("frozen", "stored")}
    return _(
        "Version %(number)s of the result was changed by other means than this system: %(entry)s, "
        "%(column)s: frozen “%(frozen)s”, stored now “%(stored)s”. Restore the database from a backup; "
        "nothing is issued or printed until then.",
        number=told["number"], entry=refusal.where, column=COLUMNS[told["column"]], **shown,
    )  # fmt: skip


def _words_of_finding(refusal: Refusal) -> str:
    finding: Any = refusal.params["finding"]
    return finding_words(finding)


refusals.register(
    {
        "RESULT_INCOMPLETE": _l(
            "Entries without a total yet, because marks are missing: %(count)s (%(codes)s)."
        ),
        "RESULT_CHANGED": _words_of_change,
        "RESULT_DOCUMENT_CHANGED": _l(
            "The frozen document of version %(number)s is not the one that was tabulated: its hash differs. "
            "It was changed by other means than this system. Restore the database from a backup; nothing "
            "is issued or printed until then."
        ),
        "RESULT_FINDING": _words_of_finding,
        "RESULT_STATEMENT": _l(
            "What was signed of version %(number)s is not genuine, or its key was withdrawn. Find out who "
            "changed it; the printed announcement says what was signed."
        ),
        "RESULT_MOVED": _l(
            "The result has changed since version %(number)s was announced. Announce the correction first."
        ),
        "RESULT_STATE": _l("A correction is announced while the result is announced and not yet final."),
        "RESULT_UNCHANGED": _l("Nothing has changed since version %(number)s was announced."),
        "RESULT_REASON_PERSONAL": _l(
            "Everybody reads this reason, and it holds a number of a person: %(shown)s. Take it out."
        ),
        "RESULT_REASON_NAME": _l(
            "Everybody reads this reason, and it names %(name)s. Write the entry code instead."
        ),
        "DECISION_LATE": _l("The result is past the step for which this would have been decided."),
        "TIE_GONE": _l(
            "%(entries)s are not tied any more: the marks or another decision have changed. Look again."
        ),
        "AWARD_NOT_TOUCHED": _l("Choose one of the awards that this tie touches."),
    }
)
