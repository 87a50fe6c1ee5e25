"""The words for what is refused about schemes, and for what is worth a second look."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core import refusals
from core.i18n import moment


def changed_meanwhile(refusal: refusals.Refusal) -> str:
    """Say who saved another version while this one was being edited."""
    params: Any = refusal.params
    return _(
        "Version %(number)s was saved by %(who)s at %(when)s while you were editing. Nothing of yours is "
        "lost: look at both, then save again to put yours on top.",
        number=params["number"], who=params["who"] or "—", when=moment(params["at"]),
    )  # fmt: skip


refusals.register(
    {
        "SCHEME_MISSING": _l("This event has no scoring scheme yet."),
        "SCHEME_FINDINGS": _l("The scoring scheme is not in order yet. Open it and mend what is marked."),
        "RULES_FROZEN": _l("Scoring has begun: the rules of this event can no longer change."),
        "SCHEME_REASON": _l("Say why the scheme changes; the reason is kept with the new version."),
        "SCHEME_NOT_JSON": _l(
            "The scheme holds numbers that are not exact. Write decimals in quotation marks."
        ),
        "SCHEME_ENCODING": _l("The file is not UTF-8. Save it as UTF-8 and upload it again."),
        "SCHEME_SHEET": _l(
            "No sheet has the headings of a WorldSkills marking scheme or of our template. Export the scheme "
            "again, or fill in the template."
        ),
        "SCHEME_LONG": _l("This is longer than any scheme can be. Check that it is the right file."),
        "SCHEME_CHANGED": changed_meanwhile,
        "SCHEME_TOTAL": _l("The parts add up to %(found)s points, but the maximum says %(said)s."),
        "SCHEME_NO_POINTS": _l("The maximum is %(max)s: nobody can gain points here."),
        "SCHEME_STEP": _l("With steps of %(step)s nobody can be given the full %(max)s points."),
        "SCHEME_LAST_TIE": _l(
            "What is still equal in the end can be neither shared nor decided, and there would be no result: "
            "the rules cannot change once scoring has begun. Add the chief judge's written decision as the "
            "last comparison, or let ranks be shared."
        ),
        "SCHEME_LEVELS": _l("WorldSkills judgements have four levels, 0 to 3; this one has %(count)s."),
        "SCHEME_LEVEL_WORDS": _l("A level has no words; judges need a benchmark for each."),
    }
)
