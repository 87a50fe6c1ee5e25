"""How each figure is counted (口径), in the words that stand beside it on every page and document.

Source of the indicators: DOMAIN.md section 9.2 (C01, C02, C04, C05, C06).
"""

from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l


class Indicator(NamedTuple):
    """One figure: its field in Figures, name, unit, whether rows may be added, and its definition."""

    field: str
    name: Any
    unit: Any
    additive: bool
    definition: Any


INDICATORS = (
    Indicator(
        "competitions",
        _l("Competitions held"),
        _l("competitions"),
        False,
        _l(
            "Competitions with at least one event whose result has been announced. One with events in "
            "several trades stands in each row, and once in the total."
        ),
    ),
    Indicator(
        "events",
        _l("Events held"),
        _l("events"),
        True,
        _l("Events (one trade and group each) whose result has been announced; cancelled ones do not count."),
    ),
    Indicator(
        "sittings",
        _l("Sittings held"),
        _l("sittings"),
        True,
        _l(
            "Sittings recorded as held in these events: one for each stage, batch and site. Planned and "
            "cancelled ones do not count."
        ),
    ),
    Indicator(
        "participations",
        _l("Participations"),
        _l("person-times"),
        True,
        _l(
            "Everybody who checked in, counted once for each event; members of teams singly, without "
            "substitutes and coaches. Where no check-in was kept, everybody who was not absent. Exhibition "
            "entries do not count."
        ),
    ),
    Indicator(
        "people",
        _l("Different people"),
        _l("persons"),
        False,
        _l(
            "Different people, each counted once however often they took part: the same ID number, or "
            "without one the same name in the same unit. Rows cannot be added."
        ),
    ),
    Indicator(
        "units",
        _l("Units taking part"),
        _l("units"),
        False,
        _l("Different units with at least one entry that took part. Rows cannot be added."),
    ),
    Indicator(
        "awards",
        _l("Awards"),
        _l("awards"),
        True,
        _l("Entries that won any prize in the newest announced result."),
    ),
    Indicator(
        "first_prizes",
        _l("First prizes"),
        _l("awards"),
        True,
        _l("Of these, the ones in the highest tier of the event's rules."),
    ),
)
