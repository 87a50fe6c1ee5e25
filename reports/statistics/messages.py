"""The words for what the report builder refuses."""

from flask_babel import lazy_gettext as _l

from core.refusals import register

register(
    {
        "REPORTS_MANY": _l("You have saved %(maximum)s reports already. Forget one that you no longer need."),
        "REPORT_GONE": _l("This saved report is gone already."),
    }
)
