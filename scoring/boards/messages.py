"""The words for what public boards refuse."""

from flask_babel import lazy_gettext as _l

from core.refusals import register

register(
    {
        "BOARD_ACT": _l("The boards stand otherwise by now. Look at the page again."),
        "BOARD_STATE": _l(
            "There is nothing to show: boards are opened while an event is being marked or tabulated."
        ),
    }
)
