"""The words for what devices, calls and the quarantine refuse."""

from flask_babel import lazy_gettext as _l

from core import refusals

refusals.register(
    {
        "DEVICES_TOO_MANY": _l(
            "You have used %(most)s devices today. Ask the chief judge before you use another one."
        ),
        "DEVICE_REVOKED": _l("This device has been taken out of service already."),
        "NUDGE_UNKNOWN": _l("Choose what the judge is asked."),
        "QUARANTINE_FULL": _l("Too much of this judge waits for the chief judge already."),
    }
)
