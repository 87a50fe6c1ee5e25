"""What people were granted before: for the rules of entry, and for the pages of people."""

from collections.abc import Collection, Mapping

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from competitions.eligibility.winners import Won
from competitions.events.models import Event
from competitions.people.references import refs_of
from scoring.honours import grounds, queries
from scoring.honours.labels import named, title_of
from scoring.honours.models import Honour


def earlier_honours(
    session: Session, _event: Event, people: Collection[int], first_year: int, last_year: int
) -> dict[int, list[Won]]:
    """Return the honours that some people were granted in these years and still hold.

    Whoever grants them, they count: an honour is no prize of one union's contests. They shut nobody out
    unless the rules of entry name them.
    """
    found: dict[int, list[Won]] = {}
    for person, honours in _held(session, people).items():
        for honour, year in honours:
            title = title_of(honour.level, honour.kind)
            if first_year <= year <= last_year:
                found.setdefault(person, []).append(Won(title, year, title, only_named=True))
    return found


def held(session: Session, people: Collection[int]) -> dict[int, list[tuple[str, int]]]:
    """Return (honour in words, year) of what each of some people holds, the oldest first."""
    found = _held(session, people)
    revoked = grounds.told(session, [honour for honours in found.values() for honour, _year in honours])
    return {
        person: [(_words(honour, revoked), year) for honour, year in honours]
        for person, honours in found.items()
    }


def _words(honour: Honour, revoked: Mapping[int, str]) -> str:
    name = named(honour.level, honour.kind)
    return _("%(state)s; %(more)s", state=name, more=revoked[honour.id]) if honour.id in revoked else name


def _held(session: Session, people: Collection[int]) -> dict[int, list[tuple[Honour, int]]]:
    refs = refs_of(session, people)
    found: dict[int, list[tuple[Honour, int]]] = {}
    for ref, honours in queries.list_held_by(session, refs).items():
        dated = [(one, one.granted_on.year) for one in honours if one.granted_on is not None]
        found.setdefault(refs[ref], []).extend(dated)
    return found
