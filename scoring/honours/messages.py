"""The words for what the register of honours refuses."""

from flask_babel import lazy_gettext as _l

from core.refusals import register

register(
    {
        "HONOUR_NOT_FINAL": _l("The result is not final. Honours are recommended from final results alone."),
        "HONOUR_NOBODY": _l("Tick at least one."),
        "HONOUR_GONE": _l("Somebody ticked is not in the result that counts. Look at the list again."),
        "HONOUR_HELD": _l("%(name)s (%(unit)s): %(title)s stands already, %(state)s. It is given once."),
        "HONOUR_STATE": _l("%(name)s: this is %(state)s now. Look at the page again."),
        "HONOUR_NOTHING": _l("There is nobody here whose recommendation is still open."),
        "HONOUR_DAY": _l("The day lies ahead. Enter the day of the document."),
        "HONOUR_BEFORE_GRANT": _l("This day is before the day of the grant, %(day)s."),
        "HONOUR_UNIT_SELF": _l("Of a unit as a whole, recipient and unit are the same: write it twice."),
        "HONOUR_LIST_MOST": _l("The list has %(rows)s rows; at most %(most)s are taken at once. Split it."),
        "HONOUR_LIST_TWICE": _l("Row %(other)s says the same."),
        "HONOUR_LIST_KIND": _l("This is none of the honours. Take one from the template."),
        "HONOUR_LIST_LEVEL": _l("This is none of the levels. Take one from the template."),
        "HONOUR_LIST_DAY": _l("This is no day that exists. Write it as 2026-05-01."),
        "HONOUR_LIST_LONG": _l("At most %(maximum)s characters fit here."),
        "HONOUR_LIST_EMPTY": _l("This cell is needed. Fill it in."),
    }
)
