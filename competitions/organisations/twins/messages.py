"""The words for what the merging of units refuses."""

from flask_babel import lazy_gettext as _l

from core.refusals import register

register(
    {
        "UNITS_SAME": _l("This is one and the same unit. Choose another one."),
        "UNIT_MERGED": _l("“%(name)s” has been merged into another unit already."),
        "UNIT_MERGE_REASON": _l("Say how you know that both are one unit: it is kept with the record."),
        "UNITS_TWO_CODES": _l(
            "They have two different unified social credit codes. If one of them is wrong, correct it; then "
            "merge."
        ),
        "UNIT_MERGE_UNDONE": _l("This merge was undone already."),
        "UNIT_MERGE_CHANGED": _l(
            "What was merged has been changed or merged again since; this merge cannot be undone any more."
        ),
        "UNITS_BOTH_ENTERED": _l(
            "Both take part in “%(event)s”: entries %(number)s and %(other)s. Withdraw one of them first."
        ),
        "UNITS_BOTH_QUOTAS": _l(
            "Both have places of their own in “%(event)s”. Remove those of one of them first."
        ),
    }
)
