"""Bitmaps and counts that this process has read, by the digest of what they were made from.

What is kept under a digest is never out of date: a changed event has another one. So there is nothing to
clear but what has become too much.
"""

import threading
from typing import Any

from reports.statistics import bitmaps
from reports.statistics.counting import Counted

PEOPLE = "people"
ALL_UNITS = "unit_set"
MOST_BYTES = 400 * 2**20  # as they are written
MOST_COUNTS = 200_000

_lock = threading.Lock()
_sets: dict[tuple[str, str], Any] = {}
_size = 0
_counts: dict[Any, tuple[int, int]] = {}


def find(digest: str, part: str) -> Any:
    """Return a bitmap, or the named ones of a split; None where it was not read yet."""
    return _sets.get((digest, part))


def put(digest: str, part: str, content: bytes) -> Any:
    """Keep what was read from the database; return it as bitmaps."""
    global _size
    found = bitmaps.read(content) if part in (PEOPLE, ALL_UNITS) else bitmaps.unpack(content)
    with _lock:
        if _size > MOST_BYTES:
            _sets.clear()
            _size = 0
        _sets[digest, part] = found
        _size += len(content)
    return found


def keep(counted: Counted) -> None:
    """Keep an event that a page has counted itself."""
    digest = counted.digest
    put(digest, PEOPLE, counted.people)
    put(digest, ALL_UNITS, counted.unit_set)
    for name, content in counted.splits.items():
        put(digest, name, content)


def find_count(key: Any) -> tuple[int, int] | None:
    """Return what was counted before for exactly these events."""
    return _counts.get(key)


def put_count(key: Any, counted: tuple[int, int]) -> None:
    """Keep a count; `key` says of what, with a digest of the digests of its events."""
    with _lock:
        if len(_counts) > MOST_COUNTS:
            _counts.clear()
        _counts[key] = counted


def clear() -> None:
    """Forget everything, as a new process would."""
    global _size
    with _lock:
        _sets.clear()
        _counts.clear()
        _size = 0


def clear_counts() -> None:
    """Forget the counts and keep the sets."""
    with _lock:
        _counts.clear()
