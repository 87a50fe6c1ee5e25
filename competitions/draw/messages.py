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
        "UNBLIND_NEEDED": _l(
            "The names are still sealed: %(count)s layers of the draw have to be opened by a draw officer "
            "and a supervisor together."
        ),
        "UNBLIND_STATE": _l("The layers are opened after tabulating and before the announcement."),
        "UNBLIND_ORDER": _l("The layers are opened one by one, the last one first. Reload the page."),
        "UNBLIND_ROLE": _l("A draw officer and a supervisor of this event open the layers; you are neither."),
        "UNBLIND_APART": _l(
            "Whoever judges here, and in the strict profile whoever organises, does not open the layers."
        ),
        "UNBLINDING_BEGUN": _l(
            "The names are being opened. From now on nothing that the judges gave is changed, but for an "
            "error whose correction an arbitrator approves."
        ),
        "DUAL_CONTROL": _l("This takes two different people, and you are one of them already."),
        "DRAW_NONE": _l("Nothing has been drawn yet."),
        "DRAW_OVER": _l("Scoring has begun; how the draw is made can no longer be changed."),
        "DRAW_CONFIRMED": _l("This draw is confirmed already."),
        "DRAW_UNCONFIRMED": _l("The draw is not confirmed yet; a draw officer confirms it on the draw page."),
        "DRAW_FAULTY": _l("This draw cannot be confirmed: the checks on the draw page say why."),
        "DRAW_PREFIX": _l("Use one to four capital letters A to Z; J alone stands for judges."),
        "DRAW_PREFIX_TWICE": _l("The two kinds of codes need different letters, or they would be mixed up."),
        "DRAW_AMOUNT": _l("Say how many, at least 1."),
        "DRAW_BATCH_SIZE": _l(
            "Batches of %(amount)s need more than %(stations)s stations. Use smaller batches."
        ),
        "DRAW_BATCHES_EMPTY": _l(
            "%(amount)s batches for %(entries)s entries: some would stay empty. Use fewer batches."
        ),
        "DRAW_STATIONS_FEW": _l(
            "The largest batch has %(largest)s entries, and there are %(stations)s stations. "
            "Use more batches or more stations."
        ),
        "DRAW_WIDTH": _l("%(entries)s entries do not fit codes with %(width)s digits. Use more digits."),
        "CODE_DUP": _l(
            "Codes are given more than once: %(codes)s. Take the draw back by opening registration again, "
            "and draw anew."
        ),
        "SEAT_RANGE": _l(
            "There are no such stations: %(stations)s. Take the draw back by opening registration again, "
            "and draw anew."
        ),
        "MAP_NONE": _l("There is no map yet: the codes are not drawn."),
        "MAP_BY_LAYERS": _l("This draw has several layers: each has a map of its own."),
        "LAYER_UNKNOWN": _l("This draw has no such layer."),
        "MAP_FOR_JUDGES": _l("You mark in this event; whoever marks must not know who stands behind a code."),
    }
)
