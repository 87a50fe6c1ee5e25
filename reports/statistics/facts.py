"""The events in somebody's scopes, one line each: as they were read last, and anew what is marked.

A process reads all of them once and keeps them until the worker has counted something
(models.StatisticsState); what has changed since then is marked (reports.statistics.marks) and read with each
report.
"""

import functools
from collections.abc import Callable, Collection, Mapping
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import Text, and_, func, select, type_coerce
from sqlalchemy.orm import Session

from accounts.policy import SITE
from competitions.events.models import Competition, CompetitionBody, CompetitionIndustry, Event
from competitions.organisations.models import Union
from competitions.organisations.queries import list_ids_within
from core import canonical
from reports.statistics import bitmaps, shelf
from reports.statistics.counting import count_event
from reports.statistics.models import StatisticsEvent, StatisticsMark, StatisticsState
from reports.statistics.rules import CANCELLED, COUNTED_STATES, STATISTICAL, is_next_year

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
    promoted: int  # to whatever level
    industries: tuple[int, ...]
    hosts: tuple[str, ...]


class Facts(NamedTuple):
    """The events of some scopes; `waiting` says how many are about to be counted (anew).

    Facts of one `key` are equal; an empty one tells nothing.
    """

    events: list[Fact]
    waiting: int
    key: str


class Read(NamedTuple):
    """Everything that was read at one moment; `uncounted` events count and nothing is kept of them yet."""

    state: str | None
    events: list[Fact]  # by calendar years
    uncounted: frozenset[int]


_DIGEST = Fact._fields.index("digest")
_PROMOTED = Fact._fields.index("promoted")
_read: Read | None = None


def load(session: Session, scopes: Scopes, basis: str = "calendar") -> Facts:
    """Return every event in these scopes that was not cancelled; years are calendar or statistical ones.

    The marks are read first: whoever counts in between removes a mark only with the count that it asked for.
    """
    marked = set(session.scalars(select(StatisticsMark.event_id).distinct()))
    read = _everything(session)
    changed = marked | read.uncounted
    events, waiting, now = read.events, 0, list[Fact]()
    if changed:
        now, waiting = _changed(session, changed)
        events = sorted([one for one in events if one.event_id not in changed] + now)
    if basis == STATISTICAL:
        events = [one._replace(year=one.year + 1) if is_next_year(one.day) else one for one in events]
    if SITE not in scopes:
        unions = list_ids_within(session, scopes)
        events = list(filter(_seen(scopes, unions), events))
        scopes = [*scopes, *(("within", number) for number in unions)]  # who belongs to whom can change
    key = repr((read.state, basis, sorted(scopes), sorted(changed), now)).encode()
    return Facts(events, waiting, bitmaps.digest(key) if read.state else "")


def stated(facts: Facts) -> Mapping[str, set[Any]]:
    """Return which values of each dimension of events occur."""
    return shelf.tallied(facts.key, "stated", None, lambda: _stated(facts.events))


def _stated(events: list[Fact]) -> Mapping[str, set[Any]]:
    names = ("year", "level", "kind", "region", "union", "trade", "group")
    found = {name: set(map(attrgetter(name), events)) for name in names}
    return found | {"industry": set[Any]().union(*map(attrgetter("industries"), events))}


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
        uncounted = frozenset(row.id for row in rows if not row.digest and row.state in COUNTED_STATES)
        known = _read = Read(state, [_fact(row, named) for row in rows], uncounted)
    return known


def _changed(session: Session, ids: Collection[int]) -> tuple[list[Fact], int]:
    """Return what has changed: counted now, or where that is too much as it was counted last."""
    found: list[Fact] = []
    live = 0
    rows = session.execute(_statement().where(Event.id.in_(ids))).all()
    named = _named(session, {row.competition_id for row in rows})
    for row in rows:
        fact = _fact(row, named)
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
    figures = (counted.digest, *counted.figures[:-1], sum(counted.promotions.values()))
    return Fact._make((*fact[:_DIGEST], *figures, fact.industries, fact.hosts))


def _fact(row: Any, named: tuple[Named, Named]) -> Fact:
    event_id, competition_id, day, year = row[:4]
    industries, hosts = named
    return Fact._make(
        (
            event_id, competition_id, day, year if day is None else day.year, *row[4:_PROMOTED],
            _promoted(row[_PROMOTED]), industries.get(competition_id, ()), hosts.get(competition_id, ()),
        )
    )  # fmt: skip


@functools.lru_cache(4096)
def _promoted(kept: str) -> int:
    """Return how many are promoted, of what is kept by level: few texts, each read once."""
    return sum(canonical.loads(kept).values())


def _statement() -> Any:
    kept, day = StatisticsEvent, func.coalesce(Event.starts_on, Competition.starts_on)
    counted = and_(kept.event_id == Event.id, Event.state.in_(COUNTED_STATES))
    numbers = (kept.sittings, kept.participations, kept.units, kept.awards, kept.first_prizes)
    return (
        select(
            Event.id, Event.competition_id, day.label("day"), Competition.year, Competition.level_id,
            Competition.kind_id, Competition.region_id, Competition.union_id, Event.trade_id,
            Event.group_name, func.coalesce(kept.digest, "").label("digest"),
            *(func.coalesce(number, 0) for number in numbers),
            func.coalesce(type_coerce(kept.promotions, Text), "{}"), Event.state,
        )
        .join(Event.competition)
        .outerjoin(kept, counted)
        .where(Event.state != CANCELLED)
        .order_by(Event.id)
    )  # fmt: skip


def _seen(scopes: Scopes, unions: Collection[int]) -> Callable[[Fact], bool]:
    """Return what tells whether an event lies in these scopes; `unions` are those within them."""
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
