"""What the pages of an import show: faults in their places, notes, the first entries; numbers masked."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from competitions.entries import labels, messages, rules
from competitions.entries.mapping import Match
from competitions.entries.proposals import Proposal, ProposedEntry
from competitions.entries.rows import Finding, shown
from competitions.entries.table import Table
from competitions.entries.uploads import Upload
from core.i18n import moment
from core.refusals import Refusal, words

FAULTS_SHOWN, NOTES_SHOWN, ENTRIES_SHOWN = 500, 50, 30
# How the meaning of a column is known: the kind of its chip, and its words.
WAYS: dict[str, tuple[str, Any]] = {
    "known": ("ok", _l("usual heading")),
    "remembered": ("ok", _l("as you chose before")),
    "guessed": ("warn", _l("guessed, please check")),
    "twice": ("warn", _l("a second column for the same thing")),
    "unknown": ("warn", _l("unknown heading")),
    "unread": ("off", _l("not needed")),
}


class Fault(NamedTuple):
    """One finding in its place, in words."""

    row: int
    column: str
    value: str
    code: str
    why: str
    advice: str


@dataclass(frozen=True)
class Faults:
    """All faults of a workbook: how many of each kind, and the first of them."""

    filename: str
    sheet: str
    total: int
    rows: int
    kinds: Sequence[tuple[str, int]]
    shown: Sequence[Fault]


class ShownEntry(NamedTuple):
    """One entry of the preview; people as (name, masked ID number, masked phone)."""

    row: int
    name: str
    unit: str
    new_unit: bool
    people: Sequence[tuple[str, str, str]]


def sentence(refusal: Refusal) -> str:
    """Return why, and what to do."""
    return f"{words(refusal)} {messages.advice(refusal)}".strip()


def samples(match: Match) -> str:
    """Return what stands in a column as a page may show it: whatever it is taken for, numbers masked."""
    return labels.listed(shown(match.field, text) for text in match.samples)


def faults(upload: Upload, table: Table, proposal: Proposal, kind: str) -> Faults:
    """Return what stands against a workbook."""
    errors = proposal.errors
    counted = Counter(_plain_words(finding) for finding in errors)
    first = [_fault(finding, table, kind) for finding in errors[:FAULTS_SHOWN]]
    rows = len({finding.row for finding in errors})
    return Faults(
        upload.filename, table.sheet, len(errors), rows, counted.most_common(), first
    )


def notes(table: Table, proposal: Proposal, again: Sequence[Any], kind: str) -> list[str]:
    """Return what a reader should know: of the file, and of what was changed in reading it."""
    found = [words(Refusal("FILE_AGAIN", "", {"at": moment(batch.at)})) for batch in again]
    found += [words(Refusal(note.code, "", note.params)) for note in table.notes]
    for finding in proposal.notes[:NOTES_SHOWN]:
        fault = _fault(finding, table, kind)._asdict()
        found.append(_("Row %(row)s, %(column)s “%(value)s”: %(why)s %(advice)s", **fault))
    return found


def shown_entries(proposal: Proposal) -> list[ShownEntry]:
    """Return the first entries of a workbook, as they would be made."""
    return [_shown(entry) for entry in proposal.entries[:ENTRIES_SHOWN]]


def _shown(entry: ProposedEntry) -> ShownEntry:
    people = [
        (p.values.name, rules.mask_id(p.values.id_number), rules.mask_phone(p.values.phone))
        for p in entry.people
    ]
    return ShownEntry(entry.row, entry.name, entry.unit, entry.unit_id is None, people)


def _plain_words(finding: Finding) -> str:
    return words(Refusal(finding.code, "", finding.params))


def _fault(finding: Finding, table: Table, kind: str) -> Fault:
    refusal = Refusal(finding.code, "", finding.params)
    place = table.columns.get(finding.field)
    column = f"{place.letter} {place.heading}" if place else labels.field_word(finding.field, kind)
    return Fault(
        finding.row, column, finding.value, finding.code, words(refusal), messages.advice(refusal)
    )
