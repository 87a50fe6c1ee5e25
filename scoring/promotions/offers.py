"""Promotion rules to start from: those of public rule books, each a document that names its source."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from scoring.library import Library, Offer

LIBRARY = Library(
    Path(__file__).parent / "library",
    Offer(
        "national",
        _l("National skills competition"),
        _l("Merit prize and above: to technician; technicians: to senior technician."),
    ),
    Offer("zhoushan", _l("Zhoushan"), _l("Ranks 1 to 6: to technician.")),
    Offer("lvliang", _l("Lüliang"), _l("Rank 4 down to half of the field: to senior worker.")),
    Offer(
        "chongqing",
        _l("Chongqing"),
        _l("Any prize: to technician. A pass in every stage: to senior worker."),
    ),
    Offer(
        "shijiazhuang-2010",
        _l("Shijiazhuang 2010"),
        _l("A pass in every stage: ranks 2 to 10 to senior worker or technician, all others one level up."),
    ),
    Offer(
        "hainan",
        _l("Hainan"),
        _l("Gold, silver, bronze: to technician or senior technician. Merit prize: one step lower."),
    ),
)


def empty_text() -> str:
    """Return the least that one's own rules can start with."""
    return '{\n  "format": "promotion/1",\n  "title": "",\n  "rules": []\n}\n'
