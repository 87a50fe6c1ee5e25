"""What upper layers know of entries in the years past; each registers it once, at the start."""

from collections.abc import Callable, Collection
from typing import NamedTuple

from sqlalchemy.orm import Session


class Achieved(NamedTuple):
    """What an entry came to in the announced result: its place and its award, as far as there are any."""

    rank: int | None
    award: str


Source = Callable[[Session, Collection[int]], dict[int, Achieved]]
_SOURCES: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Add a source of results by entry."""
    _SOURCES[name] = source


def achieved(session: Session, entries: Collection[int]) -> dict[int, Achieved]:
    """Return what is announced of each of these entries."""
    found: dict[int, Achieved] = {}
    for source in _SOURCES.values():
        found |= source(session, entries) if entries else {}
    return found
