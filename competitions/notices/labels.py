"""The words for kinds and states of notices, and for how a period stands."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from competitions.notices import rules

KINDS: dict[str, Any] = {
    "call": _l("Call for a competition"),
    "entrants": _l("List of entrants"),
    "result": _l("Notice of results"),
    "award": _l("Notice of awards"),
    "correction": _l("Correction"),
    "other": _l("Other notice"),
}
STATES: dict[str, Any] = {
    "draft": _l("Not published"),
    "published": _l("Published"),
    "withdrawn": _l("Withdrawn"),
}
STATE_CHIPS = {"draft": "off", "published": "ok", "withdrawn": "bad"}
PUBLIC_BOARD: Any = _l("Notice board")


def standing_chip(starts: date | None, ends: date | None, today: date) -> tuple[str, str] | None:
    """Return (kind of chip, words) of a notice's period; None where it has none."""
    standing = rules.standing(starts, ends, today)
    if standing is None:
        return None
    if standing.state == "over":
        return "off", str(_l("Period for objections over"))
    if standing.state == "before":
        words = ngettext(
            "Objections from tomorrow on", "Objections from %(num)d days on from today", standing.days
        )
        return "info", words
    if standing.days == 0:
        return "warn", str(_l("Objections until today"))
    return "warn", ngettext(
        "%(num)d more day for objections", "%(num)d more days for objections", standing.days
    )
