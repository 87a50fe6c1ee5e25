"""Count different people and units over any set of events: a union of what is kept of each."""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import partial
from operator import attrgetter
from typing import Any

from pyroaring import BitMap
from sqlalchemy import select
from sqlalchemy.orm import Session

from reports.statistics import bitmaps, shelf
from reports.statistics.facts import Fact
from reports.statistics.models import StatisticsEvent, StatisticsSplit
from reports.statistics.rules import UNITS

Groups = Mapping[Any, Sequence[Fact]]
Conditions = tuple[tuple[str, str], ...]
Counts = dict[Any, tuple[int, int]]  # participations (or units × events), and different ones
Choose = Callable[..., list[BitMap]]
CHUNK = 4000
_DIGEST = attrgetter("digest")
NOBODY = BitMap()  # read alone


class Moved(Exception):
    """An event was counted anew while this was being read: read again."""


def people(session: Session, groups: Groups, conditions: Conditions) -> Counts:
    """Return participations and people of each group of events, of those who meet all conditions."""
    if not conditions:
        return _count(session, groups, [shelf.PEOPLE], shelf.PEOPLE, list)
    if len(conditions) == 1:
        name, value = conditions[0]
        return _count(session, groups, [name], (shelf.PEOPLE, conditions), partial(_of_value, value))

    def meeting(*splits: Iterable[Mapping[str, BitMap]]) -> list[BitMap]:
        chosen = (_of_value(value, sets) for (_name, value), sets in zip(conditions, splits, strict=True))
        return [BitMap.intersection(*sets) for sets in zip(*chosen, strict=True)]

    return _count(session, groups, [name for name, _value in conditions], (shelf.PEOPLE, conditions), meeting)


def units(session: Session, groups: Groups, ownership: str | None) -> Counts:
    """Return the units of each group of events, all or those of one ownership."""
    if ownership is None:
        return _count(session, groups, [shelf.ALL_UNITS], UNITS, list)
    return _count(session, groups, [UNITS], (UNITS, ownership), partial(_of_value, ownership))


def values(session: Session, facts: Sequence[Fact], attribute: str) -> list[str]:
    """Return the values of an attribute that occur in some events."""
    digests, found = _digests(facts), set[str]()
    table = _table(session, [facts], set(digests), attribute)
    for split in map(table.__getitem__, digests):
        if not split.keys() <= found:
            found |= split.keys()
    return sorted(found)


def _of_value(value: str, splits: Iterable[Mapping[str, BitMap]]) -> list[BitMap]:
    return [split.get(value, NOBODY) for split in splits]


def _count(session: Session, groups: Groups, parts: Sequence[str], what: Any, chosen: Choose) -> Counts:
    """Count each group, from what was counted before where exactly these events were.

    Shape: `chosen` makes the sets of events out of each of their parts.
    """
    digests = {name: _digests(facts) for name, facts in groups.items()}
    keys = {name: (what, bitmaps.digest("".join(own).encode())) for name, own in digests.items()}
    counts: Counts = {}
    for name, key in keys.items():
        known = shelf.find_count(key)
        if known is not None:
            counts[name] = known
    missing = [name for name in groups if name not in counts]
    if not missing:
        return counts
    asked = set[str]().union(*(digests[name] for name in missing))
    tables = [_table(session, [groups[name] for name in missing], asked, part) for part in parts]
    for name in missing:
        sets = chosen(*(map(table.__getitem__, digests[name]) for table in tables))
        counts[name] = (sum(map(len, sets)), len(bitmaps.union(sets)))
        shelf.put_count(keys[name], counts[name])
    return counts


def _digests(facts: Iterable[Fact]) -> list[str]:
    return list(map(_DIGEST, facts))


def _table(
    session: Session, groups: Iterable[Sequence[Fact]], asked: Set[str], part: str
) -> Mapping[str, Any]:
    """Return one part of each event by digest, read where this process has not read it yet.

    Shape: `asked` are the digests of the events in the groups.
    Raises: Moved.
    """
    known = shelf.table(part)
    unread = asked - known.keys()
    if not unread:
        return known
    missing = sorted({fact.event_id for facts in groups for fact in facts if fact.digest in unread})
    own = {digest: known[digest] for digest in asked - unread}
    for start in range(0, len(missing), CHUNK):
        read = _read(session, missing[start : start + CHUNK], part)
        own |= {digest: read[digest] for digest in unread & read.keys()}
    if not asked <= own.keys():
        raise Moved
    return own


def _read(session: Session, ids: Sequence[int], part: str) -> Mapping[str, Any]:
    """Put one part of some events on the shelf; who asks for people asks for units next, so both come."""
    kept, split = StatisticsEvent, StatisticsSplit
    if len(ids) > (ids[-1] - ids[0]) // 2:  # nearly all of them: a range is asked for faster than a list
        within = kept.event_id.between(ids[0], ids[-1])
    else:
        within = kept.event_id.in_(ids)
    if part in shelf.WHOLE:
        rows = session.execute(select(kept.digest, kept.people, kept.unit_set).where(within)).all()
        people = shelf.put(shelf.PEOPLE, [(row[0], row[1]) for row in rows])
        units = shelf.put(shelf.ALL_UNITS, [(row[0], row[2]) for row in rows])
        return people if part == shelf.PEOPLE else units
    statement = select(kept.digest, split.content).join(
        split, (split.event_id == kept.event_id) & (split.attribute == part)
    )
    return shelf.put(part, [(row[0], row[1]) for row in session.execute(statement.where(within))])
