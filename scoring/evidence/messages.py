"""The words for what checking finds."""

from flask_babel import lazy_gettext as _l

from core import refusals

refusals.register(
    {
        "TRIGGERS_MISSING": _l(
            "The database does not refuse changes to %(tables)s: its triggers were dropped. Run “db upgrade” "
            "on a copy, compare, and find out who did it."
        ),
        "ROW_UNREADABLE": _l("A row was changed so that it cannot be read any more (%(fault)s)."),
        "RECORD_BROKEN": _l(
            "The record of acts “%(chain)s” was changed by other means: record %(number)s does "
            "not fit its chain."
        ),
        "OPERATION_UNKNOWN": _l(
            "Operation %(number)s of the ledger cannot be played again: it names what is not there."
        ),
        "PROJECTION_DIFFERS": _l(
            "%(code)s: %(column)s is “%(ledger)s” by the ledger, but “%(stored)s” in the database."
        ),
        "CHECKPOINT_FORGED": _l(
            "The checkpoint of %(at)s for number %(seq)s does not carry the signature of this "
            "installation."
        ),
        "CHECKPOINT_TAIL": _l(
            "A checkpoint of %(at)s saw operation %(number)s, but the ledger ends at %(last)s: "
            "its end was cut "
            "off, or an older database was put back."
        ),
        "CHECKPOINT_DIFFERS": _l(
            "Operation %(number)s is not the one that the checkpoint of %(at)s saw (%(head)s…): "
            "the ledger was "
            "rewritten and chained anew."
        ),
        "RECORD_CHECKPOINT_TAIL": _l(
            "A checkpoint of %(at)s saw act %(number)s of the record “%(chain)s”, but the record ends at "
            "%(last)s: its end was cut off, or an older database was put back."
        ),
        "RECORD_CHECKPOINT_DIFFERS": _l(
            "Act %(number)s of the record “%(chain)s” is not the one that the checkpoint of %(at)s saw "
            "(%(head)s…): the record was rewritten and chained anew."
        ),
        "RESULT_HEAD": _l(
            "Version %(number)s of the result names a state of the ledger (operation %(seq)s) "
            "that is not there."
        ),
        "RESULT_RECOMPUTED": _l(
            "Version %(number)s of the result, computed again from its own marks, comes out otherwise."
        ),
    }
)
