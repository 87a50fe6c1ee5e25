"""What a worker does besides jobs: short work that nobody waits for and that follows from what is stored."""

from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy.orm import Session


class Chore(NamedTuple):
    """`needed` looks, through a session that reads, whether there is something to do; `do` commits it.

    `follow`, too, only reads: it lets a serving process take up what the worker has done.
    """

    needed: Callable[[Session], bool]
    do: Callable[[Session], int]
    follow: Callable[[Session], None]


_CHORES: dict[str, Chore] = {}


def register(name: str, chore: Chore) -> None:
    """Let a chore be done whenever it is needed."""
    _CHORES[name] = chore


def needed(session: Session) -> bool:
    """Say whether any chore is to be done."""
    return any(chore.needed(session) for chore in _CHORES.values())


def follow(session: Session) -> None:
    """Let this process take up what has been done."""
    for chore in _CHORES.values():
        chore.follow(session)


def do(session: Session) -> int:
    """Do all chores; return how many things were done."""
    return sum(chore.do(session) for chore in _CHORES.values())
