"""The words for each refusal of organisations."""

from flask_babel import lazy_gettext as _l

from core.refusals import register

register(
    {
        "UNION_NAME": _l("There already is a union named “%(name)s”."),
        "UNION_CIRCLE": _l("“%(parent)s” stands below this union: choose another one above it."),
        "UNIT_NAME": _l("There already is a unit named “%(name)s”, in “%(union)s”."),
        "UNIT_CODE": _l(
            "“%(code)s” is no unified social credit code: 18 characters without I, O, S, V and Z, the last "
            "of which checks the others. Compare it with the licence."
        ),
        "UNIT_CODE_TAKEN": _l("The unit “%(name)s” already has this code."),
    }
)
