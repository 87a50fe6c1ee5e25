"""Sort the rows of marks into one cell per aspect, attempt and entry: the loop every mark goes through.

Written for speed, because a recount reads hundreds of thousands of rows: value texts are read once and
remembered, and a row that is like the ones before it costs a few look-ups. A row with anything unusual goes
to `MarkSorter.place`, which says what is wrong with it.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from scoring.rules.findings import Finding, Param, error
from scoring.rules.inputs import Field
from scoring.rules.model import Aspect, Scheme
from scoring.rules.values import Value, read_value

# Six texts from a CSV reader, or a MarkInput, whose attempt may be a number.
Row = Sequence[Any]
Locate = Callable[[Row], str]
Cell = dict[str, Value]

ATTEMPT = re.compile(r"[0-9]{1,12}")


@dataclass(slots=True)
class AspectMarks:
    """All marks of one aspect: attempt → entry → judge → value.

    A spoiled panel holds a refused row; it has no value and is not checked any further.
    """

    aspect: Aspect
    attempts: int
    by_attempt: dict[int, dict[str, Cell]] = field(default_factory=dict)
    by_text: dict[int | str, dict[str, Cell]] = field(default_factory=dict)
    values: dict[str, Value] = field(default_factory=dict)
    spoiled: set[tuple[str, int]] = field(default_factory=set)

    def find_cell(self, entry: str, attempt: int) -> Cell | None:
        """Return the marks of one panel, or None where nobody marked."""
        return self.by_attempt.get(attempt, {}).get(entry)

    def judges(self) -> frozenset[str]:
        """Return every judge who marked this aspect for any entry in any attempt."""
        cells = [cell for entries in self.by_attempt.values() for cell in entries.values()]
        return frozenset(set().union(*cells))

    def cells_of(self, attempt: int | str) -> dict[str, Cell] | None:
        """Return the cells of an attempt as a row names it, or None where there is no such attempt."""
        if isinstance(attempt, int):
            number = attempt
        else:
            number = int(attempt) if ATTEMPT.fullmatch(attempt) else int(attempt == "")
        if not 1 <= number <= self.attempts:
            return None
        cells = self.by_attempt.setdefault(number, {})
        self.by_text[attempt] = cells
        return cells

    def number_of(self, cells: dict[str, Cell]) -> int:
        """Return the attempt these cells belong to."""
        return next(number for number, known in self.by_attempt.items() if known is cells)


@dataclass(slots=True)
class MarkBook:
    """All marks of an event, by stage code and aspect code."""

    aspects: dict[str, dict[str, AspectMarks]]

    def of_aspect(self, aspect: Aspect) -> AspectMarks:
        """Return the marks of one aspect."""
        return self.aspects[aspect.stage][aspect.code]


def locate_by_code(row: Row) -> str:
    """Say where a mark stands by its stage, aspect, entry and attempt."""
    stage, aspect, entry, _, attempt, _ = row
    return f"{stage}.{aspect}/{entry}/{attempt or 1}"


def collect_marks(
    scheme: Scheme,
    field_of: Field,
    rows: Iterable[Row],
    findings: list[Finding],
    locate: Locate = locate_by_code,
) -> MarkBook:
    """Return the marks of an event by aspect, attempt and entry.

    Shape: each row is stage, aspect, entry, judge, attempt, value, as in MarkInput.
    `locate` is called at once for a row with a finding, while the reader still stands on it.
    """
    sorter = MarkSorter(scheme, field_of, findings, locate)
    tables, entries = sorter.book.aspects, sorter.entries
    for row in rows:
        stage, aspect, entry, judge, attempt, text = row
        try:
            marks = tables[stage][aspect]
            cells = marks.by_text[attempt]
            value = marks.values[text]
        except KeyError:
            sorter.place(row)
            continue
        cell = cells.get(entry)
        if cell is None and entry in entries:
            cells[entry] = {judge: value}
        elif cell is None or judge in cell:
            sorter.place(row)
        else:
            cell[judge] = value
    return sorter.book


class MarkSorter:
    """Puts single rows into their cells with every check, and keeps what is wrong with them."""

    def __init__(self, scheme: Scheme, field_of: Field, findings: list[Finding], locate: Locate) -> None:
        self.entries = field_of.entries
        self.findings = findings
        self.locate = locate
        self.book = MarkBook(
            {
                stage.code: {aspect.code: AspectMarks(aspect, stage.attempts) for aspect in stage.aspects}
                for stage in scheme.stages
            }
        )

    def place(self, row: Row) -> None:
        """Put one row into its cell, or note everything that is wrong with it."""
        stage, aspect, entry, _, attempt, text = row
        marks = self.book.aspects.get(stage, {}).get(aspect)
        if entry not in self.entries:
            self.note(row, "UNKNOWN_ENTRY", "entry", entry=entry)
        if marks is None:
            self.note(row, "UNKNOWN_ASPECT", "aspect", stage=stage, aspect=aspect)
            return
        cells = marks.cells_of(attempt)
        if cells is None:
            self.note(row, "ATTEMPT", "attempt", value=str(attempt), most=marks.attempts)
        value = self.read(marks, row, text)
        if cells is not None and entry in self.entries:
            self.add(marks, cells, row, value)

    def read(self, marks: AspectMarks, row: Row, text: str) -> Value | None:
        """Return the value of a text, remembered for the rows to come, or None for a refused one."""
        value = marks.values.get(text)
        if value is None:
            read = read_value(marks.aspect, text)
            if isinstance(read, list):
                self.findings.extend(replace(finding, where=self.locate(row)) for finding in read)
            else:
                value = marks.values[text] = read
        return value

    def add(self, marks: AspectMarks, cells: dict[str, Cell], row: Row, value: Value | None) -> None:
        """Add a mark to its cell; rows of one judge add up for deductions and are refused otherwise.

        A row whose value is refused is no mark, so that it duplicates nothing; it only spoils its panel.
        """
        _, _, entry, judge, _, _ = row
        cell = cells.setdefault(entry, {})
        earlier = cell.get(judge)
        if value is not None and earlier is not None and marks.aspect.kind != "deduction":
            self.note(row, "DUPLICATE_MARK", "mark", entry=entry, judge=judge)
            value = None
        if value is None:
            marks.spoiled.add((entry, marks.number_of(cells)))
        elif isinstance(earlier, int) and isinstance(value, int):
            cell[judge] = earlier + value
        else:
            cell[judge] = value

    def note(self, row: Row, code: str, variant: str, **params: Param) -> None:
        """Note that a row is refused."""
        self.findings.append(error(code, variant, self.locate(row), **params))
