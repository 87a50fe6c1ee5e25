"""The words of the editor's choices, and which fields each kind of aspect has beyond the table's columns."""

from typing import Any

from flask_babel import lazy_gettext as _l

from scoring.schemes.wording.aspects import KINDS, METHODS

TIES: dict[str, Any] = {
    "stage": _l("the score of a stage"),
    "criterion": _l("the score of a criterion"),
    "aspect": _l("an aspect or a time"),
    "kind": _l("the sum of a kind of marking"),
    "penalties": _l("penalty points"),
    "manual": _l("the chief judge's written decision"),
}
TIER_RULES: dict[str, Any] = {
    "count": _l("number of places"),
    "percent": _l("percent of the field"),
    "ranks": _l("from rank to rank"),
    "top_fraction": _l("upper part of the field"),
    "threshold": _l("points or more"),
    "place": _l("within a band of a place"),
}
ENTRIES = [
    ("points", _l("points")),
    ("pass", _l("reached or not")),
    ("value", _l("a measured value, by bands")),
]
BETTER = [("higher", _l("higher is better")), ("lower", _l("lower is better"))]
MISSING = [("refuse", _l("keeps it open")), ("exclude", _l("is left out"))]
# key, label, the kinds that have it ("" all), how it is kept
OWN_FIELDS: list[tuple[str, Any, str, Any]] = [
    ("min", _l("Minimum"), "score", "decimal"),
    ("entry", _l("Entered as"), "measurement", ("default:points", ENTRIES)),
    ("nominal", _l("Nominal value"), "measurement", "decimal"),
    ("per_false", _l("Off for each false alarm"), "count", "decimal"),
    ("zero_at", _l("0 points from so many faults on"), "deduction", "number"),
    ("limit", _l("Time limit (s)"), "time", "decimal"),
    ("early", _l("Points for each minute early"), "time", "decimal"),
    ("cap", _l("At most for being early"), "time", "decimal"),
    ("late", _l("Off for each minute late"), "time", "decimal"),
    ("target", _l("Target"), "indicator", "decimal"),
    ("better", _l("Better is"), "indicator", ("default:higher", BETTER)),
    ("panel/max_spread", _l("Highest and lowest mark apart at most"), "", "number"),
    ("panel/missing", _l("A missing judge"), "", ("default:refuse", MISSING)),
    ("factor", _l("Factor"), "", "decimal"),
    ("unit", _l("Measured in"), "", "text"),
    ("sub", _l("Sub-criterion"), "", "text"),
    ("section", _l("Standards section"), "", "text"),
    ("day", _l("Day of marking"), "", "text"),
]  # fmt: skip


def words() -> dict[str, Any]:
    """Return what the editor's templates need."""
    return {
        "kinds": KINDS,
        "methods": METHODS,
        "ties": TIES,
        "tier_rules": TIER_RULES,
        "own_fields": OWN_FIELDS,
    }
