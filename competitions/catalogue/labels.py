"""The words for the lists of the catalogue."""

from typing import Any

from flask_babel import lazy_gettext as _l

from competitions.catalogue import data_files, queries, rules

KINDS: dict[str, Any] = {
    rules.TRADE: _l("Trades"),
    rules.INDUSTRY: _l("Industries"),
    rules.ACTIVITY_KIND: _l("Activity kinds"),
    rules.LEVEL: _l("Levels"),
    rules.REGION: _l("Regions"),
    rules.NATIONAL_UNION: _l("National unions"),
    rules.STANDARD_INDUSTRY: _l("GB/T 4754"),
    rules.TRADE_GROUP: _l("Groups of trades"),
}
# What one entry of each list is called, where one is added.
ONE: dict[str, Any] = {
    rules.TRADE: _l("Add a trade"),
    rules.INDUSTRY: _l("Add an industry"),
    rules.LEVEL: _l("Add a level"),
    rules.REGION: _l("Add a region"),
    rules.NATIONAL_UNION: _l("Add a national union"),
    rules.STANDARD_INDUSTRY: _l("Add a code of GB/T 4754"),
    rules.TRADE_GROUP: _l("Add a group of trades"),
}
ABOUT: dict[str, Any] = {
    rules.TRADE: _l(
        "Occupational classification of 2022, and free trades that stand outside it. Entries in use are "
        "retired, never deleted."
    ),
    rules.INDUSTRY: _l("Industries as union reports name them; each spans codes of GB/T 4754."),
    rules.ACTIVITY_KIND: _l("What can be held. Rules of the system hang on them: none is added here."),
    rules.LEVEL: _l("Levels of competitions, with their classes."),
    rules.REGION: _l("Provinces and prefectures with their GB/T 2260 codes."),
    rules.NATIONAL_UNION: _l("The ten national industrial unions."),
    rules.STANDARD_INDUSTRY: _l("Sections and divisions of the national standard of 2017."),
    rules.TRADE_GROUP: _l("The groups under which trades stand in the classification."),
}


def source_title(source: str) -> str:
    """Return the title of a source of the data files, or what somebody has written down by hand."""
    if source == queries.BY_HAND:
        return str(_l("Entered in this system"))
    return data_files.source_titles().get(source, source)
