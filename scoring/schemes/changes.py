"""What one version of a scheme says otherwise than the version before it. Pure.

Stages, criteria, aspects and prizes are followed by their codes or names, so that a row that only moved, or
that stands below a new one, has not changed.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

ABSENT = None
NAMED = ("stages", "criteria", "aspects", "tiers")


class Change(NamedTuple):
    """One thing that differs: its JSON pointer, in which of the two documents that is, both values."""

    pointer: str
    is_old: bool  # the place is only in the older document
    before: Any
    after: Any


def changes(before: Any, after: Any) -> list[Change]:
    """Return what has changed from one document to the next, in the order of the newer one."""
    return list(_between(before, after, "", ""))


def _between(before: Any, after: Any, old: str, new: str) -> Iterator[Change]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in [*after, *(key for key in before if key not in after)]:
            yield from _at_key(before, after, key, (f"{old}/{_escape(key)}", f"{new}/{_escape(key)}"))
    elif before != after:
        yield Change(new, False, before, after)


def _at_key(before: Any, after: Any, key: str, pointers: tuple[str, str]) -> Iterator[Change]:
    old, new = pointers
    first, second = before.get(key, ABSENT), after.get(key, ABSENT)
    if key in NAMED and _rows(first) and _rows(second):
        yield from _between_rows(first, second, old, new)
    elif isinstance(first, Mapping | None) and isinstance(second, Mapping | None):
        yield from _between(first or {}, second or {}, old, new)
    elif first != second:
        yield Change(old if key not in after else new, key not in after, first, second)


def _between_rows(before: list[Any], after: list[Any], old: str, new: str) -> Iterator[Change]:
    first, second = _by_name(before), _by_name(after)
    for name, (index, row) in second.items():
        if name in first:
            yield from _between(first[name][1], row, f"{old}/{first[name][0]}", f"{new}/{index}")
        else:
            yield Change(f"{new}/{index}", False, ABSENT, row)
    for name, (index, row) in first.items():
        if name not in second:
            yield Change(f"{old}/{index}", True, row, ABSENT)


def _rows(value: Any) -> bool:
    return value is ABSENT or (isinstance(value, list) and all(isinstance(row, Mapping) for row in value))


def _by_name(rows: list[Any] | None) -> dict[tuple[str, int], tuple[int, Any]]:
    """Return rows by code or title, and by how often that name came before."""
    found: dict[tuple[str, int], tuple[int, Any]] = {}
    for index, row in enumerate(rows or []):
        name, times = str(row.get("code") or row.get("title") or ""), 0
        while (name, times) in found:
            times += 1
        found[name, times] = (index, row)
    return found


def _escape(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
