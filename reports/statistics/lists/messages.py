"""The words for what lists of results refuse."""

from flask_babel import lazy_gettext as _l

from core.refusals import register

register(
    {
        "RESULT_LIST_BY_PEOPLE": _l(
            "A list names people; it cannot be narrowed by their sex, age or skill level, nor by whose their "
            "unit is. Take these filters away."
        ),
        "RESULT_LIST_EMPTY": _l("No event with an announced result fits these filters."),
    }
)
