"""What each column of a sheet is taken for: suggested by its heading, corrected by a person."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from competitions.entries import columns
from competitions.entries.labels import field_word, listed
from competitions.lists import tabling
from competitions.lists.grid import Grid
from competitions.lists.headings import letter, plain_heading
from competitions.lists.table import Table
from competitions.lists.tabling import Fields
from core.refusals import Refusal, Refused

SAMPLES, SAMPLED_ROWS = 3, 200
NOT_READ = ""


class Match(NamedTuple):
    """One column: what it is taken for, how that is known, and what stands in it.

    `how` is known (a usual heading), remembered (chosen before), guessed, twice, unknown or unread.
    """

    at: int
    letter: str
    heading: str
    field: str
    how: str
    samples: tuple[str, ...]

    @property
    def sure(self) -> bool:
        """Say whether nobody need be asked."""
        return self.how in {"known", "remembered", "unread"}


def suggest(grid: Grid, kind: str, remembered: Mapping[str, str]) -> list[Match]:
    """Return what each column seems to be.

    Shape: `remembered` maps plain headings to the fields that this person has chosen for them before.
    Usual headings are settled first, so that a guess never takes a field from one of them.
    """
    headings = grid.headings
    samples = _samples(grid)
    found: dict[int, tuple[str, str]] = {}
    for sure in (True, False):
        for index, heading in headings:
            taken = {field for field, _how in found.values() if field}
            if index not in found and _is_sure(heading, remembered) is sure:
                found[index] = _taken_for(heading, kind, remembered, taken)
    return [
        Match(index, letter(index), heading, *found[index], tuple(samples.get(index, ())))
        for index, heading in headings
    ]


def doubtful(matches: Iterable[Match], kind: str) -> bool:
    """Say whether a person should look at the columns before anything else."""
    matches = list(matches)
    return bool(missing(fields_of(matches), kind)) or not all(match.sure for match in matches)


def fields_of(matches: Iterable[Match]) -> dict[int, str]:
    """Return the fields of columns that are read."""
    return {match.at: match.field for match in matches if match.field}


def missing(fields: Fields, kind: str) -> list[str]:
    """Return the fields that such a table cannot be without and that no column gives."""
    return [name for name in columns.REQUIRED[kind] if name not in fields.values()]


def faults(fields: Fields, headings: Mapping[int, str], kind: str) -> list[Refusal]:
    """Return what is wrong with a choice of columns; `where` is a column's number or "file"."""
    seen: dict[str, int] = {}
    refusals = []
    for index, name in fields.items():
        first = seen.setdefault(name, index)
        if first != index:
            params = {"first": headings[first], "second": headings[index]}
            refusals.append(Refusal("HEADER_TWICE", str(index), params))
    lacking = listed(field_word(name, kind) for name in missing(fields, kind))
    return refusals + ([Refusal("COLUMN_MISSING", "file", {"fields": lacking})] if lacking else [])


def table_of(grid: Grid, fields: Fields, kind: str) -> Table:
    """Return the table of entrants that a sheet holds if its columns mean this.

    Raises: Refused HEADER_TWICE, COLUMN_MISSING, TABLE_EMPTY.
    """
    refusals = faults(fields, dict(grid.headings), kind)
    if refusals:
        raise Refused(*refusals)
    return tabling.table_of(grid, fields)


def _is_sure(heading: str, remembered: Mapping[str, str]) -> bool:
    return plain_heading(heading) in remembered or columns.meaning(heading) is not None


def _taken_for(
    heading: str, kind: str, remembered: Mapping[str, str], taken: set[str]
) -> tuple[str, str]:
    plain, offered = plain_heading(heading), columns.TAKEN_FOR[kind]
    chosen = remembered.get(plain)
    if chosen is not None and (chosen in offered or chosen == NOT_READ):
        return (chosen, "remembered") if chosen not in taken else (NOT_READ, "twice")
    name, how = columns.meaning(heading), "known"
    if name is None and plain in columns.PASSED_OVER:
        return NOT_READ, "unread"
    if name is None:
        name, how = columns.guess(heading), "guessed"
    if name is None:
        return NOT_READ, "unknown"
    if name not in offered:  # a team's name in a contest of single persons
        return NOT_READ, "unread" if how == "known" else "unknown"
    if name in taken:
        return NOT_READ, "twice" if how == "known" else "unknown"
    return name, how


def _samples(grid: Grid) -> dict[int, list[str]]:
    """Return the first different values of each column."""
    found: dict[int, list[str]] = {}
    for number, row in enumerate(grid.below()):
        if number >= SAMPLED_ROWS:
            break
        for index, cell in enumerate(row.cells):
            values = found.setdefault(index, [])
            text = cell.text.strip()
            if text and text not in values and len(values) < SAMPLES:
                values.append(text)
    return found
