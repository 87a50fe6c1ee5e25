"""The words for what works refuse."""

from flask_babel import lazy_gettext as _l

from core.refusals import register

register(
    {
        "WORK_KIND": _l("Only works have these particulars; in this event somebody else competes."),
        "WORK_CHANGED": _l(
            "Somebody else has changed this work meanwhile. Open its particulars again and change them there."
        ),
        "WORK_NATURE": _l("Choose what kind of work it is."),
        "WORK_SINCE": _l("Give the day since when it is in use."),
        "WORK_SINCE_AHEAD": _l("That day is still to come. Record it once the work is in use."),
        "WORK_NOT_IN_USE": _l("There is a day since when it is in use: tick this, or leave the day empty."),
        "WORK_BENEFIT": _l(
            "Write the benefit in ten thousand yuan with digits such as 86.5, with at most 4 decimals."
        ),
        "WORK_BASIS": _l("Say how the benefit was counted: over what time, from which figures."),
        "WORK_EVIDENCE": _l("There is evidence of a benefit only where one is declared."),
        "WORK_SHARES": _l("The shares of all authors make 100 together, or nobody has one."),
        "WORK_OVER": _l("The event is over: nothing can be recorded any more."),
        "WORK_UNSAID": _l("Nothing is said of this work yet; its unit gives the particulars first."),
        "WORK_TERMS_FROZEN": _l("Marking is over: how works were shown stays as it was."),
        "WORK_OPENED": _l("Experts mark already without names; they cannot be shown any more."),
        "MARKS_UNTIL": _l("This moment is past. Choose one that is still to come."),
    }
)
