"""Hold what was keyed from one paper sheet side by side, with what a tablet has brought. Pure."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from scoring.desk.lists.proposal import is_same
from scoring.sheets.rules import MarkKey

Marks = Mapping[MarkKey, str]


class Cell(NamedTuple):
    """One place of a sheet with its value from each source; empty where a source has none."""

    key: MarkKey
    values: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Say whether somebody has to look at the paper again."""
        return any(not is_same(self.values[0], value) for value in self.values[1:])


def compare(sources: Sequence[Marks], order: Sequence[str]) -> list[Cell]:
    """Return every place that any source fills, in the order of the sheet."""
    places = {aspect: number for number, aspect in enumerate(order)}
    keys = {key for source in sources for key in source}
    ordered = sorted(keys, key=lambda key: (key.attempt, places.get(key.aspect, len(order)), key.aspect))
    return [Cell(key, tuple(source.get(key, "") for source in sources)) for key in ordered]


def changes(current: Marks, wanted: Marks) -> dict[MarkKey, str]:
    """Return what has to be written so that a sheet says what is wanted; an empty value takes a mark away."""
    keys = sorted({*current, *wanted})
    pairs = {key: (current.get(key, ""), wanted.get(key, "")) for key in keys}
    return {key: after for key, (before, after) in pairs.items() if not is_same(before, after)}


def listed(marks: Marks) -> list[list[str | int]]:
    """Return marks as [aspect, attempt, value] in one order; what is blank is none."""
    return [[key.aspect, key.attempt, value] for key, value in sorted(marks.items()) if value]


def from_list(rows: Sequence[Sequence[str | int]]) -> dict[MarkKey, str]:
    """Return the marks that `listed` wrote."""
    return {MarkKey(str(aspect), int(attempt)): str(value) for aspect, attempt, value in rows}
