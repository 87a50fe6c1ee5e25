"""Rank totals and tell equal ones apart, comparator by comparator (SCHEME.md section 5).

The order is a function of totals, comparators and decisions alone. Entries that nothing separates share their
rank; they are only listed by code, which decides nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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
    split: int = BY_TOTAL
    is_open: bool = False


def rank_entries(tally: Tally, entries: Iterable[str], findings: list[Finding]) -> list[Group]:
    """Return the groups of equal rank from the best down; ranks skip after a shared one (1, 2, 2, 4)."""
    groups: list[Group] = []
    rank = 1
    for equal in _by_total(tally, entries):
        for group in _separate(tally, equal, findings) if len(equal) > 1 else [Group(0, equal)]:
            groups.append(Group(rank, group.entries, group.split, group.is_open))
            rank += len(group.entries)
    return groups


def _by_total(tally: Tally, entries: Iterable[str]) -> list[tuple[str, ...]]:
    totals = {entry: total for entry in entries if (total := tally.totals[entry]) is not None}
    return _split(totals, tally.scheme.ranking.order == "desc")


def _split(values: Mapping[str, Exact], largest_first: bool) -> list[tuple[str, ...]]:
    found: dict[Exact, list[str]] = {}
    for entry, value in values.items():
        found.setdefault(value, []).append(entry)
    return [tuple(sorted(found[value])) for value in sorted(found, reverse=largest_first)]


def _separate(tally: Tally, equal: tuple[str, ...], findings: list[Finding]) -> list[Group]:
    groups = [Group(0, equal)]
    for number, comparator in enumerate(tally.scheme.ranking.ties):
        groups = [
            part
            for group in groups
            for part in (_apply(tally, group, number, comparator, findings) if _is_tied(group) else [group])
        ]
    if tally.scheme.ranking.share:
        return groups
    return [_refuse(group, findings) if _is_tied(group) else group for group in groups]


def _is_tied(group: Group) -> bool:
    return len(group.entries) > 1 and not group.is_open


def _apply(
    tally: Tally, group: Group, number: int, comparator: Comparator, findings: list[Finding]
) -> list[Group]:
    compared = {entry: compared_value(tally, comparator, entry) for entry in group.entries}
    values = {entry: value for entry, value in compared.items() if value is not None}
    if len(values) < len(compared):
        missing = sorted(set(compared) - set(values))
        params = {"entries": ", ".join(group.entries), "missing": ", ".join(missing)}
        variant = "manual" if comparator.by == "manual" else "time"
        findings.append(error("MISSING_TIEBREAK_VALUE", variant, where_tied(group.entries), **params))
        return [Group(0, group.entries, group.split, is_open=True)]
    largest_first = comparator.by != "manual" and comparator.order == "desc"
    parts = _split(values, largest_first)
    return [Group(0, part, number if index else group.split) for index, part in enumerate(parts)]


def _refuse(group: Group, findings: list[Finding]) -> Group:
    entries = ", ".join(group.entries)
    findings.append(error("UNRESOLVED_TIE", "tie", where_tied(group.entries), entries=entries))
    return Group(0, group.entries, group.split, is_open=True)


def where_tied(entries: Iterable[str]) -> str:
    """Return the place of a finding about a tie: the sorted entry codes joined by commas."""
    return ",".join(sorted(entries))
