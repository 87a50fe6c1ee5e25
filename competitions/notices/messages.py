"""The words for what notices refuse."""

from flask_babel import lazy_gettext as _l

from core.refusals import register

register(
    {
        "NOTICE_EVENT": _l("This event is not one of the competition. Choose from the list."),
        "NOTICE_LONG": _l(
            "The text has %(length)s characters; at most %(maximum)s fit. Attach the rest as a file."
        ),
        "NOTICE_PERIOD_REVERSED": _l("The last day lies before the first one. Correct one of them."),
        "NOTICE_PERSONAL": _l(
            "An ID number or a mobile number of a person stands here (%(shown)s). Everybody would read it: "
            "take it out."
        ),
        "NOTICE_EMPTY": _l("The notice says nothing yet. Write its text."),
        "NOTICE_CORRECTION_MISSING": _l("Say in one line what has changed; readers see it above the text."),
        "NOTICE_NOT_ANNOUNCED": _l(
            "It tells of results that have not been announced yet. Announce the result of the event first."
        ),
        "NOTICE_PERIOD_MISSING": _l("A list or an award stands open for objections: set both days."),
        "NOTICE_PERIOD_OPEN": _l("The period has a first day and no last one. Set it, or clear both."),
        "NOTICE_PERIOD_PAST": _l("The period for objections is over already. Set a later last day."),
        "NOTICE_PERIOD_LONG": _l("The period has more than %(maximum)s days. Correct the days."),
        "NOTICE_CONTACT_MISSING": _l("Say to whom one objects: an office with phone or e-mail."),
        "NOTICE_WITHDRAWN": _l("The notice was withdrawn and can no longer be changed."),
        "NOTICE_NO_DRAFT": _l("There is nothing new to publish."),
        "NOTICE_NOT_PUBLISHED": _l("The notice has not been published. Discard the draft instead."),
        "NOTICE_FILES": _l("A notice has at most %(maximum)s files."),
        "NOTICE_FILE_TWICE": _l("This file is attached already."),
        "NOTICE_FILE_GONE": _l("The file is not attached any more. Load the page again."),
    }
)
