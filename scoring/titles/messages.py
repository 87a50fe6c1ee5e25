"""The words for what stands against a title, and for what is refused."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from core import refusals
from core.texts import nested
from scoring.honours.labels import named
from scoring.titles import rules

FAULTS: Mapping[str, Any] = {
    rules.INELIGIBLE: _l("vetoed: no title, whatever the score"),
    rules.UNRANKED: _l("no complete score"),
    rules.BELOW: _l("below %(threshold)s points"),
    rules.EARLIER: _l("has not held “%(title)s” before"),
    rules.YEARS: _l("has not held “%(title)s” for %(number)s years in a row"),
    rules.QUOTA: _l("beyond the quota of %(number)s for each province"),
    rules.TIE: _l("equal points at the border of the quota of %(number)s: decide who is put forward"),
}


def fault_words(rule: Mapping[str, Any], fault: tuple[str, int]) -> str:
    """Return what stands against a title in words."""
    kind, number = fault
    needs = rule["needs"]
    title = named(needs["level"], needs["honour"]) if needs is not None else ""
    return nested(str(FAULTS[kind]) % {"threshold": rule["threshold"], "title": title, "number": number})


refusals.register(
    {
        "TITLES_CHANGED": _l("Somebody else has saved the titles meanwhile. Open the page again."),
        "TITLE_THRESHOLD": _l("“%(value)s” is no number of points, for example 95 or 98.5."),
        "TITLE_QUOTA": _l(
            "“%(value)s” is no number of places: write a whole number, or nothing for no quota."
        ),
    }
)
