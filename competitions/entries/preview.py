"""What the pages of an import show: rows by what becomes of them, faults in their places; numbers masked."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from competitions.entries import labels, rules
from competitions.entries.mapping import Match
from competitions.entries.proposals import GROUPS, LEFT_OUT, Proposal, ProposedEntry
from competitions.entries.rows import shown
from competitions.entries.work import Change
from competitions.lists import messages as lists
from competitions.lists.errorcopy import Fault
from competitions.lists.findings import Finding
from competitions.lists.table import Table
from core.i18n import moment
from core.refusals import Refusal, words

NOTES_SHOWN, PAGE = 50, 200
# How the meaning of a column is known: the kind of its chip, and its words.
WAYS: dict[str, tuple[str, Any]] = {
    "known": ("ok", _l("usual heading")),
    "remembered": ("ok", _l("as you chose before")),
    "guessed": ("warn", _l("guessed, please check")),
    "twice": ("warn", _l("a second column for the same thing")),
    "unknown": ("warn", _l("unknown heading")),
    "unread": ("off", _l("not needed")),
}
GROUP_WORDS: dict[str, Any] = {
    "right": _l("Can be imported"),
    "wrong": _l("Wrong"),
    "double": _l("Double"),
    "held": _l("Wait for another row"),
    "changed": _l("Changed"),
    "same": _l("Unchanged"),
}
# Which group is shown first: what asks for something to be done.
FIRST = ("wrong", "double", "changed", "right", "held", "same")


class ShownEntry(NamedTuple):
    """One entry of the preview; people as (name, masked ID number, masked phone)."""

    row: int
    name: str
    unit: str
    new_unit: bool
    people: Sequence[tuple[str, str, str]]


class ShownChange(NamedTuple):
    """One cell that would change."""

    row: int
    name: str
    field: str
    old: str
    new: str


def samples(match: Match) -> str:
    """Return what stands in a column as a page may show it: whatever it is taken for, numbers masked."""
    return labels.listed(shown(match.field, text) for text in match.samples)


def group_of(proposal: Proposal, wanted: str | None) -> str:
    """Return the group to show: the one asked for, or the first that holds a row."""
    counts = proposal.counts
    if wanted in GROUPS:
        return wanted
    return next((group for group in FIRST if counts[group]), "right")


def kinds(proposal: Proposal, group: str) -> list[tuple[str, int]]:
    """Return how many faults there are of each kind in a group of rows."""
    found = [f for f in proposal.errors if proposal.groups[f.row] == group]
    plain = {(f.code, f.params.get("of")): words(Refusal(f.code, "", f.params)) for f in found}
    counted = Counter((f.code, f.params.get("of")) for f in found)
    return [(plain[kind], count) for kind, count in counted.most_common()]


def listed(
    table: Table, proposal: Proposal, kind: str, group: str
) -> tuple[list[Any], Callable[[Any], Any]]:
    """Return what there is to show of a group, and what puts one of it into words."""
    if group in LEFT_OUT:
        return faults(table, proposal, group), fault_in_words(table, kind)
    if group == "changed":
        return changes(proposal), change_in_words(kind)
    return proposal.within(group), shown_entry


def faults(table: Table, proposal: Proposal, group: str) -> list[Finding]:
    """Return what stands against the rows of a group, in their order; of rows that only wait, this alone."""
    if group != "held":
        return [finding for finding in proposal.errors if proposal.groups[finding.row] == group]
    where = "group" if "group" in table.columns else "number"
    values = {line.row: line.cell(where).text for line in table.lines}
    waiting = sorted(row for row, of in proposal.groups.items() if of == group)
    return [Finding("ENTRY_HELD", row, where, shown(where, values[row]), {}) for row in waiting]


def fault_in_words(table: Table, kind: str) -> Callable[[Finding], Fault]:
    """Return what puts a finding into words, in its place."""
    return lambda finding: _fault(finding, table, kind)


def notes(table: Table, proposal: Proposal, again: Sequence[Any], kind: str) -> list[str]:
    """Return what a reader should know: of the file, and of what was changed in reading it."""
    found = [words(Refusal("FILE_AGAIN", "", {"at": moment(batch.at)})) for batch in again]
    found += [words(Refusal(note.code, "", note.params)) for note in table.notes]
    for finding in proposal.notes[:NOTES_SHOWN]:
        fault = _fault(finding, table, kind)._asdict()
        if finding.value:
            found.append(_("Row %(row)s, %(column)s “%(value)s”: %(why)s %(advice)s", **fault))
        else:
            found.append(_("Row %(row)s, %(column)s (empty): %(why)s %(advice)s", **fault))
    return found


def changes(proposal: Proposal) -> list[tuple[ProposedEntry, Change]]:
    """Return each cell that would change, in the order of the rows."""
    return [(entry, change) for entry in proposal.within("changed") for change in entry.changes]


def change_in_words(kind: str) -> Callable[[tuple[ProposedEntry, Change]], ShownChange]:
    """Return what puts a change into words."""

    def words_of(item: tuple[ProposedEntry, Change]) -> ShownChange:
        entry, change = item
        field = labels.field_word(change.field, kind)
        return ShownChange(change.row, entry.name, field, change.old, change.new)

    return words_of


def shown_entry(entry: ProposedEntry) -> ShownEntry:
    """Return an entry as it would be made."""
    people = [
        (
            labels.with_role(p.values.name, p.values.role), rules.mask_id(p.values.id_number),
            rules.mask_phone(p.values.phone),
        )
        for p in entry.people
    ]
    return ShownEntry(entry.row, entry.name, entry.unit, entry.unit_id is None, people)


def _fault(finding: Finding, table: Table, kind: str) -> Fault:
    refusal = Refusal(finding.code, "", finding.params)
    place = table.columns.get(finding.field)
    column = f"{place.letter} {place.heading}" if place else labels.field_word(finding.field, kind)
    return Fault(
        finding.row, column, finding.value, finding.code, words(refusal), lists.advice(refusal)
    )
