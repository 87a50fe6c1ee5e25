"""The words for what the draw refuses."""

from flask_babel import lazy_gettext as _l

from core.refusals import register

register(
    {
        "DRAW_DONE": _l("The codes are drawn already; a draw is made once."),
        "DRAW_TOO_EARLY": _l("The draw comes after registration is closed and before scoring starts."),
        "DRAW_EMPTY": _l("Nobody is approved: there is nobody to draw for."),
        "DRAW_NEEDED": _l("The codes are not drawn yet; this competition's profile has them drawn by hand."),
        "DRAW_OFFICER_NEEDED": _l(
            "In this competition's profile a draw officer makes the draw, not the organiser."
        ),
        "MAP_NONE": _l("There is no map yet: the codes are not drawn."),
        "MAP_FOR_JUDGES": _l("You mark in this event; whoever marks must not know who stands behind a code."),
    }
)
