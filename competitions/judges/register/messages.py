"""The words for what the register refuses."""

from flask_babel import lazy_gettext as _l

from core.refusals import register

register(
    {
        "REGISTER_TWICE": _l("%(name)s is in the judge register already."),
        "REGISTER_UNIT": _l("No unit of this name belongs to your unions. Choose one of the list."),
        "REGISTER_LOST": _l("Without an own unit this judge would leave your register. Choose the unit."),
        "REGISTER_WHO": _l("Nobody of this name has an account. Appoint new judges in their first event."),
        "REGISTER_CHOOSE": _l("Tick at least one judge."),
        "REGISTER_GONE": _l("Somebody ticked is not offered here any more. Look at the list again."),
    }
)
