"""Count different people and units over any set of events: a union of what is kept of each."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import compress
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from pyroaring import BitMap
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from reports.statistics import bitmaps, bulk, counts, shelf
from reports.statistics.facts import Fact
from reports.statistics.models import StatisticsEvent, StatisticsSplit
from reports.statistics.rules import OWNERSHIP, UNITS
from reports.statistics.shelf import Part

Conditions = tuple[tuple[str, str], ...]
ALL = object()  # stands for all groups together
CHUNK = 4000
ATTEMPTS = 3
Made = TypeVar("Made")
_ID, _DIGEST = (itemgetter(Fact._fields.index(name)) for name in ("event_id", "digest"))


class Moved(Exception):
    """An event was counted anew while this was being read: read again."""


def steadily(act: Callable[[], Made]) -> Made:
    """Do something anew as long as events move under it, a few times.

    Raises: Moved.
    """
    for _attempt in range(ATTEMPTS - 1):
        try:
            return act()
        except Moved:
            continue
    return act()


class Chosen(NamedTuple):
    """Some counted events: their numbers and digests; `key` tells these from any others."""

    ids: Sequence[int]
    digests: Sequence[str]
    key: str


class Group(NamedTuple):
    """The events to unite, and what is asked of those in them."""

    events: Chosen
    conditions: Conditions = ()


Groups = Mapping[Any, Group]
Sets = Sequence[BitMap]


def choose(events: Sequence[Fact]) -> Chosen:
    """Return those of some events that were counted."""
    ids, digests = list(map(_ID, events)), list(map(_DIGEST, events))
    if not all(digests):
        ids, digests = list(compress(ids, digests)), list(filter(None, digests))
    return Chosen(ids, digests, bitmaps.digest("".join(digests).encode()))


def people(session: Session, groups: Groups) -> dict[Any, int]:
    """Return how many different people each group has, of those who meet all its conditions.

    A group ALL has the events of all the others, and its conditions leave nobody out who is in one of them.
    Raises: Moved.
    """
    return _count(session, shelf.PEOPLE, groups)


def units(session: Session, groups: Groups) -> dict[Any, int]:
    """Return how many different units each group has, all or those of one ownership, as `people` does."""
    return _count(session, shelf.ALL_UNITS, groups)


def participations(session: Session, groups: Groups) -> dict[Any, int]:
    """Return how often those who meet the conditions took part in each group.

    Raises: Moved.
    """
    return _count(session, shelf.PEOPLE, groups, each_time=True)


def owned(ownership: str | None) -> Conditions:
    """Return what is asked of units."""
    return () if ownership is None else ((UNITS, ownership),)


def values(session: Session, events: Chosen, attribute: str) -> list[str]:
    """Return the values of an attribute that occur in some events; units have an ownership without people.

    Raises: Moved.
    """
    key = _key("values", attribute, events)
    known = _known(session, [key])
    if key not in known:
        found = set[str]()
        for name in (attribute, UNITS) if attribute == OWNERSHIP else (attribute,):
            sets = list(_part(session, name, [events]).sets.items())  # another thread may be adding to it
            found |= {value for value, one in sets if not one.keys().isdisjoint(events.digests)}
        known = {key: sorted(found)}
        shelf.put_counts(known)
    return known[key]


def read_all(session: Session, events: Chosen, attributes: Iterable[str]) -> None:
    """Read all that is kept of some events, so that nobody waits for it.

    Raises: Moved.
    """
    for name in (*shelf.WHOLE, *attributes):
        _part(session, name, [events])


def _count(session: Session, whole: str, groups: Groups, *, each_time: bool = False) -> dict[Any, int]:
    """Count each group, from what was counted before where exactly these events were."""
    what = "times" if each_time else "different"
    keys = {name: _key(what, (whole, group.conditions), group.events) for name, group in groups.items()}
    known = _known(session, keys.values())
    missing = {name: groups[name] for name, key in keys.items() if key not in known}
    if missing:
        parts = _parts(session, whole, missing)
        sets = {name: _sets(parts, whole, group) for name, group in missing.items()}
        if each_time:
            counted = {name: sum(map(len, own)) for name, own in sets.items()}
        else:
            counted = _different(sets, complete=len(missing) == len(groups))
        known |= {keys[name]: number for name, number in counted.items()}
        shelf.put_counts(known)
    return {name: known[key] for name, key in keys.items()}


def _known(session: Session, keys: Collection[str]) -> dict[str, Any]:
    """Return what this process or the worker has counted before, of these keys."""
    known = shelf.counts(keys)
    ahead = counts.find(session, set(keys) - known.keys())
    shelf.put_counts(ahead)
    return known | ahead


def _different(groups: Mapping[Any, Sets], *, complete: bool) -> dict[Any, int]:
    """Return how many there are; all together are the union of the unions, if all of them are made here."""
    made = {name: bitmaps.union(sets) for name, sets in groups.items() if name is not ALL}
    if ALL in groups:
        made[ALL] = bitmaps.union(made.values() if complete and made else groups[ALL])
    return {name: len(one) for name, one in made.items()}


def _key(what: str, of: Any, events: Chosen) -> str:
    return bitmaps.digest(repr((what, of)).encode(), events.key.encode())


def _parts(session: Session, whole: str, groups: Groups) -> dict[str, Part]:
    """Return what is to be united of some groups."""
    asked = {name for group in groups.values() for name in _names(whole, group)}
    return {
        name: _part(session, name, [one.events for one in groups.values() if name in _names(whole, one)])
        for name in asked
    }


def _names(whole: str, group: Group) -> list[str]:
    return [name for name, _value in group.conditions] or [whole]


def _sets(parts: Mapping[str, Part], whole: str, group: Group) -> list[BitMap]:
    """Return the set of each event, of those who meet the conditions; where there is nobody it may lack."""
    digests = group.events.digests
    if not group.conditions:
        return list(map(parts[whole].sets[""].__getitem__, digests)) if digests else []
    tables = [parts[name].sets.get(value, {}) for name, value in group.conditions]
    if len(tables) == 1:
        return [one for one in map(tables[0].get, digests) if one is not None]
    rows = zip(*(map(table.get, digests) for table in tables), strict=True)
    return [BitMap.intersection(*row) for row in rows if None not in row]


def _part(session: Session, name: str, chosen: Iterable[Chosen]) -> Part:
    """Return one part of some events, read where this process has not read it yet.

    Raises: Moved.
    """
    part = shelf.part(name)
    unread = {
        digest: number
        for events in chosen
        if not part.read.issuperset(events.digests)
        for number, digest in zip(events.ids, events.digests, strict=True)
        if digest not in part.read
    }
    missing = sorted(set(unread.values()))
    with bulk.reading():
        for start in range(0, len(missing), CHUNK):
            _read(session, missing[start : start + CHUNK], part)
    if not part.read.issuperset(unread):
        raise Moved
    return part


def _read(session: Session, ids: Sequence[int], part: Part) -> None:
    if len(ids) > (ids[-1] - ids[0]) // 2:  # nearly all of them: a range is asked for faster than a list
        within: ColumnElement[bool] = StatisticsEvent.event_id.between(ids[0], ids[-1])
    else:
        within = bulk.among(StatisticsEvent.event_id, ids)
    if part.name in shelf.WHOLE:
        _read_whole(session, within, part)
    else:
        _read_split(session, within, part)


def _read_whole(session: Session, within: ColumnElement[bool], part: Part) -> None:
    """Read people and units at once: who asks for people asks for units next."""
    kept = select(StatisticsEvent.digest, StatisticsEvent.people, StatisticsEvent.unit_set).where(within)
    rows: Sequence[Any] = session.connection().execute(kept).all()
    for place, name in enumerate(shelf.WHOLE, start=1):
        shelf.put(part if name == part.name else shelf.part(name), [(row[0], row[place]) for row in rows])


def _read_split(session: Session, within: ColumnElement[bool], part: Part) -> None:
    split = StatisticsSplit
    own = (split.event_id == StatisticsEvent.event_id) & (split.attribute == part.name)
    kept = select(StatisticsEvent.digest, split.content).join(split, own).where(within)
    shelf.put(part, [(row[0], row[1]) for row in session.connection().execute(kept).all()])
