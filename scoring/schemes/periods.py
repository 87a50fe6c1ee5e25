"""Make the periods of a labour contest from one indicator table: each period a stage of its own. Pure.

The table is the first stage of a scheme. The year is the sum of the periods or their mean; a mean only of as
many periods as have an exact share (a half, a quarter, a fifth …), because a total is never an approximation.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any, Literal

from scoring.rules.model import Scheme
from scoring.rules.numbers import ONE, format_short

Way = Literal["mean", "sum"]
MOST_PERIODS = 24


def with_periods(document: Mapping[str, Any], titles: Sequence[str], way: Way) -> dict[str, Any]:
    """Return the scheme with its first stage once for each title, in their order; codes are P1, P2, …

    Comparators below a stage fall away where they named a stage that is gone.
    Raises: ValueError for a mean without an exact share; ask `has_exact_mean` first.
    """
    if way == "mean" and not has_exact_mean(len(titles)):
        raise ValueError(f"a mean of {len(titles)} periods has no exact share")
    made = deepcopy(dict(document))
    table = {key: value for key, value in made["stages"][0].items() if key != "weight"}
    weight = {"weight": format_short(ONE // len(titles))} if way == "mean" else {}
    made["stages"] = [
        deepcopy(table) | {"code": f"P{number}", "title": title} | weight
        for number, title in enumerate(titles, start=1)
    ]
    made["weights"] = "share" if way == "mean" else "plain"
    ranking = made.get("ranking", {})
    if "ties" in ranking:
        ranking["ties"] = [tie for tie in ranking["ties"] if "code" not in tie]
    return made


def has_exact_mean(periods: int) -> bool:
    """Say whether the share of one of so many periods is a decimal of at most six places."""
    return periods > 0 and ONE % periods == 0


def is_table(scheme: Scheme) -> bool:
    """Say whether a scheme is one of indicators, which are assessed period by period."""
    return any(aspect.kind == "indicator" for aspect in scheme.stages[0].aspects)
