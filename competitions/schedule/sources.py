"""What the schedule asks of the slices above it, which register their answers when the application is made.

`competitions` cannot know schemes or mark sheets. Until somebody has registered, nothing is known:

    sources.register_titles(fn)  # fn(session, event ids) -> {event id: {stage code: title}}, in one statement
    sources.register_marked(fn)  # fn(session, event id) -> {(stage code, batch)} in which sheets are signed
"""

from collections.abc import Callable, Collection

from sqlalchemy.orm import Session

Titles = dict[int, dict[str, str]]
Marked = set[tuple[str, int]]
_titles: list[Callable[[Session, Collection[int]], Titles]] = []
_marked: list[Callable[[Session, int], Marked]] = []


def register_titles(source: Callable[[Session, Collection[int]], Titles]) -> None:
    """Say who knows the stages of events; the last one who says so is asked."""
    _titles[:] = [source]


def register_marked(source: Callable[[Session, int], Marked]) -> None:
    """Say who knows what has been marked; the last one who says so is asked."""
    _marked[:] = [source]


def list_titles(session: Session, event_ids: Collection[int]) -> Titles:
    """Return the titles of the stages of these events in the order of their schemes, by event."""
    return _titles[0](session, event_ids) if _titles and event_ids else {}


def list_marked(session: Session, event_id: int) -> Marked:
    """Return the stages and batches of an event in which mark sheets are signed."""
    return _marked[0](session, event_id) if _marked else set()
