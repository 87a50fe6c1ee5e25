"""The words for qualifying."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from scoring.qualifying.rules import Rule

EACH: dict[str, Any] = {
    "": _l("of all"), "unit": _l("of each unit"), "region": _l("of each region"),
    "union": _l("of each union"),
}  # fmt: skip
# state -> (kind of chip, word)
STATES: dict[str, tuple[str, Any]] = {
    "qualified": ("ok", _l("Qualified")),
    "moved_up": ("ok", _l("Moved up")),
    "reserve": ("off", _l("Next in turn")),
    "withdrawn": ("bad", _l("Has withdrawn")),
}
FIRST: dict[str, Any] = {
    "": _l("The first %(top)s qualify."),
    "unit": _l("The first %(top)s of each unit qualify."),
    "region": _l("The first %(top)s of each region qualify."),
    "union": _l("The first %(top)s of each union qualify."),
}


def sentences(rule: Rule) -> list[str]:
    """Return a rule in sentences."""
    found = [str(FIRST[rule.each]) % {"top": rule.top}]
    if rule.per_unit is not None:
        found.append(ngettext("At most %(num)d of a unit.", "At most %(num)d of a unit.", rule.per_unit))
    if rule.least is not None:
        found.append(str(_l("With at least %(least)s points.")) % {"least": f"{rule.least:f}"})
    return found
