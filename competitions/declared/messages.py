"""The words for what declared contests refuse."""

from flask_babel import lazy_gettext as _l

from core.refusals import register

register(
    {
        "DECLARED_DAYS": _l("The last day lies before the first one."),
        "DECLARED_AHEAD": _l("That day is still to come. Only what has been held is declared."),
        "DECLARED_WINNERS": _l(
            "Lines %(lines)s: write award, name and unit, parted by commas, one winner in each line."
        ),
        "DECLARED_WINNERS_MOST": _l("At most %(most)s winners are kept; attach a longer list as a document."),
        "DECLARED_WITHDRAWN": _l("This declaration is withdrawn and cannot be changed any more."),
        "DECLARED_CHANGED": _l(
            "Somebody else has changed this declaration meanwhile. Open it again and enter your changes."
        ),
        "DECLARED_REASON": _l("Say why it is withdrawn, in at most %(most)s characters."),
        "DECLARED_FILES": _l("At most %(most)s documents are kept with a declared contest."),
        "DECLARED_FILE_AGAIN": _l("This document is kept already."),
    }
)
