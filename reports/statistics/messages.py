"""The words for what the report builder refuses."""

from flask_babel import lazy_gettext as _l

from core.refusals import register

register(
    {
        "FILTER_UNKNOWN": _l(
            "“%(value)s” is no choice of the filter “%(filter)s” here. Open the statistics and choose again."
        ),
        "PARAMETER_UNKNOWN": _l("“%(where)s” is no filter here; there are: %(known)s."),
        "PARAMETER_TWICE": _l("“%(where)s” stands in the address twice; leave one of both."),
        "REPORTS_MANY": _l("You have saved %(maximum)s reports already. Forget one that you no longer need."),
        "REPORT_GONE": _l("This saved report is gone already."),
    }
)
