"""The templates, one for each kind of activity that is scored; each names what it is made of."""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from scoring.schemes.quarters import QUARTERS


@dataclass(frozen=True)
class Template:
    """A contest to start from.

    `kind` is the key of the kind of activity, `scheme` one of the library of schemes, `standings` keys of
    methods with whose standing each is. `event`, `role` and `periods` are proposed, in the page's language.
    `checks`: whoever starts it may also be the one who confirms the values.
    """

    key: str
    kind: str
    name: Any
    says: Any
    event: Any
    entry_kind: str
    scheme: str
    periods: tuple[Any, ...] = ()
    standings: tuple[tuple[str, str], ...] = ()
    role: Any = ""
    asks_trade: bool = False
    checks: bool = False


PEOPLE = (("best-three", "unit"),)
TEMPLATES = {
    template.key: template
    for template in (
        Template(
            "project", "LABOUR_PROJECT", _l("Labour contest of a project"),
            _l("Sections of one project, quarter by quarter: own targets, self-reports, checks, red banner."),
            _l("Contest of the sections"), "unit", "project-contest", QUARTERS, checks=True,
        ),
        Template(
            "industry", "LABOUR_INDUSTRY", _l("Labour contest on an industry theme"),
            _l("Plants, stations, units of one industry by quarters against one table of indicators."),
            _l("Contest of the units"), "unit", "indicators", QUARTERS, checks=True,
        ),
        Template(
            "safety", "SAFETY_CUP", _l("Ankang Cup"),
            _l("The table of the year: self-assessment, spot check, titles from 95 and 98 points."),
            _l("Winning units"), "unit", "safety-cup", checks=True,
        ),
        Template(
            "role", "SKILL_ROLE", _l("Contest for a post or role"),
            _l("Team leaders, filling station attendants: people, their stations and companies are ranked."),
            _l("Contest of people"), "person", "team-leader",
            standings=(("best-three", "unit"), ("best-three", "union")), role=_l("Head of a work team"),
        ),
        Template(
            "trade", "SKILL_TRADE", _l("Vocational skills contest"),
            _l("One trade: written paper 30%, practical work 70%; units by their three best."),
            _l("Final"), "person", "theory-practical", standings=PEOPLE, asks_trade=True,
        ),
        Template(
            "innovation", "INNOVATION", _l("Selection of innovations"),
            _l("Achievements, proposals, “five small” works, marked by experts."),
            _l("Selection of achievements"), "work", "innovation",
        ),
        Template(
            "worldskills", "WORLDSKILLS", _l("Contest in the WorldSkills manner"),
            _l("100 marks by levels and measurements, medals by the scale score; delegations are ranked."),
            _l("Final"), "person", "worldskills", standings=(("medal-points", "union"),),
        ),
    )
}  # fmt: skip
