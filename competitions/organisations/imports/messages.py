"""The words for what a list of units refuses: why, and what to do about it."""

from flask_babel import lazy_gettext as _l

from competitions.lists.messages import register_advised
from core.refusals import register

register_advised(
    {
        "UNIT_LIST_MOST": (
            _l("The list has %(rows)s rows; at most %(most)s units are added at once."),
            _l("Split the list."),
        ),
        "UNIT_LIST_UNKNOWN": (
            _l("Nothing of this name is known."),
            _l("Correct it, or leave the cell empty."),
        ),
        "UNIT_LIST_UNKNOWN_NEAR": (_l("Nothing of this name is known."), _l("Did you mean: %(near)s?")),
        "UNIT_LIST_OWNERSHIP": (
            _l("This is none of the ownerships."),
            _l("Choose one from the list in the template, or leave the cell empty."),
        ),
        "UNIT_LIST_RETIRED": (
            _l("The unit of this name is out of use."),
            _l("Take it into use again on its page, or delete the row."),
        ),
        "UNIT_LIST_OTHER_CODE": (
            _l("The registered unit of this name has another code: %(code)s."),
            _l("Compare both with the licence; correct the list or the unit."),
        ),
        "UNIT_LIST_TWICE": (_l("Row %(other)s says the same."), _l("Delete one of the two rows.")),
        "UNIT_LIST_NOTHING": (_l("All units of this list are registered already."), ""),
    }
)
register(
    {"UNIT_LIST_NEAR": _l("“%(name)s” is registered already. If both are one unit, delete the row.")}
)
