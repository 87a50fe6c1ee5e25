"""Count different people and units over any set of events: a union of what is kept of each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
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
    sets, found = _table(session, facts, attribute), set[str]()
    for fact in facts:
        if not sets[fact.digest].keys() <= found:
            found |= sets[fact.digest].keys()
    return sorted(found)


def _of_value(value: str, splits: Iterable[Mapping[str, BitMap]]) -> list[BitMap]:
    return [split.get(value, NOBODY) for split in splits]


def _count(session: Session, groups: Groups, parts: Sequence[str], what: Any, chosen: Choose) -> Counts:
    """Count each group, from what was counted before where exactly these events were.

    Shape: `chosen` makes the sets of events out of each of their parts.
    """
    keys = {name: (what, _digest(facts)) for name, facts in groups.items()}
    counts: Counts = {}
    missing = {}
    for name, key in keys.items():
        known = shelf.find_count(key)
        if known is None:
            missing[name] = groups[name]
        else:
            counts[name] = known
    if not missing:
        return counts
    asked = list({fact.digest: fact for facts in missing.values() for fact in facts}.values())
    tables = [_table(session, asked, part) for part in parts]
    for name, facts in missing.items():
        sets = chosen(*([table[fact.digest] for fact in facts] for table in tables))
        counts[name] = (sum(map(len, sets)), len(bitmaps.union(sets)))
        shelf.put_count(keys[name], counts[name])
    return counts


def _digest(facts: Iterable[Fact]) -> str:
    return bitmaps.digest("".join([fact.digest for fact in facts]).encode())


def _table(session: Session, facts: Sequence[Fact], part: str) -> Mapping[str, Any]:
    """Return one part of each event by digest, read where this process has not read it yet.

    Raises: Moved.
    """
    known = shelf.table(part)
    missing = sorted((fact.event_id, fact.digest) for fact in facts if fact.digest not in known)
    if not missing:
        return known
    own = {fact.digest: known[fact.digest] for fact in facts if fact.digest in known}
    for start in range(0, len(missing), CHUNK):
        some = missing[start : start + CHUNK]
        read = _read(session, [event_id for event_id, _digest in some], part)
        own |= {digest: read[digest] for _event_id, digest in some if digest in read}
    if any(digest not in own for _event_id, digest in missing):
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
