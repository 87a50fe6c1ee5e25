"""What is asked of a table, and what is known while it is looked through."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from sqlalchemy.orm import Session

from competitions.eligibility.rules.checks import Trade
from competitions.entries.identity import Contact
from competitions.entries.keepers import Kept
from competitions.entries.rows import PersonValues, RowValues
from competitions.lists.findings import Finding


@dataclass(frozen=True)
class Asked:
    """For which event, by whom, and on which day.

    `units` None: entries of any unit; `register_units`: units that nobody has registered yet come along;
    `named`: the registered unit that is meant by a plain name; `register`: the plain names of units that come
    along; `updating`: a row may name an entry that stands already, and change it; `ignoring`: the entry that
    is being changed; `draft`: nothing is handed in yet, so that the rules of entry may be broken;
    `exception`: why the organiser admits what breaks them.
    """

    event_id: int
    kind: str
    today: date
    units: frozenset[int] | None = None
    register_units: bool = False
    named: Mapping[str, str] = field(default_factory=dict)
    register: frozenset[str] = frozenset()
    updating: bool = False
    ignoring: int | None = None
    draft: bool = False
    exception: str = ""


class ProposedPerson(NamedTuple):
    """One person of a proposed entry; `known_id` where the person is known already."""

    row: int
    values: PersonValues
    known_id: int | None
    unit_id: int | None = None  # of an author of another unit, if it is registered
    trade: Trade | None = None
    kept: bool = False  # by the own unit, which has entered them elsewhere: no other unit's now


class Change(NamedTuple):
    """What an entry would say instead: the old value and the new one as a page may show them."""

    row: int
    field: str
    old: str
    new: str


class ProposedEntry(NamedTuple):
    """One entry as it would be made, or as the entry `standing` would be.

    `unit_id` None where its unit would be registered with it; `rows` are all the rows that name it.
    """

    row: int
    name: str
    unit: str
    unit_id: int | None
    people: tuple[ProposedPerson, ...]
    rows: tuple[int, ...] = ()
    standing: int | None = None
    changes: tuple[Change, ...] = ()
    category: str = ""
    summary: str = ""


class NewUnit(NamedTuple):
    """A unit that nobody has registered, with registered ones of similar names."""

    name: str
    rows: tuple[int, ...]
    near: tuple[str, ...]


class StandingPerson(NamedTuple):
    """Somebody in an entry that stands already."""

    id: int
    name: str
    skill_level: str
    contact: Contact
    digest: str | None
    role: str = ""  # as shown: leader, member, substitute, coach
    own_unit: str = ""
    trade: Trade | None = None


class Standing(NamedTuple):
    """An entry that stands already, as a table may name it."""

    id: int
    number: int
    name: str
    unit_id: int
    unit: str
    review: str
    people: tuple[StandingPerson, ...]
    category: str = ""
    summary: str = ""


@dataclass
class Work:
    """What is known while a table is looked through; everything by row."""

    session: Session
    asked: Asked
    rows: list[RowValues]
    findings: list[Finding]
    units: dict[int, tuple[int | None, str]] = field(default_factory=dict)
    own_units: dict[int, int | None] = field(default_factory=dict)  # of authors, by row
    trades: dict[int, Trade] = field(default_factory=dict)  # of people, by row
    kept: dict[int, Kept] = field(default_factory=dict)  # whom the own unit has entered elsewhere, by row
    unknown_units: list[NewUnit] = field(default_factory=list)
    standing: dict[int, Standing] = field(default_factory=dict)
    entered_again: dict[int, int] = field(default_factory=dict)  # the number under which somebody is entered

    def fault(self, code: str, row: RowValues, name: str, value: str, **params: object) -> None:
        """Remember what stands against a row."""
        self.find(Finding(code, row.row, name, value, params))

    def find(self, finding: Finding) -> None:
        """Remember a finding, unless its cell is found wrong already: one cause is told once."""
        if (finding.row, finding.field) not in self._wrong:
            self.findings.append(finding)
            if not finding.note:
                self._wrong.add((finding.row, finding.field))

    @cached_property
    def _wrong(self) -> set[tuple[int, str]]:
        return {(finding.row, finding.field) for finding in self.findings if not finding.note}

    def note(self, code: str, row: RowValues, name: str, value: str, **params: object) -> None:
        """Remember what a reader should know of a row."""
        self.findings.append(Finding(code, row.row, name, value, params, note=True))

    def unit_of(self, row: RowValues) -> tuple[int | None, str]:
        """Return the number and the name of a row's unit; no number for one that is not registered."""
        return self.units.get(row.row, (None, row.person.unit))


def by_first(rows: Sequence[RowValues]) -> dict[int, RowValues]:
    """Return rows by their number."""
    return {row.row: row for row in rows}
