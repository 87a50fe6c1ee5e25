"""Count different people and units over any set of events: a union of what is kept of each."""

from collections.abc import Iterable, Mapping, Sequence
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
WHOLE = (shelf.PEOPLE, shelf.ALL_UNITS)
CHUNK = 4000


class Moved(Exception):
    """An event was counted anew while this was being read: read again."""


def people(session: Session, groups: Groups, conditions: Conditions) -> Counts:
    """Return participations and people of each group of events, of those who meet all conditions."""
    parts = [name for name, _value in conditions] or [shelf.PEOPLE]

    def chosen(sets: Sequence[Any]) -> BitMap:
        if not conditions:
            return sets[0]
        found = [one.get(value, BitMap()) for one, (_name, value) in zip(sets, conditions, strict=True)]
        return BitMap.intersection(*found) if len(found) > 1 else found[0]

    return _count(session, groups, parts, (shelf.PEOPLE, conditions), chosen)


def units(session: Session, groups: Groups, ownership: str | None) -> Counts:
    """Return the units of each group of events, all or those of one ownership."""
    if ownership is None:
        return _count(session, groups, [shelf.ALL_UNITS], UNITS, lambda sets: sets[0])
    return _count(
        session, groups, [UNITS], (UNITS, ownership), lambda sets: sets[0].get(ownership, BitMap())
    )


def values(session: Session, facts: Sequence[Fact], attribute: str) -> list[str]:
    """Return the values of an attribute that occur in some events."""
    return sorted({value for sets in _sets(session, facts, attribute).values() for value in sets})


def _count(session: Session, groups: Groups, parts: Sequence[str], what: Any, chosen: Any) -> Counts:
    """Count each group, from what was counted before where exactly these events were."""
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
    asked = list({fact.event_id: fact for facts in missing.values() for fact in facts}.values())
    read = [_sets(session, asked, part) for part in parts]
    of_event = {fact.event_id: chosen([sets[fact.event_id] for sets in read]) for fact in asked}
    for name, facts in missing.items():
        sets = [of_event[fact.event_id] for fact in facts]
        counts[name] = (sum(map(len, sets)), len(bitmaps.union(sets)))
        shelf.put_count(keys[name], counts[name])
    return counts


def _digest(facts: Iterable[Fact]) -> str:
    return bitmaps.digest("".join([fact.digest for fact in facts]).encode())


def _sets(session: Session, facts: Sequence[Fact], part: str) -> dict[int, Any]:
    """Return one part of each event, read from the database where this process has not read it yet."""
    found = {fact.event_id: shelf.find(fact.digest, part) for fact in facts}
    missing = sorted((fact.event_id, fact.digest) for fact in facts if found[fact.event_id] is None)
    for start in range(0, len(missing), CHUNK):
        _read(session, missing[start : start + CHUNK], part)
    for event_id, digest in missing:
        found[event_id] = shelf.find(digest, part)
        if found[event_id] is None:
            raise Moved
    return found


def _read(session: Session, wanted: Sequence[tuple[int, str]], part: str) -> None:
    """Put one part of some events on the shelf; who asks for people asks for units next, so both come."""
    kept, split = StatisticsEvent, StatisticsSplit
    ids = [event_id for event_id, _digest in wanted]
    if len(ids) > (ids[-1] - ids[0]) // 2:  # nearly all of them: a range is asked for faster than a list
        within = kept.event_id.between(ids[0], ids[-1])
    else:
        within = kept.event_id.in_(ids)
    if part in WHOLE:
        for digest, *sets in session.execute(select(kept.digest, kept.people, kept.unit_set).where(within)):
            for name, content in zip(WHOLE, sets, strict=True):
                shelf.put(digest, name, content)
        return
    statement = select(kept.digest, split.content).join(
        split, (split.event_id == kept.event_id) & (split.attribute == part)
    )
    for digest, content in session.execute(statement.where(within)):
        shelf.put(digest, part, content)
