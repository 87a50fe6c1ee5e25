"""The words for each refusal of competitions and events."""

from flask_babel import lazy_gettext as _l

from core.refusals import register

register(
    {
        "STATE_GUARD": _l(
            "“%(step)s” is not possible while the event is in the state “%(state)s”. "
            "Reload the page to see how far it has come."
        ),
        "REASON_MISSING": _l("Write down the reason: this step is kept with it."),
        "REASON_TOO_LONG": _l("The reason has at most %(maximum)s characters; shorten it."),
        "INDUSTRY_MISSING": _l("The competition names no industry yet."),
        "KIND_FIELD": "%(reason)s",
        "MIN_FIELD": _l(
            "%(entries)s entries are approved, at least %(minimum)s are needed. "
            "Approve more entries, or waive the smallest field in writing."
        ),
        "APPEAL_WINDOW": _l("Appeals can be filed until %(until)s."),
        "NOTICE_PERIOD": _l("The public notice lasts until the end of %(until)s."),
        "COMPETITION_NAME": _l("This union already has a competition of this name in %(year)s."),
        "EVENT_NAME": _l("This competition already has an event of this name."),
        "DATES_ORDER": _l("The end is before the start; correct one of the two days."),
        "DATES_OUTSIDE": _l("The competition lasts from %(first)s to %(last)s; choose days within it."),
        "DATES_EVENT": _l("The event “%(event)s” lies outside these days: change its days first."),
        "TRADE_NOT_LISTED": _l(
            "The catalogue has no trade “%(text)s”. %(nearest)s"
        ),
        "TRADE_RETIRED": _l("The trade “%(text)s” is retired and no longer offered."),
        "FIELD_FROZEN": _l("This can no longer be changed in the state “%(state)s”."),
        "COMPETITION_FROZEN": _l("This can no longer be changed: the event “%(event)s” has left the draft."),
        "EVENT_CLOSED": _l("The event is in the state “%(state)s”: nothing can be changed any more."),
        "VERSION_CONFLICT": _l("%(who)s changed this at %(at)s, while this form was open."),
        "NOT_OFFERED": _l("This choice is not offered here; choose from the list."),
        "WAIVER_UNNEEDED": _l("The field is large enough, or already waived: there is nothing to waive."),
    }
)
