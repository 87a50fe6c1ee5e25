"""Who is qualified to judge a trade on a day. Pure."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

LEVELS = ("national", "provincial", "municipal", "industrial", "enterprise")
QUALIFIED, EXPIRED, OTHER, UNKNOWN = STANDINGS = ("qualified", "expired", "other", "unknown")


class Held(NamedTuple):
    """One qualification: for a trade or for none in particular, its level, its last day (None: no end)."""

    trade_id: int | None
    level: str
    valid_until: date | None = None


def is_expired(valid_until: date | None, day: date) -> bool:
    """Say whether a qualification has ended before this day; its last day still counts."""
    return valid_until is not None and valid_until < day


def standing(held: Iterable[Held], trade_id: int | None, day: date) -> tuple[str, str]:
    """Return how somebody stands to a trade on a day, and by which level.

    Shape: (one of STANDINGS, the best level that says so, or "" without any). For an event without a trade
    every qualification counts; for one with a trade those of this very trade alone.
    """
    known = list(held)
    fitting = [one for one in known if trade_id is None or one.trade_id == trade_id]
    valid = [one for one in fitting if not is_expired(one.valid_until, day)]
    for name, some in ((QUALIFIED, valid), (EXPIRED, fitting), (OTHER, known)):
        if some:
            return name, min((one.level for one in some), key=LEVELS.index)
    return UNKNOWN, ""


def order(found: tuple[str, str]) -> tuple[int, int]:
    """Return what sorts judges: the qualified first, among them the higher level."""
    name, level = found
    return STANDINGS.index(name), LEVELS.index(level) if level else len(LEVELS)
