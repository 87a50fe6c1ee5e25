"""The words for what the re-check refuses."""

from flask_babel import lazy_gettext as _l

from core.refusals import register

register(
    {
        "RECHECK_NEEDED": _l("The re-check has not begun: a second person draws the sheets to compare."),
        "RECHECK_OPEN": _l("Sheets of the re-check that have not been found right yet: %(count)s."),
        "RECHECK_NONE": _l("This competition's profile has no re-check."),
        "RECHECK_STATE": _l("The re-check comes after tabulating and before the announcement."),
        "RECHECK_DRAWN": _l("The sheets to compare are drawn already; this is done once."),
        "RECHECK_OWN": _l(
            "You have judged in this event, or closed sheets of it. The re-check takes a second person."
        ),
        "RECHECK_NOT_CHOSEN": _l("This sheet is not among those to compare. Reload the page."),
        "RECHECK_NOTE": _l("Write down what differs."),
        "RECHECK_THIRD": _l(
            "You have found that this sheet differs. If it is right after all, somebody else says so; "
            "otherwise the chief judge corrects it."
        ),
    }
)
