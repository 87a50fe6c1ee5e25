"""The events in somebody's scopes, one line each: as they were read last, and anew what is marked.

A process reads all of them once and keeps them until the worker has counted something
(models.StatisticsState); what has changed since then is marked (reports.statistics.marks) and read with each
report.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.policy import SITE
from competitions.events.models import Competition, CompetitionBody, CompetitionIndustry, Event
from competitions.organisations.models import Union
from competitions.organisations.queries import list_ids_within
from reports.statistics import shelf
from reports.statistics.counting import count_event
from reports.statistics.models import StatisticsEvent, StatisticsMark, StatisticsState
from reports.statistics.rules import BASES, CANCELLED, COUNTED_STATES, year_of

Scopes = Collection[tuple[str, int]]
Named = Mapping[int, tuple[Any, ...]]
MOST_LIVE = 40  # events that a page counts itself; more wait for the worker, and the page says so


class Fact(NamedTuple):
    """One event that was not cancelled: where it stands in each dimension, and what of it may be added.

    `day` is its first one, `year` that of the report's basis. Before the result is announced nothing is
    counted but that there is such an event, and `digest` is empty.
    """

    event_id: int
    competition_id: int
    day: date | None
    year: int
    level: int
    kind: int
    region: int | None
    union: int
    trade: int | None
    group: str
    digest: str
    sittings: int
    participations: int
    units: int
    awards: int
    first_prizes: int
    promotions: Mapping[str, int]
    promoted: int  # of all levels
    industries: tuple[int, ...]
    hosts: tuple[str, ...]


class Facts(NamedTuple):
    """The events of some scopes; `waiting` says how many are about to be counted (anew)."""

    events: list[Fact]
    waiting: int


class Read(NamedTuple):
    """Everything that was read at one moment; `uncounted` events count and nothing is kept of them yet."""

    state: str | None
    events: Mapping[str, list[Fact]]  # by basis
    uncounted: frozenset[int]


_PLACE = Fact._fields.index("digest")
_read: Read | None = None


def load(session: Session, scopes: Scopes, basis: str = "calendar") -> Facts:
    """Return every event in these scopes that was not cancelled; years are calendar or statistical ones.

    The marks are read first: whoever counts in between removes a mark only with the count that it asked for.
    """
    marked = set(session.scalars(select(StatisticsMark.event_id).distinct()))
    read = _everything(session)
    changed = marked | read.uncounted
    events, waiting = read.events[basis], 0
    if changed:
        now, waiting = _changed(session, changed, basis)
        events = sorted([one for one in events if one.event_id not in changed] + now)
    seen = _seen(session, scopes)
    return Facts(events if seen is None else list(filter(seen, events)), waiting)


def forget() -> None:
    """Forget what was read, as a new process would."""
    global _read
    _read = None


def _everything(session: Session) -> Read:
    global _read
    state = session.scalar(select(StatisticsState.state))
    known = _read
    if known is None or state is None or known.state != state:
        rows = session.execute(_statement()).all()
        named = _named(session, None)
        events = {basis: [_fact(row, basis, named) for row in rows] for basis in BASES}
        uncounted = frozenset(row.id for row in rows if row.digest is None and row.state in COUNTED_STATES)
        known = _read = Read(state, events, uncounted)
    return known


def _changed(session: Session, ids: Collection[int], basis: str) -> tuple[list[Fact], int]:
    """Return what has changed: counted now, or where that is too much as it was counted last."""
    found: list[Fact] = []
    live = 0
    rows = session.execute(_statement().where(Event.id.in_(ids))).all()
    named = _named(session, {row.competition_id for row in rows})
    for row in rows:
        fact = _fact(row, basis, named)
        if row.state in COUNTED_STATES:
            live += 1
            fact = _counted_now(session, fact) if live <= MOST_LIVE else fact
        found.append(fact)
    return found, max(0, live - MOST_LIVE)


def _counted_now(session: Session, fact: Fact) -> Fact:
    counted = count_event(session, fact.event_id)
    if counted is None:
        return fact
    shelf.keep(counted)
    figures = (counted.digest, *counted.figures, sum(counted.promotions.values()))
    return Fact._make((*fact[:_PLACE], *figures, fact.industries, fact.hosts))


def _fact(row: Any, basis: str, named: tuple[Named, Named]) -> Fact:
    place: Any = (row.id, row.competition_id, row.day, year_of(basis, row.day, row.year), *row[4:_PLACE])
    industries, hosts = (one.get(row.competition_id, ()) for one in named)
    if row.digest is None or row.state not in COUNTED_STATES:
        return Fact._make((*place, "", 0, 0, 0, 0, 0, {}, 0, industries, hosts))
    promoted = sum(row.promotions.values()) if row.promotions else 0
    return Fact._make((*place, *row[_PLACE:-1], promoted, industries, hosts))


def _statement() -> Any:
    kept, day = StatisticsEvent, func.coalesce(Event.starts_on, Competition.starts_on)
    return (
        select(
            Event.id, Event.competition_id, day.label("day"), Competition.year, Competition.level_id,
            Competition.kind_id, Competition.region_id, Competition.union_id, Event.trade_id,
            Event.group_name, kept.digest, kept.sittings, kept.participations, kept.units, kept.awards,
            kept.first_prizes, kept.promotions, Event.state,
        )
        .join(Event.competition)
        .outerjoin(kept, kept.event_id == Event.id)
        .where(Event.state != CANCELLED)
        .order_by(Event.id)
    )  # fmt: skip


def _seen(session: Session, scopes: Scopes) -> Callable[[Fact], bool] | None:
    """Return what tells whether an event lies in these scopes; None where all do."""
    if SITE in scopes:
        return None
    unions = list_ids_within(session, scopes)
    competitions = {number for kind, number in scopes if kind == "competition"}
    events = {number for kind, number in scopes if kind == "event"}
    return lambda one: (
        one.union in unions or one.competition_id in competitions or one.event_id in events
    )


def _named(session: Session, competitions: Collection[int] | None) -> tuple[Named, Named]:
    """Return the industries of competitions, and who held each: the hosts it names, else its union."""
    covered, body = CompetitionIndustry, CompetitionBody
    industries = select(covered.competition_id, covered.industry_id).order_by(covered.industry_id)
    named = select(body.competition_id, func.trim(body.name)).where(body.role == "host").order_by(body.id)
    own = select(Competition.id, func.trim(Union.name)).join(Competition.union)
    owners = _gathered(session, own, Competition.id, competitions)
    hosts = owners | _gathered(session, named, body.competition_id, competitions)
    return _gathered(session, industries, covered.competition_id, competitions), hosts


def _gathered(session: Session, statement: Any, column: Any, ids: Collection[int] | None) -> dict[int, Any]:
    """Return the values of a statement of keys and values by key: of all, or of some keys."""
    found: dict[int, Any] = {}
    for key, value in session.execute(statement if ids is None else statement.where(column.in_(ids))):
        found[key] = (*found.get(key, ()), value)
    return found
