"""The words for each refusal of organisations."""

from flask_babel import lazy_gettext as _l

from competitions.organisations import rules
from competitions.organisations.labels import KINDS
from core.i18n import listed
from core.refusals import Refusal, register

MISPLACED = _l(
    "“%(parent)s” is of the kind “%(parent_kind)s”, to which no “%(kind)s” belongs. Choose one of the kind "
    "%(above)s, or change the kind of this union."
)
NOT_BELOW = _l(
    "“%(child)s” (%(child_kind)s) belongs to this union, which cannot be of the kind “%(kind)s” then. Move "
    "it below another union first, or keep the kind."
)


def _misplaced(refusal: Refusal) -> str:
    given = refusal.params
    kind, parent_kind = str(given["kind"]), str(given["parent_kind"])
    above = listed(KINDS[name] for name in rules.ABOVE[kind])
    words = {"parent": given["parent"], "kind": KINDS[kind], "parent_kind": KINDS[parent_kind]}
    return str(MISPLACED % (words | {"above": above}))


def _not_below(refusal: Refusal) -> str:
    given = refusal.params
    kinds = {name: KINDS[str(given[name])] for name in ("kind", "child_kind")}
    return str(NOT_BELOW % ({"child": given["child"]} | kinds))


NEAR = _l(
    "There already is a unit with a name much like this one: %(names)s. Use it, or say that yours is another."
)


def _near(refusal: Refusal) -> str:
    names = refusal.params["names"]
    return str(NEAR % {"names": listed(names if isinstance(names, list) else [names])})


register(
    {
        "REGISTRAR_SIGNED_IN": _l(
            "%(name)s has chosen a password already, or has other roles. Who forgot the password gets a new "
            "link from the administrator."
        ),
        "UNION_NAME": _l("There already is a union named “%(name)s”."),
        "UNION_CIRCLE": _l("“%(parent)s” stands below this union: choose another one above it."),
        "UNION_PARENT": _misplaced,
        "UNION_TOP": _l("The all-China federation belongs to no union: let it stand at the top."),
        "UNION_BELOW": _not_below,
        "UNIT_NAME": _l("There already is a unit named “%(name)s”, in “%(union)s”."),
        "UNIT_CODE": _l(
            "“%(code)s” is no unified social credit code: 18 characters without I, O, S, V and Z, the last "
            "of which checks the others. Compare it with the licence."
        ),
        "UNIT_NEAR": _near,
        "UNITS_COUNT": _l("Give 1 to %(most)s units, each on a line of its own."),
        "UNIT_NAME_LENGTH": _l("A name has 1 to %(most)s characters."),
        "UNION_IN_USE": _l(
            "Unions in use below it: %(unions)s, units in use: %(units)s. Move them to another union or "
            "retire them first."
        ),
        "RETIRE_REASON": _l("Say why it goes out of use: it is read with its history."),
        "RETIRED_ALREADY": _l("“%(name)s” is out of use already."),
        "RETIRED_NOT": _l("It is in use already."),
        "ABOVE_RETIRED": _l(
            "“%(union)s” above it is out of use: choose another one, or take that into use first."
        ),
        "CONTACT_PHONE": _l("This is no phone number: give digits, with area code and extension."),
        "CONTACT_EMAIL": _l("This is no e-mail address: it reads like name@example.com."),
        "CONTACT_UNREACHED": _l("Give a phone number or an e-mail address, so that somebody can be reached."),
        "UNIT_CODE_TAKEN": _l("The unit “%(name)s” already has this code."),
    }
)
