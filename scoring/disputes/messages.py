"""The words for what disputes refuse."""

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from core.refusals import Refusal, register


def _open(refusal: Refusal) -> str:
    return ngettext(
        "%(num)d dispute about a work is not decided yet: work no. %(works)s.",
        "%(num)d disputes about works are not decided yet: works no. %(works)s.",
        int(str(refusal.params["count"])),
        works=refusal.params["works"],
    )


register(
    {
        "DISPUTE_STATE": _l(
            "Disputes are raised from the registration until the result is announced. Afterwards appeal "
            "against the result, or object to its notice."
        ),
        "DISPUTE_AGAIN": _l(
            "This form was sent already, for another event or by somebody else. Open it again."
        ),
        "DISPUTE_ENTRY": _l("No work of this event has this number or title. Write it as the notice does."),
        "DISPUTE_OUT": _l("This work does not compete: it was rejected, withdrawn or never handed in."),
        "DISPUTE_KIND": _l("Choose what is disputed."),
        "DISPUTE_GROUNDS": _l("Say what is disputed and how one can see that, in at least 10 characters."),
        "DISPUTE_NAME": _l("Give the name of whoever disputes: disputes are looked into under a real name."),
        "DISPUTE_CONTACT": _l("Say how they can be reached: a phone number or an e-mail address."),
        "DISPUTE_FILES": _l("At most %(most)s files come with a dispute."),
        "DISPUTE_DECIDED": _l("This dispute has been decided meanwhile. Reload the page."),
        "DISPUTE_DECISION": _l("Choose what is decided."),
        "DISPUTE_REASONS": _l("Write the reasons, in at most 2,000 characters."),
        "DISPUTE_OWN": _l("You have raised this dispute yourself; somebody else decides it."),
        "DISPUTES_OPEN": _open,
    }
)
