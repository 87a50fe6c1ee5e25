"""Who takes part, as rosters and check-in lists name them: one line for each person, unit by unit.

No line holds a code or a station: what links codes with people is kept in `reports.papers.sealed` alone.
"""

from collections.abc import Sequence
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from competitions.eligibility.wording import skill_words
from competitions.entries import queries, roles
from competitions.entries.identity import masked_contact
from competitions.entries.labels import ROLES, field_word
from competitions.entries.models import Entry, EntryMember
from competitions.entries.queries import Narrowed
from competitions.events.models import Event
from reports.documents.model import Cell, Column, Kind

NUMBER, ID = 12, 22  # characters of columns that are not broken into lines
BESIDE = {"team": "role", "work": "own_unit"}  # what stands beside the name where anybody has it
GROUPED = frozenset({"team", "work"})  # an entry of several people has a name of its own


class Line(NamedTuple):
    """One person of an approved entry, or the entry itself where it holds nobody by name."""

    unit: str
    number: int
    group: str
    name: str
    level: str
    id_number: str  # masked
    beside: str = ""  # the role in a team; an author's own unit


class Counts(NamedTuple):
    """How many units, entries and people take part."""

    units: int
    entries: int
    people: int


def list_lines(session: Session, event: Event, *, with_ids: bool = False) -> list[Line]:
    """Return the approved field: units in the order in which they first entered, then by number."""
    entries = queries.list_entries(session, event.id, Narrowed(review="approved"))
    first: dict[int, int] = {}
    for entry in entries:
        first.setdefault(entry.unit_id, entry.number)
    ordered = sorted(entries, key=lambda entry: (first[entry.unit_id], entry.number))
    return [line for entry in ordered for line in _lines(entry, with_ids=with_ids)]


def _lines(entry: Entry, *, with_ids: bool) -> list[Line]:
    grouped = entry.kind in GROUPED
    group = entry.name if grouped else ""
    found = [
        Line(
            entry.unit.name,
            entry.number,
            group,
            member.person.name,
            skill_words(member.person.skill_level),
            masked_contact(member.person).id_number if with_ids else "",
            _beside(member, entry.kind),
        )
        for member in entry.members
    ]
    return found or [Line(entry.unit.name, entry.number, group, "" if grouped else entry.name, "", "")]


def _beside(member: EntryMember, kind: str) -> str:
    if kind == "team":
        return str(ROLES[roles.shown(member.role, leads=member.position == 1)])
    return member.unit_name


def count(lines: Sequence[Line]) -> Counts:
    """Return how many there are of each."""
    numbers = {line.number for line in lines}
    return Counts(len({line.unit for line in lines}), len(numbers), sum(1 for line in lines if line.name))


def columns(event: Event, lines: Sequence[Line]) -> tuple[Column, ...]:
    """Return unit, number, group and name, and the level and the ID number where anybody has one."""
    kind = event.entry_kind
    ids = (Column(field_word("id_number", kind), width=ID),) if any(line.id_number for line in lines) else ()
    return (
        Column(field_word("unit", kind)),
        Column(_("Entry No."), Kind.INTEGER, width=NUMBER),
        *((Column(field_word("group", kind)),) if kind in GROUPED else ()),
        Column(field_word("name", kind)),
        *((Column(field_word(BESIDE[kind], kind)),) if any(line.beside for line in lines) else ()),
        *((Column(field_word("skill_level", kind)),) if any(line.level for line in lines) else ()),
        *ids,
    )


def rows(event: Event, lines: Sequence[Line]) -> list[tuple[Cell, ...]]:
    """Return the cells under `columns`."""
    with_beside = any(line.beside for line in lines)
    with_level, with_id = any(line.level for line in lines), any(line.id_number for line in lines)
    return [
        (
            line.unit,
            line.number,
            *((line.group,) if event.entry_kind in GROUPED else ()),
            line.name,
            *((line.beside,) if with_beside else ()),
            *((line.level,) if with_level else ()),
            *((line.id_number,) if with_id else ()),
        )
        for line in lines
    ]
