"""How each computed figure is counted (口径), in the words that stand beside it on every page and document.

The codes are those of the dictionary (competitions.indicators); in the order of figures.Figures.
"""

from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l


class Indicator(NamedTuple):
    """One figure: its code in the dictionary (or a name), what it counts, whether rows may be added."""

    code: str
    kind: str
    name: Any
    unit: Any
    additive: bool
    definition: Any


INDICATORS = (
    Indicator(
        "competitions",
        "number",
        _l("Competitions held"),
        _l("competitions"),
        False,
        _l(
            "Competitions with at least one of these events. One with events in several trades stands in "
            "each row, and once in the total."
        ),
    ),
    Indicator(
        "C01",
        "number",
        _l("Events held"),
        _l("events"),
        True,
        _l(
            "Events (one trade and group each) whose first day lies in the period and that were not "
            "cancelled; without a day, those of the competition's year."
        ),
    ),
    Indicator(
        "C02",
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
        "C05",
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
        "C06",
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
        "C04",
        "number",
        _l("Units taking part"),
        _l("units"),
        False,
        _l("Different units with at least one entry that took part. Rows cannot be added."),
    ),
    Indicator(
        "awards",
        "number",
        _l("Awards"),
        _l("awards"),
        True,
        _l("Entries that won any prize in the newest announced result."),
    ),
    Indicator(
        "first_prizes",
        "number",
        _l("First prizes"),
        _l("awards"),
        True,
        _l("Of these, the ones in the highest tier of the event's rules."),
    ),
    Indicator(
        "C03",
        "number",
        _l("Hosts"),
        _l("hosts"),
        False,
        _l(
            "Different bodies that held these competitions: the host bodies named with each, or where none "
            "is named the union that owns it. The same name is the same body."
        ),
    ),
    Indicator(
        "C09",
        "participations",
        _l("Promotions approved"),
        _l("person-times"),
        True,
        _l(
            "Promotions of the skill level that the human-resources authority approved on account of these "
            "events, as recorded with its document; proposals do not count."
        ),
    ),
    Indicator(
        "announced",
        "number",
        _l("Results announced"),
        _l("events"),
        True,
        _l("Of these events, the ones whose result has been announced; everything else counts these alone."),
    ),
    Indicator(
        "C08a",
        "number",
        _l("Industries covered"),
        _l("industries"),
        False,
        _l("Different industries of these competitions, as union reports name them, each counted once."),
    ),
    Indicator(
        "C08b",
        "number",
        _l("Trades covered"),
        _l("trades"),
        False,
        _l("Different trades of these events, each counted once."),
    ),
)
