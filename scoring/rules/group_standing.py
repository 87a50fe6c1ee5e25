"""Compute a standing of teams or units over events from published results (docs/standings.md).

The result says of every group what each event brought it, and of every event which entries counted. All sums
are exact; the score of a group in an event and its total are rounding points.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from scoring.rules.allocation import allocate
from scoring.rules.findings import Finding, error, has_errors, warning
from scoring.rules.numbers import Exact, parse_decimal, ratio, round_exact, simplest
from scoring.rules.parse_standing import Method, Points, StandingStep
from scoring.rules.ranking import Group, Ranker, rank_totals
from scoring.rules.standing import Standing

COUNTS = "valid"
VALID, VOID, BELOW = "valid", "void", "below"
STATUSES = (VALID, BELOW, VOID)


class Achievement(NamedTuple):
    """What an entry came to in one event, as its result was published; empty texts where there is nothing.

    An entry of no group counts nowhere. `values` holds what the method asks for beside, by path.
    """

    event: str
    entry: str
    group: str
    status: str
    rank: str = ""
    total: str = ""
    scale: str = ""
    award: str = ""
    values: Mapping[str, str] = {}


class Counted(NamedTuple):
    """An entry with the points that it brings its group."""

    row: Achievement
    points: int


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One line of the standing; `events` follows the events, None where the group had no entry."""

    rank: int | None
    group: str
    status: str
    total: Exact | None
    events: tuple[Exact | None, ...]
    entries: int
    award: str = ""


@dataclass(frozen=True)
class GroupStanding:
    """A whole standing: its rows in order, the entries that counted, and what is wrong with it."""

    method: Method
    events: tuple[str, ...]
    rows: tuple[GroupRow, ...]
    counted: tuple[Counted, ...]
    findings: tuple[Finding, ...]

    @property
    def has_errors(self) -> bool:
        """Say whether a finding forbids publishing this standing."""
        return has_errors(self.findings)


@dataclass
class Sums:
    """What a group has come to by event, where it is short, and its place in a written decision."""

    scores: dict[str, Exact] = field(default_factory=dict)
    counted: list[Counted] = field(default_factory=list)
    is_short: bool = False
    decided: int | None = None


def compute_standing(
    method: Method, events: Sequence[str], rows: Iterable[Achievement],
    decided: Mapping[str, int] | None = None,
) -> GroupStanding:  # fmt: skip
    """Return the standing of all groups over the events, with every finding about it.

    Shape: `rows` in any order, each of one of the events; `decided` are the numbers that a written decision
    gives tied groups, for the step `manual`. Unit: points and totals in millionths.
    Source: DOMAIN.md section 5.4, docs/standings.md.
    """
    findings: list[Finding] = []
    entered: dict[tuple[str, str], list[Achievement]] = {}
    for row in rows:
        if row.group and row.status != "exhibition":
            entered.setdefault((row.group, row.event), []).append(row)
    groups = {name: Sums() for name in sorted({name for name, _event in entered})}
    for event in events:
        for name, sums in groups.items():
            _add_event(method, entered.get((name, event), []), sums, findings)
    findings.extend(_unnamed_awards(method, entered.values()))
    for name, number in (decided or {}).items():
        if name in groups:
            groups[name].decided = number
    return _conclude(method, tuple(events), groups, findings)


# ---------------------------------------------------------------- points


def points_of(points: Points, row: Achievement) -> int | None:
    """Return the points of an entry that counts, in millionths; None where what they hang on is missing."""
    if points.by == "award":
        return dict(points.awards).get(row.award, points.others)
    if points.by == "rank":
        rank = int(row.rank) if row.rank.isdecimal() else 0
        fitting = (range_.points for range_ in points.ranks if range_.first <= rank <= range_.last)
        return next(fitting, points.others) if rank else None
    text = {"total": row.total, "scale": row.scale}.get(points.by, row.values.get(points.code, ""))
    return parse_decimal(text)


def _add_event(method: Method, rows: Sequence[Achievement], sums: Sums, findings: list[Finding]) -> None:
    """Add what the entries of one group in one event come to."""
    if not rows:
        return
    counting = _counting(method, [row for row in rows if row.status == COUNTS], findings)
    asked = len(rows) if method.best is None else method.best
    sums.is_short = sums.is_short or len(counting) < asked
    if not counting:
        return
    total = sum(counted.points for counted in counting)
    divisor = 1 if method.event == "sum" else len(counting)
    sums.scores[rows[0].event] = ratio(total, divisor, method.places)
    sums.counted.extend(counting)


def _counting(method: Method, rows: Sequence[Achievement], findings: list[Finding]) -> list[Counted]:
    """Return the best entries of a group in an event; of equal points those that the tie chain prefers."""
    found = []
    for row in rows:
        points = points_of(method.points, row)
        if points is None:
            by, where = method.points.code or method.points.by, f"{row.event}/{row.entry}"
            findings.append(error("STANDING_VALUE", "points", where, entry=row.entry, event=row.event, by=by))
        else:
            found.append(Counted(row, points))
    sign = -1 if method.ranking.order == "desc" else 1
    found.sort(key=lambda counted: (sign * counted.points, *_preference(method, counted.row)))
    return found[: method.best]


def _preference(method: Method, row: Achievement) -> tuple[int, ...]:
    """Return how an entry stands beside another of equal points; the code comes last and decides nothing."""
    values = [
        (-1 if step.order == "desc" else 1) * (parse_decimal(row.values.get(step.code, "")) or 0)
        for step in method.ranking.ties
        if step.by == "value"
    ]
    return (int(row.rank) if row.rank.isdecimal() else 0, *values)


def _unnamed_awards(method: Method, entered: Iterable[Sequence[Achievement]]) -> list[Finding]:
    """Warn of awards that the method gives no points: a word spelled otherwise would cost a group dear."""
    if method.points.by != "award":
        return []
    named = {title for title, _points in method.points.awards}
    given = sorted({row.award for rows in entered for row in rows if row.award} - named)
    return [warning("STANDING_AWARD", "unnamed", title, award=title) for title in given]


# ---------------------------------------------------------------- ranks and awards


def _conclude(
    method: Method, events: tuple[str, ...], groups: Mapping[str, Sums], findings: list[Finding]
) -> GroupStanding:
    totals = {name: _total(method, sums) for name, sums in groups.items()}
    statuses = {name: _status(method, sums, totals[name]) for name, sums in groups.items()}
    ranked = {name: total for name, total in totals.items() if statuses[name] == VALID}
    ranker = Ranker(method.ranking, lambda step, name: _compared(step, groups[name]), findings, "groups")
    in_ranks = rank_totals(ranker, ranked)
    awards = _award(method, in_ranks, ranked, statuses, findings)
    places = [(name, group.rank) for group in in_ranks for name in group.entries]
    others = sorted((n for n in groups if n not in ranked), key=lambda n: (STATUSES.index(statuses[n]), n))
    rows = [
        GroupRow(
            rank=rank,
            group=name,
            status=statuses[name],
            total=None if statuses[name] == VOID else totals[name],
            events=tuple(groups[name].scores.get(event) for event in events),
            entries=len(groups[name].counted),
            award=awards.get(name, ""),
        )
        for name, rank in [*places, *((name, None) for name in others)]
    ]
    counted = tuple(counted for sums in groups.values() for counted in sums.counted)
    return GroupStanding(method, events, tuple(rows), counted, tuple(findings))


def _total(method: Method, sums: Sums) -> Exact:
    total = sum(sums.scores.values())
    if method.over == "mean" and sums.scores:
        total = simplest(Fraction(total) / len(sums.scores))
    return round_exact(total, method.places)


def _status(method: Method, sums: Sums, total: Exact) -> str:
    if method.missing == "void" and sums.is_short:
        return VOID
    return BELOW if method.least is not None and total < method.least else VALID


def _compared(step: StandingStep, sums: Sums) -> object:
    """Return what a step of the tie chain compares; None where an entry that counts lacks the value."""
    rows = [counted.row for counted in sums.counted]
    if step.by == "manual":
        return sums.decided
    if step.by == "award":
        return sum(row.award == step.code for row in rows)
    if step.by == "ranks":
        return _ranks_in_order(rows)
    texts = [row.total if step.by == "total" else row.values.get(step.code, "") for row in rows]
    numbers = [parse_decimal(text) for text in texts]
    found = [number for number in numbers if number is not None]
    return sum(found) if len(found) == len(numbers) else None



def _ranks_in_order(rows: Iterable[Achievement]) -> tuple[int, ...]:
    """Return how often a group has each rank, from the first down: more better ranks are more."""
    ranks = Counter(int(row.rank) for row in rows if row.rank.isdecimal())
    return tuple(ranks[number] for number in range(1, max(ranks, default=0) + 1))


def _award(
    method: Method,
    groups: Sequence[Group],
    totals: Mapping[str, Exact],
    statuses: Mapping[str, str],
    findings: list[Finding],
) -> Mapping[str, str]:
    if method.awards is None:
        return {}
    standing = Standing(
        groups=tuple(groups),
        totals=totals,
        scale={},
        statuses=statuses,
        units={name: name for name in statuses},
        checked_in={},
        decided={},
        largest_first=method.ranking.order == "desc",
    )
    outcome = allocate(method.awards, standing)
    findings.extend(outcome.findings)
    return outcome.titles
