"""Who won an award in earlier years: asked from the slice that keeps results.

`competitions` cannot know results; `scoring` registers its answers once, at the start:

    winners.register(name, fn)    # fn(session, event, people, first_year, last_year) -> {person: [Won, …]}
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from competitions.eligibility.rules import EntryRules
from competitions.events.models import Event


class Won(NamedTuple):
    """One award of one person: its name, the year and the event.

    What is `only_named` shuts nobody out unless the rules of entry name it.
    """

    award: str
    year: int
    event: str
    only_named: bool = False


Source = Callable[[Session, Event, Collection[int], int, int], Mapping[int, Sequence[Won]]]
_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Say who knows winners of earlier years; all are asked."""
    _sources[name] = source


def excluded_winners(
    session: Session, event: Event, rules: EntryRules, people: Collection[int]
) -> dict[int, Won]:
    """Return for each of some people the latest award that shuts them out of an event, if there is one."""
    if not rules.winners_back or not people:
        return {}
    year, found = event.competition.year, dict[int, Won]()
    for source in _sources.values():
        won = source(session, event, people, year - rules.winners_back, year - 1)
        for person, awards in won.items():
            fitting = [one for one in awards if _counts(one, rules)]
            if fitting:
                standing = [found[person]] if person in found else []
                found[person] = max((*standing, *fitting), key=lambda one: one.year)
    return found


def _counts(one: Won, rules: EntryRules) -> bool:
    """Say whether an award shuts out: any without names, else those that are named."""
    return one.award in rules.winners_awards or not (rules.winners_awards or one.only_named)
