"""The words for what qualifying refuses."""

from flask_babel import lazy_gettext as _l

from core.refusals import register

register(
    {
        "QUALIFY_LATE": _l("Registration is closed: who qualifies is settled."),
        "QUALIFY_SOURCE": _l("This event cannot qualify for this one. Choose from the list."),
        "QUALIFY_CIRCLE": _l("This event qualifies for that one already; it cannot go round in a circle."),
        "QUALIFY_TOP": _l("Say how many qualify: at least one."),
        "QUALIFY_EACH": _l("This is not offered here. Choose from the list."),
        "QUALIFY_PER_UNIT": _l("At least one of a unit, or leave it empty."),
        "QUALIFY_LEAST": _l("Write a score such as 60 or 82.5, or leave it empty."),
        "QUALIFY_DONE": _l("This was carried out already and stands."),
        "QUALIFY_RESULT": _l("The earlier event has no announced result yet."),
        "QUALIFY_OUTDATED": _l("The result has been corrected since. Look at who qualifies now."),
        "QUALIFY_NOBODY": _l("Nobody fulfils this rule."),
        "QUALIFY_ENTERED": _l("Entered here already: %(names)s. Remove or withdraw those entries first."),
        "QUALIFY_PLACE": _l("This has gone on meanwhile. Reload the page."),
        "QUALIFY_STAGE": _l(
            "The scheme has no stage “%(stage)s” with a single aspect, which could take the earlier totals."
        ),
        "QUALIFY_BLIND": _l(
            "Names are hidden in this contest: an earlier total would tell who stands behind a code."
        ),
    }
)
