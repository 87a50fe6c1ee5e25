"""The words for what documents refuse."""

from flask_babel import lazy_gettext as _l

from core.refusals import register

register(
    {
        "DOCUMENT_EVENT": _l("This event does not belong to the competition. Choose from the list."),
        "DOCUMENT_PERSONAL": _l(
            "An ID number or a mobile number of a person stands here (%(shown)s). Take it out."
        ),
        "DOCUMENT_SAME": _l("This is the same file as version %(number)s. Choose the newer one."),
        "DOCUMENT_WITHDRAWN": _l("The document was withdrawn and can no longer be changed."),
    }
)
