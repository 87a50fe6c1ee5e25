"""The words for what taking over from the quarantine refuses."""

from flask_babel import lazy_gettext as _l

from core import refusals

refusals.register(
    {
        "HELD_DECIDED": _l("Some of this has been decided meanwhile, or more has come in. Look at it again."),
        "HELD_CHANGED": _l("The mark sheet has changed meanwhile. Look at the values again."),
        "HELD_CLOSED": _l(
            "The sheet is signed, or marking is closed, or the entry does not compete. Give the sheet back "
            "first, or dismiss these values."
        ),
        "HELD_ENDED": _l(
            "%(judge)s marks this entry no longer: somebody else stands in, or the appointment was ended. "
            "These values cannot count; dismiss them with a reason, they stay on record."
        ),
        "HELD_UNFIT": _l("The sheet cannot take these values: %(why)s"),
        "HELD_INCOMPLETE": _l("The sheet cannot be signed; marks missing: %(count)s."),
    }
)
