"""In which steps a frozen result is uncovered: from the last to the first. Pure.

Everybody with a rank comes in the manner "rank"; in the manner "award" whoever has an award, prize by prize.
The best come one rank at a time, the others some at once, so that a large screen can show them.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from scoring.results.rules import StandingRow

MANNERS = ("award", "rank")
SINGLY = 3  # so many ranks come one at a time if nothing else is said
MOST_SINGLY = 30
AT_ONCE = 8  # rows on one screen
STATES = frozenset({"tabulated", "announced", "final", "archived"})


class Step(NamedTuple):
    """What one step uncovers: ranks `best` to `last`, or those of them with this award; `part` of `parts`."""

    award: str
    best: int
    last: int
    part: int
    parts: int
    rows: Sequence[StandingRow]

    @property
    def single(self) -> bool:
        """Say whether the step uncovers one rank alone."""
        return self.best == self.last


def plan(rows: Iterable[StandingRow], manner: str, singly: int) -> list[Step]:
    """Return the steps of a ceremony in their order, the winner last; equal ranks are never parted.

    Shape: `manner` is one of MANNERS; ranks up to `singly` come one at a time.
    """
    ranked = sorted((row for row in rows if row.rank is not None), key=lambda row: row.position)
    if manner == "award":
        ranked = [row for row in ranked if row.award]

    def group(row: StandingRow) -> tuple[str, int]:
        alone = row.rank if row.rank is not None and row.rank <= singly else 0
        return (row.award if manner == "award" else ""), alone

    steps: list[Step] = []
    for (award, _alone), same in groupby(ranked, key=group):
        steps += _screens(award, list(same))
    return steps[::-1]


def _screens(award: str, rows: Sequence[StandingRow]) -> list[Step]:
    """Return a group as steps of a screen each; on a screen the best stand first."""
    screens: list[list[StandingRow]] = [[]]
    for _rank, equal in groupby(rows, key=lambda row: row.rank):
        tied = list(equal)
        if screens[-1] and len(screens[-1]) + len(tied) > AT_ONCE:
            screens.append([])
        screens[-1] += tied
    parts = len(screens)
    return [
        Step(award, screen[0].rank or 0, screen[-1].rank or 0, parts - number, parts, screen)
        for number, screen in enumerate(screens)
    ]
