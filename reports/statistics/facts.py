"""The events in somebody's scopes, one line each: as they were read last, and anew what is marked.

A process reads all of them once, and again those that the worker has counted since (models.StatisticsChange);
what has changed and was not counted yet is marked (reports.statistics.marks) and read with each report.
"""

import functools
from collections.abc import Callable, Collection, Mapping
from datetime import date
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Text, and_, func, select, type_coerce
from sqlalchemy.orm import Session

from accounts.policy import SITE
from competitions.events.models import Competition, CompetitionBody, CompetitionIndustry, Event
from competitions.organisations.models import Union
from competitions.organisations.queries import list_ids_within
from core import canonical
from reports.statistics import bitmaps, bulk, changes, shelf
from reports.statistics.counting import count_event
from reports.statistics.models import StatisticsEvent, StatisticsMark
from reports.statistics.rules import CANCELLED, COUNTED_STATES, STATISTICAL, is_next_year

Scopes = Collection[tuple[str, int]]
Named = Mapping[int, tuple[Any, ...]]
MOST_LISTED = 1_000  # events asked for by their numbers; more are read with all others
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
    """Everything that was read at one moment: `state` is the worker's last change by then.

    `uncounted` events count, and nothing is kept of them yet.
    """

    state: str | None
    events: Mapping[int, Fact]  # by their numbers, upwards
    uncounted: frozenset[int]
    by_basis: dict[str, list[Fact]]  # made when first asked for


_DIGEST = Fact._fields.index("digest")
_NUMBER = itemgetter(Fact._fields.index("event_id"))
_read: Read | None = None


def load(session: Session, scopes: Scopes, basis: str = "calendar") -> Facts:
    """Return every event in these scopes that was not cancelled; years are calendar or statistical ones.

    The marks are read first: whoever counts in between removes a mark only with the count that it asked for.
    """
    marked = set(session.scalars(select(StatisticsMark.event_id).distinct()))
    read = _everything(session)
    changed = marked | read.uncounted
    events, waiting, now = _by_years(read, basis), 0, list[Fact]()
    unions = set[int]() if SITE in scopes else list_ids_within(session, scopes)
    seen = _seen(scopes, unions)
    if changed:
        now, waiting = _changed(session, changed, seen)
        kept = [one for one in events if one.event_id not in changed]
        events = sorted(kept + _of_years(now, basis), key=_NUMBER)
    if SITE not in scopes:
        events = list(filter(seen, events))
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


def _by_years(read: Read, basis: str) -> list[Fact]:
    if basis not in read.by_basis:
        read.by_basis[basis] = _of_years(list(read.events.values()), basis)
    return read.by_basis[basis]


def _of_years(events: list[Fact], basis: str) -> list[Fact]:
    if basis != STATISTICAL:
        return events
    return [one._replace(year=one.year + 1) if is_next_year(one.day) else one for one in events]


def _everything(session: Session) -> Read:
    """Return all events as the worker has counted them; only what this process does not know is read."""
    global _read
    known, state = _read, changes.newest(session)
    if known is None or known.state != state or state is None:
        changed = changes.since(session, known.state) if known else None
        known = _read = _read_anew(session, state) if known is None or changed is None else _read_on(
            session, known, state, changed
        )
    return known


def _read_anew(session: Session, state: str | None) -> Read:
    with bulk.reading():
        events, counting = _rows(session, None)
    return Read(state, {fact.event_id: fact for fact in events}, _uncounted(events, counting), {})


def _read_on(session: Session, known: Read, state: str | None, changed: Collection[int]) -> Read:
    events, counting = _rows(session, changed)
    kept = {number: fact for number, fact in known.events.items() if number not in changed}
    kept |= {fact.event_id: fact for fact in events}
    uncounted = known.uncounted.difference(changed) | _uncounted(events, counting)
    return Read(state, dict(sorted(kept.items())), uncounted, {})


def _uncounted(events: list[Fact], counting: Collection[int]) -> frozenset[int]:
    return frozenset(fact.event_id for fact in events if not fact.digest and fact.event_id in counting)


def _changed(
    session: Session, ids: Collection[int], seen: Callable[[Fact], bool]
) -> tuple[list[Fact], int]:
    """Return what has changed: counted now, or where that is too much as it was counted last.

    Only what is seen is counted and said to wait: nobody waits for what others do, or learns how much it is.
    """
    events, counting = _rows(session, ids)
    wanted = sorted(fact.event_id for fact in events if fact.event_id in counting and seen(fact))
    live = frozenset(wanted[:MOST_LIVE])
    found = [_counted_now(session, fact) if fact.event_id in live else fact for fact in events]
    return found, len(wanted) - len(live)


def _counted_now(session: Session, fact: Fact) -> Fact:
    counted = count_event(session, fact.event_id)
    if counted is None:
        return fact
    shelf.keep(counted)
    figures = (counted.digest, *counted.figures[:-1], sum(counted.promotions.values()))
    return Fact._make((*fact[:_DIGEST], *figures, fact.industries, fact.hosts))


def _rows(session: Session, ids: Collection[int] | None) -> tuple[list[Fact], set[int]]:
    """Return all events, or some, as what is kept says, and which are in a state that counts.

    They are made column by column: there are many.
    """
    some = None if ids is None or len(ids) > MOST_LISTED else ids
    statement = _statement() if some is None else _statement().where(bulk.among(Event.id, some))
    rows = session.connection().execute(statement).all()
    if some is None and ids is not None:
        rows = [row for row in rows if row.id in ids]
    if not rows:
        return [], set()
    numbers, competitions, days, years, *kept, promotions, owners, states = zip(*rows, strict=True)
    industries, hosts = _named(session, None if some is None else set(competitions))
    facts = zip(
        numbers, competitions, days,
        [year if day is None else day.year for day, year in zip(days, years, strict=True)],
        *kept, map(_promoted, promotions),
        [industries.get(one, ()) for one in competitions],
        [hosts.get(one) or (owner,) for one, owner in zip(competitions, owners, strict=True)],
        strict=True,
    )  # fmt: skip
    counting = {number for number, state in zip(numbers, states, strict=True) if state in COUNTED_STATES}
    return list(map(Fact._make, facts)), counting


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
            Event.group_name, func.coalesce(kept.digest, ""),
            *(func.coalesce(number, 0) for number in numbers),
            func.coalesce(type_coerce(kept.promotions, Text), "{}"), func.trim(Union.name), Event.state,
        )
        .join(Event.competition)
        .join(Competition.union)
        .outerjoin(kept, counted)
        .where(Event.state != CANCELLED)
        .order_by(Event.id)
    )  # fmt: skip


def _seen(scopes: Scopes, unions: Collection[int]) -> Callable[[Fact], bool]:
    """Return what tells whether an event lies in these scopes; `unions` are those within them."""
    if SITE in scopes:
        return lambda _one: True
    competitions = {number for kind, number in scopes if kind == "competition"}
    events = {number for kind, number in scopes if kind == "event"}
    return lambda one: (
        one.union in unions or one.competition_id in competitions or one.event_id in events
    )


def _named(session: Session, competitions: Collection[int] | None) -> tuple[Named, Named]:
    """Return the industries and the hosts that competitions name."""
    covered, body = CompetitionIndustry, CompetitionBody
    industries = select(covered.competition_id, covered.industry_id).order_by(covered.industry_id)
    hosts = select(body.competition_id, func.trim(body.name)).where(body.role == "host").order_by(body.id)
    return (
        _gathered(session, industries, covered.competition_id, competitions),
        _gathered(session, hosts, body.competition_id, competitions),
    )


def _gathered(session: Session, statement: Any, column: Any, ids: Collection[int] | None) -> dict[int, Any]:
    """Return the values of a statement of keys and values by key: of all, or of some keys."""
    found, singles = dict[int, tuple[Any, ...]](), dict[Any, tuple[Any, ...]]()
    wanted = statement if ids is None else statement.where(bulk.among(column, ids))
    for key, value in session.connection().execute(wanted).all():
        if key in found:
            found[key] = (*found[key], value)
        else:
            found[key] = singles.get(value) or singles.setdefault(value, (value,))
    return found
