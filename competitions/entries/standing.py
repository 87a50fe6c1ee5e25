"""Entries that stand already and that a table names again: by their number, or by the person in them.

The rows of such an entry say all of it: who is left out of a team has left it. An empty cell, and a masked
number that masks the number kept, leave what is there.
"""

from collections.abc import Collection, Iterable, Sequence

from competitions.eligibility.rules.checks import Trade
from competitions.entries import identity, queries, roles, rules
from competitions.entries.labels import ROLES, listed
from competitions.entries.models import Entry
from competitions.entries.people import MASKS
from competitions.entries.rows import RowValues, shown
from competitions.entries.trades import own_trade
from competitions.entries.work import (
    Change,
    ProposedEntry,
    ProposedPerson,
    Standing,
    StandingPerson,
    Work,
)


def find_standing(work: Work) -> None:
    """Find the entries that rows name by number; refuse numbers that this event or unit does not have."""
    if not work.asked.updating:
        return
    found = _load(work, {row.number for row in work.rows if row.number is not None})
    first: dict[int, int] = {}
    for row in work.rows:
        entry = found.get(row.number or 0)
        if row.number is not None and entry is None:
            work.fault("ENTRY_UNKNOWN", row, "number", str(row.number))
        if entry is None:
            continue
        other = first.setdefault(entry.number, row.row)
        if other != row.row and work.asked.kind in {"person", "unit"}:
            work.fault("DUPLICATE_IN_FILE", row, "number", str(row.number), other=other)
        work.standing[row.row] = entry
    _join_new_members(work, found.values())


def settle_entered_again(work: Work) -> None:
    """Tell apart, of people entered already, who is only named again and of whom something changes.

    Only what their own unit says of them can be a change; all else is somebody entered twice.
    """
    found = _load(work, work.entered_again.values())
    for row in work.rows:
        number = work.entered_again.get(row.row)
        entry = found.get(number or 0)
        if entry is not None and entry.unit_id == work.unit_of(row)[0] and len(entry.people) == 1:
            trade = work.trades.get(row.row)
            person = ProposedPerson(row.row, row.person, entry.people[0].id, trade=trade)
            if list(_person_changes(person, entry.people[0])):
                work.standing[row.row] = entry
                continue
        if number is not None:
            work.fault("DUPLICATE_ENTRY", row, "name", row.person.name, number=number)


def compared(work: Work, entry: ProposedEntry, rows: Sequence[RowValues]) -> ProposedEntry:
    """Return an entry with what it would change in the one that stands; refuse to change what has ended."""
    standing = work.standing.get(entry.row)
    if standing is None:
        return entry
    changes = tuple(_changes(entry, standing, work.asked.kind))
    if changes and standing.review not in rules.COUNTED:
        work.fault("ENTRY_ENDED", rows[0], "number", str(standing.number), number=standing.number)
    return entry._replace(standing=standing.id, changes=changes)


def _load(work: Work, numbers: Collection[int]) -> dict[int, Standing]:
    if not numbers:
        return {}
    entries = queries.list_by_numbers(work.session, work.asked.event_id, numbers, work.asked.units)
    return {entry.number: _standing(entry) for entry in entries}


def _standing(entry: Entry) -> Standing:
    people = tuple(
        StandingPerson(
            member.person.id, member.person.name, member.person.skill_level,
            identity.whole_contact(member.person),
            member.person.identity.id_digest if member.person.identity else None,
            roles.shown(member.role, leads=member.position == 1) if entry.kind == "team" else "",
            member.unit_name, own_trade(member),
        )
        for member in entry.members
    )  # fmt: skip
    unit = entry.unit
    return Standing(
        entry.id, entry.number, entry.name, unit.id, unit.name, entry.review, people, entry.category,
        entry.summary,
    )  # fmt: skip


def _join_new_members(work: Work, found: Iterable[Standing]) -> None:
    """Let a row without a number belong to the team of its name and unit that other rows name by number."""
    if work.asked.kind not in {"team", "work"}:
        return
    teams = {(entry.name, rules.same_text(entry.unit)): entry for entry in found}
    for row in work.rows:
        entry = teams.get((row.group, rules.same_text(row.person.unit)))
        if entry is not None and row.number is None:
            work.standing[row.row] = entry


def _changes(entry: ProposedEntry, standing: Standing, kind: str) -> Iterable[Change]:
    if kind in {"team", "work"} and entry.name != standing.name:
        yield Change(entry.row, "group", standing.name, entry.name)
    if entry.unit_id != standing.unit_id:
        yield Change(entry.row, "unit", standing.unit, entry.unit)
    for name in ("category", "summary"):
        old, new = getattr(standing, name), getattr(entry, name)
        if old != new:
            yield Change(entry.row, name, shown(name, old), shown(name, new))
    before = {person.id: person for person in standing.people}
    for person in entry.people:
        if person.known_id in before:
            yield from _person_changes(person, before[person.known_id])
    yield from _who_changes(entry, standing)


def _who_changes(entry: ProposedEntry, standing: Standing) -> Iterable[Change]:
    """Yield who left, who came, and where nobody did a new order."""
    before = [person.id for person in standing.people]
    after = [person.known_id for person in entry.people]
    left = [person.name for person in standing.people if person.id not in after]
    come = [person for person in entry.people if person.known_id not in before]
    for place, person in enumerate(come):
        yield Change(person.row, "name", left[place] if place < len(left) else "", person.values.name)
    for name in left[len(come) :]:
        yield Change(entry.row, "name", name, "")
    if before != after and not left and not come and not any(_changed_role(entry, standing)):
        names = [person.values.name for person in entry.people]
        yield Change(entry.row, "name", listed(person.name for person in standing.people), listed(names))


def _changed_role(entry: ProposedEntry, standing: Standing) -> Iterable[bool]:
    """Say of each person whether the role changes: that is told of its own, and moves them in the order."""
    before = {person.id: roles.kept(person.role) for person in standing.people}
    return (before.get(person.known_id or 0) != roles.kept(person.values.role) for person in entry.people)


def _person_changes(person: ProposedPerson, before: StandingPerson) -> Iterable[Change]:
    values = person.values
    pairs = (
        ("name", before.name, values.name),
        ("id_number", before.contact.id_number, values.id_number),
        ("phone", before.contact.phone, values.phone),
        ("trade", _name(before.trade), _name(person.trade)),
        ("skill_level", before.skill_level, values.skill_level),
        ("role", _role(roles.kept(before.role)), _role(roles.kept(values.role))),
        ("own_unit", before.own_unit, values.own_unit),
    )
    for name, old, new in pairs:
        if new and new != old:
            mask = MASKS.get(name, str)
            yield Change(person.row, name, mask(old), mask(new))


def _name(trade: Trade | None) -> str:
    return trade.name if trade is not None else ""


def _role(role: str) -> str:
    return str(ROLES[role]) if role else ""
