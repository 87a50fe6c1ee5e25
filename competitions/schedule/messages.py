"""The words for what the schedule refuses."""

from flask_babel import lazy_gettext as _l

from core.refusals import register

register(
    {
        "SITTING_ORDER": _l("The sitting ends before it begins; correct one of the two times."),
        "SITTING_OUTSIDE": _l("%(day)s lies outside of the event, which lasts from %(first)s to %(last)s."),
        "SITTING_TWICE": _l("%(sitting)s stands in the schedule already."),
        "SITE_TAKEN": _l("“%(site)s” is taken at this time: %(event)s, %(sitting)s, %(span)s."),
        "SITTING_CLOSED": _l("In the state “%(state)s” the schedule stays as it is."),
        "SITTING_SETTLED": _l("This sitting is “%(state)s”; set it back to planned before you change it."),
        "SITTING_UNSETTLED": _l("This sitting is planned: there is nothing to set back."),
        "SITTING_GONE": _l("Somebody has removed this sitting meanwhile. Reload the page."),
        "SITTING_NONE": _l("No planned sitting with a time is there to be shifted."),
        "SITTING_REASON": _l("Write down why it is cancelled; it is kept in the record."),
        "SITTING_TIMES": _l("A time needs a day, a beginning and an end; fill in all three or none."),
        "SITTINGS_TOO_MANY": _l("These are %(sittings)s sittings, at most %(most)s are planned at once."),
        "NOTHING_MARKED": _l("No signed mark sheet speaks for a sitting that is not recorded yet."),
        "RHYTHM_DAY": _l("The day ends before it begins; correct one of the two times."),
        "RHYTHM_LUNCH": _l("Lunch needs a beginning and a later end, or neither."),
        "RHYTHM_LONG": _l("So long a sitting fits into no day; make it shorter or the day longer."),
        "BATCHES_ORDER": _l("The last batch comes before the first; correct one of the two."),
    }
)
