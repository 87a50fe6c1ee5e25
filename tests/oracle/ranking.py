"""Section 5: ranks, ties and the 700 scale."""

from fractions import Fraction
from typing import NamedTuple

from tests.oracle.arithmetic import clamped, median, rounded
from tests.oracle.findings import Finding, UnspecifiedError
from tests.oracle.nodes import Tally
from tests.oracle.rows import Package
from tests.oracle.scheme import Node, all_aspects

NO_VALUE = None


class Ranking(NamedTuple):
    """Groups of entries that share a rank, best first, with what stands in the way of a rank."""

    groups: list[list[str]]
    findings: list[Finding]

    def ranks(self) -> dict[str, int]:
        """Return the rank of each entry; after a shared rank the next ones are skipped."""
        ranks: dict[str, int] = {}
        for group in self.groups:
            first = len(ranks) + 1
            ranks.update(dict.fromkeys(group, first))
        return ranks


def rank(package: Package, tallies: dict[str, Tally]) -> Ranking:
    """Rank the valid entries that have a total."""
    totals = {
        entry: tally.total
        for entry, tally in tallies.items()
        if package.status(entry) == "valid" and tally.total is not None
    }
    order = package.scheme["ranking"].get("order", "desc")
    groups: list[list[str]] = []
    findings: list[Finding] = []
    for group in split(sorted(totals), totals, order):
        done, wrong = break_tie(package, tallies, group, package.scheme["ranking"].get("ties", []))
        groups += done
        findings += wrong
    return Ranking(groups, findings)


def split(group: list[str], values: dict[str, Fraction], order: str) -> list[list[str]]:
    """Split a group into groups of equal value, best first."""
    steps = sorted({values[entry] for entry in group}, reverse=order == "desc")
    return [[entry for entry in group if values[entry] == step] for step in steps]


def break_tie(
    package: Package, tallies: dict[str, Tally], group: list[str], ties: list[Node]
) -> tuple[list[list[str]], list[Finding]]:
    """Take equal entries through the comparators, one after the other."""
    if len(group) == 1:
        return [group], []
    if not ties:
        shared = package.scheme["ranking"]["share"]
        return [group], [] if shared else [("UNRESOLVED_TIE", ",".join(group))]
    known: dict[str, Fraction] = {}
    for entry in group:
        value = comparator_value(package, tallies[entry], entry, ties[0])
        if value is not NO_VALUE:
            known[entry] = value
    if len(known) < len(group):
        return [group], [("MISSING_TIEBREAK_VALUE", ",".join(group))]
    order = "asc" if ties[0]["by"] == "manual" else ties[0].get("order", "desc")
    groups: list[list[str]] = []
    findings: list[Finding] = []
    for part in split(group, known, order):
        done, wrong = break_tie(package, tallies, part, ties[1:])
        groups += done
        findings += wrong
    return groups, findings


def comparator_value(package: Package, tally: Tally, entry: str, tie: Node) -> Fraction | None:
    """Return what a comparator looks at for one entry."""
    if tie["by"] == "stage":
        return tally.stages[tie["code"]]
    if tie["by"] == "penalties":
        return package.penalties.get(entry, Fraction(0))
    if tie["by"] == "manual":
        decided = package.decided("order", entry)
        return NO_VALUE if decided is None else Fraction(decided)
    if tie["by"] == "kind":
        return kind_sum(package, tally, tie["kind"])
    return node_below(package, tally, tie["code"].split("."))


def node_below(package: Package, tally: Tally, path: list[str]) -> Fraction | None:
    """Return the value of a criterion or an aspect; of a time aspect the seconds."""
    attempt = tally.attempts[path[0]]
    if attempt is None:
        return NO_VALUE
    if len(path) == 2:
        return attempt.criteria[path[1]]
    key = (path[1], path[2])
    stage = next(one for one in package.scheme["stages"] if one["code"] == path[0])
    kind = next(a["kind"] for c, a in all_aspects(stage) if (c["code"], a["code"]) == key)
    return attempt.seconds[key] if kind == "time" else attempt.aspects[key]


def kind_sum(package: Package, tally: Tally, kind: str) -> Fraction:
    """Add up the rounded aspects of one kind in the attempts that count."""
    if kind == "time":
        raise UnspecifiedError("a kind comparator for times: their points or their seconds")
    total = Fraction(0)
    for stage in package.scheme["stages"]:
        attempt = tally.attempts[stage["code"]]
        for criterion, aspect in all_aspects(stage):
            if aspect["kind"] == kind and attempt is not None:
                total += attempt.aspects[criterion["code"], aspect["code"]] or 0
    return total


def scale(totals: dict[str, Fraction]) -> tuple[dict[str, int], bool]:
    """Return the 700 scale of the ranked entries, and whether their totals spread at all."""
    if not totals:
        return {}, True
    middle = median(list(totals.values()))
    deviation = median([abs(total - middle) for total in totals.values()])
    if deviation == 0:
        return dict.fromkeys(totals, 700), False
    exact = {e: 700 + 30 * (total - middle) / (Fraction("1.4826") * deviation) for e, total in totals.items()}
    return {e: int(clamped(rounded(v, 0), Fraction(0), Fraction(1000))) for e, v in exact.items()}, True
