"""Methods of standings to start from: those of public rule books, each a document that says its rule."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from scoring.library import Library, Offer

LIBRARY = Library(
    Path(__file__).parent / "library",
    Offer(
        "three-members",
        _l("Sum of three members"),
        _l("The totals of three members; equal: the practical stage."),
    ),
    Offer("best-three", _l("Best three per event"), _l("The three best of a unit in each event, added up.")),
    Offer(
        "rank-points", _l("Points for ranks"), _l("10, 9, 8, 7, 6, 5, then 4 to rank 10, 1 for all others.")
    ),
    Offer(
        "award-points",
        _l("Points for prizes"),
        _l("First prize 8, second 4, third 2, passed 1; none: not ranked."),
    ),
    Offer("medal-points", _l("Points for medals"), _l("Gold 4, silver 3, bronze 2, Medallion 1; by union.")),
    Offer(
        "medal-average",
        _l("Points for medals, average"),
        _l("The same, divided by the events entered; by union."),
    ),
    Offer(
        "scale-average", _l("Average scale score"), _l("WorldSkills scale scores over the events; by union.")
    ),
)
