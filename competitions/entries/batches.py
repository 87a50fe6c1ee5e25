"""Take an imported list back: what it made is deleted, what it changed says again what it said before.

What changed entries said before is kept sealed with their batch, for nobody but this.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from competitions.entries import identity, levels, people_kept, queries, roles, rules
from competitions.entries.labels import listed
from competitions.entries.models import Entry, EntryMember, ImportBatch, Person, PersonIdentity
from competitions.events.models import Event
from competitions.events.services import hold
from core import canonical
from core.audit import services as audit
from core.refusals import refuse

NAMED = 12  # entries named in one refusal
KEPT = ("id_number", "id_digest", "phone")


class Undone(NamedTuple):
    """What was taken back: entries deleted, and entries changed back."""

    number: int
    entries: int
    changed: int


def undo_batch(
    session: Session, event: Event, batch_id: int, *, decides: bool, actor_id: int, now: datetime
) -> Undone:
    """Take an imported list back as a whole; `decides`: the entries that were approved since, too.

    Raises: Refused BATCH_CLOSED, BATCH_GONE, BATCH_UNDONE, BATCH_WORKED, BATCH_APPROVED.
    """
    hold(session, event)
    if event.state != rules.OPEN:
        raise refuse("BATCH_CLOSED")
    batch = session.get(ImportBatch, batch_id, populate_existing=True)
    if batch is None or batch.event_id != event.id:
        raise refuse("BATCH_GONE")
    if batch.undone_at is not None:
        raise refuse("BATCH_UNDONE", number=batch.number)
    before = before_of(batch)
    made = list(session.scalars(select(Entry).where(Entry.batch_id == batch.id).order_by(Entry.number)))
    _refuse_worked(session, made, before, decides)
    undone = Undone(batch.number, len(made), len(before))
    _delete(session, [entry.id for entry in made])
    for said in before:
        _say_again(session, said)
    levels.follow_rules(session, event)  # a unit may have moved since
    batch.undone_at, batch.before = now, None
    audit.record(
        session, "entry:import_undo", actor_id=actor_id, subject=f"event:{event.id}", now=now,
        event_id=event.id,
        detail={"batch": batch.number, "entries": undone.entries, "changed": undone.changed},
    )  # fmt: skip
    return undone


# ---------------------------------------------------------------- what entries said before


def said_by(entry: Entry) -> dict[str, Any]:
    """Return all that an entry says, as canonical JSON can hold it; numbers stay sealed as they are."""
    people = [
        {
            "ref": person.ref, "name": person.name, "unit": person.unit_id, "level": person.skill_level,
            "identity": {name: _hex(getattr(person.identity, name, None)) for name in KEPT},
            "role": member.role, "own_unit": member.unit_name, "trade": member.trade_id,
        }
        for member, person in ((member, member.person) for member in entry.members)
    ]  # fmt: skip
    return {
        "entry": entry.id, "revision": entry.worked, "name": entry.name, "unit": entry.unit_id,
        "review": entry.review, "reason": entry.status_reason, "people": people,
        "category": entry.category, "summary": entry.summary,
        "level": entry.level, "level_union": entry.level_union_id,
    }  # fmt: skip


def seal(batch: ImportBatch, said: Sequence[dict[str, Any]]) -> bytes | None:
    """Return what entries said before, sealed for a batch."""
    return identity.keys().seal(canonical.dumps(list(said)), _binding(batch)) if said else None


def before_of(batch: ImportBatch) -> list[dict[str, Any]]:
    """Return what the entries that a batch changed said before it."""
    if batch.before is None:
        return []
    said: list[dict[str, Any]] = canonical.loads(identity.keys().open(batch.before, _binding(batch)))
    return said


def _binding(batch: ImportBatch) -> str:
    return f"import_batch:{batch.event_id}:{batch.number}"


def _hex(value: bytes | str | None) -> str | None:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else value


# ---------------------------------------------------------------- parts


def _refuse_worked(
    session: Session, made: Sequence[Entry], before: Sequence[dict[str, Any]], decides: bool
) -> None:
    worked = [entry.number for entry in made if entry.worked or entry.status != "valid"]
    for said in before:
        entry = session.get(Entry, said["entry"], populate_existing=True)
        if entry is not None and entry.worked != said["revision"] + 1:
            worked.append(entry.number)
    if worked:
        raise refuse("BATCH_WORKED", numbers=listed(worked[:NAMED]), count=len(worked))
    approved = [entry.number for entry in made if entry.review == "approved"]
    if approved and not decides:
        raise refuse("BATCH_APPROVED", numbers=listed(approved[:NAMED]))


def _delete(session: Session, entries: Sequence[int]) -> None:
    people: list[int] = []
    people_kept.forget_files(session, entries)
    for some in queries.chunks(entries):
        people += session.scalars(select(EntryMember.person_id).where(EntryMember.entry_id.in_(some)))
        session.execute(delete(EntryMember).where(EntryMember.entry_id.in_(some)))
        session.execute(delete(Entry).where(Entry.id.in_(some)))
    session.expire_all()
    people_kept.forget_people(session, people)


def _say_again(session: Session, said: dict[str, Any]) -> None:
    """Let an entry say what it said before; whoever was deleted with the change is registered again."""
    entry = session.get(Entry, said["entry"])
    if entry is None:
        return
    left = [member.person_id for member in entry.members]
    people = [_person_again(session, kept) for kept in said["people"]]
    session.execute(delete(EntryMember).where(EntryMember.entry_id == entry.id))
    members = [
        {
            "entry_id": entry.id, "person_id": person, "position": position,
            "role": kept.get("role", roles.MEMBER), "unit_name": kept.get("own_unit", ""),
            "trade_id": kept.get("trade"),
        }
        for position, (person, kept) in enumerate(zip(people, said["people"], strict=True), start=1)
    ]  # fmt: skip
    if members:
        session.execute(insert(EntryMember), members)
    entry.name, entry.unit_id = said["name"], said["unit"]
    entry.take_back()
    entry.review, entry.status_reason = said["review"], said["reason"]
    entry.category, entry.summary = said.get("category", ""), said.get("summary", "")
    entry.level, entry.level_union_id = said.get("level", "organiser"), said.get("level_union")
    session.flush()
    session.expire(entry)
    people_kept.forget_people(session, left)


def _person_again(session: Session, kept: dict[str, Any]) -> int:
    person = session.scalar(select(Person).where(Person.ref == kept["ref"]))
    if person is None:
        person = Person(ref=kept["ref"])
        session.add(person)
    person.name, person.unit_id, person.skill_level = kept["name"], kept["unit"], kept["level"]
    session.flush()
    sealed = kept["identity"]
    if any(sealed.values()) or person.identity is not None:
        row = person.identity or PersonIdentity(person_id=person.id)
        row.id_digest = sealed["id_digest"]
        row.id_number, row.phone = (_bytes(sealed[name]) for name in ("id_number", "phone"))
        session.add(row)
    session.flush()
    return person.id


def _bytes(text: str | None) -> bytes | None:
    return bytes.fromhex(text) if text else None
