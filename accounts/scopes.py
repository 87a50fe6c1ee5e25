"""Where a role can hold: names and searches for scopes whose tables belong to the packages above.

`accounts` knows a scope as a kind and a number only. The slice that owns the things registers them once, in
its `setup.py: init_app`:

    scopes.register("event", queries.search_event_scopes, queries.list_event_scope_names)

A kind that nobody has registered is chosen by its number.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from sqlalchemy.orm import Session

from accounts.policy import HeldGrant

SEARCH_LIMIT = 30


class Choice(NamedTuple):
    """One thing that a role can be given for."""

    id: int
    name: str


Search = Callable[[Session, str], Iterable[tuple[int, str]]]
Names = Callable[[Session, Collection[int]], Mapping[int, str]]
EventIds = Callable[[Session, Collection[tuple[str, int]]], Iterable[int]]

_SEARCHES: dict[str, Search] = {}
_NAMES: dict[str, Names] = {}
_EVENT_IDS: list[EventIds] = []


def register(kind: str, search_fn: Search, name_fn: Names) -> None:
    """Say how the things of one kind (union, unit, competition, event) are found and named.

    Shape: `search_fn(session, text)` gives at most SEARCH_LIMIT pairs (id, name), the best first, for an
    empty text the newest; `name_fn(session, ids)` gives the names of those ids that exist, in one statement.
    """
    _SEARCHES[kind] = search_fn
    _NAMES[kind] = name_fn


def register_event_ids(event_ids_fn: EventIds) -> None:
    """Say which events lie in a set of scopes; the audit list narrows itself with it.

    Shape: `event_ids_fn(session, scopes)` gets pairs (kind, id) and gives the ids of all events in them.
    """
    _EVENT_IDS[:] = [event_ids_fn]


def searchable(kind: str) -> bool:
    """Say whether things of this kind can be searched by name."""
    return kind in _SEARCHES


def search(session: Session, kind: str, text: str) -> list[Choice]:
    """Return the things of one kind that fit a text; none for a kind that nobody registered."""
    if kind not in _SEARCHES:
        return []
    return [Choice(*pair) for pair in _SEARCHES[kind](session, text)][:SEARCH_LIMIT]


def exists(session: Session, kind: str, number: int) -> bool:
    """Say whether a role can be given for this thing; numbers of unregistered kinds are taken as they are."""
    if kind == "site":
        return number == 0
    return number > 0 if kind not in _NAMES else number in _NAMES[kind](session, [number])


def names(session: Session, held: Iterable[HeldGrant]) -> dict[tuple[str, int], str]:
    """Return the names of the scopes of these grants, one statement for each kind."""
    wanted: dict[str, set[int]] = {}
    for grant in held:
        wanted.setdefault(grant.scope_kind, set()).add(grant.scope_id)
    return {
        (kind, number): name
        for kind, numbers in wanted.items()
        if kind in _NAMES
        for number, name in _NAMES[kind](session, numbers).items()
    }


def list_event_ids(session: Session, held: Collection[tuple[str, int]]) -> set[int]:
    """Return the events in these scopes; those named by themselves where nobody has registered more."""
    found = {number for kind, number in held if kind == "event"}
    for event_ids_fn in _EVENT_IDS:
        found |= set(event_ids_fn(session, held))
    return found
