"""The words for what the ledger and the sheets refuse."""

from flask_babel import lazy_gettext as _l

from core import refusals

refusals.register(
    {
        "OPERATION_REUSED": _l(
            "This operation number was already used for something else. Reload the page and do it again."
        ),
        "REASON_NEEDED": _l("Write down the reason; it is kept with the step."),
        "SHEET_NOT_LOCKED": _l("Only a signed sheet of an event that is being marked can be given back."),
        "SHEET_LOCKED": _l(
            "The chief judge has locked this sheet. Only a correction by two people changes it now."
        ),
        "SHEETS_TO_CONFIRM": _l(
            "Signed mark sheets that wait for the head of their panel: %(count)s (%(codes)s)."
        ),
        "SHEETS_TO_LOCK": _l(
            "Mark sheets that wait for the chief judge to lock them: %(count)s (%(codes)s)."
        ),
        "SHEETS_CHANGED": _l(
            "Some sheets are no longer as they were shown (%(codes)s). Nothing was done; look at the list "
            "again."
        ),
        "SHEET_NOT_CLOSED": _l(
            "Only a locked sheet is corrected, and none once the event is archived."
        ),
        "CORRECTION_RELEASE": _l(
            "The names are open. This can be corrected only after an appeal was upheld about it, or after an "
            "arbitrator has approved the correction of an error."
        ),
        "PENALTY_LATE": _l("The result is announced: no penalty is given any more."),
        "RELEASE_STATE": _l("This is asked for once the names are open, until the event is archived."),
        "RELEASE_WAITS": _l("This sheet is open for correction already, or waits for an arbitrator."),
        "RELEASE_DECIDED": _l("This has been decided already."),
        "RELEASES_ASKED": _l("%(count)s corrections of errors wait for an arbitrator."),
        "RELEASES_OPEN": _l("Sheets or penalties open for correction and not corrected yet: %(count)s."),
        "ARBITRATOR_JUDGES": _l("Whoever judges in this event does not decide about its marks afterwards."),
        "ARBITRATOR_UNIT": _l("Whoever belongs to the entrant's unit does not decide about its marks."),
        "DECISION_NAMED": _l("The names are open: the order of equals stands as it was decided."),
        "CORRECTION_INCOMPLETE": _l(
            "A correction names at least one other value, and the reason in writing."
        ),
        "CORRECTION_VALUE": _l("“%(value)s” is not possible here: see the limits of the aspect."),
        "CORRECTION_WAITS": _l("A correction of this sheet waits for its witness already."),
        "CORRECTION_DECIDED": _l("This correction has been decided already."),
        "CORRECTION_OPEN": _l("%(count)s corrections wait for a supervisor as their witness."),
        "NOTHING_CHOSEN": _l("Choose at least one sheet."),
        "PANEL_HEAD_NEEDED": _l("Only the head of its panel confirms a sheet."),
        "LOOKS_OPEN": _l("Values that are being looked at again: %(count)s (%(codes)s)."),
        "LOOK_NOT_OPEN": _l("This judge is not being asked to look again any more."),
        "SCORING_OVER": _l("Marking is closed. Open the scoring again first."),
        "NOTHING_OPEN": _l("%(judge)s has no open sheet in this stage."),
        "RESULT_CLOSED": _l("The result is final. Nothing that changes it can be written here any more."),
        "ALREADY_WITHDRAWN": _l("This has already been withdrawn."),
        "DECISION_KIND": _l("There is no decision of the kind “%(value)s”."),
        "UNKNOWN_STATUS": _l("There is no status “%(value)s”."),
        "SCORE_FORMAT": _l("“%(value)s” is not a number. Write digits and a point, for example 9.5."),
        "PENALTY_ZERO": _l("A penalty takes points off: enter more than 0."),
        "PENALTY_TOO_LARGE": _l(
            "The scheme gives at most %(most)s points in all, so no more can be taken off. Check the number."
        ),
        "INCOMPLETE_SHEETS": _l("Mark sheets that are not signed yet: %(count)s (%(codes)s)."),
        "JUDGE_HAS_SIGNED": _l(
            "Sheets that this judge has signed count: %(count)s. Stop the judge's work instead."
        ),
        "JUDGE_HANDED_OVER": _l(
            "Mark sheets were handed over from or to this judge. Put another judge in the place, or stop the "
            "work."
        ),
        "SUBSTITUTE_NOTHING": _l(
            "%(name)s has no unsigned sheet left, so nothing can be taken over. Stop the judge's work "
            "instead."
        ),
        "SUBSTITUTE_MARKS_THERE": _l(
            "%(name)s marks some of these entries in the same stage already and would count once. Choose "
            "another."
        ),
        "LEDGER_BROKEN": _l(
            "The ledger of marks was changed by other means: operation %(number)s does not fit its chain. "
            "Restore the database from a backup."
        ),
        "SIGNED_CHANGED": _l(
            "Marks were changed after they were signed, by other means than this system (%(codes)s). Have "
            "the judges check and sign these sheets again, or restore a backup."
        ),
        "PANEL_TOO_LARGE": _l(
            "“%(title)s” is judged by %(most)s judges, but %(judges)s are assigned. Assign fewer to it."
        ),
        "ROUND_UNSENT": _l("Marks and signatures on tablets that are not uploaded yet: %(count)s."),
        "ROUND_HELD": _l("Marks from tablets out of service that wait for the chief judge: %(count)s."),
        "ROUND_CALLS": _l("Calls for the chief judge that are not settled: %(count)s."),
        "ROUND_NOTHING": _l("Nothing is open any more. The round can be closed."),
        "CHECK_IN_ABSENT": _l(
            "Entries that the check-in has marked absent and that still count: %(count)s. Record them as "
            "absent, or take the mark back."
        ),
        "CHECK_IN_AGREES": _l("Everybody counts as the check-in says already."),
        "NO_SHEETS": _l("No judge has a mark sheet. Assign judges to the stages first."),
    }
)
