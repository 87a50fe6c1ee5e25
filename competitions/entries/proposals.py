"""What a table would enter, and everything that stands against it.

The dry run, the import and the form for one entry ask the same function.
"""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sqlalchemy.orm import Session

from competitions.entries import identity, queries, rules
from competitions.entries.columns import REQUIRED
from competitions.entries.labels import listed
from competitions.entries.queries import KnownPerson
from competitions.entries.rows import Finding, PersonValues, RowValues, read_row
from competitions.entries.table import Table

NEAR_NAMES, NEAR_CUTOFF, NEAR_LOOKED_FOR = 3, 0.6, 40


@dataclass(frozen=True)
class Asked:
    """For which event, by whom, and on which day.

    `units` None: entries of any unit; `register_units`: units that nobody has registered yet come along;
    `ignoring`: the entry that is being changed.
    """

    event_id: int
    kind: str
    today: date
    units: frozenset[int] | None = None
    register_units: bool = False
    ignoring: int | None = None


class ProposedPerson(NamedTuple):
    """One person of a proposed entry; `known_id` where the person is known already."""

    row: int
    values: PersonValues
    known_id: int | None


class ProposedEntry(NamedTuple):
    """One entry as it would be made; `unit_id` None where its unit would be registered with it."""

    row: int
    name: str
    unit: str
    unit_id: int | None
    people: tuple[ProposedPerson, ...]


class NewUnit(NamedTuple):
    """A unit that nobody has registered, with registered ones of similar names."""

    name: str
    rows: tuple[int, ...]
    near: tuple[str, ...]


@dataclass(frozen=True)
class Proposal:
    """What would be entered; nothing of it may be where there is an error."""

    entries: Sequence[ProposedEntry]
    new_units: Sequence[NewUnit]
    findings: Sequence[Finding]

    @property
    def errors(self) -> list[Finding]:
        """Return what stands against it."""
        return [finding for finding in self.findings if not finding.note]

    @property
    def notes(self) -> list[Finding]:
        """Return what was changed in reading."""
        return [finding for finding in self.findings if finding.note]


@dataclass
class _Work:
    """What is known while a table is looked through."""

    session: Session
    asked: Asked
    rows: list[RowValues]
    findings: list[Finding]
    units: dict[int, tuple[int | None, str]] = field(default_factory=dict)  # by row
    new_units: list[NewUnit] = field(default_factory=list)

    def fault(self, code: str, row: RowValues, name: str, value: str, **params: object) -> None:
        """Remember what stands against a row."""
        self.findings.append(Finding(code, row.row, name, value, params))


def propose(session: Session, asked: Asked, table: Table) -> Proposal:
    """Return what a table would enter into an event, with every fault of every row at once."""
    fields, provinces = REQUIRED[asked.kind], queries.list_provinces(session)
    read = [read_row(line, fields, today=asked.today, provinces=provinces) for line in table.lines]
    found = [finding for _row, findings in read for finding in findings]
    work = _Work(session, asked, [row for row, _findings in read], found)
    _resolve_units(work)
    people = {} if asked.kind == "unit" else _resolve_people(work)
    entries = _entries(work, people)
    _refuse_repeated_names(work, entries)
    findings = sorted(work.findings, key=lambda finding: (finding.row, finding.note))
    return Proposal(entries, work.new_units, findings)


# ---------------------------------------------------------------- units


def _resolve_units(work: _Work) -> None:
    known = queries.list_units(work.session)
    exact = {name: number for number, name in known}
    alike = {rules.same_text(name): (number, name) for number, name in known}
    unknown: dict[str, list[RowValues]] = {}
    for row in work.rows:
        name = row.person.unit
        if not name:
            continue
        same: tuple[int | None, str] = alike.get(rules.same_text(name), (None, name))
        number, registered = (exact[name], name) if name in exact else same
        work.units[row.row] = (number, registered)
        if work.asked.units is not None and number not in work.asked.units:
            own = [known_name for known_number, known_name in known if known_number in work.asked.units]
            work.fault("UNIT_FOREIGN", row, "unit", name, own=listed(own))
        elif number is None:
            unknown.setdefault(rules.same_text(name), []).append(row)
    _settle_unknown_units(work, unknown, list(exact))


def _settle_unknown_units(
    work: _Work, unknown: Mapping[str, list[RowValues]], names: Sequence[str]
) -> None:
    for place, rows in enumerate(unknown.values()):
        name = rows[0].person.unit
        looked = place < NEAR_LOOKED_FOR
        near = difflib.get_close_matches(name, names, NEAR_NAMES, NEAR_CUTOFF) if looked else []
        if work.asked.register_units:
            work.new_units.append(NewUnit(name, tuple(row.row for row in rows), tuple(near)))
            work.units.update({row.row: (None, name) for row in rows})
            continue
        for row in rows:
            work.fault("UNIT_UNKNOWN", row, "unit", row.person.unit, near=listed(near))


# ---------------------------------------------------------------- people


def _resolve_people(work: _Work) -> dict[int, int | None]:
    """Return who is known already, by row, and refuse whoever would take part twice."""
    digests = {row.row: identity.id_digest(row.person.id_number) for row in work.rows if row.person.id_number}
    _refuse_repeated_people(work, digests)
    known = _Known(work, digests)
    return {row.row: known.find(row) for row in work.rows if row.person.name}


def _refuse_repeated_people(work: _Work, digests: Mapping[int, str]) -> None:
    """The same ID number twice is one person twice; without one, the same name in the same unit is."""
    by_digest: dict[str, int] = {}
    by_name: dict[tuple[str, str], list[RowValues]] = {}
    for row in work.rows:
        if not row.person.name:
            continue
        digest = digests.get(row.row)
        first = by_digest.setdefault(digest, row.row) if digest else row.row
        if first != row.row:
            work.fault("DUPLICATE_IN_FILE", row, "name", row.person.name, other=first)
            continue
        alike = by_name.setdefault((row.person.name, rules.same_text(row.person.unit)), [])
        unsure = next((other for other in alike if not digest or other.row not in digests), None)
        if unsure is not None:
            work.fault("DUPLICATE_IN_FILE", row, "name", row.person.name, other=unsure.row)
        alike.append(row)


class _Known:
    """Finds the person of a row among those known: by the ID number, otherwise by name and unit."""

    def __init__(self, work: _Work, digests: Mapping[int, str]) -> None:
        self.work, self.digests = work, digests
        session, asked = work.session, work.asked
        self.by_digest = queries.known_by_digest(session, set(digests.values()))
        self.by_name = queries.known_by_name(session, {row.person.name for row in work.rows})
        self.entered = queries.entered_people(session, asked.event_id, asked.ignoring)
        self.adopted: set[int] = set()

    def find(self, row: RowValues) -> int | None:
        """Return the known person of a row, or None for somebody new."""
        digest = self.digests.get(row.row)
        person = self.by_digest.get(digest) if digest else None
        if person is not None and person.name != row.person.name and self._named_elsewhere(person):
            self.work.fault("ID_NAME_MISMATCH", row, "name", row.person.name)
            return None
        person = person or self._namesake(row, digest)
        if person is None:
            return None
        self.adopted.add(person.id)
        if person.id in self.entered:
            number = self.entered[person.id]
            self.work.fault("DUPLICATE_ENTRY", row, "name", row.person.name, number=number)
        return person.id

    def _named_elsewhere(self, person: KnownPerson) -> bool:
        """Say whether a name belongs to more than the entry that is being changed: then it stays as it is."""
        ignoring = self.work.asked.ignoring
        return ignoring is None or bool(queries.people_elsewhere(self.work.session, [person.id], ignoring))

    def _namesake(self, row: RowValues, digest: str | None) -> KnownPerson | None:
        number, _name = self.work.units.get(row.row, (None, ""))
        namesakes = self.by_name.get((row.person.name, number), []) if number is not None else []
        if digest:
            # Somebody registered before without an ID number; the first row that fits is that person.
            namesakes = [p for p in namesakes if p.digest is None and p.id not in self.adopted]
        if len(namesakes) > 1 and not digest:
            self.work.fault("PERSON_AMBIGUOUS", row, "name", row.person.name)
            return None
        return namesakes[0] if namesakes else None


# ---------------------------------------------------------------- entries


def _entries(work: _Work, people: Mapping[int, int | None]) -> list[ProposedEntry]:
    groups: dict[tuple[object, str], list[RowValues]] = {}
    for row in work.rows:
        number, unit = work.units.get(row.row, (None, row.person.unit))
        own = row.row if work.asked.kind in {"person", "unit"} else row.group
        groups.setdefault((own, rules.same_text(unit)), []).append(row)
    entries = [_entry(work, rows, people) for rows in groups.values()]
    if work.asked.kind == "team":
        _refuse_team_sizes(work, groups.values())
    return entries


def _entry(work: _Work, rows: Sequence[RowValues], people: Mapping[int, int | None]) -> ProposedEntry:
    first, kind = rows[0], work.asked.kind
    number, unit = work.units.get(first.row, (None, first.person.unit))
    name = {"person": first.person.name, "unit": unit}.get(kind, first.group)
    members = () if kind == "unit" else rows
    proposed = tuple(ProposedPerson(row.row, row.person, people.get(row.row)) for row in members)
    return ProposedEntry(first.row, name, unit, number, proposed)


def _refuse_team_sizes(work: _Work, teams: Iterable[Sequence[RowValues]]) -> None:
    for rows in teams:
        if rows[0].group and not rules.TEAM_MINIMUM <= len(rows) <= rules.TEAM_MAXIMUM:
            limits = {"least": rules.TEAM_MINIMUM, "most": rules.TEAM_MAXIMUM}
            work.fault("TEAM_SIZE", rows[0], "group", rows[0].group, members=len(rows), **limits)


def _refuse_repeated_names(work: _Work, entries: Sequence[ProposedEntry]) -> None:
    """Two teams, works or entries of one unit must not have one name."""
    if work.asked.kind == "person":
        return
    taken = queries.entered_names(work.session, work.asked.event_id, work.asked.ignoring)
    rows = {row.row: row for row in work.rows}
    where = "unit" if work.asked.kind == "unit" else "group"
    seen: dict[tuple[str, str], int] = {}
    for entry in entries:
        number = taken.get((entry.name, entry.unit_id)) if entry.unit_id is not None else None
        first = seen.setdefault((entry.name, rules.same_text(entry.unit)), entry.row)
        if number is not None:
            work.fault("DUPLICATE_ENTRY", rows[entry.row], where, entry.name, number=number)
        elif first != entry.row:
            work.fault("DUPLICATE_IN_FILE", rows[entry.row], where, entry.name, other=first)
