"""Whom a final result offers for an honour: the people, teams or units of its ranked entries."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from competitions.events.models import Event
from competitions.people.references import refs_of
from scoring.honours import queries, rules
from scoring.honours.models import Honour
from scoring.honours.queries import Ranked
from scoring.honours.rules import KINDS, PERSON, TEAM

MOST = 200  # ranked entries that a page offers


class Candidate(NamedTuple):
    """Somebody who can be recommended: `who` and `keys` tell apart; `held` is what was granted before."""

    key: str
    rank: int
    award: str
    name: str
    unit: str
    unit_id: int
    person_ref: str | None
    who: str
    keys: tuple[str, ...]
    held: tuple[Honour, ...] = ()


def list_candidates(session: Session, event: Event, kind: str) -> list[Candidate]:
    """Return whom an event's final result offers for a kind of honour, the best first; a unit stands once."""
    version = queries.find_final(session, event)
    if version is None:
        return []
    ranked = queries.list_ranked(session, version, MOST)
    if KINDS[kind].whom == PERSON:
        return list(_people(session, ranked))
    if KINDS[kind].whom == TEAM:
        return [_body(one, one.entry.name, f"t{one.entry.id}") for one in ranked if one.entry.kind == "team"]
    first: dict[int, Candidate] = {}
    for one in ranked:
        first.setdefault(one.entry.unit_id, _body(one, one.entry.unit.name, f"u{one.entry.unit_id}"))
    return list(first.values())


def _people(session: Session, ranked: Sequence[Ranked]) -> Iterator[Candidate]:
    refs: dict[int, list[str]] = {}
    known = refs_of(session, [person.id for one in ranked for person in one.people])
    for ref, number in known.items():
        refs.setdefault(number, []).append(ref)
    held = queries.list_held_by(session, known)
    for one in ranked:
        for person in one.people:
            own = refs[person.id]
            unit = one.entry.unit
            yield Candidate(
                f"p{one.entry.id}-{person.id}", one.rank, one.award, person.name, unit.name, unit.id,
                person.ref, rules.by_ref(person.ref), tuple(rules.by_ref(ref) for ref in own),
                tuple(honour for ref in own for honour in held.get(ref, ())),
            )  # fmt: skip


def _body(one: Ranked, name: str, key: str) -> Candidate:
    who, unit = rules.by_name(one.entry.unit.name, name), one.entry.unit
    return Candidate(key, one.rank, one.award, name, unit.name, unit.id, None, who, (who,))
