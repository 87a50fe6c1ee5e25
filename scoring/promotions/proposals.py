"""Who is proposed for which level: the same plain values for the page, the workbook and the data.

The result is the one that stands: while marks are entered the live ranking, then the newest version as it
was frozen, read from its document and never counted again. Levels are those recorded now. Who may not see
names sees no levels either: they would tell as much.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from competitions.events.models import Event
from scoring.promotions import queries, rules
from scoring.promotions.levels import official
from scoring.promotions.models import PromotionRules
from scoring.promotions.queries import Holder
from scoring.promotions.rules import Ground, RuleSet
from scoring.results import outcomes, reader
from scoring.results import queries as results
from scoring.results.models import ResultVersion
from scoring.results.rules import Table
from scoring.rules.promotion import PromotionRule, Standing, field_size, find_rule, reaches
from scoring.rules.scheme import parse_scheme
from scoring.schemes import queries as schemes

UNDECIDED = frozenset({"UNRESOLVED_TIE", "MISSING_TIEBREAK_VALUE", "AWARD_BOUNDARY_TIE"})


class Result(NamedTuple):
    """The result that proposals follow: `version` is None for the live ranking.

    `incomplete` counts the entries without a total yet, `undecided` says whether a tie waits for a decision.
    """

    version: ResultVersion | None
    standings: Sequence[Standing]
    totals: dict[str, str]
    incomplete: int
    undecided: bool


class Line(NamedTuple):
    """One person whom a rule reaches; with names hidden one entry, without levels.

    `proposed` is empty where no rule leads on from the level.
    """

    rank: int
    entry: str
    team: str
    name: str
    unit: str
    total: str
    award: str
    current: str
    proposed: str
    rule: str
    person_id: int | None


class Proposals(NamedTuple):
    """The proposals of one result under one version of the rules.

    `lines` are proposed; `unrecorded` would be reached, but their level is not known; `unmoved` are reached,
    but no rule leads on from their level. With `named` False, `lines` holds entries alone.
    """

    version: PromotionRules
    rules: RuleSet
    result: Result
    base: int
    named: bool
    lines: tuple[Line, ...]
    unrecorded: tuple[Line, ...]
    unmoved: tuple[Line, ...]


def ground_of_event(session: Session, event: Event) -> Ground | None:
    """Return what rules may speak of in this event; None while it has no scheme in order."""
    result = _version_of(session, event)
    scheme = (
        parse_scheme(result.document["scheme"])[0] if result else schemes.find_scheme(session, event.id)
    )
    return None if scheme is None else rules.ground_of(scheme)


def result_of(session: Session, event: Event) -> Result | None:
    """Return the result that stands as promotions see it; None where there is none."""
    version = _version_of(session, event)
    if version is not None:
        codes = {code for code, _where in version.document["findings"]}
        return _result(version, (version.document["header"], version.document["rows"]), codes)
    if event.state in reader.BEFORE_RESULTS or event.state == "cancelled":
        return None
    computed = outcomes.live(session, event.id)
    return _result(None, computed.table, {finding.code for finding in computed.outcome.findings})


def proposals_of(session: Session, event: Event, result: Result) -> Proposals | None:
    """Return the proposals for a result; None where the event has no rules, or none that hold."""
    version = queries.find_current(session, event.id)
    if version is None:
        return None
    read = rules.read_document(version.document, ground_of_event(session, event))
    if read.rules is None:
        return None
    base = field_size(result.standings, read.rules.base)
    named = reader.sees_names(session, event)
    found: dict[str, list[Line]] = {"lines": [], "unrecorded": [], "unmoved": []}
    holders = _holders(session, event) if named else {}
    for stands in result.standings:
        fitting = [rule for rule in read.rules.rules if reaches(rule, stands, base)]
        if fitting and not named:
            titles = " / ".join(dict.fromkeys(rule.title for rule in fitting))
            found["lines"].append(_line(result, stands)._replace(rule=titles))
        for holder in holders.get(stands.entry, ()) if fitting else ():
            kind, rule = _judge(read.rules.rules, stands, holder, base)
            found[kind].append(_line(result, stands, holder, rule))
    sorted_out: dict[str, Any] = {kind: tuple(lines) for kind, lines in found.items()}
    return Proposals(version, read.rules, result, base, named, **sorted_out)


def _judge(
    tried: Sequence[PromotionRule], stands: Standing, holder: Holder, base: int
) -> tuple[str, PromotionRule | None]:
    level = official(holder.level)
    if level is None:
        return "unrecorded", None
    rule = find_rule(tried, stands, level, base)
    return ("unmoved", None) if rule is None else ("lines", rule)


def _version_of(session: Session, event: Event) -> ResultVersion | None:
    """Return the version that stands: a result that is being scored again is live."""
    return None if event.state == "scoring" else results.find_newest(session, event.id)


def _result(version: ResultVersion | None, table: Table, codes: set[str]) -> Result:
    standings = rules.standings_of_table(*table)
    incomplete = sum(row.status == "incomplete" for row in standings)
    if version is None and incomplete:
        # As on the results page: an award among those who happen to be complete would promise too much.
        standings = [Standing(row.entry, row.rank, row.status, "", row.stages) for row in standings]
    totals = {row[1]: row[3] for row in table[1]}
    return Result(version, standings, totals, incomplete, bool(codes & UNDECIDED))


def _holders(session: Session, event: Event) -> dict[str, list[Holder]]:
    found: dict[str, list[Holder]] = {}
    for holder in queries.list_holders(session, event.id):
        if holder.kind != "unit":  # a unit has no level of skill
            found.setdefault(holder.entry, []).append(holder)
    return found


def _line(
    result: Result, stands: Standing, holder: Holder | None = None, rule: PromotionRule | None = None
) -> Line:
    level = (official(holder.level) or holder.level) if holder else ""
    return Line(
        rank=stands.rank or 0,
        entry=stands.entry,
        team=holder.entry_name if holder and holder.kind != "person" else "",
        name=(holder.name or holder.entry_name) if holder else "",
        unit=holder.unit if holder else "",
        total=result.totals[stands.entry],
        award=stands.award,
        current=level,
        proposed=rule.levels[level] if rule and holder else "",
        rule=rule.title if rule else "",
        person_id=holder.person_id if holder else None,
    )
