"""The words for what the desk refuses."""

from flask_babel import lazy_gettext as _l

from core import refusals

refusals.register(
    {
        "DESK_CLOSED": _l("Marks are written only while the event is being marked."),
        "DESK_SAME_PERSON": _l(
            "Two different people are needed here, and the first was you. Ask another tabulator or organiser."
        ),
        "DESK_JUDGE": _l("You mark in this event; in this profile marks are brought by people who do not."),
        "DESK_READ_ONLY": _l("Tabulators and organisers write marks here; you can look."),
        "DESK_OUTDATED": _l(
            "Something has changed since you looked, so nothing was written. Look at it as it is now."
        ),
        "DESK_OPEN": _l(
            "Sheets or records at the desk that are not settled: %(count)s. Compare them, or put them away "
            "with a reason."
        ),
        # lists of marks
        "LIST_MERGED": _l(
            "Cells below the headings are merged (%(places)s). Unmerge them, so that each mark has its cell."
        ),
        "LIST_EMPTY": _l("There is no row below the headings of “%(sheet)s”."),
        "LIST_CLOSED": _l("This list was entered or put away already."),
        "LIST_NOT_YOURS": _l("Only whoever brought the list says what its columns mean."),
        "LIST_FAULTS": _l(
            "Faults that are left: %(count)s, so nothing was written. Correct the file and bring it again."
        ),
        "LIST_NOTHING": _l("The sheets say all of this already, so nothing was written."),
        "LIST_COLUMN_TWICE": _l("Two columns are read as the same thing; let one of them be not read."),
        "LIST_COLUMNS": _l("Say in which column the entry codes stand and in which the marks."),
        "LIST_NO_CODE": _l("No code stands here. Fill it in, or empty the row."),
        "LIST_CODE": _l("There is no code %(entry)s in this event."),
        "LIST_CODE_NEAR": _l("There is no code %(entry)s. Did you mean %(near)s?"),
        "LIST_OUT": _l("%(entry)s does not take part (absent, withdrawn or disqualified): empty the row."),
        "LIST_NO_SHEET": _l("Nobody marks %(entry)s in this stage."),
        "LIST_JUDGE": _l("%(judge)s does not mark %(entry)s in this stage; these do: %(judges)s."),
        "LIST_JUDGES": _l(
            "Several judges mark %(entry)s in this stage (%(judges)s): add a column with the judge's code."
        ),
        "LIST_ATTEMPT": _l("“%(value)s” is no attempt: this stage has %(most)s."),
        "LIST_TWICE": _l("%(entry)s stands in row %(row)s already. Keep one of the two."),
        "LIST_FORMULA": _l("A formula stands here. Paste the marks as values, so that they cannot change."),
        "LIST_NOT_ON_SHEET": _l("%(judge)s does not mark this aspect. Empty the cell."),
        "LIST_LOCKED": _l(
            "The sheet of %(judge)s is signed with %(before)s; the list says %(value)s. Only the chief judge "
            "can give the sheet back."
        ),
        # paper sheets
        "KEYING_NO_SHEET": _l("There is no sheet of %(judge)s for %(entry)s."),
        "KEYING_LOCKED": _l(
            "This sheet is signed already. If the paper says something else, the chief judge gives the sheet "
            "back first."
        ),
        "KEYING_OUT": _l("This entry does not take part (absent, withdrawn or disqualified)."),
        "KEYING_FULL": _l("This sheet was keyed twice already. Compare the two first."),
        "KEYING_NONE": _l("This sheet was not keyed, or was settled already."),
        "KEYING_EMPTY": _l("No mark is filled in."),
        "KEYING_CHOOSE": _l("Choose a value for each difference."),
        # backup files
        "BACKUP_FOREIGN": _l(
            "This file cannot be opened: it is no backup of a tablet of this installation, or it was changed "
            "or cut on its way. Copy it from the tablet once more."
        ),
        "BACKUP_ELSEWHERE": _l("This file holds no operation of this event. Bring it to the event it is of."),
        "BACKUP_LARGE": _l("The file is larger than a backup can be (%(megabytes)s MB)."),
        "BACKUP_SETTLED": _l("Nobody has to look at this record any more."),
    }
)
