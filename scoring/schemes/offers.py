"""Schemes to start from, each a file that is a scheme of its own."""

from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l

from scoring.library import Library, Offer

LIBRARY = Library(
    Path(__file__).parent / "library",
    Offer(
        "theory-practical",
        _l("Theory and practice"),
        _l("30% written paper, 70% practical work: points, measurements, deductions; time breaks ties."),
    ),
    Offer(
        "next-level",
        _l("Final with carried-over score"),
        _l("The result of the preliminary counts 30%, theory 20%, practical work 50% of the final."),
    ),
    Offer(
        "worldskills",
        _l("WorldSkills"),
        _l("100 marks: three judges give levels 0 to 3, the panel measures; medals by scale score."),
    ),
    Offer(
        "five-judges",
        _l("Five judges, trimmed"),
        _l("Each of five judges gives points; the highest and the lowest are left out."),
    ),
    Offer(
        "deductions",
        _l("Deduction sheet"),
        _l("100 points less a fixed number for each fault, item by item, never below 0."),
    ),
    Offer(
        "indicators",
        _l("Indicator table"),
        _l("Labour competition by quarters: achieved against target, safety, prizes by threshold."),
    ),
    Offer(
        "project-contest",
        _l("Project labour contest"),
        _l("Progress, quality, safety and innovation of a period, each section against its own targets."),
    ),
    Offer(
        "safety-cup",
        _l("Ankang Cup table"),
        _l("Assessment of safety work: a winning unit from 95 points. Titles are told beside the result."),
    ),
    Offer(
        "team-leader",
        _l("Team leaders"),
        _l("A contest for a role without a trade: paper 30%, management case 40%, interview 30%."),
    ),
    Offer(
        "innovation",
        _l("Innovation rubric"),
        _l("Experts assess achievements by four criteria; with too few of them the mean counts."),
    ),
)


def empty_document() -> dict[str, Any]:
    """Return the least that the table of the editor can start with: one stage, one criterion, one aspect."""
    aspect = {"code": "A1", "title": "", "kind": "score", "max": "100", "step": "0.5"}
    criterion = {"code": "A", "title": "", "aspects": [aspect]}
    return {
        "format": "scheme/1",
        "title": "",
        "stages": [{"code": "P", "title": "", "max": "100", "criteria": [criterion]}],
        "total": {"places": 2, "min": "0"},
        "ranking": {"order": "desc", "share": False, "ties": [{"by": "manual"}]},
    }
