"""Bitmaps and counts that this process has read, by the digest of what they were made from.

What is kept under a digest is never out of date: a changed event has another one. So there is nothing to
clear but what has become too much. Beside them stand whole tables of figures, by the key of the facts.
"""

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pyroaring import BitMap

from reports.statistics import bitmaps
from reports.statistics.counting import Counted

Made = TypeVar("Made")
PEOPLE = "people"
ALL_UNITS = "unit_set"
WHOLE = (PEOPLE, ALL_UNITS)
MOST_BYTES = 400 * 2**20  # as they are written
MOST_COUNTS = 200_000
MOST_TALLIES = 2_000


@dataclass(eq=False, slots=True)
class Part:
    """One part of the events that were read: the bitmaps by value, then by the digest of their event.

    What is not split by values stands under "". An event stands under the values that somebody in it has.
    """

    name: str
    read: set[str] = field(default_factory=set)  # the digests of the events
    sets: dict[str, dict[str, BitMap]] = field(default_factory=dict)
    size: int = 0


_lock = threading.Lock()
_parts: dict[str, Part] = {}
_counts: dict[str, Any] = {}  # numbers, or lists of values
_tallies: dict[Any, tuple[Any, Any]] = {}


def part(name: str) -> Part:
    """Return what was read of one part."""
    with _lock:
        return _parts.setdefault(name, Part(name))


def put(part: Part, contents: Iterable[tuple[str, bytes]]) -> None:
    """Add to a part what was read from the database, by digest.

    Where it is too much, all other parts go: whoever still reads one has it in hand.
    """
    rows = list(contents)
    if part.name in WHOLE:
        found = {"": {digest: bitmaps.read(content) for digest, content in rows}}
    else:
        found = _by_value(rows)
    with _lock:
        part.size += sum(len(content) for _digest, content in rows)
        _parts[part.name] = part
        if sum(one.size for one in _parts.values()) > MOST_BYTES:
            _parts.clear()
            _parts[part.name] = part
        for value, sets in found.items():
            part.sets.setdefault(value, {}).update(sets)
        part.read.update(digest for digest, _content in rows)


def _by_value(rows: Iterable[tuple[str, bytes]]) -> dict[str, dict[str, BitMap]]:
    found: dict[str, dict[str, BitMap]] = {}
    for digest, content in rows:
        for value, one in bitmaps.unpack(content):
            found.setdefault(value, {})[digest] = one
    return found


def keep(counted: Counted) -> None:
    """Keep an event that a page has counted itself."""
    digest = counted.digest
    for name, content in {PEOPLE: counted.people, ALL_UNITS: counted.unit_set, **counted.splits}.items():
        put(part(name), [(digest, content)])


def counts(keys: Iterable[str]) -> dict[str, Any]:
    """Return what was counted before, of these keys."""
    with _lock:
        return {key: _counts[key] for key in keys if key in _counts}


def all_counts() -> dict[str, Any]:
    """Return every count."""
    with _lock:
        return dict(_counts)


def put_counts(counted: Mapping[str, Any]) -> None:
    """Keep some counts; a key says of what, and of exactly which events."""
    with _lock:
        if len(_counts) > MOST_COUNTS:
            _counts.clear()
        _counts.update(counted)


def tallied(facts_key: str, asked: Any, trees: Any, make: Callable[[], Made]) -> Made:
    """Return what was made of equal facts and equal trees before, else make and keep it.

    Facts without a key are made anew each time.
    """
    known = _tallies.get((facts_key, asked))
    if known is not None and known[0] == trees:
        return known[1]
    made = make()
    put_tally(facts_key, asked, trees, made)
    return made


def put_tally(facts_key: str, asked: Any, trees: Any, made: Any) -> None:
    """Keep what was made of these facts and trees, if the facts have a key."""
    if facts_key:
        with _lock:
            if len(_tallies) > MOST_TALLIES:
                _tallies.clear()
            _tallies[facts_key, asked] = (trees, made)


def clear() -> None:
    """Forget everything, as a new process would."""
    with _lock:
        _parts.clear()
    clear_counts()


def clear_counts() -> None:
    """Forget the counts and keep the sets."""
    with _lock:
        _counts.clear()
        _tallies.clear()
