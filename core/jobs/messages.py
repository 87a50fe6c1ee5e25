"""The words for what is refused about jobs."""

from flask_babel import lazy_gettext as _l

from core.refusals import register

register(
    {
        "JOB_UNFINISHED": _l("Another run is not finished yet. Wait for it, or cancel it."),
        "JOB_ENDED": _l("This run has ended already."),
        "JOB_BROKEN": _l("The run broke off. Tell the administrator: the log of the server says why."),
    }
)
