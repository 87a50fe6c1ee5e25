"""The occasions of checkpoints in words."""

from flask_babel import lazy_gettext as _l

OCCASIONS = {
    "sign": _l("Mark sheet signed"),
    "confirm": _l("Mark sheets confirmed"),
    "lock": _l("Mark sheets locked"),
    "correct": _l("Mark sheet corrected"),
    "unblind": _l("Layer of the draw opened"),
    "start_scoring": _l("Marking begun"),
    "tabulate": _l("Result tabulated"),
    "announce": _l("Result announced"),
    "finalise": _l("Result finalised"),
    "archive": _l("Event archived"),
    "reopen_scoring": _l("Marking opened again"),
    "command": _l("Made at the server"),
}
