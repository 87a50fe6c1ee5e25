"""The words for each refusal about people."""

from flask_babel import lazy_gettext as _l

from core.refusals import register

register(
    {
        "MERGE_REASON": _l("Say how you know that both are one person: it is kept with the record."),
        "MERGE_SELF": _l("This is one and the same record. Choose another one."),
        "MERGE_UNDONE": _l("This merge was undone already."),
        "MERGE_CHANGED": _l(
            "The person or one of the entries has changed since; the merge cannot be undone any more."
        ),
        "PERSON_GONE": _l("One of the two records is no more: somebody has merged or removed it just now."),
        "PEOPLE_CHANGED": _l("One of the two was entered somewhere else just now. Look at both again."),
        "PEOPLE_TWO_NUMBERS": _l(
            "They have two different ID numbers. If one of them is wrong, clear it with a reason on the page "
            "of that record; then merge."
        ),
        "PERSON_ID_TAKEN": _l(
            "Another record has this ID number already. If both are one person, merge the two records."
        ),
        "CORRECT_REASON": _l("Say why: it is kept in the audit trail."),
        "CORRECT_NOTHING": _l("Nothing would change. Correct the name or the ID number."),
    }
)
