"""Rank totals and tell equal ones apart, comparator by comparator (SCHEME.md section 5).

The order is a function of totals, comparators and decisions alone. Entries that nothing separates share their
rank; they are only listed by code, which decides nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from scoring.rules.comparators import Tally, compared_value
from scoring.rules.findings import Finding, error
from scoring.rules.model import Comparator
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


def rank_entries(tally: Tally, entries: Iterable[str], findings: list[Finding]) -> list[Group]:
    """Return the groups of equal rank from the best down; ranks skip after a shared one (1, 2, 2, 4)."""
    groups: list[Group] = []
    rank = 1
    for equal in _by_total(tally, entries):
        for part in _separate(tally, equal, findings):
            groups.append(Group(rank, part.entries, part.split, part.is_open))
            rank += len(part.entries)
    return groups


def _by_total(tally: Tally, entries: Iterable[str]) -> list[tuple[str, ...]]:
    totals = {entry: total for entry in entries if (total := tally.totals[entry]) is not None}
    return _split(totals, tally.scheme.ranking.order == "desc")


def _split(values: Mapping[str, Exact], largest_first: bool) -> list[tuple[str, ...]]:
    found: dict[Exact, list[str]] = {}
    for entry, value in values.items():
        found.setdefault(value, []).append(entry)
    return [tuple(sorted(found[value])) for value in sorted(found, reverse=largest_first)]


def _separate(tally: Tally, equal: tuple[str, ...], findings: list[Finding]) -> list[Part]:
    parts = [Part(equal)]
    for number, comparator in enumerate(tally.scheme.ranking.ties):
        parts = [
            smaller
            for part in parts
            for smaller in (_apply(tally, part, number, comparator, findings) if _is_tied(part) else [part])
        ]
    if tally.scheme.ranking.share:
        return parts
    return [_refuse(part, findings) if _is_tied(part) else part for part in parts]


def _is_tied(part: Part) -> bool:
    return len(part.entries) > 1 and not part.is_open


def _apply(
    tally: Tally, part: Part, number: int, comparator: Comparator, findings: list[Finding]
) -> list[Part]:
    compared = {entry: compared_value(tally, comparator, entry) for entry in part.entries}
    values = {entry: value for entry, value in compared.items() if value is not None}
    if len(values) < len(compared):
        missing = sorted(set(compared) - set(values))
        params = {"entries": ", ".join(part.entries), "missing": ", ".join(missing)}
        variant = "manual" if comparator.by == "manual" else "time"
        findings.append(error("MISSING_TIEBREAK_VALUE", variant, where_tied(part.entries), **params))
        return [part._replace(is_open=True)]
    smaller = _split(values, comparator.order == "desc")
    return [Part(entries, number if index else part.split) for index, entries in enumerate(smaller)]


def _refuse(part: Part, findings: list[Finding]) -> Part:
    entries = ", ".join(part.entries)
    findings.append(error("UNRESOLVED_TIE", "tie", where_tied(part.entries), entries=entries))
    return part._replace(is_open=True)


def where_tied(entries: Iterable[str]) -> str:
    """Return the place of a finding about a tie: the sorted entry codes joined by commas."""
    return ",".join(sorted(entries))
