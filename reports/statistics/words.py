"""The words for what a report is split by, and for the values of people's attributes."""

from typing import Any

from flask_babel import lazy_gettext as _l

from competitions.organisations.labels import OWNERSHIPS
from reports.statistics.rules import STATISTICAL

BASES: dict[str, Any] = {
    "calendar": _l("Calendar years"),
    "statistical": _l("Statistical years (October to September)"),
}
# Title of the table, head of its first column.
DIMENSIONS: dict[str, tuple[Any, Any]] = {
    "year": (_l("By year"), _l("Year")),
    "level": (_l("By level"), _l("Level")),
    "region": (_l("By region"), _l("Region")),
    "union": (_l("By union"), _l("Union")),
    "industry": (_l("By industry"), _l("Industry")),
    "trade": (_l("By trade"), _l("Trade")),
    "kind": (_l("By kind of activity"), _l("Kind of activity")),
    "group": (_l("By group"), _l("Group")),
    "sex": (_l("By sex"), _l("Sex")),
    "age": (_l("By age"), _l("Age")),
    "skill": (_l("By skill level"), _l("Skill level")),
    "ownership": (_l("By ownership"), _l("Ownership")),
}
STATISTICAL_YEARS = (_l("By statistical year"), _l("Statistical year"))
SEXES: dict[str, Any] = {"female": _l("Women"), "male": _l("Men")}
AGES: dict[str, Any] = {
    "-25": _l("Up to 25"),
    "26-35": _l("26 to 35"),
    "36-45": _l("36 to 45"),
    "46-55": _l("46 to 55"),
    "56-": _l("56 and older"),
}
SKILLS: dict[str, Any] = {
    "学徒工": _l("Apprentice"),
    "初级工": _l("Junior worker (5)"),
    "中级工": _l("Intermediate worker (4)"),
    "高级工": _l("Senior worker (3)"),
    "技师": _l("Technician (2)"),
    "高级技师": _l("Senior technician (1)"),
    "特级技师": _l("Special-grade technician"),
    "首席技师": _l("Chief technician"),
}
ATTRIBUTES: dict[str, dict[str, Any]] = {
    "sex": SEXES,
    "age": AGES,
    "skill": SKILLS,
    "ownership": OWNERSHIPS,
}
NOT_STATED = _l("Not stated")
OWN_CONTESTS = _l("%(name)s (its own contests)")


def heading(dimension: str, basis: str) -> tuple[str, str]:
    """Return the title of a dimension's table, and the head of its first column."""
    title, head = STATISTICAL_YEARS if (dimension, basis) == ("year", STATISTICAL) else DIMENSIONS[dimension]
    return str(title), str(head)


def value_of(attribute: str, value: str) -> str:
    """Return the word for a value of an attribute; one that nobody has named stands as it was written."""
    return str(ATTRIBUTES[attribute].get(value, value) if value else NOT_STATED)
