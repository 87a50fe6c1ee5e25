"""What upper layers know of entries in the years past; each registers it once, at the start."""

from collections.abc import Callable, Collection
from typing import NamedTuple

from sqlalchemy.orm import Session


class Achieved(NamedTuple):
    """What an entry came to in the announced result: its place and its award, as far as there are any."""

    rank: int | None
    award: str


Source = Callable[[Session, Collection[int]], dict[int, Achieved]]
HonoursSource = Callable[[Session, Collection[int]], dict[int, list[tuple[str, int]]]]
_SOURCES: dict[str, Source] = {}
_HONOURS: list[HonoursSource] = []


def register(name: str, source: Source) -> None:
    """Add a source of results by entry."""
    _SOURCES[name] = source


def register_honours(source: HonoursSource) -> None:
    """Say who knows what people were granted."""
    _HONOURS[:] = [source]


def honours(session: Session, people: Collection[int]) -> dict[int, list[tuple[str, int]]]:
    """Return (honour, year) of what each of these people was granted and holds, the oldest first."""
    return _HONOURS[0](session, people) if _HONOURS and people else {}


def achieved(session: Session, entries: Collection[int]) -> dict[int, Achieved]:
    """Return what is announced of each of these entries."""
    found: dict[int, Achieved] = {}
    for source in _SOURCES.values():
        found |= source(session, entries) if entries else {}
    return found
