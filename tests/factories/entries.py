"""Builders of people and entries, and their blind codes."""

from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.draw.models import Draw, EntryCode
from competitions.entries.models import Entry, EntryMember, Person
from competitions.events.models import Event
from competitions.people.models import PersonMerge
from tests.factories.accounts import MOMENT
from tests.factories.organisations import build_unit

_number = count(1)


def build_person(session: Session, name: str | None = None, **overrides: Any) -> Person:
    """Return a new person of a unit of their own, without an ID number."""
    number = next(_number)
    values = {"ref": f"{number:032x}", "name": name or f"演示选手{number}"} | overrides
    if "unit_id" not in values:
        values.setdefault("unit", build_unit(session))
    person = Person(**values)
    session.add(person)
    session.flush()
    return person


def build_merge(session: Session, kept: Person) -> PersonMerge:
    """Return a merge into somebody that was undone already."""
    merge = PersonMerge(
        kept_id=kept.id, gone_ref=f"{next(_number):032x}", moved={"members": [], "moved": []}, after="",
        reason="演示", at=MOMENT, undone_at=MOMENT,
    )  # fmt: skip
    session.add(merge)
    session.flush()
    return merge


def build_entry(session: Session, event: Event, name: str | None = None, **overrides: Any) -> Entry:
    """Return a new approved entry of an event: a person, or a team of `members` people (default 1 or 3)."""
    number = next(_number)
    kind = overrides.pop("kind", event.entry_kind)
    members = overrides.pop("members", 3 if kind == "team" else 1)
    unit = overrides.pop("unit", None) or build_unit(session)
    values = {
        "ref": f"{number:032x}",
        "event_id": event.id,
        "number": _next_number(session, event),
        "kind": kind,
        "name": name or f"演示选手{number}",
        "unit": unit,
        "review": "approved",
        "created_at": MOMENT,
    } | overrides
    entry = Entry(**values)
    session.add(entry)
    session.flush()
    for position in range(1, (members if kind != "unit" else 0) + 1):
        person = build_person(session, entry.name if kind == "person" else None, unit=unit)
        session.add(EntryMember(entry_id=entry.id, person_id=person.id, position=position))
    session.flush()
    return entry


def draw_codes(session: Session, event: Event) -> dict[str, str]:
    """Give the approved entries the codes A01, A02, … in their order; return entrants' names by code."""
    entries = session.scalars(
        select(Entry).where(Entry.event_id == event.id, Entry.review == "approved").order_by(Entry.number)
    ).all()
    session.add(Draw(event_id=event.id, seed="0" * 32, drawn_at=MOMENT))
    for place, entry in enumerate(entries, start=1):
        session.add(EntryCode(entry_id=entry.id, event_id=event.id, code=f"A{place:02d}", station=place))
    session.flush()
    return {f"A{place:02d}": entry.name for place, entry in enumerate(entries, start=1)}


def _next_number(session: Session, event: Event) -> int:
    numbers = session.scalars(select(Entry.number).where(Entry.event_id == event.id)).all()
    return max(numbers, default=0) + 1
