"""The words for what judges refuse."""

from flask_babel import lazy_gettext as _l

from core.refusals import register

register(
    {
        "JUDGES_CLOSED": _l("In the state “%(state)s” the judges stay as they are."),
        "JUDGE_TWICE": _l("%(name)s judges this event already, as %(judge)s."),
        "JUDGE_DISABLED": _l("The account of %(name)s is disabled. Have it enabled, or appoint another."),
        "JUDGE_REASON": _l("Write down the reason; it is kept in the record."),
        "JUDGE_ACTIVE": _l("%(name)s has a password. An administrator can make a link for a new one."),
        "JUDGE_WITHOUT_PLACE": _l("These judges would mark nothing: %(codes)s. Tick a stage for them."),
        "WHO_UNKNOWN": _l("Nobody of this name has an account. Correct it, or make a new account below."),
        "WHO_SHORT": _l("Enter at least two letters of the name."),
        "WHO_SEVERAL": _l(
            "Several people fit. Choose the one you mean, or enter the full name or the sign-in name."
        ),
        "CHIEF_TAKEN": _l("%(name)s (%(judge)s) is the chief judge; an event has one. Change that first."),
        "ROLE_CONFLICT": _l(
            "%(name)s knows the codes or keys in marks in this event and cannot judge it, too."
        ),
        "UNIT_NOT_FOUND": _l("No unit of this name is registered. Choose one, or leave it empty."),
        "JUDGES_NONE": _l("No judge is appointed yet."),
        "JUDGES_MISSING": _l("“%(stage)s” needs %(needed)s judges and has %(judges)s."),
        "JUDGES_MISSING_AT": _l(
            "“%(stage)s” needs %(needed)s judges for each entry. Fewer mark at these stations: %(stations)s."
        ),
        "STATIONS_UNKNOWN": _l("Write stations as numbers, for example 1-5, 8. “%(value)s” is none."),
        "SUBSTITUTE_SAME": _l("%(name)s is the judge who is to be replaced. Choose somebody else."),
        "CONFLICT_UNIT_OR_ENTRY": _l("Name a unit or the number of an entry, not both."),
        "CONFLICT_NO_ENTRY": _l("No entry of this event has this number."),
        "CONFLICT_STANDS": _l("In this competition a conflict cannot be overridden: appoint another judge."),
        "SUGGESTION_OLD": _l("The judges have changed meanwhile. Look at the new proposal, then take it."),
        "CHIEF_MISSING": _l("No chief judge is appointed; this competition's profile needs one."),
        "CHIEF_MARKS": _l(
            "In the strict profile the chief judge locks the sheets and marks none. Take the chief judge off "
            "the panels."
        ),
        "HEAD_MISSING": _l(
            "“%(stage)s” has no head of the panel, who confirms its sheets in the strict profile. Name one."
        ),
        "CONFLICT_OF_INTEREST": _l(
            "%(name)s (%(code)s) has to stand back: %(why)s. Appoint another judge."
        ),
    }
)
