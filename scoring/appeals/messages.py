"""The words for what appeals refuse."""

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from core.refusals import Refusal, register


def _open(refusal: Refusal) -> str:
    return ngettext(
        "%(num)d appeal has not been decided yet.",
        "%(num)d appeals have not been decided yet.",
        int(str(refusal.params["count"])),
    )


register(
    {
        "APPEAL_AGAIN": _l(
            "This form was sent already, for another entry or by somebody else. Open it again."
        ),
        "APPEAL_STATE": _l("Appeals are taken once the result is announced, until it is final."),
        "APPEAL_LATE": _l("The time for appeals ended at %(until)s. The server's clock counts."),
        "APPEAL_STANDING": _l("Only for an entry of this result can be appealed, and by its own unit."),
        "APPEAL_MANY": _l("%(most)s appeals of this entry wait already. Wait for their decisions."),
        "APPEAL_FORM": _l(
            "An appeal is made in writing: say what is wrong, in at least %(least)s characters."
        ),
        "APPEAL_ABOUT": _l("Choose at least one thing that the appeal is about."),
        "APPEAL_NAME": _l("Give the name of the team leader or whoever speaks for the entrant."),
        "APPEAL_CONTACT": _l("Give a phone number or an e-mail address where you can be reached."),
        "APPEAL_FILES": _l("At most %(most)s files come with an appeal."),
        "APPEAL_DECIDED": _l("This appeal has gone on meanwhile. Reload the page."),
        "APPEAL_DECISION": _l("Choose whether the appeal is upheld."),
        "APPEAL_REASONS": _l("Write the reasons, in at most %(most)s characters."),
        "APPEAL_OPENS": _l("An appeal that is dismissed opens nothing for correction."),
        "APPEAL_OPENS_NOTHING": _l("Name the sheets or penalties that are to be corrected."),
        "APPEALS_OPEN": _open,
        "ARBITRATOR_FILED": _l("You have filed this appeal yourself; somebody else decides it."),
    }
)
