"""Who won an award in earlier years: asked from the slice that keeps results.

`competitions` cannot know results; `scoring` registers its answer once, when the application is put together:

    winners.register(fn)    # fn(session, event, people, first_year, last_year) -> {person: [Won, …]}
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from competitions.eligibility.rules import EntryRules
from competitions.events.models import Event


class Won(NamedTuple):
    """One award of one person: its name, the year and the event."""

    award: str
    year: int
    event: str


Source = Callable[[Session, Event, Collection[int], int, int], Mapping[int, Sequence[Won]]]
_source: list[Source] = []


def register(source: Source) -> None:
    """Say who knows the winners of earlier years; the last one who says so is asked."""
    _source[:] = [source]


def excluded_winners(
    session: Session, event: Event, rules: EntryRules, people: Collection[int]
) -> dict[int, Won]:
    """Return for each of some people the latest award that shuts them out of an event, if there is one."""
    if not rules.winners_back or not _source or not people:
        return {}
    year = event.competition.year
    won = _source[0](session, event, people, year - rules.winners_back, year - 1)
    found = {}
    for person, awards in won.items():
        fitting = [one for one in awards if not rules.winners_awards or one.award in rules.winners_awards]
        if fitting:
            found[person] = max(fitting, key=lambda one: one.year)
    return found
