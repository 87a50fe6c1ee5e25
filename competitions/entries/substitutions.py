"""Somebody takes another's place in an entry, until the draw (DOMAIN.md section 8.3).

A unit may do so while registration is open, and its entry is decided anew; the organiser until the draw, and
whom the organiser puts in counts as vetted. The same rules as of an entry are asked again.
"""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from competitions.catalogue.naming import name_of
from competitions.entries import holding, identity, levels, people_kept, roles, rules, writing
from competitions.entries.models import Entry, EntryMember, Substitution
from competitions.entries.proposals import Asked, ProposedEntry, propose
from competitions.entries.services import NotEnterable
from competitions.events.models import Event
from competitions.events.services import hold
from competitions.lists.table import Cell, Line, Table
from core import database
from core.refusals import Refusal, Refused, refuse

READY = "ready"
Guard = Callable[[Session, Event], list[Refusal]]
_guards: list[Guard] = []


class Coming(NamedTuple):
    """Who takes the place: a substitute of the same team by reference, otherwise somebody new."""

    ref: str = ""
    name: str = ""
    id_number: str = ""
    phone: str = ""
    skill_level: str = ""
    own_unit: str = ""
    trade: str = ""


def register_guard(guard: Guard) -> None:
    """Let a later slice say why nobody can be put in any more; it also holds what it asks about."""
    if guard not in _guards:
        _guards.append(guard)


def refusals(session: Session, event: Event, entry: Entry, *, decides: bool) -> list[Refusal]:
    """Return why nobody can take another's place in an entry now; nothing where it is possible."""
    if entry.kind == "unit":
        return [Refusal("SUBSTITUTION_KIND")]
    if event.state not in (rules.OPEN, READY):
        early = event.state == "draft"
        return [Refusal("REG_CLOSED")] if early else _drawn(session, event) or [Refusal("SUBSTITUTION_OVER")]
    if event.state == READY and not decides:
        return [Refusal("SUBSTITUTION_BY_ORGANISER")]
    if entry.review not in rules.COUNTED:
        return [Refusal("SUBSTITUTION_ENDED")]
    return _drawn(session, event)


def substitute(
    session: Session,
    event: Event,
    entry_id: int,
    leaving_ref: str,
    coming: Coming,
    reason: str,
    asked: Asked,
    *,
    decides: bool,
    actor_id: int,
    now: datetime,
) -> Substitution:
    """Put somebody in another's place; `leaving_ref` is the `Person.ref` of who leaves.

    Raises: Refused with what `refusals` says, ENTRY_GONE, ENTRY_REASON, SUBSTITUTION_GONE (nobody of that
    reference is in the entry any more), SUBSTITUTION_SAME; NotEnterable with what is wrong with who comes.
    """
    hold(session, event)
    database.lock(session, f"draw:{event.id}")  # as the draw holds it: one of the two comes first
    entry = holding.held_entry(session, event, entry_id)
    found = refusals(session, event, entry, decides=decides)
    if found:
        raise Refused(*found)
    if not decides:
        holding.refuse_late(session, event, now)
    reason = holding.reason_of(reason, needed=True)
    leaving = next((member for member in entry.members if member.person.ref == leaving_ref), None)
    if leaving is None:
        raise refuse("SUBSTITUTION_GONE")
    row = Substitution(
        entry_id=entry.id, position=leaving.position, left_ref=leaving_ref, left_name=leaving.person.name,
        reason=reason, at=now, by_id=actor_id,
    )  # fmt: skip
    proposed = _proposed(session, entry, leaving, coming, asked)
    _replace(session, entry, proposed)
    came = next(member for member in entry.members if member.position == row.position)
    row.came_ref, row.came_name = came.person.ref, came.person.name
    _record(session, event, entry, row, decides)
    return row


def _record(session: Session, event: Event, entry: Entry, row: Substitution, decides: bool) -> None:
    """Let the entry be decided anew where its unit has put somebody in, and write all of it down."""
    if not decides and entry.review not in rules.WITH_UNIT:
        levels.hand_in(session, event, [entry], actor_id=row.by_id, now=row.at)
    row.review = entry.review
    session.add(row)
    session.flush()
    holding.record(
        session, "entry:substitute", event, entry.id, actor_id=row.by_id, now=row.at, entry=entry.number,
        place=row.position, reason=row.reason,
    )  # fmt: skip


def _drawn(session: Session, event: Event) -> list[Refusal]:
    return [refusal for guard in _guards for refusal in guard(session, event)]


# ---------------------------------------------------------------- the entry with the other person in it


def _proposed(
    session: Session, entry: Entry, leaving: EntryMember, coming: Coming, asked: Asked
) -> ProposedEntry:
    """Return the entry as it would be, judged as any entry is."""
    database.lock(session, "people")
    proposal = propose(session, asked, _table(entry, leaving, coming))
    if proposal.errors:
        raise NotEnterable(proposal)
    (proposed,) = proposal.entries
    came = next(person for person in proposed.people if person.row == leaving.position)
    if came.known_id == leaving.person_id:
        raise refuse("SUBSTITUTION_SAME", "name")
    return proposed


def _table(entry: Entry, leaving: EntryMember, coming: Coming) -> Table:
    """Return the entry as a table, its rows numbered as its places are."""
    reserve = next((member for member in entry.members if member.person.ref == coming.ref), None)
    fits = reserve is not None and reserve.role == roles.SUBSTITUTE and leaving.role == roles.MEMBER
    if coming.ref and not fits:
        raise refuse("SUBSTITUTION_GONE", "ref")
    shared = {"unit": entry.unit.name}
    if entry.kind != "person":
        shared |= {"number": str(entry.number), "group": entry.name}
    lines = []
    for member in entry.members:
        if member is reserve and member is not leaving:
            continue
        values = _said_by(member)
        if member is leaving:
            values = _said_by(reserve) if reserve is not None else dict(coming._asdict())
            values["role"] = roles.shown(member.role, leads=member.position == 1)
        if entry.kind != "team":
            values.pop("role", None)
        cells = {name: Cell(text) for name, text in (shared | values).items() if text and name != "ref"}
        lines.append(Line(member.position, cells))
    return Table("", {}, lines)


def _said_by(member: EntryMember) -> dict[str, str]:
    person, whole = member.person, identity.whole_contact(member.person)
    return {
        "name": person.name, "id_number": whole.id_number, "phone": whole.phone,
        "skill_level": person.skill_level, "own_unit": member.unit_name,
        "trade": name_of(member.trade) if member.trade is not None else "",
        "role": roles.shown(member.role, leads=member.position == 1),
    }  # fmt: skip


def _replace(session: Session, entry: Entry, proposed: ProposedEntry) -> None:
    before = [member.person_id for member in entry.members]
    writing.replace_entries(session, [(entry, proposed)], {})
    people_kept.forget_people(session, before)
    entry.revision += 1
    if entry.kind == "person":  # it was somebody else who had checked in
        entry.attendance, entry.attended_at, entry.attended_by_id = "", None, None
    session.flush()
    session.refresh(entry)
