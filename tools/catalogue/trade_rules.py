"""Which trades belong to which industry of the union reports: the project's own rule, as code prefixes.

A prefix is a code of the Occupational Classification without its trailing zero pairs: "6-16-01" takes the
whole small group, "6-18-02-04" one occupation. A trade may belong to several industries. Nobody publishes
such a list; an administrator changes it in the browser where a union counts otherwise.
"""

from collections.abc import Iterable

# Trades that every works of the heavy industries has: welder, crane operator, fitter, electrician, instrument
# and machine repairer, safety officer. They follow after the industry's own.
COMMON_TRADES = (
    "6-18-02-04",
    "6-30-05-01",
    "6-31-01-02",
    "6-31-01-03",
    "6-31-01-04",
    "6-31-01-10",
    "6-31-06-00",
)

OWN_TRADES: dict[str, tuple[str, ...]] = {
    "coal": ("2-02-03", "6-10-02", "6-10-03", "6-16-01", "6-16-02-09", "6-21-01-01"),
    "electricity": (
        "2-02-12",
        "4-11-01",
        "6-28-01",
        "6-29-02-11",
        "6-29-02-12",
        "6-29-03-07",
        "6-29-03-08",
        "6-31-01-05",
        "6-31-01-06",
        "6-31-01-07",
        "6-31-01-08",
    ),
    "petroleum": (
        "2-02-04",
        "2-02-06",
        "4-02-02-08",
        "6-10-01",
        "6-11-01",
        "6-16-02",
        "6-28-02-01",
        "6-31-03-01",
    ),
    "clean-energy": (
        "2-02-12-01",
        "2-02-27-04",
        "2-02-27-05",
        "2-02-27-07",
        "2-02-30-06",
        "4-09-07-04",
        "4-11-01-03",
        "5-05-03",
        "6-20-02-04",
        "6-24-02-04",
        "6-24-04-00",
        "6-28-01-08",
        "6-28-01-09",
        "6-28-01-10",
        "6-28-01-12",
        "6-28-01-14",
        "6-28-01-15",
        "6-31-01-06",
    ),
    "surveying": ("2-02-02", "4-08-03", "4-08-04"),
    "medicine": (
        "2-02-32",
        "2-02-35",
        "2-05-06",
        "4-01-05-02",
        "4-08-05-04",
        "5-01-02-05",
        "6-12",
        "6-21-06",
        "6-31-03-03",
        "x-chinese-medicine-craft",
        "x-prosthesis-making",
    ),
    "chemicals": ("2-02-06", "6-11", "6-13", "6-31-03-01"),
    "geology": ("2-02-01", "4-08-07", "x-jade-carving"),
    "machinery": (
        "2-02-07",
        "2-02-11",
        "6-18",
        "6-20",
        "6-21",
        "6-22",
        "6-24",
        "6-26",
        "6-31-01",
        "6-31-03-02",
        "6-31-03-04",
        "6-31-07",
        "x-team-leader",
    ),
    "metallurgy": (
        "2-02-05",
        "6-10-02",
        "6-15-06",
        "6-16-01",
        "6-17-01",
        "6-17-02",
        "6-17-03",
        "6-17-04",
        "6-17-09",
        "6-31-03-02",
    ),
    "nonferrous": (
        "2-02-05-01",
        "2-02-05-02",
        "2-02-05-04",
        "2-02-05-09",
        "6-16-01",
        "6-17-05",
        "6-17-06",
        "6-17-07",
        "6-17-08",
        "6-17-09",
        "6-17-10",
        "6-31-03-02",
        "x-team-leader",
    ),
    "building-materials": ("2-02-19", "6-15", "6-31-03-02"),
    "gold": (
        "2-02-03",
        "4-08-05-03",
        "6-09-03-15",
        "6-16-01",
        "6-17-05",
        "6-17-07-06",
        "6-19-01-08",
    ),
}
WITHOUT_COMMON_TRADES = {"clean-energy", "geology", "medicine", "surveying"}

HEADER = ("trade", "industry", "rule", "source")


def rules_of(industry: str) -> tuple[str, ...]:
    """Return the prefixes of an industry, its own first."""
    common = () if industry in WITHOUT_COMMON_TRADES else COMMON_TRADES
    return OWN_TRADES[industry] + common


def make_rows(trade_keys: Iterable[str]) -> list[dict[str, str]]:
    """Return one row for each trade and industry, with the first rule that joined them.

    Raises: ValueError for a rule that no trade answers to.
    """
    keys = list(trade_keys)
    rows = []
    for industry in OWN_TRADES:
        joined: dict[str, str] = {}
        for rule in rules_of(industry):
            found = [key for key in keys if key == rule or key.startswith(rule + "-")]
            if not found:
                raise ValueError(f"{industry}: no trade answers to {rule}")
            for key in found:
                joined.setdefault(key, rule)
        rows += [_row(key, industry, joined[key]) for key in keys if key in joined]
    return rows


def _row(trade: str, industry: str, rule: str) -> dict[str, str]:
    return {"trade": trade, "industry": industry, "rule": rule, "source": "project"}
