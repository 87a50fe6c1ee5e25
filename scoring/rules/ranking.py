"""Rank totals and tell equal ones apart, comparator by comparator (SCHEME.md section 5).

The order is a function of totals, comparators and decisions alone. Entries that nothing separates share their
rank; they are only listed by code, which decides nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from scoring.rules.comparators import Tally, compared_value
from scoring.rules.findings import Finding, error
from scoring.rules.numbers import Exact

BY_TOTAL = -1


@dataclass(frozen=True, slots=True)
class Group:
    """Entries that share a rank, in code order.

    `split` names what sets the group apart from the one before it: the number of a comparator of the chain,
    or BY_TOTAL. `is_open` says that a finding asks for these entries to be told apart.
    """

    rank: int
    entries: tuple[str, ...]
    split: int
    is_open: bool


class Part(NamedTuple):
    """A part of a group of equal totals, before it has its rank."""

    entries: tuple[str, ...]
    split: int = BY_TOTAL
    is_open: bool = False


class Step(Protocol):
    """One step of a tie chain: what it compares, and which values of it are better."""

    @property
    def by(self) -> str:
        """Name what is compared."""

    @property
    def order(self) -> str:
        """Say whether larger values are better (`desc`) or smaller ones (`asc`)."""


class Chain(Protocol):
    """Which totals are better, whether ranks may be shared, and what separates equal totals."""

    @property
    def order(self) -> str:
        """Say whether larger totals are better (`desc`) or smaller ones (`asc`)."""

    @property
    def share(self) -> bool:
        """Say whether equals that nothing separates share their rank."""

    @property
    def ties(self) -> Sequence[Step]:
        """Return the steps of the tie chain."""


class Ranker(NamedTuple):
    """What ranks totals: the chain, the value of a step for an entry (None: missing), the findings.

    `unresolved` names the message for a tie that nothing separates.
    """

    chain: Chain
    compare: Callable[[Any, str], Any]
    findings: list[Finding]
    unresolved: str = "tie"


def rank_entries(tally: Tally, entries: Iterable[str], findings: list[Finding]) -> list[Group]:
    """Return the groups of equal rank of a result from the best down."""
    totals = {entry: total for entry in entries if (total := tally.totals[entry]) is not None}
    ranker = Ranker(tally.scheme.ranking, lambda step, entry: compared_value(tally, step, entry), findings)
    return rank_totals(ranker, totals)


def rank_totals(ranker: Ranker, totals: Mapping[str, Exact]) -> list[Group]:
    """Return the groups of equal rank from the best down; ranks skip after a shared one (1, 2, 2, 4)."""
    groups: list[Group] = []
    rank = 1
    for equal in _split(totals, ranker.chain.order == "desc"):
        for part in _separate(ranker, equal):
            groups.append(Group(rank, part.entries, part.split, part.is_open))
            rank += len(part.entries)
    return groups


def _split(values: Mapping[str, Any], largest_first: bool) -> list[tuple[str, ...]]:
    found: dict[Any, list[str]] = {}
    for entry, value in values.items():
        found.setdefault(value, []).append(entry)
    return [tuple(sorted(found[value])) for value in sorted(found, reverse=largest_first)]


def _separate(ranker: Ranker, equal: tuple[str, ...]) -> list[Part]:
    parts = [Part(equal)]
    for number, step in enumerate(ranker.chain.ties):
        parts = [
            smaller
            for part in parts
            for smaller in (_apply(ranker, part, number, step) if _is_tied(part) else [part])
        ]
    if ranker.chain.share:
        return parts
    return [_refuse(ranker, part) if _is_tied(part) else part for part in parts]


def _is_tied(part: Part) -> bool:
    return len(part.entries) > 1 and not part.is_open


def _apply(ranker: Ranker, part: Part, number: int, step: Step) -> list[Part]:
    compared = {entry: ranker.compare(step, entry) for entry in part.entries}
    values = {entry: value for entry, value in compared.items() if value is not None}
    if len(values) < len(compared):
        missing = sorted(set(compared) - set(values))
        params = {"entries": ", ".join(part.entries), "missing": ", ".join(missing)}
        variant = step.by if step.by in ("manual", "value") else "time"
        ranker.findings.append(error("MISSING_TIEBREAK_VALUE", variant, where_tied(part.entries), **params))
        return [part._replace(is_open=True)]
    smaller = _split(values, step.order == "desc")
    return [Part(entries, number if index else part.split) for index, entries in enumerate(smaller)]


def _refuse(ranker: Ranker, part: Part) -> Part:
    entries = ", ".join(part.entries)
    where = where_tied(part.entries)
    ranker.findings.append(error("UNRESOLVED_TIE", ranker.unresolved, where, entries=entries))
    return part._replace(is_open=True)


def where_tied(entries: Iterable[str]) -> str:
    """Return the place of a finding about a tie: the sorted entry codes joined by commas."""
    return ",".join(sorted(entries))
