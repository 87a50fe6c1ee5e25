"""The words for what is refused about schemes."""

from flask_babel import lazy_gettext as _l

from core import refusals

refusals.register(
    {
        "SCHEME_MISSING": _l("This event has no scoring scheme yet."),
        "SCHEME_FINDINGS": _l("The scoring scheme is not in order yet. Open it and mend what is marked."),
        "RULES_FROZEN": _l("Scoring has begun: the rules of this event can no longer change."),
        "SCHEME_NOT_JSON": _l(
            "The scheme holds numbers that are not exact. Write decimals in quotation marks."
        ),
    }
)
