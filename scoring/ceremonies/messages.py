"""The words for what a ceremony refuses."""

from flask_babel import lazy_gettext as _l

from core.refusals import register

register(
    {
        "CEREMONY_STATE": _l("A ceremony uncovers a result that has been tabulated; there is none yet."),
        "CEREMONY_EMPTY": _l(
            "In this manner nobody would be uncovered: the result has no awards, or no ranks."
        ),
        "CEREMONY_OUTDATED": _l(
            "The result has changed since this ceremony was prepared. Prepare a new one from version "
            "%(number)s; what was uncovered here stays on record."
        ),
        "CEREMONY_STEP": _l("This step is not next. The screen shows how far the ceremony is."),
    }
)
