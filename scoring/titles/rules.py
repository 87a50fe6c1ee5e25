"""Who may apply for a title: score, earlier titles, years in a row, quota of each province. Pure.

A document is titles/1: {"format", "title", "source", "rules": [{"honour", "level", "threshold" (a text or
null), "quota" (a whole number or null, for each province), "needs": null or {"honour", "level", "years"}}]}.
Years are in a row and end with the contest's year or the one before it; with 1 any year up to it will do.
Source: DOMAIN.md section 4.9.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from scoring.rules.numbers import parse_decimal

FORMAT = "titles/1"
BELOW, INELIGIBLE, UNRANKED = "below", "ineligible", "unranked"
EARLIER, YEARS, QUOTA, TIE = "earlier", "years", "quota", "tie"
Held = Mapping[tuple[str, str], frozenset[int]]


class Candidate(NamedTuple):
    """An entrant as its result stands; `held` are the years of each (honour, level) that counts."""

    key: str
    name: str
    province: str
    status: str
    total: str
    held: Held = {}


class Judged(NamedTuple):
    """A candidate for a title with what stands against it: (fault, number that it names)."""

    candidate: Candidate
    faults: tuple[tuple[str, int], ...]

    @property
    def fits(self) -> bool:
        """Say whether nothing stands against it."""
        return not self.faults


def judged(rule: Mapping[str, Any], candidates: Iterable[Candidate], year: int) -> list[Judged]:
    """Return the candidates for a title, those first against whom nothing stands, the best total first.

    Of those who fit more than the quota of their province, the best are left; equals across its border all
    wait for a decision.
    """
    alone = [Judged(one, tuple(_faults(rule, one, year))) for one in candidates]
    fitting = sorted((one for one in alone if one.fits), key=lambda one: -_points(one.candidate))
    found = _within(rule["quota"], fitting) if rule["quota"] is not None else fitting
    rest = sorted((one for one in alone if not one.fits), key=lambda one: -_points(one.candidate))
    return [*(one for one in found if one.fits), *(one for one in found if not one.fits), *rest]


def _faults(rule: Mapping[str, Any], one: Candidate, year: int) -> Iterable[tuple[str, int]]:
    if one.status == "ineligible":
        yield INELIGIBLE, 0
    elif one.status != "valid" or not one.total:
        yield UNRANKED, 0
    elif rule["threshold"] is not None and _points(one) < (parse_decimal(rule["threshold"]) or 0):
        yield BELOW, 0
    needs = rule["needs"]
    if needs is not None:
        years = one.held.get((needs["honour"], needs["level"]), frozenset())
        if needs["years"] == 1 and not any(held <= year for held in years):
            yield EARLIER, 1
        elif needs["years"] > 1 and not _in_a_row(years, needs["years"], year):
            yield YEARS, needs["years"]


def _in_a_row(years: frozenset[int], needed: int, year: int) -> bool:
    return any(all(last - back in years for back in range(needed)) for last in (year, year - 1))


def _within(quota: int, fitting: Sequence[Judged]) -> list[Judged]:
    found = []
    for one in fitting:
        ahead = [o for o in fitting if o.candidate.province == one.candidate.province]
        better = sum(_points(o.candidate) > _points(one.candidate) for o in ahead)
        equal = sum(_points(o.candidate) == _points(one.candidate) for o in ahead)
        if better >= quota:
            found.append(one._replace(faults=((QUOTA, quota),)))
        elif better + equal > quota:
            found.append(one._replace(faults=((TIE, quota),)))
        else:
            found.append(one)
    return found


def _points(one: Candidate) -> int:
    return parse_decimal(one.total) or 0 if one.total else 0
