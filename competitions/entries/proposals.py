"""What a table would enter or change, and everything that stands against it.

The dry run, the import and the form for one entry ask the same function.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from sqlalchemy.orm import Session

from competitions.entries import queries, rules
from competitions.entries.columns import REQUIRED
from competitions.entries.judging import judge
from competitions.entries.people import resolve_people
from competitions.entries.rows import RowValues, read_row, shown
from competitions.entries.standing import compared, find_standing, settle_entered_again
from competitions.entries.teams import check_team, people_of
from competitions.entries.trades import refuse_other_events, resolve_trades
from competitions.entries.units import resolve_own_units, resolve_units
from competitions.entries.work import Asked, NewUnit, ProposedEntry, ProposedPerson, Work, by_first
from competitions.lists.findings import Finding
from competitions.lists.reading import TOLD_EVERY, Progress, silent
from competitions.lists.table import Table
from core import canonical

__all__ = ["GROUPS", "Asked", "Choice", "NewUnit", "Proposal", "ProposedEntry", "ProposedPerson", "propose"]

# What becomes of a row: it can be entered, something is wrong, it is there twice, it waits for another row of
# its entry, it changes what stands, or it says what stands already.
GROUPS = ("right", "wrong", "double", "held", "changed", "same")
LEFT_OUT = ("wrong", "double", "held")
DOUBLE = frozenset({"DUPLICATE_ENTRY", "DUPLICATE_IN_FILE"})


class Choice(NamedTuple):
    """How much of a list somebody wants: only what is right of it; the changes, too; as seen when."""

    only_right: bool = False
    apply_changes: bool = True
    seen: str = ""  # the fingerprint of the preview that was confirmed


@dataclass(frozen=True)
class Proposal:
    """What would be entered and changed; `findings` are in the order of the rows."""

    entries: Sequence[ProposedEntry]
    unknown_units: Sequence[NewUnit]
    findings: Sequence[Finding]

    @property
    def new_units(self) -> list[NewUnit]:
        """Return the units that would be registered."""
        wanted = {entry.unit for entry in self.entries if entry.unit_id is None}
        refused = {finding.row for finding in self.errors if finding.code == "UNIT_UNKNOWN"}
        return [unit for unit in self.unknown_units if unit.name in wanted and unit.rows[0] not in refused]

    @cached_property
    def errors(self) -> list[Finding]:
        """Return what stands against it."""
        return [finding for finding in self.findings if not finding.note]

    @property
    def notes(self) -> list[Finding]:
        """Return what was changed in reading."""
        return [finding for finding in self.findings if finding.note]

    @cached_property
    def groups(self) -> dict[int, str]:
        """Return what becomes of each row; a team with one wrong row waits as a whole."""
        codes: dict[int, set[str]] = {}
        for finding in self.errors:
            codes.setdefault(finding.row, set()).add(finding.code)
        return {row: group for entry in self.entries for row, group in _groups(entry, codes)}

    @property
    def counts(self) -> Mapping[str, int]:
        """Return how many rows there are of each group."""
        counted = Counter(self.groups.values())
        return {group: counted[group] for group in GROUPS}

    @property
    def left_out(self) -> int:
        """Return how many rows cannot be taken."""
        return sum(self.counts[group] for group in LEFT_OUT)

    @property
    def fingerprint(self) -> str:
        """Return what two proposals have in common that would do the same."""
        changes = [list(change) for entry in self.entries for change in entry.changes]
        return canonical.digest([list(self.groups.values()), changes, [unit.name for unit in self.new_units]])

    def within(self, group: str) -> list[ProposedEntry]:
        """Return the entries of a group."""
        return [entry for entry in self.entries if self.groups[entry.row] == group]

    def chosen(self, choice: Choice) -> list[ProposedEntry]:
        """Return the entries that would be made or changed."""
        return self.within("right") + (self.within("changed") if choice.apply_changes else [])


def propose(session: Session, asked: Asked, table: Table, tell: Progress = silent) -> Proposal:
    """Return what a table would enter into an event, with every fault of every row at once.

    Shape: `tell` hears ("check", rows so far, all rows) now and then.
    """
    work = _read(session, asked, table, tell)
    find_standing(work)
    resolve_units(work)
    resolve_own_units(work)
    refuse_other_events(work)
    resolve_trades(work)
    people = {} if asked.kind == "unit" else resolve_people(work)
    settle_entered_again(work)
    entries = _entries(work, people)
    _refuse_repeated_names(work, entries)
    judge(work, entries)
    places = {name: place for place, name in enumerate(table.columns)}
    last = len(places)
    findings = sorted(work.findings, key=lambda f: (f.row, f.note, places.get(f.field, last)))
    return Proposal(entries, work.unknown_units, findings)


def _read(session: Session, asked: Asked, table: Table, tell: Progress) -> Work:
    fields, provinces = REQUIRED[asked.kind], queries.list_provinces(session)
    rows: list[RowValues] = []
    findings: list[Finding] = []
    for place, line in enumerate(table.lines):
        if place % TOLD_EVERY == 0:
            tell("check", place, len(table.lines))
        row, found = read_row(line, fields, today=asked.today, provinces=provinces)
        rows.append(row)
        findings += found
    return Work(session, asked, rows, findings)


def _groups(entry: ProposedEntry, codes: Mapping[int, set[str]]) -> Iterable[tuple[int, str]]:
    waits = any(row in codes for row in entry.rows)
    whole = "same" if entry.standing is not None else "right"
    if entry.changes:
        whole = "changed"
    for row in entry.rows:
        against = codes.get(row)
        if against:
            yield row, "double" if against <= DOUBLE else "wrong"
        else:
            yield row, "held" if waits else whole


# ---------------------------------------------------------------- entries


def _entries(work: Work, people: Mapping[int, int | None]) -> list[ProposedEntry]:
    groups: dict[tuple[object, str], list[RowValues]] = {}
    for row in work.rows:
        groups.setdefault(_belongs_to(work, row), []).append(row)
    return [compared(work, _entry(work, rows, people), rows) for rows in groups.values()]


def _belongs_to(work: Work, row: RowValues) -> tuple[object, str]:
    """Return what the rows of one entry have in common."""
    if work.asked.kind in {"person", "unit"}:
        return row.row, ""
    standing = work.standing.get(row.row)
    if standing is not None:
        return standing.number, ""
    return row.group, rules.same_text(work.unit_of(row)[1])


def _entry(work: Work, rows: Sequence[RowValues], people: Mapping[int, int | None]) -> ProposedEntry:
    first, kind = rows[0], work.asked.kind
    number, unit = work.unit_of(first)
    name = {"person": first.person.name, "unit": unit}.get(kind, first.group)
    for row in rows[1:]:
        if row.group != first.group:
            work.fault("TEAM_NAMED_TWICE", row, "group", row.group, other=first.row, says=first.group)
        elif work.unit_of(row) != (number, unit):
            work.fault("TEAM_NAMED_TWICE", row, "unit", row.person.unit, other=first.row, says=unit)
    proposed = () if kind == "unit" else people_of(work, rows, people)
    if kind == "team" and first.group:
        check_team(work, rows, proposed)
    return ProposedEntry(
        first.row, name, unit, number, proposed, tuple(row.row for row in rows),
        category=_said_once(work, rows, "category"), summary=_said_once(work, rows, "summary"),
    )  # fmt: skip


def _said_once(work: Work, rows: Sequence[RowValues], name: str) -> str:
    """Return what the rows of a work say of it as a whole; what they leave empty stays as it stands."""
    first = next((row for row in rows if getattr(row, name)), rows[0])
    said: str = getattr(first, name) or getattr(work.standing.get(rows[0].row), name, "")
    for row in rows:
        other = getattr(row, name)
        if other not in ("", said):
            text, says = shown(name, other), shown(name, said)
            work.fault("TEAM_NAMED_TWICE", row, name, text, other=first.row, says=says)
    return said


def _refuse_repeated_names(work: Work, entries: Sequence[ProposedEntry]) -> None:
    """Two teams, works or entries of one unit must not have one name."""
    if work.asked.kind == "person":
        return
    taken = queries.entered_names(work.session, work.asked.event_id, work.asked.ignoring)
    rows = by_first(work.rows)
    where = "unit" if work.asked.kind == "unit" else "group"
    seen: dict[tuple[str, str], int] = {}
    for entry in entries:
        number = taken.get((entry.name, entry.unit_id)) if entry.unit_id is not None else None
        standing = work.standing.get(entry.row)
        first = seen.setdefault((entry.name, rules.same_text(entry.unit)), entry.row)
        if number is not None and (standing is None or standing.number != number):
            work.fault("DUPLICATE_ENTRY", rows[entry.row], where, entry.name, number=number)
        elif first != entry.row:
            work.fault("DUPLICATE_IN_FILE", rows[entry.row], where, entry.name, other=first)
