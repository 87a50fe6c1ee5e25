"""Bitmaps and counts that this process has read, by the digest of what they were made from.

What is kept under a digest is never out of date: a changed event has another one. So there is nothing to
clear but what has become too much. Beside them stand whole tables of figures, by the key of the facts.
"""

import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from reports.statistics import bitmaps
from reports.statistics.counting import Counted

Made = TypeVar("Made")
PEOPLE = "people"
ALL_UNITS = "unit_set"
WHOLE = (PEOPLE, ALL_UNITS)
MOST_BYTES = 400 * 2**20  # as they are written
MOST_COUNTS = 200_000
MOST_TALLIES = 2_000

_lock = threading.Lock()
_sets: dict[str, dict[str, Any]] = {}
_size = 0
_counts: dict[Any, tuple[int, int]] = {}
_tallies: dict[Any, tuple[Any, Any]] = {}


def table(part: str) -> Mapping[str, Any]:
    """Return what was read of one part, by digest: a bitmap, or the named ones of a split."""
    return _sets.get(part, {})


def put(part: str, contents: Iterable[tuple[str, bytes]]) -> Mapping[str, Any]:
    """Keep what was read from the database; return what is kept of this part now.

    Where it is too much, everything else goes: whoever still reads it has it in hand.
    """
    global _size
    read = bitmaps.read if part in WHOLE else bitmaps.unpack
    found, size = {}, 0
    for digest, content in contents:
        found[digest] = read(content)
        size += len(content)
    with _lock:
        if _size + size > MOST_BYTES:
            _sets.clear()
            _size = 0
        kept = _sets.setdefault(part, {})
        kept.update(found)
        _size += size
    return kept


def keep(counted: Counted) -> None:
    """Keep an event that a page has counted itself."""
    digest = counted.digest
    for part, content in {PEOPLE: counted.people, ALL_UNITS: counted.unit_set, **counted.splits}.items():
        put(part, [(digest, content)])


def find_count(key: Any) -> tuple[int, int] | None:
    """Return what was counted before for exactly these events."""
    return _counts.get(key)


def put_count(key: Any, counted: tuple[int, int]) -> None:
    """Keep a count; `key` says of what, with a digest of the digests of its events."""
    with _lock:
        if len(_counts) > MOST_COUNTS:
            _counts.clear()
        _counts[key] = counted


def tallied(facts_key: str, asked: Any, trees: Any, make: Callable[[], Made]) -> Made:
    """Return what was made of equal facts and equal trees before, else make and keep it.

    Facts without a key are made anew each time.
    """
    key = (facts_key, asked)
    known = _tallies.get(key)
    if known is not None and known[0] == trees:
        return known[1]
    made = make()
    if facts_key:
        with _lock:
            if len(_tallies) > MOST_TALLIES:
                _tallies.clear()
            _tallies[key] = (trees, made)
    return made


def clear() -> None:
    """Forget everything, as a new process would."""
    global _size
    with _lock:
        _sets.clear()
        _counts.clear()
        _tallies.clear()
        _size = 0


def clear_counts() -> None:
    """Forget the counts and keep the sets."""
    with _lock:
        _counts.clear()
        _tallies.clear()
