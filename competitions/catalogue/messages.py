"""The words for each refusal of the catalogue."""

from flask_babel import lazy_gettext as _l

from core.refusals import register

register(
    {
        "TRADE_CODE": _l(
            "“%(code)s” is no code of a trade. Write it as d-dd-dd-dd, for example 6-18-02-04, and below a "
            "group that the catalogue has."
        ),
        "INDUSTRY_CODE": _l(
            "“%(code)s” is no code of GB/T 4754: a letter from A to T, with a division from 01 to 97, "
            "for example C34."
        ),
        "REGION_CODE": _l(
            "“%(code)s” is no region code: six digits, below a province that the catalogue has."
        ),
        "CODE_TAKEN": _l("“%(name)s” already has the code %(code)s. Search for it in the list."),
        "CODE_FIXED": _l("A code from a source is not changed; retire this entry and add another one."),
        "NAME_TAKEN": _l("This list already has an entry named “%(name)s”."),
        "SOURCE_MISSING": _l("Name the source of the code, or leave the code empty: codes are not guessed."),
        "LIST_FIXED": _l("Nothing is added to this list: rules of the system hang on its entries."),
    }
)
