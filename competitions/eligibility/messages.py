"""The words for what is wrong with rules of entry."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core.refusals import Refusal, register


def _trade(refusal: Refusal) -> str:
    """Say that a trade is not in the catalogue, with those like it."""
    if refusal.params.get("near"):
        return _("No trade “%(text)s” is in the catalogue. Did you mean: %(near)s?", **refusal.params)
    return _("No trade “%(text)s” is in the catalogue. Choose one of it.", **refusal.params)


register(
    {
        "ENTRY_FORMAT": _l("This is not a document of the format %(format)s."),
        "ENTRY_FIELD": _l("No rule of entry has this name: %(where)s."),
        "ENTRY_VALUE": _l("This is not offered here. Choose from the list."),
        "ENTRY_TIMES": _l("Registration has to close after it opens."),
        "ENTRY_AGES": _l("The greatest age is below the least one."),
        "ENTRY_TEAM": _l("The largest team is smaller than the smallest one."),
        "ENTRY_RANGE": _l("Enter a whole number from %(least)s to %(most)s."),
        "ENTRY_LEVELS": _l("The organiser decides last, and each level once."),
        "ENTRY_RULES_FROZEN": _l(
            "Registration is closed: the rules of entry stay as they are. Open registration again if they "
            "have to change."
        ),
        "ENTRY_TRADE": _trade,
        "QUOTA_UNIT": _l("No unit of this name is registered. Choose one of the list."),
    }
)
