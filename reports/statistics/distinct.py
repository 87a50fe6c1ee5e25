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
    missing = [fact for fact in facts if found[fact.event_id] is None]
    for start in range(0, len(missing), CHUNK):
        some = {fact.event_id: fact.digest for fact in missing[start : start + CHUNK]}
        for event_id, digest, content in session.execute(_statement(part, list(some))):
            found[event_id] = shelf.put(digest, part, content)
            if some.pop(event_id) != digest:
                raise Moved
        if some:
            raise Moved
    return found


def _statement(part: str, event_ids: Sequence[int]) -> Any:
    kept = StatisticsEvent
    within = kept.event_id.in_(event_ids)
    if part in (shelf.PEOPLE, shelf.ALL_UNITS):
        return select(kept.event_id, kept.digest, getattr(kept, part)).where(within)
    split = StatisticsSplit
    return (
        select(kept.event_id, kept.digest, split.content)
        .join(split, (split.event_id == kept.event_id) & (split.attribute == part))
        .where(within)
    )
