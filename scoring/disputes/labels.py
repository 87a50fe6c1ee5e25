"""The words for disputes."""

from typing import Any

from flask_babel import lazy_gettext as _l

KINDS: dict[str, Any] = {
    "ownership": _l("Whose work it is (authors, unit, rights)"),
    "eligibility": _l("Whether it may compete (conditions, earlier awards, facts)"),
}
SHORT: dict[str, Any] = {"ownership": _l("Whose work"), "eligibility": _l("Eligibility")}
DECISIONS: dict[str, Any] = {
    "dismissed": _l("Dismissed: the work competes"),
    "upheld": _l("Upheld: the work is out of this contest"),
    "set_aside": _l("Not settled in time: the work does not compete this time"),
}
# decision -> (kind of chip, word)
CHIPS: dict[str, tuple[str, Any]] = {
    "": ("warn", _l("Not decided")),
    "dismissed": ("ok", _l("Not upheld")),
    "upheld": ("bad", _l("Upheld")),
    "set_aside": ("off", _l("Set aside")),
    "withdrawn": ("off", _l("Taken back by who raised it")),
}
