"""Who took part in an event, and what they were then: sex, band of age, skill level, whose the unit was.

It is taken down once, when an event is counted first, for a later promotion does not change who competed
then. A corrected ID number, or two records that turn out to be one person, clear sex and age (the triggers of
reports.statistics.marks do): both follow from the number and are taken anew.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, bindparam, func, or_, select, update
from sqlalchemy.orm import Session

from competitions.entries import admission_queries, rules
from competitions.entries.models import Entry, EntryMember, Person
from competitions.events.models import Competition, Event
from competitions.organisations.models import Unit
from core import clock
from core.database import metadata
from core.secrets import Unreadable

AGE_BANDS = ("-25", "26-35", "36-45", "46-55", "56-")
_LAST_AGES = (25, 35, 45, 55)


class AtTheTime(NamedTuple):
    """What somebody was when they took part; "" where nothing is known."""

    sex: str
    age: str
    skill: str
    ownership: str


def age_band(age: int) -> str:
    """Return the band of a full age."""
    return AGE_BANDS[sum(age > last for last in _LAST_AGES)]


def took_part() -> ColumnElement[bool]:
    """Return the condition on an entry: as the check-in has marked it, else as the status says."""
    return (
        (Entry.review == "approved")
        & (Entry.status != "exhibition")
        & or_(Entry.attendance == "present", (Entry.attendance == "") & (Entry.status != "absent"))
    )


def list_taking_part(session: Session, event_id: int) -> dict[int, AtTheTime]:
    """Return everybody who took part in an event, without substitutes and coaches, by person."""
    rows = session.execute(_members(event_id)).all()
    found: dict[int, AtTheTime] = {}
    for row, sex, age in _with_sex_and_age(session, event_id, rows):
        found.setdefault(row.person_id, AtTheTime(sex, age, _skill(row), _ownership(row)))
    return found


def list_units(session: Session, event_id: int) -> dict[str, set[int]]:
    """Return the units of the entries that took part in an event, by whose they were."""
    owned = func.coalesce(Entry.ownership, Unit.ownership)
    statement = select(owned, Entry.unit_id).join(Unit, Unit.id == Entry.unit_id)
    found: dict[str, set[int]] = {}
    for ownership, unit_id in session.execute(statement.where(Entry.event_id == event_id, took_part())):
        found.setdefault(ownership, set()).add(unit_id)
    return found


def take_down(session: Session, event_id: int) -> None:
    """Keep with the entries of an event what is not kept yet of those who took part.

    The caller holds "people", so that no ID number changes meanwhile; a row that is gone by now is none.
    """
    rows = session.execute(_members(event_id)).all()
    members = [
        {"key": row.id, "sex": sex, "age_band": age, "skill_level": _skill(row)}
        for row, sex, age in _with_sex_and_age(session, event_id, rows)
        if row.sex is None or row.skill_level is None
    ]
    owned = session.execute(
        select(Entry.id.label("key"), Unit.ownership)
        .join(Unit, Unit.id == Entry.unit_id)
        .where(Entry.event_id == event_id, took_part(), Entry.ownership.is_(None))
    ).mappings()
    for model, values in ((EntryMember, members), (Entry, [dict(row) for row in owned])):
        table = metadata.tables[model.__tablename__]
        if values:
            session.connection().execute(update(table).where(table.c.id == bindparam("key")), values)


def _members(event_id: int) -> Select:
    return (
        select(
            EntryMember.id, EntryMember.entry_id, EntryMember.person_id, EntryMember.sex,
            EntryMember.age_band, EntryMember.skill_level, Entry.ownership,
            Person.skill_level.label("skill_now"), Unit.ownership.label("ownership_now"),
        )
        .join(Entry, Entry.id == EntryMember.entry_id)
        .join(Person, Person.id == EntryMember.person_id)
        .join(Unit, Unit.id == Entry.unit_id)
        .where(Entry.event_id == event_id, took_part(), EntryMember.role == "member")
        .order_by(EntryMember.id)
    )  # fmt: skip


def _skill(row: Row[Any]) -> str:
    return str(row.skill_now if row.skill_level is None else row.skill_level)


def _ownership(row: Row[Any]) -> str:
    return str(row.ownership_now if row.ownership is None else row.ownership)


def _with_sex_and_age(
    session: Session, event_id: int, rows: Sequence[Row[Any]]
) -> list[tuple[Row[Any], str, str]]:
    """Return each row with sex and band of age: as taken down, else as the ID number says."""
    asked = {row.person_id for row in rows if row.sex is None}
    day = day_of(session, event_id) if asked else None
    try:
        numbers = admission_queries.id_numbers(session, asked)
    except Unreadable:  # another installation's key: figures are no reason to refuse
        numbers = {}
    found = []
    for row in rows:
        said = (row.sex, row.age_band or "")
        found.append((row, *(said if row.sex is not None else _said(numbers.get(row.person_id), day))))
    return found


def _said(number: str | None, day: date | None) -> tuple[str, str]:
    if not number or not rules.is_sound_id(number):
        return "", ""
    born = rules.birth_date(number)
    band = age_band(rules.age_on(born, day)) if born is not None and day is not None else ""
    return "female" if rules.is_female(number) else "male", band


def day_of(session: Session, event_id: int) -> date | None:
    """Return the first day of an event, or else of its competition, or else the day of the announcement."""
    own, whole, announced = session.execute(
        select(Event.starts_on, Competition.starts_on, Event.announced_at)
        .join(Event.competition)
        .where(Event.id == event_id)
    ).one()
    return own or whole or (announced.astimezone(clock.LOCAL).date() if announced else None)
