"""The lists of a competition: one for each honour and level, with the shares that it is held against."""

from collections.abc import Sequence
from typing import NamedTuple

from core import refusals
from core.refusals import Refusal
from scoring.honours import rules
from scoring.honours.models import Honour
from scoring.honours.rules import KINDS, LIVE, RECOMMENDED, Fact, Outcome


class HonourList(NamedTuple):
    """All recommendations for one honour at one level; `outcomes` are of those that count."""

    kind: str
    level: str
    rows: tuple[Honour, ...]
    outcomes: tuple[Outcome, ...]
    waiting: int

    @property
    def groups(self) -> tuple[str, ...]:
        """Return the groups that its people are told apart by."""
        return KINDS[self.kind].groups

    @property
    def asks_migrant(self) -> bool:
        """Say whether a share of migrant workers is asked."""
        return any(check.what == "migrant" for check in KINDS[self.kind].checks)


def lists_of(rows: Sequence[Honour]) -> list[HonourList]:
    """Return the lists, by honour and level in their order."""
    found = []
    for kind in KINDS.values():
        for level in rules.LEVELS:
            own = tuple(row for row in rows if (row.kind, row.level) == (kind.name, level))
            if own:
                facts = [_fact(row) for row in own if row.state in LIVE]
                waiting = sum(row.state == RECOMMENDED for row in own)
                found.append(HonourList(kind.name, level, own, tuple(rules.checked(kind, facts)), waiting))
    return found


def words_of(code: str) -> str:
    """Return the sentence of a refusal."""
    return refusals.words(Refusal(code))


def _fact(row: Honour) -> Fact:
    return Fact(row.grouping, row.migrant, row.unit.ownership if row.unit is not None else "")
