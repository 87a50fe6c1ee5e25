"""Why a paper is not there yet."""

from flask_babel import lazy_gettext as _l

from core.refusals import register

register(
    {
        "PAPER_CANCELLED": _l("The event is cancelled."),
        "PAPER_NO_ENTRIES": _l("No entry is approved yet."),
        "PAPER_FIELD_OPEN": _l("Registration is not closed: the list can still change."),
        "PAPER_NO_DRAW": _l("The codes are not drawn yet."),
        "PAPER_NO_JUDGES": _l("No judge is appointed yet."),
        "CARD_JUDGE_GONE": _l("One of these judges works here no longer. Nothing was printed."),
        "PAPER_NO_SITTINGS": _l("No sitting is planned yet."),
        "PAPER_NO_SCHEME": _l("The scheme of this event is not in order yet."),
        "PAPER_NO_SEATS": _l(
            "No judge has a place to mark in yet; closing the registration gives the places."
        ),
        "PAPER_NOT_ANNOUNCED": _l("The result is not announced yet."),
        "PAPER_NO_WINNERS": _l("Nobody of this result has an award."),
        "PLACE_CARDS_TOO_MANY": _l("These are %(cards)s cards, and one file holds at most %(most)s."),
        "PAPER_TOO_MANY": _l(
            "These are %(sheets)s sheets, and one file holds at most %(most)s. Choose a stage or a judge."
        ),
    }
)
