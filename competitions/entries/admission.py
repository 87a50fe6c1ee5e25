"""Whether entries fulfil the rules of entry of their event.

The dry run, the import, the form, handing in and every approval ask the same function: `find_breaches`.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from competitions.catalogue.naming import name_of
from competitions.eligibility import queries as eligibility
from competitions.eligibility.rules import EntryRules
from competitions.eligibility.rules.checks import (
    Breach,
    Entrant,
    Trade,
    asks_for_birth,
    asks_of_people,
    entrant_breaches,
    places_of,
)
from competitions.eligibility.winners import Won, excluded_winners
from competitions.entries import admission_queries as queries
from competitions.entries import rules
from competitions.entries.models import Entry
from competitions.entries.roles import COACH, team_faults
from competitions.entries.teams import team_size
from competitions.entries.trades import own_trade
from competitions.events.models import Event


def counting_day(event: Event) -> date:
    """Return the day on which ages are counted where the rules name none: the first day of the event."""
    competition = event.competition
    return event.starts_on or competition.starts_on or date(competition.year, 1, 1)


class CandidatePerson(NamedTuple):
    """One person of an entry: the row and name, who it is if known, and what the rules ask about."""

    row: int
    name: str
    person_id: int | None = None
    id_number: str = ""
    level: str = ""
    trade: Trade | None = None


class Candidate(NamedTuple):
    """One entry to be judged; `takes_place` False where it does not count for its unit's quota.

    `settled`: it has its place already, so that others go when there are too many.
    """

    row: int
    unit_id: int | None
    unit: str
    people: tuple[CandidatePerson, ...]
    entry_id: int | None = None
    takes_place: bool = True
    settled: bool = False


class Found(NamedTuple):
    """What one candidate breaks: in which row, with which value, and who."""

    candidate: Candidate
    row: int
    value: str
    breach: Breach
    person_id: int | None = None


@dataclass(frozen=True)
class _Known:
    """What the database knows of the people of the candidates, and of which trades they have to be."""

    trades: Sequence[Trade]
    numbers: Mapping[int, str]
    levels: Mapping[int, str]
    elsewhere: Mapping[int, tuple[str, int]]
    winners: Mapping[int, Won]
    admitted: frozenset[tuple[int, str, int | None]]


def find_breaches(
    session: Session,
    event: Event,
    candidates: Sequence[Candidate],
    *,
    wrong: Iterable[int] = (),
    taken_by: Collection[str] = rules.ENTERED,
) -> list[Found]:
    """Return everything in which candidates break the rules of entry, exceptions taken off.

    Shape: `wrong` are the first rows of candidates that cannot be entered anyhow: of a unit's places the
    others are given first. Entries whose review is one of `taken_by` have taken theirs.
    """
    settled = eligibility.rules_of(session, event)
    known = _known(session, event, settled, candidates)
    day = counting_day(event)
    found = [one for candidate in candidates for one in _of_people(settled, candidate, known, day)]
    places = eligibility.quotas_of(session, event.id)
    if settled.unit_quota is not None or places:
        judged = {candidate.entry_id for candidate in candidates if candidate.entry_id is not None}
        used = queries.places_taken(session, event.id, taken_by, judged)
        found += _over_quota(settled, places, used, candidates, frozenset(wrong))
    return [one for one in found if not _is_admitted(one, known)]


def _is_admitted(found: Found, known: _Known) -> bool:
    entry_id = found.candidate.entry_id
    return entry_id is not None and (entry_id, found.breach.code, found.person_id) in known.admitted


def _known(
    session: Session, event: Event, settled: EntryRules, candidates: Sequence[Candidate]
) -> _Known:
    people = [person for candidate in candidates for person in candidate.people]
    ids = sorted({person.person_id for person in people if person.person_id is not None})
    unnumbered = [p.person_id for p in people if p.person_id is not None and not p.id_number]
    entries = [candidate.entry_id for candidate in candidates if candidate.entry_id is not None]
    return _Known(
        eligibility.trades_asked(session, event, settled),
        queries.id_numbers(session, unnumbered) if asks_for_birth(settled) else {},
        queries.skill_levels(session, ids) if asks_of_people(settled) else {},
        _elsewhere(session, event, settled, ids),
        excluded_winners(session, event, settled, ids),
        queries.admitted(session, entries),
    )


def _elsewhere(
    session: Session, event: Event, settled: EntryRules, people: Sequence[int]
) -> dict[int, tuple[str, int]]:
    """Return (event, number) of people's entries in other events, where one of the two allows only one."""
    others = eligibility.rules_of_competition(session, event.competition_id)
    strict = frozenset(number for number, said in others.items() if said.one_event)
    if not settled.one_event and not strict:
        return {}
    rows = queries.entries_elsewhere(session, event, people)
    return {
        person: (name_of(other), number)
        for person, other, number in rows
        if settled.one_event or other.id in strict
    }


def _of_people(
    settled: EntryRules, candidate: Candidate, known: _Known, day: date
) -> Iterable[Found]:
    for person in candidate.people:
        entrant, found = _entrant(person, known), []
        if asks_of_people(settled):
            found = entrant_breaches(settled, entrant, day, known.trades)
        values = {
            "id_number": person.id_number, "skill_level": entrant.level,
            "trade": person.trade.name if person.trade is not None else "",
        }  # fmt: skip
        for breach in [*found, *_history(person, known)]:
            value = values.get(breach.field, person.name)
            yield Found(candidate, person.row, value, breach, person.person_id)


def _entrant(person: CandidatePerson, known: _Known) -> Entrant:
    number = person.id_number or known.numbers.get(person.person_id or 0, "")
    level = person.level or known.levels.get(person.person_id or 0, "")
    if not rules.is_sound_id(number):
        return Entrant(level=level, trade=person.trade)
    return Entrant(rules.birth_date(number), rules.is_female(number), level, person.trade)


def _history(person: CandidatePerson, known: _Known) -> Iterable[Breach]:
    """Yield what somebody does elsewhere or has won before."""
    if person.person_id is None:
        return
    if person.person_id in known.elsewhere:
        event, number = known.elsewhere[person.person_id]
        yield Breach("DUPLICATE_ENTRY", "name", {"number": number, "event": event})
    if person.person_id in known.winners:
        yield Breach("PREVIOUS_WINNER", "name", known.winners[person.person_id]._asdict())


def _over_quota(
    settled: EntryRules,
    quotas: Mapping[int, int],
    taken: Mapping[int, int],
    candidates: Sequence[Candidate],
    wrong: frozenset[int],
) -> Iterable[Found]:
    """Yield the entries for which their unit has no place any more; who came first has the place."""
    used: Counter[object] = Counter(taken)
    for candidate in sorted(candidates, key=lambda one: (not one.settled, one.row in wrong, one.row)):
        if not candidate.takes_place:
            continue
        key = candidate.unit_id or rules.same_text(candidate.unit)
        used[key] += 1
        places = places_of(settled, quotas, candidate.unit_id)
        if places is not None and used[key] > places and not candidate.settled:
            breach = Breach("UNIT_QUOTA", "unit", {"places": places})
            yield Found(candidate, candidate.row, candidate.unit, breach)


# ---------------------------------------------------------------- entries that stand


def entry_breaches(session: Session, event: Event, entries: Sequence[Entry], **settings: Any) -> list[Found]:
    """Return in what entries that stand break the rules of entry; their row is their number.

    Shape: further arguments as `find_breaches` takes them.
    """
    candidates = [_standing(entry) for entry in entries]
    found = find_breaches(session, event, candidates, **settings)
    if event.entry_kind == "team":
        size = team_size(session, event)
        admitted = queries.admitted(session, [entry.id for entry in entries])
        for entry, candidate in zip(entries, candidates, strict=True):
            for fault in team_faults([member.role for member in entry.members], size):
                if (entry.id, fault.code, None) not in admitted:
                    breach = Breach(fault.code, "group", fault.params)
                    found.append(Found(candidate, entry.number, entry.name, breach))
    return [one for one in found if not one.breach.note]


def _standing(entry: Entry) -> Candidate:
    people = tuple(
        CandidatePerson(entry.number, member.person.name, member.person_id, trade=own_trade(member))
        for member in entry.members
        if member.role != COACH
    )
    return Candidate(entry.number, entry.unit_id, entry.unit.name, people, entry.id)
