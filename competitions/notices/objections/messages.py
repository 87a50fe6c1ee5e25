"""The words for what objections refuse."""

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from core.refusals import Refusal, register


def _open(refusal: Refusal) -> str:
    return ngettext(
        "%(num)d objection to a notice about it has not been answered yet.",
        "%(num)d objections to notices about it have not been answered yet.",
        int(str(refusal.params["count"])),
    )


register(
    {
        "OBJECTION_CLOSED": _l(
            "This notice does not stand open for objections today. Its contact tells you what can still be "
            "done."
        ),
        "OBJECTION_WAIT": _l(
            "Many objections have come from your network within the hour. Try again later, or call the "
            "contact."
        ),
        "OBJECTION_NAME": _l("Give your name: objections are looked into under a real name only."),
        "OBJECTION_CONTACT": _l("Give a phone number or an e-mail address where you can be reached."),
        "OBJECTION_REASON": _l("Say in at least %(least)s characters what is wrong and how one can see it."),
        "OBJECTION_DECIDED": _l("This objection has been answered already; the answer stands."),
        "OBJECTION_DECISION": _l("Choose whether the objection is upheld."),
        "OBJECTION_ANSWER": _l("Write the answer with its reasons, in at most %(most)s characters."),
        "OBJECTION_OPEN": _open,
    }
)
